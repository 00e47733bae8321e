"""This file knows how an axis of time is parted: into months, quarters or years, as they fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from forestall.languages import MonthInitial, message
from forestall.publication.drawing.svg import text_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from forestall.languages import Text
    from forestall.publication.drawing.svg import Scale

_AIR = 6.0


@dataclass(frozen=True, kw_only=True)
class AxisPart:
    """One year, quarter or month: where it starts, its words, and in which row these stand."""

    start: float
    words: Text
    row: int


def time_axis(x: Scale) -> tuple[AxisPart, ...]:
    """Return the years of an axis, and under them quarters or months where their words fit.

    Parameters
    ----------
    x
        From the ordinals of days to pixels.

    Examples
    --------
    >>> from forestall.publication.drawing.svg import Scale
    >>> x = Scale(date(2025, 1, 1).toordinal(), date(2026, 1, 1).toordinal(), 0, 200)
    >>> [str(part.words) for part in time_axis(x)]
    ['2025', 'Q1', 'Q2', 'Q3', 'Q4']
    """
    years = _parts(x, 12, lambda day: str(day.year), row=0)
    for months, words in ((1, _month), (3, _quarter)):
        finer = _parts(x, months, words, row=1)
        narrow = (x.end - x.start) / max(x.high - x.low, 1) * 28 * months
        if all(text_width(part.words) + _AIR <= narrow for part in finer):
            return (*_apart(years, x), *finer)
    return _apart(years, x)


def _parts(
    x: Scale, months: int, words: Callable[[date], Text], *, row: int
) -> tuple[AxisPart, ...]:
    first, last = date.fromordinal(int(x.low)), date.fromordinal(int(x.high) - 1)
    day = date(first.year, (first.month - 1) // months * months + 1, 1)
    parts = []
    while day <= last:
        start = x(max(day.toordinal(), x.low))
        parts.append(AxisPart(start=start, words=words(day), row=row))
        day = _later(day, months)
    return tuple(parts)


def _apart(parts: tuple[AxisPart, ...], x: Scale) -> tuple[AxisPart, ...]:
    """Leave out the words of a part that is too narrow for them; its line stays."""
    ends = [*(part.start for part in parts[1:]), x.end]
    return tuple(
        part
        if text_width(part.words) + _AIR <= end - part.start
        else AxisPart(start=part.start, words="", row=part.row)
        for part, end in zip(parts, ends, strict=True)
    )


def _later(day: date, months: int) -> date:
    """Return the first day of a month that so many months later begins."""
    after = day
    for _ in range(months):
        after = (after.replace(day=28) + timedelta(days=4)).replace(day=1)
    return after


def _month(day: date) -> Text:
    return MonthInitial(day.month)


def _quarter(day: date) -> Text:
    return message("Q{quarter}", quarter=(day.month + 2) // 3)
