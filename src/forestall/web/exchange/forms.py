"""This file knows the forms of the exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from forestall.exchange.manifest import MOST_BYTES, Kind
from forestall.languages import Day, say
from forestall.web.data.forms import FilesField
from forestall.web.design.written import WrittenField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from forestall.web.plans.models import PlanRevision

USUAL_LICENCE = "CC-BY-4.0"
_FROM_FILES = (Kind.PRACTICE, Kind.EVALUATION)


class GivenForm(forms.Form):
    """Under which licence and short name something is given to others."""

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["licence"] = WrittenField(
            label=say("Licence"),
            help_text=say("Under which others may use it, such as CC-BY-4.0."),
            max_length=200,
        )
        self.fields["key"] = forms.RegexField(
            label=say("Short name"),
            help_text=say(
                "Small letters, digits and hyphens. It stays the same in later versions."
            ),
            regex=r"^[a-z0-9]+(-[a-z0-9]+)*$",
            max_length=60,
            required=False,
        )
        self.initial.setdefault("licence", USUAL_LICENCE)


class PlanForm(GivenForm):
    """Which version of a plan is given to others."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        revisions: Sequence[PlanRevision],
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.fields["revision"] = forms.ChoiceField(
            label=say("Which version of the plan"),
            choices=[
                (
                    one.number,
                    say(
                        "{number}: {state}, {day}",
                        number=one.number,
                        state=one.state_words,
                        day=Day(one.saved_at.date()),
                    ),
                )
                for one in revisions
            ],
        )
        self.order_fields(["revision", "licence", "key"])


class EvaluationForm(GivenForm):
    """Under which title an evaluation is given to others."""

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["title"] = WrittenField(label=say("Title"), max_length=300)
        self.order_fields(["title", "licence", "key"])


class FilesForm(GivenForm):
    """The files of a practice or an evaluation that is given to others."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, files=files, **options)
        self.fields["kind"] = forms.ChoiceField(
            label=say("What it is"),
            choices=[(one.value, str(one.words)) for one in _FROM_FILES],
            widget=forms.RadioSelect,
        )
        self.fields["file"] = forms.FileField(
            label=say("The record (JSON)"),
            help_text=say("The file “practice.json” or “evaluation.json”."),
            widget=forms.FileInput(attrs={"accept": ".json"}),
        )
        self.fields["more"] = FilesField(
            label=say("More files"),
            help_text=say("JSON, GeoJSON, CSV, RIS, BibTeX or text; nothing else can be checked."),
            required=False,
        )
        self.fields["title"] = WrittenField(
            label=say("Title"),
            help_text=say("Of an evaluation; a practice has its own."),
            max_length=300,
            required=False,
        )
        self.order_fields(["kind", "file", "more", "title", "licence", "key"])

    def clean(self) -> dict[str, Any]:
        """Refuse what is larger than any bundle."""
        cleaned = super().clean() or self.cleaned_data
        given = [one for one in (cleaned.get("file"), *cleaned.get("more", ())) if one]
        if sum(one.size or 0 for one in given) > MOST_BYTES:
            self.add_error("file", too_large())
        return cleaned


class BundleForm(forms.Form):
    """A bundle that somebody brings."""

    def __init__(self, data: Mapping[str, Any] | None = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["file"] = forms.FileField(
            label=say("Bundle"),
            help_text=say("A file that ends in .bundle.zip."),
            widget=forms.FileInput(attrs={"accept": ".zip"}),
        )

    def clean_file(self) -> Any:
        """Refuse what is larger than any bundle."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(too_large())
        return file


class PublisherForm(forms.Form):
    """Under which name a place signs."""

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["publisher"] = WrittenField(
            label=say("Publisher"),
            help_text=say("The body that signs, as others should know it; never a person."),
            max_length=200,
        )


class SubscriptionForm(forms.Form):
    """Where new bundles are looked for."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, places: Sequence[tuple[int, str]] = ()
    ) -> None:
        super().__init__(data)
        if len(places) > 1:
            self.fields["place"] = forms.ChoiceField(label=say("For which place"), choices=places)
        self.fields["address"] = forms.CharField(
            label=say("Address of the index"),
            help_text=say(
                "It begins with https://. A folder in the inbox of the server is named as in "
                "{example}.",
                example="inbox:bundles",
            ),
            max_length=500,
        )


def too_large() -> str:
    """Return what is said of files over the limit."""
    return str(say("Such a file may have {most} MB at most.", most=MOST_BYTES // 1_000_000))
