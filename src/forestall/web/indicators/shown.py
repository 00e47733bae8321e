"""This file knows what a page shows of a series: chart, table behind it, and what to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from markupsafe import Markup

from forestall.languages import Month, OwnWords, Period, message, plural_message
from forestall.plan.records import Measured
from forestall.plan.told_values import exact
from forestall.publication.drawing import NARROW, WIDE, draw
from forestall.publication.plan_pages.words import with_interval
from forestall.publication.plan_pictures import IndicatorPath, PathPoint
from forestall.web.data.models import FileImport, Store, WorkState
from forestall.web.indicators.models import IndicatorSource, SourceState
from forestall.web.indicators.written import MONTHS_IN, PERIODS, origin_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from forestall.languages import Message, Text
    from forestall.plan.records import Objective
    from forestall.web.indicators.models import IndicatorPoint
    from forestall.web.plans.models import Plan


@dataclass(frozen=True, kw_only=True)
class SeriesRow:
    """One row of the table: when, how much, how it came there, and what it was before."""

    on: date
    number: Text
    kind: Message
    source: str
    earlier: tuple[Message, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SeriesShown:
    """What a page shows of the series of an objective.

    Attributes
    ----------
    charts
        The same chart for narrow and for wide screens; empty without a figure.
    rows
        The oldest first.
    notes
        What has to be known with it.
    failures
        Why the source could not be read, or its last import was not done.
    """

    objective: Objective
    source: IndicatorSource | None
    title: Text
    charts: tuple[Markup, ...]
    rows: tuple[SeriesRow, ...]
    notes: tuple[Message, ...]
    failures: tuple[Text, ...]


def series_shown(plan: Plan, objective: Objective) -> SeriesShown:
    """Return the series of an objective, with its source where one is linked."""
    source = (
        IndicatorSource.objects.filter(plan=plan, objective=objective.key)
        .select_related("store", "survey")
        .first()
    )
    points = {} if source is None else {one.last_day: one for one in source.points.all()}
    return SeriesShown(
        objective=objective,
        source=source,
        title=_title(objective),
        charts=_charts(objective),
        rows=tuple(sorted(_rows(objective, points), key=lambda one: one.on)),
        notes=tuple(_notes(source, objective)) if source is not None else (),
        failures=tuple(_failures(source, _last_imports([source]))) if source is not None else (),
    )


def failed_sources(plans: list[Plan]) -> list[tuple[IndicatorSource, tuple[Text, ...]]]:
    """Return the sources of some plans that could not be read, each with why."""
    linked = IndicatorSource.objects.filter(plan__in=plans)
    linked = linked.select_related("plan", "store", "survey").defer("plan__document")
    sources = list(linked)
    last = _last_imports(sources)
    return [(one, found) for one in sources if (found := tuple(_failures(one, last)))]


def _last_imports(sources: Sequence[IndicatorSource]) -> dict[int, FileImport]:
    """Return the newest import of each store of some sources."""
    stores = {one.store_id for one in sources if one.store_id is not None}
    if not stores:
        return {}
    newest = FileImport.objects.filter(store=OuterRef("pk")).values("pk")[:1]
    found = Store.objects.filter(pk__in=stores).values_list("pk", Subquery(newest))
    numbers = {store: number for store, number in found if number is not None}
    imports = FileImport.objects.in_bulk(list(numbers.values()))
    return {store: imports[number] for store, number in numbers.items()}


def _points_of(objective: Objective) -> list[Measured]:
    first = [objective.baseline] if objective.baseline is not None else []
    return [*first, *objective.measured]


def _title(objective: Objective) -> Text:
    return OwnWords(objective.indicator.name if objective.indicator else objective.title)


def _charts(objective: Objective) -> tuple[Markup, ...]:
    points = _points_of(objective)
    if not points:
        return ()
    picture = IndicatorPath(
        points=tuple(
            PathPoint(
                on=one.on, value=one.value, shown=exact(one.value), low=one.low, high=one.high
            )
            for one in points
        ),
        target=_target(objective),
        target_words=message("target"),
    )
    last = points[-1]
    alt = message(
        "Line of {name}: {first} on {first_day}, {last} on {last_day}. Table below.",
        name=_title(objective),
        first=exact(points[0].value),
        first_day=points[0].on,
        last=exact(last.value),
        last_day=last.on,
    )
    return tuple(
        Markup(draw(picture, width=width, alt=str(alt), css_class=name))  # noqa: S704
        for width, name in ((NARROW, "narrow"), (WIDE, "wide"))
    )


def _target(objective: Objective) -> PathPoint | None:
    target, day = objective.target, objective.deadline
    if target is None or day is None or objective.baseline is None:
        return None
    return PathPoint(on=day, value=target, shown=exact(target))


def _rows(objective: Objective, points: dict[date, IndicatorPoint]) -> Iterator[SeriesRow]:
    there = {one.on: one for one in objective.measured}
    if objective.baseline is not None:
        yield _row(objective.baseline, message("first figure, typed"))
    for one in objective.measured:
        point = points.get(one.on)
        is_ours = point is not None and point.as_written == one
        kind = message("computed") if is_ours else message("typed by a person")
        yield _row(one, kind, _earlier(point) if point is not None and is_ours else ())
    for day, point in points.items():
        if day not in there and (point.value is not None or point.hidden or point.earlier):
            yield _beside(point)


def _row(one: Measured, kind: Message, earlier: tuple[Message, ...] = ()) -> SeriesRow:
    return SeriesRow(
        on=one.on,
        number=with_interval(one),
        kind=kind,
        source=str(OwnWords(one.source)) if one.source else "",
        earlier=earlier,
    )


def _beside(point: IndicatorPoint) -> SeriesRow:
    """Return a computed point that does not stand in the plan."""
    number: Text = _hidden_words(point.hidden)
    kind = message("hidden, not in the plan") if point.hidden else message("not in the plan")
    if point.value is not None:
        number = with_interval(
            Measured(on=point.last_day, value=point.value, low=point.low, high=point.high)
        )
    return SeriesRow(
        on=point.last_day, number=number, kind=kind, source="", earlier=_earlier(point)
    )


def _hidden_words(hidden: str) -> Text:
    if hidden.startswith("<"):
        return message("fewer than {threshold}", threshold=hidden[1:])
    if hidden == "[c]":
        return message("Hidden so that the number beside it cannot be worked out.")
    if hidden == "[u]":
        return message("Too few people gave such an answer to tell a share.")
    return message("no longer a whole period of the records")


_WITHHELD = ("<", "[c]", "[u]")


def _earlier(point: IndicatorPoint) -> tuple[Message, ...]:
    return tuple(
        message(
            "Until {day} it was {number}; changed by {origin}.",
            day=date.fromisoformat(one["until"]),
            number=exact(one["value"])
            if one["value"] is not None
            else _hidden_words(one["hidden"]),
            origin=origin_words(one["because"]),
        )
        for one in point.earlier
        # What is hidden now was shown once; it is not said again.
        if one["value"] is None or not point.hidden.startswith(_WITHHELD)
    )


def _notes(source: IndicatorSource, objective: Objective) -> Iterator[Message]:
    told, settings = source.told, source.settings
    if told.get("cut_off"):
        first, last = (date.fromisoformat(told[name]) for name in ("cut_off", "last_day"))
        yield message(
            "The records end on {day}, so {period} is not complete and not counted yet.",
            day=last,
            period=Month(first) if _is_one_month(settings, first, last) else Period(first, last),
        )
    if told.get("left_out"):
        yield plural_message(
            "{count} other period is not covered as a whole and left out.",
            "{count} other periods are not covered as a whole and left out.",
            told["left_out"],
        )
    period = settings.get("period")
    every = objective.indicator.every_months if objective.indicator is not None else None
    if period and every is not None and every != MONTHS_IN[period]:
        yield message(
            "The plan measures every {count} months, but each {period} is counted here. "
            "Compare with the first figure only if that is for the same time.",
            count=every,
            period=PERIODS[period],
        )
    if period:
        yield message(
            "Intervals hold chance only, not whether people report more or less to the police."
        )


def _is_one_month(settings: dict[str, Any], first: date, last: date) -> bool:
    same = (first.year, first.month) == (last.year, last.month)
    return bool(settings["period"] == "month" and same)


def _failures(source: IndicatorSource, imports: Mapping[int, FileImport]) -> Iterator[Text]:
    if source.store is None and source.survey is None:
        yield message("The source of this indicator is gone; link another one.")
        return
    if source.state == SourceState.FAILED.value:
        yield message("The source could not be read: {why}", why=source.failure)
    last = imports.get(source.store_id or 0)
    if last is not None and last.state == WorkState.FAILED.value:
        yield message(
            "The last import into “{name}” was not done, so nothing new is counted: {why}",
            name=source.name,
            why=last.failure,
        )
