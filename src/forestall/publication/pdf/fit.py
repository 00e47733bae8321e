"""This file knows how a table of numbers fits the width of a page.

It is set smaller first, then on a page turned sideways, then in parts that repeat the heads of the
rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from forestall.publication.drawing.svg import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.publication.cells import Row

PAGE_PT, SIDEWAYS_PT = 493.0, 740.0
BARS = 0.32
_SIZES = (9.0, 8.0, 7.0)
_GAP_PT = 10.0
# Widths are known for the widest font of a page; that of the PDF is narrower.
_NARROWER = 0.88
_WIDEST_HEAD = 0.4
_MOST_SPARE_PT = 40.0
_LONG = 24
_GUTTER_PT = 18.0


@dataclass(frozen=True, kw_only=True)
class Fit:
    """How a table is set.

    Attributes
    ----------
    size_pt
        Size of its type.
    sideways
        Whether the page is turned.
    parts
        From which to which column each part goes; the first column is in all of them.
    widths_pt
        Width of each column; None for columns of words, which share what is left.
    beside
        How many stretches of the rows stand side by side, for a long table that is narrow.
    """

    size_pt: float
    sideways: bool
    parts: tuple[tuple[int, int], ...]
    widths_pt: tuple[float | None, ...]
    beside: int = 1


def fit_table(
    heads: Sequence[str], numbers: Sequence[bool], rows: Sequence[Row], *, bars: bool
) -> Fit:
    """Choose the largest type and the fewest turns with which all columns fit.

    Parameters
    ----------
    heads
        Words at the head of each column, that of the rows first.
    numbers
        Whether each column holds numbers; these are never broken.
    bars
        Whether a column of bars follows.

    Examples
    --------
    >>> from forestall.publication.cells import Cell, Row
    >>> rows = [Row("Burglary", tuple(Cell("1,000") for _ in range(3)))]
    >>> fit_table(["Kind", "a", "b", "c"], [False, True, True, True], rows, bars=False).sideways
    False
    """
    least = [
        _least(heads[at], [row.cells[at - 1].text for row in rows], number=numbers[at])
        for at in range(1, len(heads))
    ]
    first = text_width([heads[0], *(row.head for row in rows)])
    for sideways, whole in ((False, PAGE_PT), (True, SIDEWAYS_PT)):
        page = whole * (1 - BARS if bars else 1)
        for size in _SIZES:
            needed = [_needed(width, size) for width in least]
            spare = page - _head_width(first, size, page) - sum(needed)
            if spare >= 0:
                # A few long labels may break; the others decide.
                usual = sorted(text_width(row.head) for row in rows)[len(rows) * 9 // 10 :]
                taken = _needed(min(usual, default=0.0), size) + sum(needed)
                beside = 1 if bars or len(rows) < _LONG else _beside(taken, page)
                spare = _stretch(page, beside) - taken if beside > 1 else spare
                return _fit(
                    size,
                    ((1, len(heads)),),
                    needed,
                    numbers,
                    spare=spare,
                    sideways=sideways,
                    beside=beside,
                )
    size = _SIZES[-1]
    needed = [_needed(width, size) for width in least]
    parts = _parts(needed, room=SIDEWAYS_PT - _head_width(first, size, SIDEWAYS_PT))
    return _fit(size, parts, needed, numbers, spare=0.0, sideways=True)


def head_width(heads: Sequence[str]) -> float:
    """Return a width in points in which every word of some heads stays whole.

    Examples
    --------
    >>> head_width(["Oct to Nov"]) < head_width(["October to November"])
    True
    """
    return round(_needed(max(_least(head, [], number=True) for head in heads), _SIZES[0]), 1)


def _fit(
    size: float,
    parts: tuple[tuple[int, int], ...],
    needed: list[float],
    numbers: Sequence[bool],
    *,
    spare: float,
    sideways: bool,
    beside: int = 1,
) -> Fit:
    more = min(spare / (len(needed) + 1), _MOST_SPARE_PT)
    widths = [
        round(width + more, 1) if number else None
        for width, number in zip(needed, numbers[1:], strict=True)
    ]
    return Fit(
        size_pt=size,
        sideways=sideways,
        parts=parts,
        widths_pt=(None, *widths),
        beside=beside,
    )


def _beside(taken: float, page: float) -> int:
    return next((number for number in (3, 2) if taken <= _stretch(page, number)), 1)


def _stretch(page: float, number: int) -> float:
    return (page - _GUTTER_PT * (number - 1)) / number


def _least(head: str, cells: list[str], *, number: bool) -> float:
    """Return the least width at 13 px: numbers stay whole, words break between words."""
    whole = cells if number else [word for cell in cells for word in cell.split(" ")]
    return text_width([*head.split(" "), *whole])


def _needed(width: float, size: float) -> float:
    return width * _NARROWER / 13 * size + _GAP_PT


def _head_width(first: float, size: float, page: float) -> float:
    return min(_needed(first, size), page * _WIDEST_HEAD)


def _parts(needed: list[float], *, room: float) -> tuple[tuple[int, int], ...]:
    """Cut the columns so that each part fits; a column wider than the page stands alone."""
    starts, used = [1], 0.0
    for at, width in enumerate(needed, start=1):
        used += width
        if used > room and at > starts[-1]:
            starts.append(at)
            used = width
    return tuple(pairwise([*starts, len(needed) + 1]))
