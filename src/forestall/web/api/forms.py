"""This file knows the form in which a person makes a token for themselves."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from forestall.languages import Listing, say
from forestall.web.design.written import WrittenField
from forestall.web.organisations.models import Jurisdiction
from forestall.web.organisations.policies import roles_in
from forestall.web.organisations.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from forestall.web.people.models import Person

MOST_DAYS = 366
_USUAL_DAYS = 90


class TokenForm(forms.Form):
    """What a person says of a new token.

    Parameters
    ----------
    person
        Whose places and roles can be chosen.
    """

    def __init__(self, data: Mapping[str, Any] | None = None, *, person: Person) -> None:
        today = timezone.localdate()
        super().__init__(data, initial={"ends_on": today + timedelta(days=_USUAL_DAYS)})
        self.places = {
            str(one.pk): (one, roles_in(person, one))
            for one in Jurisdiction.objects.visible_to(person)
        }
        held = {role for _, roles in self.places.values() for role in roles}
        self.fields["name"] = WrittenField(
            label=say("What it is for"),
            help_text=say("Such as the program that uses it."),
            max_length=100,
        )
        self.fields["place"] = forms.ChoiceField(
            label=say("For which place"),
            choices=[(key, one.name) for key, (one, _) in self.places.items()],
        )
        self.fields["roles"] = forms.MultipleChoiceField(
            label=say("With which of your roles"),
            help_text=say("The program can do what these roles can, and no more."),
            choices=[(one.value, str(one.words)) for one in Role if one in held],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["ends_on"] = forms.DateField(
            label=say("Last day"),
            help_text=say("Within one year."),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
        )

    def clean_ends_on(self) -> date:
        """Refuse a day that is over, or more than a year ahead."""
        given: date = self.cleaned_data["ends_on"]
        today = timezone.localdate()
        if not today <= given <= today + timedelta(days=MOST_DAYS):
            raise forms.ValidationError(say("Choose a day from today to one year ahead."))
        return given

    def clean(self) -> dict[str, Any]:
        """Refuse roles that the person does not have in the place."""
        cleaned = super().clean() or self.cleaned_data
        if "place" in cleaned and "roles" in cleaned:
            _, held = self.places[cleaned["place"]]
            if not held >= {Role(one) for one in cleaned["roles"]}:
                words = Listing(tuple(one.words for one in Role if one in held))
                self.add_error("roles", say("In this place you are: {roles}.", roles=words))
        return cleaned

    @property
    def place(self) -> Jurisdiction:
        """Return the place that was chosen."""
        return self.places[self.cleaned_data["place"]][0]

    @property
    def roles(self) -> frozenset[Role]:
        """Return the roles that were chosen."""
        return frozenset(Role(one) for one in self.cleaned_data["roles"])

    @property
    def ends_at(self) -> datetime:
        """Return the end of the last day."""
        day = self.cleaned_data["ends_on"] + timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, time.min))
