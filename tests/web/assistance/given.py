"""This file knows needs and offers that the tests of assistance share."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from forestall.assistance import Area, Window
from forestall.web.assistance import stating

TODAY = timezone.localdate()
WINDOW = Window(first=TODAY + timedelta(days=10), last=TODAY + timedelta(days=100))
ASKED_FOR = {
    "area": Area.EVALUATION,
    "title": {"en": "Plan an evaluation"},
    "languages": ("fr", "en"),
    "regions": ("africa",),
    "window": WINDOW,
    "days": 5,
}
OFFERED = {
    "areas": (Area.EVALUATION,),
    "title": {"en": "Evaluators"},
    "languages": ("fr",),
    "window": WINDOW,
}


def need_of(city, by, *, asked=TODAY, **parts):
    return stating.state_need(jurisdiction=city, parts={**ASKED_FOR, **parts}, asked=asked, by=by)


def offer_of(city, by, **parts):
    return stating.state_offer(
        organisation=city.organisations.get(), parts={**OFFERED, **parts}, by=by
    )
