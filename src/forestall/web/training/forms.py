"""This file knows the forms of training: a course, oneself, a body, a search."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from forestall.evidence.practices.forms import CURRENCY, EMAIL, LANGUAGE
from forestall.languages import Day, available_languages, say
from forestall.publication.language_names import language_name
from forestall.training.records import Audience, CourseForm
from forestall.training.skills import Skill
from forestall.training.soundness import MOST_HOURS
from forestall.web.design.written import WrittenField
from forestall.web.organisations.models import Jurisdiction, Organisation
from forestall.web.training.models import LONGEST_CONSENT, Course

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_DATES = 50


def _skills() -> list[tuple[str, str]]:
    return [(one.value, str(one.words)) for one in Skill]


def _languages() -> list[tuple[str, str]]:
    return [(tag, language_name(tag)) for tag in available_languages()]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")


def _choices(label: str, choices: Any, *, required: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=required, choices=choices, widget=forms.CheckboxSelectMultiple
    )


class BodyField(WrittenField):
    """Words that name a body or a thing, and hold no address of a person."""

    def clean(self, value: Any) -> str:
        """Refuse an e-mail address."""
        written = str(super().clean(value))
        if re.search(EMAIL, written):
            raise forms.ValidationError(say("Name a body, without an e-mail address."))
        return written


class WebsiteField(forms.URLField):
    """The address of a page; https where none is said."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **options})


class DatesField(WrittenField):
    """Days, one time a line: a day, or the first and the last one."""

    def __init__(self, **options: Any) -> None:
        options.pop("encoder", None)
        options.pop("decoder", None)
        super().__init__(**{"widget": forms.Textarea(attrs={"rows": 3, "dir": "ltr"}), **options})

    def prepare_value(self, value: Any) -> Any:
        """Return the lines of what is kept."""
        if isinstance(value, list):
            return "\n".join(" ".join(dict.fromkeys(pair)) for pair in value)
        return value

    def clean(self, value: Any) -> Any:
        """Return pairs of ISO days, the first time first."""
        lines = [one.split() for one in str(super().clean(value)).splitlines() if one.strip()]
        try:
            pairs = [[date.fromisoformat(one[0]), date.fromisoformat(one[-1])] for one in lines]
        except ValueError:
            pairs = []
        if (
            len(pairs) != len(lines)
            or len(lines) > _MOST_DATES
            or any(len(one) > 2 for one in lines)
        ):
            raise forms.ValidationError(
                say(
                    "Write one time a line: its first and its last day, such as {example}.",
                    example="2026-03-02 2026-03-06",
                )
            )
        if any(last < first for first, last in pairs):
            raise forms.ValidationError(say("This day is before the first one."))
        return [[first.isoformat(), last.isoformat()] for first, last in sorted(pairs)]


