"""This file knows the words of a computed point: from where, what was counted, taken when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.languages import (
    Listing,
    Message,
    Number,
    available_languages,
    message,
    use_language,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from forestall.languages import Text, Texts
    from forestall.plan.records import ActionPlan
    from forestall.web.indicators.models import IndicatorSource
    from forestall.web.indicators.series import Point

PERIODS: dict[str, Message] = {
    "month": message("month"),
    "quarter": message("quarter"),
    "year": message("year"),
}
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


def what_is_counted(settings: Mapping[str, Any]) -> Text:
    """Return the kinds of incidents, and the area where there is one."""
    kinds: Text = (
        Listing(settings["offences"]) if settings.get("offences") else message("all kinds")
    )
    if settings.get("areas"):
        return message("{kinds} in {area}", kinds=kinds, area=settings["area_name"])
    return kinds


def how_it_is_counted(settings: Mapping[str, Any]) -> Text:
    """Return what a number of a series is: incidents a month, or per so many people."""
    period = PERIODS[settings["period"]]
    if not settings.get("population"):
        return message("incidents in each {period}", period=period)
    return message(
        "incidents in each {period} per {per} of {people} people ({source})",
        period=period,
        per=Number(settings["per"]),
        people=Number(settings["population"]),
        source=settings["population_source"],
    )


def source_words(source: IndicatorSource, point: Point, *, after: str, today: date) -> Text:
    """Return where a point comes from, as it stands in the plan.

    Parameters
    ----------
    after
        The last import into the store, such as "import 12".
    """
    if source.survey_id is not None:
        return message(
            "Survey “{name}”: {wording} {people} people answered; computed on {day}.",
            name=source.name,
            wording=source.settings["wording"],
            people=Number(point.people or 0),
            day=today,
        )
    return message(
        "“{name}”, {origin}: {what}, {how}; computed on {day}.",
        name=source.name,
        origin=origin_words(after),
        what=what_is_counted(source.settings),
        how=how_it_is_counted(source.settings),
        day=today,
    )


def code_words(code: float) -> str:
    """Write the code of an answer so that it is found again: as it is, without a needless point.

    Examples
    --------
    >>> code_words(99999999.0), code_words(1.5)
    ('99999999', '1.5')
    """
    return str(int(code)) if float(code).is_integer() else repr(float(code))


def origin_words(origin: str) -> Text:
    """Return after what a series was computed: "import 12" is kept, its words are translated."""
    kind, _, number = origin.partition(" ")
    if kind == "import":
        return message("import {number}", number=number)
    if kind == "diagnosis":
        return message("diagnosis {number}", number=number)
    if kind == "wave":
        return message("a new wave")
    return message("a member who asked for it")


def in_languages_of(plan: ActionPlan, words: Text) -> Texts:
    """Return words in the languages of a plan, in English where there is none of ours."""
    known = available_languages()
    written: Texts = {}
    for tag in plan.languages:
        if tag in known:
            with use_language(tag):
                written[tag] = str(words)
    if not written:
        with use_language("en"):
            written[plan.languages[0]] = str(words)
    return written
