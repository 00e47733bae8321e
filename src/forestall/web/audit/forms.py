"""This file knows how entries of the log are chosen."""

from __future__ import annotations

from typing import Any

from django import forms

from forestall.languages import say
from forestall.web.audit.words import verb_words


class FilterForm(forms.Form):
    """What to show of the log."""

    def __init__(self, *args: Any, verbs: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["verb"] = forms.ChoiceField(
            label=say("What was done"),
            choices=[("", say("everything")), *_choices(verbs)],
            required=False,
        )
        self.fields["about"] = forms.CharField(
            label=say("To what"), help_text=say("Such as: plan 3"), required=False, max_length=120
        )
        self.fields["actor"] = forms.CharField(
            label=say("By whom"), help_text=say("Such as: member-7"), required=False, max_length=40
        )
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields["since"] = forms.DateField(label=say("From day"), required=False, widget=day)
        self.fields["until"] = forms.DateField(label=say("To day"), required=False, widget=day)


def _choices(verbs: list[str]) -> list[tuple[str, str]]:
    """Return the keys with their words, in the order of the words."""
    named = [(one, str(verb_words(one) or one)) for one in verbs]
    return sorted(named, key=lambda one: one[1].casefold())
