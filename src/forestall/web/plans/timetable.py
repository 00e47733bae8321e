"""This file knows the timetable of a plan as a table: a column a quarter or month, a row a step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from forestall.languages import NO_BREAK_SPACE, ShortMonth, in_language, message

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.plan.actions import Step
    from forestall.plan.records import ActionPlan

MOST_MONTHS = 14
_IN_A_QUARTER = 3


@dataclass(frozen=True)
class Timetable:
    """What `gantt` draws.

    Attributes
    ----------
    columns
        Words, and whether today is in it.
    rows
        The name of a step, and its cells: how many columns each takes, its words ("" for nothing),
        and whether today is in it.
    """

    columns: tuple[tuple[Text, bool], ...]
    rows: tuple[tuple[str, tuple[tuple[int, str, bool], ...]], ...]


def timetable_of(plan: ActionPlan, *, today: date) -> Timetable:
    """Return the timetable of all steps of a plan, action by action.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> made = timetable_of(example_plan(), today=date(2025, 4, 14))
    >>> len(made.columns), [taken for taken, _, _ in made.rows[0][1]]
    (8, [1, 1, 6])
    """
    periods = _periods(plan)
    return Timetable(
        columns=tuple((_words(plan, one), _holds(periods, one, today)) for one in periods),
        rows=tuple(
            (
                f"{in_language(action.title)}: {in_language(step.title)}",
                _cells(step, periods, today),
            )
            for action in plan.actions
            for step in action.steps
        ),
    )


def _periods(plan: ActionPlan) -> list[date]:
    """Return the first days of the months or quarters of a plan, and of steps outside it."""
    days = [plan.starts, plan.ends]
    days += [day for a in plan.actions for s in a.steps for day in (s.starts, s.ends)]
    first, last = min(days), max(days)
    months = _month(last) - _month(first) + 1
    size = 1 if months <= MOST_MONTHS else _IN_A_QUARTER
    start = _month(first) // size * size
    return [_first_day(one) for one in range(start, _month(last) + 1, size)]


def _cells(step: Step, periods: list[date], today: date) -> tuple[tuple[int, str, bool], ...]:
    first, last = _place(periods, step.starts), _place(periods, step.ends)
    now = _place(periods, today) if _inside(periods, today) else None
    cells: list[tuple[int, str, bool]] = []
    for begin, end, words in (
        (0, first, ""),
        (first, last + 1, str(step.state.words)),
        (last + 1, len(periods), ""),
    ):
        if now is None or not begin < now < end:
            if end > begin:
                cells.append((end - begin, words, begin == now))
            continue
        # The line of today stands at the beginning of a cell, so the cell is cut there.
        cells.append((now - begin, words, False))
        cells.append((end - now, words and NO_BREAK_SPACE, True))
    return tuple(cells)


def _place(periods: list[date], day: date) -> int:
    return max(place for place, first in enumerate(periods) if first <= max(day, periods[0]))


def _inside(periods: list[date], day: date) -> bool:
    size = _month(periods[1]) - _month(periods[0]) if len(periods) > 1 else 1
    return periods[0] <= day < _first_day(_month(periods[-1]) + size)


def _holds(periods: list[date], one: date, today: date) -> bool:
    return _inside(periods, today) and periods[_place(periods, today)] == one


def _words(plan: ActionPlan, first: date) -> Text:
    months = _month(plan.ends) - _month(plan.starts) + 1
    if months <= MOST_MONTHS:
        return ShortMonth(first)
    quarter = (first.month - 1) // _IN_A_QUARTER + 1
    return message("Q{quarter} {year}", quarter=quarter, year=str(first.year))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
