"""This file knows a table together with its totals, and what a reader knows of each number.

A table of R rows and C columns is kept as a matrix of R + 1 rows and C + 1 columns: the last
column holds the row totals, the last row the column totals, the corner the grand total. With
the sign of the row and column totals turned round, every line of the matrix adds to zero, so
cells and totals obey one law. A one-way table is the same with one column; its row totals and
its corner are simply not published.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from forestall.disclosure.rounding import round_to_base, rounding_limits
from forestall.disclosure.rules import Margin

if TYPE_CHECKING:
    from collections.abc import Collection

    from forestall.disclosure.rules import DisclosureRule

Places = tuple[int, int] | tuple[NDArray[np.intp], ...] | NDArray[np.bool_]

UNLIMITED = 2**40  # no count comes near; 2**22 of them still add without overflow


class Mark(IntEnum):
    """What a reader sees in the place of a number."""

    SHOWN = 0
    SMALL = 1
    SECONDARY = 2
    ROUNDED = 3
    LEFT_OUT = 4


@dataclass(frozen=True, eq=False)
class MarginMatrix:
    """Counts with their totals, (R + 1) × (C + 1), and the mark on each.

    ``pinned`` totals are known to readers from elsewhere: they cannot be hidden.
    """

    counts: NDArray[np.int64]
    marks: NDArray[np.int8]
    pinned: NDArray[np.bool_]
    rule: DisclosureRule

    @property
    def hidden(self) -> NDArray[np.bool_]:
        """Return where a number is hidden and must stay uncertain."""
        return np.isin(self.marks, (Mark.SMALL, Mark.SECONDARY))

    @property
    def at_risk(self) -> NDArray[np.bool_]:
        """Return the numbers that must stay uncertain: hidden ones, and small ones rounded."""
        small = (self.counts >= 1) & (self.counts < self.rule.threshold)
        rounded = np.isin(self.marks, (Mark.ROUNDED,))
        return self.hidden | (small & rounded)

    @property
    def hidable(self) -> NDArray[np.bool_]:
        """Return the shown numbers that could be hidden as companions; never a zero."""
        shown = np.isin(self.marks, (Mark.SHOWN, Mark.ROUNDED))
        large = self.counts >= self.rule.threshold
        return np.logical_and(np.logical_and(shown, large), ~self.pinned)

    @property
    def signs(self) -> NDArray[np.int64]:
        """Return +1 for cells and the grand total, −1 for row and column totals."""
        signs = np.ones(self.counts.shape, dtype=np.int64)
        signs[-1, :] = signs[:, -1] = -1
        signs[-1, -1] = 1
        return signs

    def limits(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the smallest and largest value a reader can give each number by its mark."""
        return mark_limits(self.counts, self.marks, rule=self.rule)

    def with_mark(self, where: Places, mark: Mark) -> MarginMatrix:
        """Return the same table with a mark put on some numbers."""
        marks = self.marks.copy()
        marks[where] = mark
        return replace(self, marks=marks)


def with_margins(
    counts: NDArray[np.int64],
    *,
    rule: DisclosureRule,
    margins: Collection[Margin],
    one_way: bool,
) -> MarginMatrix:
    """Put the totals beside the counts and mark what is too small to show.

    Parameters
    ----------
    counts
        R × C whole numbers; one column for a one-way table.
    """
    rows, columns = counts.shape
    full = np.zeros((rows + 1, columns + 1), dtype=np.int64)
    full[:-1, :-1] = counts
    full[-1, :-1] = counts.sum(axis=0)
    full[:, -1] = full[:, :-1].sum(axis=1)
    published = np.zeros(full.shape, dtype=bool)
    published[:-1, :-1] = True
    published[:-1, -1] = Margin.ROWS in margins and not one_way
    published[-1, :-1] = (Margin.TOTAL if one_way else Margin.COLUMNS) in margins
    published[-1, -1] = Margin.TOTAL in margins and not one_way
    marks = np.where(published, first_marks(full, rule=rule), Mark.LEFT_OUT).astype(np.int8)
    return MarginMatrix(full, marks, np.zeros(full.shape, dtype=bool), rule)


def first_marks(counts: NDArray[np.int64], *, rule: DisclosureRule) -> NDArray[np.int8]:
    """Return the mark that each count has by its own size."""
    marks = np.full(counts.shape, Mark.SHOWN, dtype=np.int8)
    if rule.rounding_base is not None:
        marks[(counts > 0) | (not rule.suppresses)] = Mark.ROUNDED
    if rule.suppresses:
        marks[(counts >= rule.smallest_small) & (counts < rule.threshold)] = Mark.SMALL
    return marks


def mark_limits(
    counts: NDArray[np.int64], marks: NDArray[np.int8], *, rule: DisclosureRule
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return what a mark tells: ``<5`` is 1 to 4, ``[c]`` is 5 or more, a number is itself."""
    low, high = counts.copy(), counts.copy()
    low[marks == Mark.SMALL], high[marks == Mark.SMALL] = rule.smallest_small, rule.threshold - 1
    low[marks == Mark.SECONDARY], high[marks == Mark.SECONDARY] = rule.threshold, UNLIMITED
    low[marks == Mark.LEFT_OUT], high[marks == Mark.LEFT_OUT] = 0, UNLIMITED
    if rule.rounding_base is not None:
        rounded = marks == Mark.ROUNDED
        base = rule.rounding_base
        floor = rule.threshold if rule.suppresses else 0
        limits = rounding_limits(round_to_base(counts[rounded], base=base), base=base)
        low[rounded], high[rounded] = np.maximum(limits[0], floor), limits[1]
    return low, high
