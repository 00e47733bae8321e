"""This file knows the days of a plan that follow from others: months on, a measurement due."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.plan.records import Objective


def months_after(day: date, months: int) -> date:
    """Return the day so many months later; the last of a month stays the last of a month.

    Examples
    --------
    >>> months_after(date(2025, 1, 31), 1), months_after(date(2025, 2, 28), 12)
    (datetime.date(2025, 2, 28), datetime.date(2026, 2, 28))
    >>> months_after(date(2025, 2, 28), 1)
    datetime.date(2025, 3, 31)
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    ends_a_month = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if ends_a_month else min(day.day, last))


def measurement_due(objective: Objective) -> date | None:
    """Return the day of the next measurement; None where nothing was measured, or all is over.

    It is due one interval after the last one. After the deadline has been measured none is due.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> measurement_due(example_plan().objectives[0])
    datetime.date(2025, 3, 31)
    """
    indicator, start = objective.indicator, objective.baseline
    series = objective.measured
    if indicator is None or (start is None and not series):
        return None
    last = series[-1].on if series else start.on  # type: ignore[union-attr]
    if objective.deadline is not None and last >= objective.deadline:
        return None
    return months_after(last, indicator.every_months)
