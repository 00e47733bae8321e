"""This file knows how one source is computed, and how its points come into the plan.

Reading a source writes nothing; what was read is kept, and written into the plan, in one
transaction. A plan that is not followed yet keeps its series as it is, and the page shows the
points beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from django.db import transaction
from django.utils import timezone

from forestall.errors import CannotAnswer, ForestallError
from forestall.languages import message, use_language
from forestall.plan.records import Measured
from forestall.web.data.folders import store_folder
from forestall.web.data.models import WorkState
from forestall.web.indicators.asked import asked_series
from forestall.web.indicators.counted import count_series
from forestall.web.indicators.merging import merged_series
from forestall.web.indicators.models import (
    IndicatorPoint,
    IndicatorSource,
    SourceState,
    ToldSeries,
    lock_origin,
)
from forestall.web.indicators.told import asked_of
from forestall.web.indicators.written import in_languages_of, source_words
from forestall.web.plans.models import FOLLOWED
from forestall.web.plans.services import measure_plan

if TYPE_CHECKING:
    from datetime import date

    from forestall.plan.records import ActionPlan, Objective
    from forestall.web.indicators.counting import StoreNumbers
    from forestall.web.indicators.series import Point, Series
    from forestall.web.indicators.subtracting import Asked


def measure(source: IndicatorSource, *, origin: str, numbers: StoreNumbers | None = None) -> None:
    """Compute a series anew and write it into its plan; a failure is kept with its reason.

    Where another series of the same source is linked meanwhile, it is computed once more.

    Parameters
    ----------
    origin
        After what it is computed, such as "import 12".
    numbers
        Counts the store of the source, where several sources share it.
    """
    with use_language(source.jurisdiction.language or "en"):
        try:
            is_kept = False
            while not is_kept:
                asked = asked_of(source)
                is_kept = _keep(source, asked, _series(source, asked, numbers), origin)
        except ForestallError as reason:
            _fail(source, str(reason), origin)


def _series(source: IndicatorSource, asked: Asked, numbers: StoreNumbers | None) -> Series:
    if source.survey is not None:
        return asked_series(source.survey, asked)
    if source.store is None:
        raise CannotAnswer(message("The source of this indicator is gone; link another one."))
    return count_series(source.store, asked, numbers=numbers)


@transaction.atomic
def _keep(source: IndicatorSource, asked: Asked, series: Series, origin: str) -> bool:
    """Keep a series; returns False where others were told meanwhile, which it has to heed."""
    # The plan is locked first, here and everywhere, so that nobody waits for somebody who waits.
    plan = type(source.plan).objects.select_for_update().get(pk=source.plan_id)
    lock_origin(source.store or source.survey)
    if not _is_linked_as(source):
        return True  # linked anew or taken away meanwhile; that has a job of its own
    if asked_of(source) != asked:
        return False
    _objective(plan.content, source.objective)
    ToldSeries.remember(source, series.told)
    source.measured_from, source.measured_at = origin, timezone.now()
    points = {one.last_day: one for one in source.points.all()}
    changed = _keep_points(source, series, points)
    is_written = bool(source.told.get("written"))
    if plan.content.state in FOLLOWED:
        _write(source, series, points, changed=changed, linked_anew=not is_written)
        is_written = True
    source.state, source.failure = SourceState.DONE.value, ""
    source.told = {
        "last_day": series.last_day.isoformat(),
        "cut_off": series.cut_off.isoformat() if series.cut_off else "",
        "left_out": series.left_out,
        "written": is_written,
    }
    source.save(update_fields=["state", "failure", "told", "measured_at", "measured_from"])
    return True


def _is_linked_as(source: IndicatorSource) -> bool:
    """Return whether the link is still as it was when the work began, and keep it so."""
    now = IndicatorSource.objects.select_for_update().filter(pk=source.pk).first()
    return now is not None and (now.store_id, now.survey_id, now.settings) == (
        source.store_id,
        source.survey_id,
        source.settings,
    )


def _keep_points(
    source: IndicatorSource, series: Series, points: dict[date, IndicatorPoint]
) -> list[str]:
    """Keep what was computed, and what it was before; returns the days that changed."""
    changed = []
    gone = {day: one for day, one in points.items() if day not in {p.last for p in series.points}}
    for one in gone.values():
        if one.value is not None or one.hidden:
            changed.append(_become(one, source, (None, None, None, "")))
            one.save()
    for new in series.points:
        there = points.get(new.last)
        if there is None:
            there = points[new.last] = IndicatorPoint(source=source, last_day=new.last)
            there.value, there.low, there.high, there.hidden = new.numbers
        elif (there.value, there.low, there.high, there.hidden) != new.numbers:
            changed.append(_become(there, source, new.numbers))
        elif (there.first_day, there.people) == (new.first, new.people):
            continue
        there.first_day, there.people = new.first, new.people
        there.save()
    return changed


def _become(one: IndicatorPoint, source: IndicatorSource, numbers: tuple[Any, ...]) -> str:
    """Give a point its new numbers, and keep those it had."""
    now = timezone.localdate().isoformat()
    was = {"value": one.value, "hidden": one.hidden, "until": now, "because": source.measured_from}
    if one.value is not None or one.hidden:
        one.earlier = [*one.earlier, was]
    one.value, one.low, one.high, one.hidden = numbers
    return one.last_day.isoformat()


def _write(
    source: IndicatorSource,
    series: Series,
    points: dict[date, IndicatorPoint],
    *,
    changed: list[str],
    linked_anew: bool,
) -> None:
    after = _last_import(source)
    written = {day: made for day, one in points.items() if (made := one.as_written) is not None}
    kept: dict[date, Measured] = {}

    def change(content: ActionPlan) -> ActionPlan:
        objective = _objective(content, source.objective)
        start = objective.baseline.on if objective.baseline is not None else content.starts
        computed = [
            _measured(one, source, content, after) for one in series.points if one.value is not None
        ]
        found = merged_series(
            objective, computed=computed, written=written, begins=start, linked_anew=linked_anew
        )
        kept.update(found.written)
        objectives = tuple(
            msgspec.structs.replace(one, measured=found.measured) if one is objective else one
            for one in content.objectives
        )
        return msgspec.structs.replace(content, objectives=objectives)

    measure_plan(
        plan=source.plan,
        change=change,
        what=f"objectives/{source.objective}/measured",
        computed_from=source.measured_from,
        changed=changed,
    )
    _keep_written(points, kept)


def _keep_written(points: dict[date, IndicatorPoint], kept: dict[date, Measured]) -> None:
    anew = []
    for day, one in points.items():
        made = kept.get(day)
        now = None if made is None else msgspec.to_builtins(made)
        if one.written != now:
            one.written = now
            anew.append(one)
    IndicatorPoint.objects.bulk_update(anew, ["written"])


def _measured(point: Point, source: IndicatorSource, content: ActionPlan, after: str) -> Measured:
    assert point.value is not None
    words = source_words(source, point, after=after, today=timezone.localdate())
    return Measured(
        on=point.last,
        value=point.value,
        low=point.low,
        high=point.high,
        source=in_languages_of(content, words),
    )


def _last_import(source: IndicatorSource) -> str:
    """Return the last import that is done into the store of a source, as an origin."""
    done = WorkState.DONE.value
    last = source.store.imports.filter(state=done).first() if source.store is not None else None
    return f"import {last.pk}" if last is not None else source.measured_from


def _objective(content: ActionPlan, key: str) -> Objective:
    for one in content.objectives:
        if one.key == key:
            return one
    raise CannotAnswer(message("The plan has no such objective any more."))


@transaction.atomic
def _fail(source: IndicatorSource, why: str, origin: str) -> None:
    if not _is_linked_as(source):
        return
    if source.store is not None:
        why = why.replace(str(store_folder(source.store)), source.name)
    source.state, source.failure = SourceState.FAILED.value, why
    source.measured_from, source.measured_at = origin, timezone.now()
    source.save(update_fields=["state", "failure", "measured_from", "measured_at"])
