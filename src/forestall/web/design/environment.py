"""This file knows what templates can call: sentences, addresses, dates, numbers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils import timezone
from jinja2 import Environment, StrictUndefined

from forestall.languages import (
    Day,
    Number,
    direction,
    in_language,
    language,
    say,
    say_plural,
    written_in,
)
from forestall.publication.language_names import language_name

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest


def environment(**options: Any) -> Environment:
    """Return the environment of all templates of the workspace."""
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        **_without_ours(options),
    )
    made.globals.update(
        say=say,
        say_plural=say_plural,
        url=_url,
        static=staticfiles_storage.url,
        language=language,
        direction=direction,
        text=in_language,
        text_language=written_in,
        day=_day,
        clock=_clock,
        number=Number,
        language_name=language_name,
        with_page=_with_page,
        elsewhere=_elsewhere,
    )
    return made


def _without_ours(options: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in options.items() if key not in ("autoescape", "undefined")}


def _url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def _day(value: date | None) -> str:
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return str(Day(value)) if value is not None else ""


def _clock(value: datetime) -> str:
    return f"{timezone.localtime(value):%H:%M}"


def _with_page(request: HttpRequest, number: int) -> str:
    """Return the address of another page of a list, with the filters that are chosen."""
    chosen = request.GET.copy()
    chosen["page"] = str(number)
    return f"?{chosen.urlencode()}"


def _elsewhere() -> str:
    """Return the key of the provider by whom people can sign in; empty without one."""
    return "city" if settings.SOCIALACCOUNT_PROVIDERS else ""
