"""This file knows the forms of the directory: an office, oneself as an expert, a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from forestall.assistance.areas import Area
from forestall.languages import Day, available_languages, say
from forestall.publication.language_names import language_name
from forestall.web.design.written import WrittenField
from forestall.web.directory.models import LONGEST_CONSENT, Expert, Office, OfficeKind
from forestall.web.organisations.models import Jurisdiction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def _languages() -> list[tuple[str, str]]:
    return [(tag, language_name(tag)) for tag in available_languages()]


def _area_choices() -> list[tuple[str, str]]:
    return [(one.value, str(one.words)) for one in Area]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")


class WebsiteField(forms.URLField):
    """The address of a page; https where none is said."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **options})


class OfficeForm(forms.ModelForm[Office]):
    """What is written down of an office."""

    class Meta:
        model = Office
        fields: ClassVar[list[str]] = [
            "kind", "name", "mandate", "address", "email", "telephone", "website",
            "languages", "more_languages",
        ]  # fmt: skip
        field_classes: ClassVar[dict[str, Any]] = {
            **dict.fromkeys(
                ("name", "mandate", "address", "telephone", "more_languages"), WrittenField
            ),
            "website": WebsiteField,
        }
        widgets: ClassVar[dict[str, Any]] = {
            "mandate": forms.Textarea(attrs={"rows": 3}),
            "address": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, places: Sequence[Jurisdiction] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if len(places) > 1:
            self.fields["place"] = forms.ModelChoiceField(
                label=say("Place"),
                queryset=Jurisdiction.objects.filter(pk__in=[one.pk for one in places]),
            )
            self.order_fields(["place"])
        self.fields["kind"] = forms.ChoiceField(
            label=say("For what it is named"),
            choices=[(one.value, str(one.words)) for one in OfficeKind],
        )
        self.fields["languages"] = forms.MultipleChoiceField(
            required=False, choices=_languages, widget=forms.CheckboxSelectMultiple
        )
        labels = {
            "name": (say("Name"), say("The name of a body or a desk, never of a person.")),
            "mandate": (say("What it does"), ""),
            "address": (say("Postal address"), ""),
            "email": (say("E-mail"), say("The address of a desk, such as info@.")),
            "telephone": (say("Telephone"), ""),
            "website": (say("Website"), ""),
            "languages": (say("Languages in which it answers"), ""),
            "more_languages": (say("Further languages"), ""),
        }
        for name, (label, hint) in labels.items():
            self.fields[name].label, self.fields[name].help_text = label, hint


class ExpertForm(forms.ModelForm[Expert]):
    """What an expert tells of themselves, and until when they agree to be shown."""

    class Meta:
        model = Expert
        fields: ClassVar[list[str]] = [
            "areas", "languages", "more_languages", "regions", "about", "missions", "interests",
            "available_from", "available_until", "contact", "consent_until",
        ]  # fmt: skip
        field_classes: ClassVar[dict[str, Any]] = dict.fromkeys(
            ("about", "missions", "interests", "regions", "more_languages"), WrittenField
        )
        widgets: ClassVar[dict[str, Any]] = {
            **{
                name: forms.Textarea(attrs={"rows": 4})
                for name in ("about", "missions", "interests")
            },
            **{name: _day() for name in ("available_from", "available_until", "consent_until")},
        }

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.latest = today, today + LONGEST_CONSENT
        for name, choices in (("areas", _area_choices), ("languages", _languages)):
            self.fields[name] = forms.MultipleChoiceField(
                required=name == "areas", choices=choices, widget=forms.CheckboxSelectMultiple
            )
        self.fields["consent"] = forms.BooleanField(
            label=say("I agree that all signed-in members of this workspace see this."),
            help_text=say("You can take your entry out at any time; it is deleted at once."),
        )
        labels = {
            "areas": (say("Fields in which you can help"), ""),
            "languages": (say("Languages in which you work"), ""),
            "more_languages": (say("Further languages"), ""),
            "regions": (say("Regions that you know"), ""),
            "about": (say("What you know and have done"), ""),
            "missions": (say("Earlier missions"), say("One a line: where, when, for whom.")),
            "interests": (
                say("Possible conflicts of interest"),
                say("Such as firms or offices that you work for; write “none” if there are none."),
            ),
            "available_from": (say("Available from"), ""),
            "available_until": (say("Available until"), ""),
            "contact": (say("E-mail at which you can be asked"), ""),
            "consent_until": (
                say("Last day on which you are shown"),
                say(
                    "At most two years from now, {latest}; then your entry is deleted.",
                    latest=Day(self.latest),
                ),
            ),
        }
        for name, (label, hint) in labels.items():
            self.fields[name].label, self.fields[name].help_text = label, hint

    def clean_consent_until(self) -> date:
        """Refuse a consent that has ended already, or that is longer than two years."""
        until: date = self.cleaned_data["consent_until"]
        if not self.today <= until <= self.latest:
            raise forms.ValidationError(
                say(
                    "Choose a day from {today} to {latest}.",
                    today=Day(self.today),
                    latest=Day(self.latest),
                )
            )
        return until

    def clean(self) -> dict[str, Any]:
        """Refuse a time that ends before it begins, and an entry without a language."""
        given = super().clean() or self.cleaned_data
        begins, ends = given.get("available_from"), given.get("available_until")
        if begins and ends and ends < begins:
            self.add_error("available_until", say("This day is before the first one."))
        if not given.get("languages") and not given.get("more_languages"):
            self.add_error("languages", say("Name at least one language in which you work."))
        given.pop("consent", None)
        return given


class ExpertSearch(forms.Form):
    """Whom somebody looks for."""

    area = forms.ChoiceField(required=False)
    language = forms.ChoiceField(required=False)
    on = forms.DateField(required=False, widget=_day())
    words = WrittenField(required=False, max_length=100)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        every = ("", say("any"))
        self.fields["area"] = forms.ChoiceField(
            label=say("Field"), required=False, choices=[every, *_area_choices()]
        )
        self.fields["language"] = forms.ChoiceField(
            label=say("Language"), required=False, choices=[every, *_languages()]
        )
        self.fields["on"].label = say("Available on")
        self.fields["words"].label = say("Words")
