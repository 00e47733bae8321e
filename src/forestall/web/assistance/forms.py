"""This file knows the forms of needs and offers, made from the records of the library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms

from forestall.assistance import Area, Cost, Priority, Window
from forestall.assistance.soundness import MOST_OF_NAME, MOST_REGIONS
from forestall.assistance.spelling import named_once
from forestall.evidence.practices.forms import LANGUAGE
from forestall.languages import available_languages, in_language, language, say, written_in
from forestall.publication.language_names import language_name
from forestall.web.assistance.models import MOST_WORDS, AssistanceNeed, AssistanceOffer
from forestall.web.design.written import WrittenField
from forestall.web.organisations.models import Jurisdiction, Organisation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from forestall.assistance import Need, Offer

_MOST_DAYS = 3660
_MOST_ANSWERED = 1000
_MOST_LANGUAGES = 30
_BETWEEN = re.compile(r"[,;،؛、，；\n]")


def day_field(label: str, hint: str = "") -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget)


def words_field(label: str, hint: str = "", *, required: bool = True) -> WrittenField:
    """Return a field for a few sentences."""
    return WrittenField(
        label=label,
        help_text=hint,
        required=required,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def several(label: str, choices: Any, hint: str = "", *, required: bool = True) -> Any:
    """Return a field with boxes."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        required=required,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
    )


def areas() -> list[tuple[str, str]]:
    """Return the twelve areas in words."""
    return [(one.value, str(one.words)) for one in Area]


def names_in(text: str) -> tuple[str, ...]:
    """Return the names of a list that was typed, each once, written as others write them.

    Examples
    --------
    >>> names_in("West Africa, africa; west-africa")
    ('west-africa', 'africa')
    """
    return named_once(_BETWEEN.split(text))