class CourseEntryForm(forms.ModelForm[Course]):
    """What is written down of a course."""

    class Meta:
        model = Course
        fields: ClassVar[list[str]] = [
            "title", "provider", "skills", "about", "website", "languages", "form", "audience",
            "hours", "price", "currency", "price_source", "dates", "qualification",
        ]  # fmt: skip
        field_classes: ClassVar[dict[str, Any]] = {
            **dict.fromkeys(("title", "provider", "price_source", "qualification"), BodyField),
            "about": WrittenField,
            "website": WebsiteField,
            "dates": DatesField,
        }
        widgets: ClassVar[dict[str, Any]] = {
            "about": forms.Textarea(attrs={"rows": 3}),
            "dates": forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
        }

    def __init__(self, *args: Any, places: Sequence[Jurisdiction] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["skills"] = _choices(say("Skills that it teaches"), _skills, required=True)
        self.fields["languages"] = _choices(say("Languages in which it is given"), _languages)
        self.fields["more_languages"] = WrittenField(
            required=False, max_length=100, initial=self._more()
        )
        self.fields["form"] = forms.ChoiceField(
            label=say("How it is given"),
            choices=[(one.value, str(one.words)) for one in CourseForm],
        )
        self.fields["audience"] = forms.ChoiceField(
            label=say("For whom it is"), choices=[(one.value, str(one.words)) for one in Audience]
        )
        self.fields["hours"] = forms.FloatField(required=False, min_value=0.5, max_value=MOST_HOURS)
        self.order_fields(
            ["title", "provider", "skills", "about", "website", "languages", "more_languages"]
        )
        if len(places) > 1:
            self.fields["place"] = forms.ModelChoiceField(
                label=say("Place"),
                queryset=Jurisdiction.objects.filter(pk__in=[one.pk for one in places]),
            )
            self.order_fields(["place"])
        self._label()

    def _more(self) -> str:
        known = set(available_languages())
        return " ".join(one for one in self.instance.languages or () if one not in known)

    def _label(self) -> None:
        labels = {
            "title": (say("What it is called"), ""),
            "provider": (say("Who gives it"), say("The name of a body, never of a person.")),
            "about": (say("What it is about"), ""),
            "website": (say("Website"), ""),
            "more_languages": (say("Further languages"), say("Their tags, such as “sw pt”.")),
            "hours": (say("How many hours it takes"), ""),
            "price": (say("What it costs for one person"), say("0 for a course without a fee.")),
            "currency": (say("Currency"), say("Its three letters, such as EUR.")),
            "price_source": (say("Where the price is said"), ""),
            "dates": (
                say("Next dates"),
                say(
                    "Write one time a line: its first and its last day, such as {example}.",
                    example="2026-03-02 2026-03-06",
                ),
            ),
            "qualification": (say("Certificate or qualification that it leads to"), ""),
        }
        for name, (label, hint) in labels.items():
            self.fields[name].label, self.fields[name].help_text = label, hint

    def clean_currency(self) -> str:
        """Refuse what is no currency."""
        written = str(self.cleaned_data["currency"]).upper()
        if written and not re.fullmatch(CURRENCY, written):
            raise forms.ValidationError(say("Its three letters, such as EUR."))
        return written

    def clean_price(self) -> Any:
        """Refuse less than nothing."""
        price = self.cleaned_data["price"]
        if price is not None and price < 0:
            raise forms.ValidationError(say("0 for a course without a fee."))
        return price

    def clean(self) -> dict[str, Any]:
        """Refuse a price without a source, and a course without a language."""
        given = super().clean() or self.cleaned_data
        more = [one.strip(",;") for one in str(given.pop("more_languages", "")).split()]
        if not all(re.fullmatch(LANGUAGE, one) for one in more):
            self.add_error("more_languages", say("Their tags, such as “sw pt”."))
        given["languages"] = list(dict.fromkeys([*given.get("languages", ()), *more]))
        if not given["languages"] and "more_languages" not in self.errors:
            self.add_error("languages", say("Name at least one language."))
        if given.get("price") is None:
            given["currency"] = given["price_source"] = ""
            return given
        for name in ("currency", "price_source"):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, say("A price needs its currency and its source."))
        return given


class _UntilForm(forms.Form):
    """Skills, and the last day on which they count."""

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.latest = today, today + LONGEST_CONSENT
        self.fields["skills"] = _choices(say("Skills"), _skills, required=True)
        self.fields["until"] = forms.DateField(
            label=say("Last day on which this counts"),
            widget=_day(),
            help_text=say("At most two years from now, {latest}.", latest=Day(self.latest)),
        )

    def clean_until(self) -> date:
        """Refuse a day that is over, or more than two years away."""
        until: date = self.cleaned_data["until"]
        if not self.today <= until <= self.latest:
            raise forms.ValidationError(
                say(
                    "Choose a day from {today} to {latest}.",
                    today=Day(self.today),
                    latest=Day(self.latest),
                )
            )
        return until


class AbilityForm(_UntilForm):
    """What somebody says that they can do, and where they agree to be counted."""

    def __init__(self, *args: Any, bodies: Sequence[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        if len(bodies) > 1:
            self.fields["organisation"] = forms.ModelChoiceField(
                label=say("Organisation in which you are counted"),
                queryset=Organisation.objects.filter(pk__in=[one.pk for one in bodies]),
            )
            self.order_fields(["organisation"])
        self.fields["consent"] = forms.BooleanField(
            label=say("I agree that I am counted in my organisation."),
            help_text=say(
                "Others read roughly how many people have a skill, and no names. In a small "
                "organisation they can guess who it is."
            ),
        )


class BodySkillsForm(_UntilForm):
    """What an organisation says of itself."""


class WantedSkillForm(forms.Form):
    """A skill that a plan needs beyond what its fields show."""

    def __init__(self, *args: Any, actions: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["skill"] = forms.ChoiceField(label=say("Skill"), choices=_skills())
        self.fields["action"] = forms.ChoiceField(
            label=say("Action"),
            required=False,
            choices=[("", say("the plan as a whole")), *actions],
        )
        self.fields["reason"] = BodyField(label=say("Why it is needed"), max_length=500)


class CourseSearch(forms.Form):
    """Which courses somebody looks for."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        every = ("", say("any"))
        self.fields["skill"] = forms.ChoiceField(
            label=say("Skill"), required=False, choices=[every, *_skills()]
        )
        self.fields["language"] = forms.ChoiceField(
            label=say("Language"), required=False, choices=[every, *_languages()]
        )
