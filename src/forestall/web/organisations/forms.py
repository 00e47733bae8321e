"""This file knows the forms on partners, places and members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from forestall.languages import available_languages, say
from forestall.plan.vocabulary import Jurisdiction as Level
from forestall.plan.vocabulary import Sector
from forestall.publication.language_names import language_name
from forestall.web.design.written import WrittenField
from forestall.web.organisations.models import Jurisdiction, Organisation
from forestall.web.organisations.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence


class PartnerForm(forms.ModelForm[Organisation]):
    """What is written down of a partner."""

    class Meta:
        model = Organisation
        fields: ClassVar[list[str]] = [
            "name", "sector", "role", "contact", "agreement", "agreed_on", "agreed_until",
        ]  # fmt: skip
        field_classes: ClassVar[dict[str, Any]] = dict.fromkeys(
            ("name", "role", "contact", "agreement"), WrittenField
        )
        widgets: ClassVar[dict[str, Any]] = {
            "role": forms.Textarea(attrs={"rows": 3}),
            "agreement": forms.Textarea(attrs={"rows": 3}),
            "agreed_on": forms.DateInput(
                attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"
            ),
            "agreed_until": forms.DateInput(
                attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"
            ),
        }

    def __init__(self, *args: Any, places: Sequence[Jurisdiction] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if len(places) > 1:
            self.fields["place"] = forms.ModelChoiceField(
                label=say("Place"),
                queryset=Jurisdiction.objects.filter(pk__in=[one.pk for one in places]),
            )
            self.order_fields(["place"])
        self.fields["sector"] = forms.ChoiceField(
            label=say("Kind of body"), choices=[(one.value, str(one.words)) for one in Sector]
        )
        labels = {
            "name": (say("Name"), ""),
            "role": (
                say("Its part in prevention"),
                say("In plain words, so that every partner knows who does what."),
            ),
            "contact": (say("Contact"), say("The address of an office, never of a person.")),
            "agreement": (say("What it agreed to"), ""),
            "agreed_on": (say("Agreed on"), ""),
            "agreed_until": (say("Agreed until"), ""),
        }
        for name, (label, hint) in labels.items():
            self.fields[name].label, self.fields[name].help_text = label, hint

    def clean(self) -> dict[str, Any]:
        """Refuse an agreement that ends before it began, or has an end only."""
        given = super().clean() or self.cleaned_data
        begins, ends = given.get("agreed_on"), given.get("agreed_until")
        if ends and not begins:
            self.add_error("agreed_on", say("An agreement with an end needs a beginning."))
        elif ends and begins and ends < begins:
            self.add_error("agreed_until", say("The agreement ends before it began."))
        return given


class PlaceForm(forms.Form):
    """What a new place below another needs."""

    def __init__(self, *args: Any, parent: Jurisdiction, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"] = WrittenField(label=say("Name of the place"), max_length=200)
        self.fields["level"] = forms.ChoiceField(
            label=say("Level"),
            choices=[(one.value, str(one.words)) for one in Level if one is not Level.NATIONAL],
            initial=Level.LOCAL.value,
        )
        self.fields["currency"] = forms.RegexField(
            r"^[A-Z]{3}$",
            label=say("Currency"),
            help_text=say("Three letters, such as EUR."),
            initial=parent.currency,
            error_messages={"invalid": say("A currency is given by three capital letters.")},
        )
        self.fields["language"] = forms.ChoiceField(
            label=say("Language of its plans"),
            choices=[(tag, language_name(tag)) for tag in available_languages()],
            initial=parent.language,
        )
        self.fields["office"] = WrittenField(
            label=say("Office that coordinates prevention there"),
            help_text=say("Its first members are invited next."),
            max_length=200,
        )


class InvitationForm(forms.Form):
    """Whom to invite, as what."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"] = role_field()
        self.fields["email"] = forms.EmailField(
            label=say("E-mail address"),
            help_text=say("Written into the form of the invitation; no mail is sent."),
            required=False,
        )


class RoleForm(forms.Form):
    """The role of a member."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"] = role_field()


def role_field() -> forms.ChoiceField:
    """Return a choice among the roles, with their words."""
    return forms.ChoiceField(
        label=say("Role"),
        choices=[(one.value, str(one.words)) for one in Role],
        widget=forms.RadioSelect,
    )