class StatedForm(forms.Form):
    """What is written of a need and of an offer."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        there: Need | Offer | None = None,
        regions: Sequence[str] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={**self.from_record(there), **(initial or {})})
        self.there = there
        self.fields["title"] = WrittenField(label=self.title_words(), max_length=300)
        self.fields["written_in"] = forms.ChoiceField(
            label=say("Language of this text"),
            choices=[(tag, language_name(tag)) for tag in available_languages()],
        )
        self.add_languages()
        self.fields["regions"] = WrittenField(
            label=say("Regions"),
            max_length=500,
            required=self.needs_region,
            help_text=self.region_words(", ".join(regions)),
        )
        self.fields["first"] = day_field(say("First day on which it can take place"))
        self.fields["last"] = day_field(say("Last day on which it can take place"))

    needs_region = False

    def title_words(self) -> str:
        """Return the label of the title."""
        return say("What is offered")

    def region_words(self, known: str) -> str:
        """Return the hint on regions."""
        return say(
            "Names with commas between; none means every region. Names used so far: {known}",
            known=known or say("none"),
        )

    def add_languages(self) -> None:
        """Add the fields for languages."""
        known = [(tag, language_name(tag)) for tag in available_languages()]
        self.fields["languages"] = several(
            say("Languages in which it can take place"), known, required=False
        )
        self.fields["more_languages"] = WrittenField(
            label=say("Further languages"),
            required=False,
            max_length=100,
            help_text=say("Their tags with commas between, such as pt, sw."),
        )

    def from_record(self, there: Need | Offer | None) -> dict[str, Any]:
        """Return what a record says, as the fields have it."""
        if there is None:
            return {"written_in": language()}
        known = set(available_languages())
        return {
            "title": in_language(there.title),
            "written_in": written_in(there.title) or language(),
            "languages": [one for one in there.languages if one in known],
            "more_languages": ", ".join(one for one in there.languages if one not in known),
            "regions": ", ".join(there.regions),
            "first": there.window.first,
            "last": there.window.last,
        }

    def clean_more_languages(self) -> tuple[str, ...]:
        """Refuse what is no tag of a language."""
        typed = _BETWEEN.split(self.cleaned_data["more_languages"])
        found = tuple(dict.fromkeys(one.strip() for one in typed if one.strip()))
        if len(found) > _MOST_LANGUAGES or not all(re.fullmatch(LANGUAGE, one) for one in found):
            raise forms.ValidationError(say("Write tags such as pt or zh-Hans, with commas."))
        return found

    def clean_regions(self) -> tuple[str, ...]:
        """Return the names of the regions."""
        found = names_in(self.cleaned_data["regions"])
        if len(found) > MOST_REGIONS or any(len(one) > MOST_OF_NAME for one in found):
            raise forms.ValidationError(say("These are too many regions, or too long a name."))
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, and no language at all."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", say("This day is before the first one."))
        elif first and last and (last - first).days > _MOST_DAYS:
            self.add_error("last", say("This is more than ten years; choose an earlier day."))
        if not self.spoken() and "more_languages" not in self.errors:
            self.add_error("languages", say("Name at least one language."))
        return given

    def spoken(self) -> tuple[str, ...]:
        """Return the languages, the best first where there is one."""
        given = self.cleaned_data
        every = (*given.get("languages", ()), *given.get("more_languages", ()))
        return tuple(dict.fromkeys(one for one in (given.get("best", ""), *every) if one))

    def parts(self) -> dict[str, Any]:
        """Return what was written as the parts of a record."""
        given = self.cleaned_data
        before = self.there.title if self.there is not None else {}
        return {
            "title": {**before, given["written_in"]: given["title"]},
            "languages": self.spoken(),
            "regions": given["regions"],
            "window": Window(first=given["first"], last=given["last"]),
        }


class NeedForm(StatedForm):
    """What a place asks for."""

    needs_region = True

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        places: Sequence[Jurisdiction] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        if len(places) > 1:
            self.fields["place"] = forms.ModelChoiceField(
                label=say("Place"),
                queryset=Jurisdiction.objects.filter(pk__in=[one.pk for one in places]),
            )
        if self.there is None:
            self.fields["area"] = forms.ChoiceField(
                label=say("Area of help"),
                choices=[("", "–"), *areas()],
                help_text=say("Help in two areas is two needs."),
            )
        self.fields["days"] = forms.IntegerField(
            label=say("Days that it takes at least"), min_value=1, max_value=_MOST_DAYS, initial=1
        )
        self.fields["must_cover"] = several(
            say("Costs that the other side has to bear"),
            [(one.value, str(one.words)) for one in Cost],
            required=False,
        )
        self.fields["named"] = forms.BooleanField(
            label=say("We name this area a priority (question 26(m))"), required=False
        )
        self.order_fields(["place", "area"])

    def title_words(self) -> str:
        """Return the label of the title."""
        return say("What is asked for")

    def region_words(self, known: str) -> str:
        """Return the hint on regions."""
        return say(
            "All that the place belongs to, with commas between. Names used so far: {known}",
            known=known or say("none"),
        )

    def add_languages(self) -> None:
        """Ask for the best language first."""
        known = [(tag, language_name(tag)) for tag in available_languages()]
        self.fields["best"] = forms.ChoiceField(
            label=say("Language in which you work best"),
            required=False,
            choices=[("", say("one of the further languages")), *known],
        )
        super().add_languages()
        self.fields["languages"].label = say("Other languages in which you can work")

    def from_record(self, there: Any) -> dict[str, Any]:
        """Return what a record says, as the fields have it."""
        told = super().from_record(there)
        if there is None:
            return told
        best = there.languages[0]
        told["best"] = best if best in available_languages() else ""
        return told | {
            "days": there.days,
            "must_cover": [one.value for one in there.must_cover],
            "named": there.priority is Priority.NAMED,
        }

    def clean(self) -> dict[str, Any]:
        """Refuse more days than there are between the first and the last."""
        given = super().clean()
        first, last, days = given.get("first"), given.get("last"), given.get("days")
        if first and last and days and first <= last and days > (last - first).days + 1:
            self.add_error("days", say("There are fewer days between the first and the last."))
        return given

    def parts(self) -> dict[str, Any]:
        """Return what was written as the parts of a need."""
        given = self.cleaned_data
        more: dict[str, Any] = {"area": Area(given["area"])} if "area" in given else {}
        return (
            super().parts()
            | more
            | {
                "days": given["days"],
                "priority": Priority.NAMED if given["named"] else Priority.NOT_NAMED,
                "must_cover": tuple(Cost(one) for one in given["must_cover"]),
            }
        )


class OfferForm(StatedForm):
    """What an organisation offers."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        places: Sequence[Jurisdiction] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        if self.there is None:
            self.fields["organisation"] = forms.ModelChoiceField(
                label=say("Organisation"),
                queryset=Organisation.objects.filter(jurisdiction__in=places),
            )
        self.fields["areas"] = several(say("Areas of help"), areas())
        self.fields["covers"] = several(
            say("Costs that it bears"),
            [(one.value, str(one.words)) for one in Cost],
            required=False,
        )
        self.fields["capacity"] = forms.IntegerField(
            label=say("How many needs it can answer"),
            min_value=1,
            max_value=_MOST_ANSWERED,
            initial=1,
        )
        self.order_fields(["organisation", "areas"])

    def from_record(self, there: Any) -> dict[str, Any]:
        """Return what a record says, as the fields have it."""
        told = super().from_record(there)
        if there is None:
            return told
        return told | {
            "areas": [one.value for one in there.areas],
            "covers": [one.value for one in there.covers],
            "capacity": there.capacity,
        }

    def parts(self) -> dict[str, Any]:
        """Return what was written as the parts of an offer."""
        given = self.cleaned_data
        return super().parts() | {
            "areas": tuple(Area(one) for one in given["areas"]),
            "covers": tuple(Cost(one) for one in given["covers"]),
            "capacity": given["capacity"],
        }


def regions_used() -> list[str]:
    """Return the names of regions that needs and offers use, in their order."""
    needs = AssistanceNeed.objects.filter(withdrawn_on=None).values_list("document", flat=True)
    offers = AssistanceOffer.objects.filter(withdrawn_on=None).values_list("document", flat=True)
    return sorted(named_once(name for one in (*needs, *offers) for name in one["regions"]))[
        :MOST_REGIONS
    ]
