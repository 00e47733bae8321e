"""This file knows the forms of a reading: what it gathers, files that come, texts of its report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms

from forestall.languages import in_language, say
from forestall.questionnaires import read_definitions
from forestall.questionnaires.together import RegionName, StateName, in_state_order, regions, states
from forestall.web.design.written import WrittenField
from forestall.web.organisations.models import Jurisdiction
from forestall.web.secretariat.services import MOST_LETTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.web.secretariat.models import Reading

MOST_BYTES = 5_000_000
MOST_FILES = 60


class ReadingForm(forms.Form):
    """What is gathered, and for which place."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, places: list[Jurisdiction]
    ) -> None:
        super().__init__(data)
        self.fields["place"] = forms.ModelChoiceField(
            label=say("For which place"),
            queryset=Jurisdiction.objects.filter(pk__in=[one.pk for one in places]),
            empty_label=None,
        )
        self.fields["title"] = WrittenField(label=say("What it is called"), max_length=200)
        self.fields["questionnaire"] = forms.ChoiceField(
            label=say("Questionnaire"),
            choices=[
                (one.key, f"{one.instrument}: {in_language(one.title)}")
                for one in reversed(read_definitions())
            ],
        )


class AskedForm(forms.Form):
    """Which states were asked."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, reading: Reading) -> None:
        super().__init__(data, initial={"asked": reading.asked})
        codes = in_state_order(one.code for one in states())
        self.fields["asked"] = forms.MultipleChoiceField(
            label=say("States that were asked"),
            choices=[(one, str(StateName(one))) for one in codes],
            widget=forms.CheckboxSelectMultiple,
        )


class SeveralFiles(forms.FileField):
    """Files of which several can be chosen at once."""

    widget = type(
        "SeveralFilesInput", (forms.ClearableFileInput,), {"allow_multiple_selected": True}
    )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return every file, each of them checked."""
        given = data if isinstance(data, list | tuple) else [data]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(say("Send at most {most} files at once.", most=MOST_FILES))
        cleaned = [super(SeveralFiles, self).clean(one, initial) for one in given or [None]]
        if any(one.size > MOST_BYTES for one in cleaned):
            raise forms.ValidationError(say("A file is larger than 5 MB; send a smaller one."))
        return cleaned


class ReceiveForm(forms.Form):
    """Replies that come as files."""

    def __init__(self, data: Mapping[str, Any] | None = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["files"] = SeveralFiles(
            label=say("Replies as files (JSON or XLSX)"),
            help_text=say("What is confidential in them is taken out and not kept."),
        )
        self.fields["told"] = forms.CharField(
            label=say("SHA-256 that the senders told you"),
            help_text=say("One in each line. With any here, a file that has none is refused."),
            widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
            max_length=10_000,
            required=False,
        )
        self.fields["replaces"] = forms.BooleanField(
            label=say("Replace replies of the same state that are here already"), required=False
        )

    def clean_told(self) -> frozenset[str]:
        """Return the hashes, or say that a line has none."""
        lines = [one.strip() for one in self.cleaned_data["told"].splitlines() if one.strip()]
        found = [re.match(r"[0-9a-fA-F]{64}(?=\s|$)", one) for one in lines]
        for at, one in enumerate(found, start=1):
            if one is None:
                raise forms.ValidationError(
                    say("Line {line} needs 64 hexadecimal digits.", line=at)
                )
        return frozenset(one[0].lower() for one in found if one is not None)


class HandOverForm(forms.Form):
    """To whom a reply is handed over."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["code"] = WrittenField(
            label=say("The code that you were given"),
            help_text=say("Whoever gathers replies in this workspace gives it to you."),
            max_length=40,
        )
        self.fields["agreed"] = forms.BooleanField(
            label=say("We hand over our answers, without those that are confidential")
        )


class ChapterForm(forms.Form):
    """The text of a chapter."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["was"] = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
        self.fields["text"] = WrittenField(
            label=say("Text of the chapter"),
            help_text=say("An empty line begins a new paragraph."),
            widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"}),
            max_length=MOST_LETTERS,
            required=False,
        )


class SearchForm(forms.Form):
    """Words that are looked for, and where."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["words"] = WrittenField(label=say("Words"), max_length=200, required=False)
        self.fields["region"] = region_field()


class RegionForm(forms.Form):
    """The region that is looked at."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["region"] = region_field()


def region_field() -> forms.ChoiceField:
    """Return the field for a region."""
    return forms.ChoiceField(
        label=say("Region"),
        choices=[("", say("All regions")), *((one, str(RegionName(one))) for one in regions())],
        required=False,
    )
