"""This file knows which values of a plan contradict each other: days, amounts, intervals, aims."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from forestall.languages import Message, in_language, message
from forestall.plan.actions import Money, Staff, Step
from forestall.plan.leaves import records_of
from forestall.plan.records import (
    Agreement,
    ConsultationRecord,
    Figure,
    Indicator,
    Measured,
    Objective,
)
from forestall.plan.sound_values import FIRST_YEAR, LAST_YEAR
from forestall.plan.vocabulary import StepState
from forestall.safeguards.assessment import PersonalData

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from msgspec import Struct

    from forestall.plan.records import ActionPlan


def faults_of_contents(plan: ActionPlan) -> Iterator[Message]:
    """Yield values that contradict each other, the first in the plan first.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> list(faults_of_contents(example_plan()))
    []
    """
    yield from _faults_of_names(plan)
    for place, record in records_of(plan):
        yield from _LOOKED_AT.get(type(record), _nothing)(record, place)


def _nothing(record: Struct, place: str) -> Iterator[Message]:
    return iter(())


def _faults_of_names(plan: ActionPlan) -> Iterator[Message]:
    """Yield what has no name, because everybody would have to speak of it."""
    yield from _faults_of_name(plan.title, "title")
    yield from _faults_of_name(plan.place.name, "place.name")
    for at, partner in enumerate(plan.partners):
        yield from _faults_of_name(partner.name, f"partners[{at}].name")
    for name in ("problems", "objectives", "actions"):
        for at, one in enumerate(getattr(plan, name)):
            yield from _faults_of_name(one.title, f"{name}[{at}].title")
    for number, action in enumerate(plan.actions):
        for at, step in enumerate(action.steps):
            yield from _faults_of_name(step.title, f"actions[{number}].steps[{at}].title")


def _faults_of_name(texts: Mapping[str, str], place: str) -> Iterator[Message]:
    if not in_language(texts, *texts):
        yield message("{place}: words are needed.", place=place)


def _interval(record: Figure | Measured, place: str) -> Iterator[Message]:
    value, low, high = record.value, record.low, record.high
    if value is None and (low is not None or high is not None):
        yield message("{place}: there is an interval without a number.", place=place)
    if (low is None) != (high is None):
        yield message("{place}: the interval has only one limit.", place=place)
    if value is not None and low is not None and high is not None and not low <= value <= high:
        yield message("{place}: the number lies outside its own interval.", place=place)


def _agreement(record: Agreement, place: str) -> Iterator[Message]:
    yield from _order(record.signed, record.until, place)


def _consultation(record: ConsultationRecord, place: str) -> Iterator[Message]:
    yield from _order(record.opened, record.closed, place)


def _order(first: date, last: date | None, place: str) -> Iterator[Message]:
    if last is not None and last < first:
        yield message("{place}: the last day comes before the first.", place=place)


def _step(record: Step, place: str) -> Iterator[Message]:
    yield from _order(record.starts, record.ends, place)
    if record.finished is not None and record.state is not StepState.DONE:
        yield message(
            "{place}: there is a day on which it was finished, but the step is not done.",
            place=place,
        )


def _money(record: Money, place: str) -> Iterator[Message]:
    yield from _not_negative(record.amount, f"{place}.amount")
    yield from _not_negative(record.spent, f"{place}.spent")
    yield from _year(record.year, place)


def _staff(record: Staff, place: str) -> Iterator[Message]:
    yield from _not_negative(record.posts, f"{place}.posts")
    yield from _year(record.year, place)


def _year(year: int, place: str) -> Iterator[Message]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        yield message("{place}: the year is none that a plan can be about.", place=place)


def _not_negative(number: float, place: str) -> Iterator[Message]:
    if number < 0:
        yield message("{place}: the number must not be negative.", place=place)


def _personal_data(record: PersonalData, place: str) -> Iterator[Message]:
    if record.kept_months is not None:
        yield from _not_negative(record.kept_months, f"{place}.kept_months")


def _indicator(record: Indicator, place: str) -> Iterator[Message]:
    if record.every_months < 1:
        yield message("{place}: the months between two measurements start at 1.", place=place)


def _objective(record: Objective, place: str) -> Iterator[Message]:
    series = ((record.baseline,) if record.baseline is not None else ()) + record.measured
    if any(later.on <= earlier.on for earlier, later in pairwise(series)):
        yield message(
            "{place}: the measurements must follow each other, the oldest first.", place=place
        )
    yield from _target(record, place)


def _target(record: Objective, place: str) -> Iterator[Message]:
    if record.indicator is None or record.baseline is None or record.target is None:
        return
    start, target, fewer = record.baseline.value, record.target, record.indicator.fewer_is_better
    if fewer and target > start:
        yield message(
            "{place}: it is to fall, but its target lies above its baseline.",
            place=place,
        )
    if not fewer and target < start:
        yield message(
            "{place}: it is to rise, but its target lies below its baseline.",
            place=place,
        )


_LOOKED_AT: dict[type, Callable[..., Iterator[Message]]] = {
    Agreement: _agreement,
    ConsultationRecord: _consultation,
    Figure: _interval,
    Indicator: _indicator,
    Measured: _interval,
    Money: _money,
    Objective: _objective,
    PersonalData: _personal_data,
    Staff: _staff,
    Step: _step,
}
