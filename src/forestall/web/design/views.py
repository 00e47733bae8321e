"""This file knows the living page of all parts of which pages are made."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render

from forestall.languages import Amount, Day, Share, say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SampleForm(forms.Form):
    """A form of the kinds of fields that there are, for the living page."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"] = forms.CharField(
            label=say("Name of the action"), help_text=say("Short, as it will be published.")
        )
        self.fields["why"] = forms.CharField(
            label=say("Why it should work"), widget=forms.Textarea(attrs={"rows": 3})
        )
        self.fields["kind"] = forms.ChoiceField(
            label=say("Comes in"),
            choices=[("before", say("before harm is done")), ("victims", say("for victims"))],
            widget=forms.RadioSelect,
        )
        self.fields["open"] = forms.BooleanField(label=say("Open to everybody"), required=False)


def parts(request: HttpRequest) -> HttpResponse:
    """Show every part of a page, as it looks."""
    return render(request, "design/parts.html", {"sample": _sample(request)})


def _sample(request: HttpRequest) -> dict[str, Any]:
    """Return made-up values of the kinds that parts show."""
    begins = date(2025, 3, 3)
    months = (date(2025, month, 1) for month in (1, 4, 7, 10))
    return {
        "day": begins,
        "moment": datetime(2025, 4, 14, 10, 12, tzinfo=UTC),
        "quarters": [(str(Day(one)), one.month == 4) for one in months],
        "most": f"{Amount(90_000, 'EUR')} · {Share(0.75)}",
        "least": f"{Amount(30_000, 'EUR')} · {Share(0.25)}",
        "nothing": f"{Amount(0, 'EUR')} · {Share(0.0)}",
        "page": Paginator(range(30), 10).page(2),
        "form": SampleForm({"name": "", "why": "", "kind": "before"}),
    }
