"""This file knows the forms of publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from forestall.languages import available_languages, say
from forestall.publication.language_names import language_name
from forestall.web.design.written import WrittenField

if TYPE_CHECKING:
    from collections.abc import Mapping


class PrepareForm(forms.Form):
    """In which languages and formats a plan is published."""

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["languages"] = forms.MultipleChoiceField(
            label=say("Languages"),
            help_text=say("Texts that the plan does not have in a language stand in its own."),
            choices=[(tag, language_name(tag)) for tag in available_languages()],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["formats"] = forms.MultipleChoiceField(
            label=say("Besides the web page"),
            required=False,
            choices=[("pdf", say("PDF, to print")), ("docx", say("Word file"))],
            widget=forms.CheckboxSelectMultiple,
        )


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
