"""This file knows the forms of publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from forestall.languages import available_languages, say
from forestall.publication.language_names import language_name
from forestall.web.design.written import WrittenField
from forestall.web.publishing.models import MOST_TITLE
from forestall.web.publishing.received import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping


class FormsForm(forms.Form):
    """In which languages and formats something is published."""

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["languages"] = forms.MultipleChoiceField(
            label=say("Languages"),
            choices=[(tag, language_name(tag)) for tag in available_languages()],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["formats"] = forms.MultipleChoiceField(
            label=say("Besides the web page"),
            required=False,
            choices=[("pdf", say("PDF, to print")), ("docx", say("Word file"))],
            widget=forms.CheckboxSelectMultiple,
        )

    def languages(self, own: str) -> list[str]:
        """Return the languages that were chosen, that of the place first."""
        return sorted(self.cleaned_data["languages"], key=lambda tag: tag != own)


class PrepareForm(FormsForm):
    """In which languages and formats a plan is published."""

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["languages"].help_text = say(
            "Texts that the plan does not have in a language stand in its own."
        )


class ReportForm(FormsForm):
    """Under which title, in which languages and formats a diagnosis is published."""

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["title"] = WrittenField(
            label=say("Title"),
            help_text=say("Readers find the report under it on the public site."),
            max_length=MOST_TITLE,
        )
        self.order_fields(["title", "languages", "formats"])


class EvaluationForm(FormsForm):
    """The file of an evaluation, and in which languages and formats it is published."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, files=files, **options)
        self.fields["file"] = forms.FileField(
            label=say("File of the evaluation"),
            help_text=say(
                "The file “publication.json” in the folder that “forestall evaluate” wrote. Pages "
                "and tables are made anew from it."
            ),
            widget=forms.FileInput(attrs={"accept": ".json"}),
        )
        self.order_fields(["file", "languages", "formats"])

    def clean_file(self) -> Any:
        """Refuse what is larger than any report."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                say("Such a file may have {most} MB at most.", most=MOST_BYTES // 1_000_000)
            )
        return file


class WithdrawForm(forms.Form):
    """Why a publication is taken back."""

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["reason"] = WrittenField(
            label=say("Why it is withdrawn"),
            help_text=say("Everybody reads this sentence in its place."),
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        )
