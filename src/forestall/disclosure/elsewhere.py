"""This file knows the sums of a table's cells that readers will see in another place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from forestall.disclosure.audit import exposed_cells
from forestall.disclosure.margins import Mark, first_marks, mark_limits
from forestall.disclosure.sums import Equations, equations, few_values
from forestall.disclosure.suppression import add_companions
from forestall.errors import UnsafeToPublish

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

    from forestall.disclosure.audit import Cell
    from forestall.disclosure.cells import Cells
    from forestall.disclosure.margins import MarginMatrix
    from forestall.disclosure.rules import DisclosureRule


@dataclass(frozen=True, kw_only=True)
class PublishedSum:
    """A sum of cells that readers know from elsewhere, such as the first two months together.

    ``rows`` and ``columns`` are the labels it runs over; None means all of them. The sum itself
    is taken from the table, and taken as printed exactly; below the threshold as hidden there too.
    """

    rows: Sequence[Hashable] | None = None
    columns: Sequence[Hashable] | None = None


Mask = tuple[list[int], list[int]]


def find_masks(sums: Sequence[PublishedSum], *, cells: Cells) -> list[Mask]:
    """Return for each sum the numbers of its rows and columns.

    Raises
    ------
    UnsafeToPublish
        If a sum names a label that the table does not have.
    """
    return [
        (_places(each.rows, cells.row_labels), _places(each.columns, cells.column_labels))
        for each in sums
    ]


def pin_totals(matrix: MarginMatrix, masks: Sequence[Mask]) -> tuple[MarginMatrix, list[Mask]]:
    """Mark the totals that are known from elsewhere; return the sums that are no totals too."""
    rows, columns = (length - 1 for length in matrix.counts.shape)
    marks, pinned = matrix.marks.copy(), matrix.pinned.copy()
    own_marks = _marks_elsewhere(matrix.counts, rule=matrix.rule)
    others: list[Mask] = []
    for row_places, column_places in masks:
        row = rows if len(row_places) == rows else row_places[0]
        column = columns if len(column_places) == columns else column_places[0]
        if (row < rows and len(row_places) > 1) or (column < columns and len(column_places) > 1):
            others.append((row_places, column_places))
        else:
            marks[row, column] = own_marks[row, column]
            pinned[row, column] = True
    return replace(matrix, marks=marks, pinned=pinned), others


def hide_against_sums(matrix: MarginMatrix, masks: Sequence[Mask]) -> MarginMatrix | None:
    """Hide more companions until the sums give nothing away either; None if nothing helps."""
    while True:
        exposed = exposed_by_sums(matrix, masks)
        if not exposed:
            return matrix
        shown = _without_useless(matrix, exposed)
        if not exposed_cells(shown) and not exposed_by_sums(shown, masks):
            return shown
        companion = _next_companion(matrix, masks, exposed[0])
        if companion is None:
            return None
        wider = add_companions(matrix.with_mark(companion, Mark.SECONDARY))
        if wider is None:
            return None
        matrix = wider


def exposed_by_sums(matrix: MarginMatrix, masks: Sequence[Mask]) -> list[Cell]:
    """Return the numbers at risk that have too few possible values when the sums are known."""
    telling = [mask for mask in masks if matrix.at_risk[np.ix_(*mask)].any()]
    if not telling:
        return []
    width = matrix.counts.shape[1]
    system = _as_equations(matrix, telling)
    targets = np.flatnonzero(matrix.at_risk.ravel())
    few = few_values(system, targets, enough=matrix.rule.least_possible_values)
    return [divmod(place, width) for place in few]


def _marks_elsewhere(counts: NDArray[np.int64], *, rule: DisclosureRule) -> NDArray[np.int8]:
    small = np.logical_and(counts >= rule.smallest_small, counts < rule.threshold)
    return np.where(small, Mark.SMALL, Mark.SHOWN).astype(np.int8)


def _as_equations(matrix: MarginMatrix, masks: Sequence[Mask]) -> Equations:
    places = np.arange(matrix.counts.size).reshape(matrix.counts.shape)
    low, high = matrix.limits()
    totals = np.array([matrix.counts[np.ix_(*mask)].sum() for mask in masks])
    limits = mark_limits(totals, _marks_elsewhere(totals, rule=matrix.rule), rule=matrix.rule)
    lines = [*zip(places, matrix.signs, strict=True), *zip(places.T, matrix.signs.T, strict=True)]
    terms = [(line, signs, 0) for line, signs in lines]
    for number, mask in enumerate(masks):
        inside = places[np.ix_(*mask)].ravel()
        weights = np.append(np.ones(len(inside), dtype=np.int64), -1)
        terms.append((np.append(inside, places.size + number), weights, 0))
    return equations(np.append(low, limits[0]), np.append(high, limits[1]), terms)


def _without_useless(matrix: MarginMatrix, exposed: Sequence[Cell]) -> MarginMatrix:
    """Show again the companions that the sums give away: they protect nobody."""
    first = first_marks(matrix.counts, rule=matrix.rule)
    for cell in exposed:
        matrix = matrix.with_mark(cell, Mark(int(first[cell])))
    return matrix


def _next_companion(matrix: MarginMatrix, masks: Sequence[Mask], exposed: Cell) -> Cell | None:
    """Return the smallest cell that could be hidden, from the exposed number's own sum first."""
    pools = [np.zeros(matrix.counts.shape, dtype=bool) for _ in masks]
    for pool, mask in zip(pools, masks, strict=True):
        pool[np.ix_(*mask)] = True
    own = [pool for pool in pools if pool[exposed]]
    everywhere = np.ones(matrix.counts.shape, dtype=bool)
    outside = everywhere & ~np.logical_or.reduce(own) if own else everywhere
    for pool in (*sorted(own, key=np.sum), outside):
        candidates = np.argwhere(pool & matrix.hidable)
        if len(candidates):
            row, column = min(candidates, key=lambda cell: int(matrix.counts[tuple(cell)]))
            return int(row), int(column)
    return None


def _places(labels: Sequence[Hashable] | None, known: tuple[Hashable, ...]) -> list[int]:
    if labels is None:
        return list(range(len(known)))
    place_of = {label: place for place, label in enumerate(known)}
    for label in labels:
        if label not in place_of:
            raise UnsafeToPublish(f"A sum published elsewhere names “{label}”, which is no label.")
    if not labels:
        raise UnsafeToPublish("A sum published elsewhere must name at least one label.")
    return sorted({place_of[label] for label in labels})
