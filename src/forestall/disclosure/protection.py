"""This file knows how a table of counts becomes a table that can be published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.disclosure.audit import exposed_cells
from forestall.disclosure.cells import Cells, check_columns, read_cells
from forestall.disclosure.elsewhere import (
    Mask,
    PublishedSum,
    exposed_by_sums,
    find_masks,
    hide_against_sums,
    pin_totals,
)
from forestall.disclosure.margins import MarginMatrix, Mark, first_marks, with_margins
from forestall.disclosure.rounding import round_to_base
from forestall.disclosure.rules import DisclosureRule, Margin, Status, known_rule
from forestall.disclosure.safe_table import (
    _MAKER,
    DisclosureRecord,
    SafeCell,
    SafeCount,
    SafeTable,
)
from forestall.disclosure.suppression import add_companions, show_needless
from forestall.errors import UnsafeToPublish
from forestall.languages import Message, message

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence

    from numpy.typing import NDArray

_ALL_MARGINS = (Margin.ROWS, Margin.COLUMNS, Margin.TOTAL)


def protect_table(
    table: pd.DataFrame,
    *,
    rule: DisclosureRule | str,
    rows: str,
    columns: str | None = None,
    count: str = "incidents",
    derived: Sequence[str] = (),
    shares: Sequence[str] = (),
    pooled: Sequence[str] = (),
    attributes: Sequence[str] = (),
    margins: Collection[Margin | str] = _ALL_MARGINS,
    published_sums: Sequence[PublishedSum] = (),
    titles: Mapping[str, Message] | None = None,
    within: Mapping[str, str] | None = None,
) -> SafeTable:
    """Protect a table of counts, so that it can be published.

    Small counts are hidden or rounded. Then other counts are hidden too, as few as can be found,
    until every hidden count keeps at least ``rule.least_possible_values`` possible values for a
    reader who knows all that is published, what the marks mean, and that counts are whole. Where
    no choice of cells can do that, totals are left out: by column first, then by row, then all.

    Parameters
    ----------
    table
        One row for each label in ``rows`` (and each pair with ``columns``); it is not changed.
    rule
        A rule or its name.
    derived
        Columns computed from the count of their own row and from what everybody knows (a rate, its
        limits, a number per day); they vanish with it.
    shares
        Columns that divide the count by a total; they vanish with the count, and all of them if
        the grand total is not shown.
    pooled
        Columns computed from the counts of several rows (a moving average, the z of a hot spot);
        all of them vanish as soon as any cell is hidden or rounded.
    attributes
        Columns that say nothing about the count, such as the name of a place.
    margins
        The totals that readers will see: of "rows", of "columns", the grand "total". A one-way
        table has only the last.
    published_sums
        Other sums of its cells that readers will see in another place.
    titles
        What each column means.
    within
        What the table is about, as dimension → label, such as ``{"offence": "Burglary"}``.

    Raises
    ------
    UnsafeToPublish
        If the table is not one of counts, or cannot be protected.
    UnknownRule
        If there is no such rule.

    Examples
    --------
    >>> thefts = pd.DataFrame({"town": ["A", "B", "C", "D"], "incidents": [28, 2, 9, 12]})
    >>> safe = protect_table(thefts, rule="threshold-5", rows="town")
    >>> [safe.cell_text(town) for town in safe.row_labels], safe.total
    (['28', '<5', '[c]', '12'], 51)
    """
    rule = known_rule(rule)
    named = [rows, *([columns] if columns else []), count, *derived, *shares]
    named += [*pooled, *attributes]
    check_columns(table, named=named)
    wanted = _known_margins(margins, one_way=columns is None)
    if shares and Margin.TOTAL not in wanted:
        raise ValueError("Shares give the grand total away, so it must be among the margins.")
    cells = read_cells(table, rows=rows, columns=columns, count=count)
    _check_zeros(cells, rule)
    masks = find_masks(published_sums, cells=cells)
    matrix, kept = _protect(
        cells.counts, rule=rule, margins=wanted, masks=masks, one_way=columns is None
    )
    names = _Names(rows, columns, count, tuple(derived), tuple(shares), tuple(pooled))
    return _safe_table(
        table,
        cells,
        matrix,
        names,
        wanted=wanted,
        kept=kept,
        titles=titles or {},
        within=within or {},
    )


def protect_count(count: int, *, rule: DisclosureRule | str) -> SafeCount:
    """Protect one number that stands in a sentence.

    It protects the number alone: one that belongs to a table should be read from the `SafeTable`.

    Examples
    --------
    >>> str(protect_count(3, rule="threshold-5")), str(protect_count(1250, rule="threshold-5"))
    ('fewer than 5', '1,250')
    """
    rule = known_rule(rule)
    if isinstance(count, bool) or not hasattr(count, "__index__") or count < 0:
        raise UnsafeToPublish("A count to protect must be a whole number of at least 0.")
    counts = np.array([int(count)])
    mark = first_marks(counts, rule=rule)
    return SafeCount(cell=_safe_cells(counts, mark, rule)[0], maker=_MAKER)


@dataclass(frozen=True)
class _Names:
    rows: str
    columns: str | None
    count: str
    derived: tuple[str, ...]
    shares: tuple[str, ...]
    pooled: tuple[str, ...]


def _known_margins(margins: Collection[Margin | str], *, one_way: bool) -> frozenset[Margin]:
    try:
        wanted = frozenset(Margin(margin) for margin in margins)
    except ValueError:
        raise ValueError(
            f"Margins are “rows”, “columns” and “total”, not {sorted(map(str, margins))}."
        ) from None
    return wanted & {Margin.TOTAL} if one_way else wanted


def _check_zeros(cells: Cells, rule: DisclosureRule) -> None:
    missing = int((~cells.listed).sum())
    if missing and rule.smallest_small == 0:
        raise UnsafeToPublish(
            f"A rule that hides zeros needs a row for each pair of labels, but {missing} "
            f"of {cells.counts.size} pairs have none."
        )


def _protect(
    counts: NDArray[np.int64],
    *,
    rule: DisclosureRule,
    margins: frozenset[Margin],
    masks: Sequence[Mask] = (),
    one_way: bool,
) -> tuple[MarginMatrix, frozenset[Margin]]:
    for kept in _fewer_and_fewer(margins):
        matrix = with_margins(counts, rule=rule, margins=kept, one_way=one_way)
        matrix, others = pin_totals(matrix, masks)
        protected = _hide(matrix, others) if rule.suppresses else matrix
        if protected is None or exposed_cells(protected) or exposed_by_sums(protected, others):
            continue
        return protected, kept
    raise UnsafeToPublish(
        "No choice of hidden cells protects this table; join rows or columns, or publish less."
    )


def _hide(matrix: MarginMatrix, others: Sequence[Mask]) -> MarginMatrix | None:
    protected = add_companions(matrix)
    return None if protected is None else hide_against_sums(show_needless(protected), others)


def _fewer_and_fewer(margins: frozenset[Margin]) -> list[frozenset[Margin]]:
    left_out = (
        frozenset[Margin](),
        frozenset({Margin.COLUMNS}),
        frozenset({Margin.ROWS}),
        frozenset({Margin.COLUMNS, Margin.ROWS}),
        frozenset(Margin),
    )
    return list(dict.fromkeys(margins - fewer for fewer in left_out))


def _safe_table(
    table: pd.DataFrame,
    cells: Cells,
    matrix: MarginMatrix,
    names: _Names,
    *,
    wanted: frozenset[Margin],
    kept: frozenset[Margin],
    titles: Mapping[str, Message],
    within: Mapping[str, str],
) -> SafeTable:
    marks = _marks_on_show(matrix, kept, one_way=names.columns is None)
    grid = _safe_cells(matrix.counts, marks, matrix.rule)
    one_way = names.columns is None
    grand_total = grid[-1, 0] if one_way else grid[-1, -1]
    status = pd.Series(
        [cell.status for cell in grid[cells.row_of, cells.column_of]],
        index=table.index,
        name="status",
        dtype=object,
    )
    return SafeTable(
        rows=names.rows,
        columns=names.columns,
        count=names.count,
        record=_record(cells, matrix, marks, grand_total, left_out=wanted - kept),
        titles={**_titles(names), **titles},
        within=dict(within),
        margins=kept,
        row_labels=cells.row_labels,
        column_labels=cells.column_labels,
        _frame=_frame(table, grid[cells.row_of, cells.column_of], names, grand_total),
        _status=status,
        _cells=_by_label(cells, grid),
        _row_totals=dict(zip(cells.row_labels, grid[:-1, -1], strict=True)),
        _column_totals=dict(zip(cells.column_labels, grid[-1, :-1], strict=True)),
        grand_total=grand_total,
        maker=_MAKER,
    )


def _marks_on_show(
    matrix: MarginMatrix, kept: frozenset[Margin], *, one_way: bool
) -> NDArray[np.int8]:
    """Leave out the totals that only other places show."""
    marks = matrix.marks.copy()
    if Margin.ROWS not in kept or one_way:
        marks[:-1, -1] = Mark.LEFT_OUT
    if (Margin.TOTAL if one_way else Margin.COLUMNS) not in kept:
        marks[-1, :-1] = Mark.LEFT_OUT
    if Margin.TOTAL not in kept or one_way:
        marks[-1, -1] = Mark.LEFT_OUT
    return marks


def _safe_cells(
    counts: NDArray[np.int64], marks: NDArray[np.int8], rule: DisclosureRule
) -> NDArray[np.object_]:
    """Return the protected cells; from here on no true value of a hidden number is left."""
    base = rule.rounding_base
    rounded = counts if base is None else round_to_base(counts, base=base)
    cells = np.empty(counts.shape, dtype=object)
    for place, mark in np.ndenumerate(marks):
        status = _STATUS[Mark(int(mark))]
        shown = {Mark.SHOWN: counts, Mark.ROUNDED: rounded}.get(Mark(int(mark)))
        number = None if shown is None else int(shown[place])
        cells[place] = SafeCell(number, status, rule.threshold)
    return cells


_STATUS = {
    Mark.SHOWN: Status.SHOWN,
    Mark.SMALL: Status.SMALL,
    Mark.SECONDARY: Status.SECONDARY,
    Mark.ROUNDED: Status.ROUNDED,
    Mark.LEFT_OUT: Status.LEFT_OUT,
}


def _by_label(cells: Cells, grid: NDArray[np.object_]) -> dict[tuple[Hashable, Hashable], SafeCell]:
    return {
        (cells.row_labels[row], cells.column_labels[column]): grid[row, column]
        for row, column in zip(cells.row_of, cells.column_of, strict=True)
    }


def _frame(
    table: pd.DataFrame, listed: NDArray[np.object_], names: _Names, grand_total: SafeCell
) -> pd.DataFrame:
    frame = table.copy()
    numbers = [pd.NA if cell.number is None else cell.number for cell in listed]
    frame[names.count] = pd.array(numbers, dtype="Int64")
    exact = np.array([cell.status is Status.SHOWN for cell in listed], dtype=bool)
    total_shown = grand_total.status is Status.SHOWN
    for column in (*names.derived, *names.shares, *names.pooled):
        visible = exact & (total_shown or column not in names.shares)
        visible &= exact.all() or column not in names.pooled
        frame[column] = frame[column].astype(object).where(visible, pd.NA)
        if pd.api.types.is_numeric_dtype(table[column].dtype):
            frame[column] = frame[column].astype("Float64")
    return frame


def _titles(names: _Names) -> dict[str, Message]:
    columns = [names.rows, *([names.columns] if names.columns else []), names.count]
    return {name: message("{name}", name=name) for name in columns}


def _record(
    cells: Cells,
    matrix: MarginMatrix,
    marks: NDArray[np.int8],
    grand_total: SafeCell,
    *,
    left_out: frozenset[Margin],
) -> DisclosureRecord:
    inner = marks[:-1, :-1]
    hidden = np.isin(marks, (Mark.SMALL, Mark.SECONDARY))
    hidden_sum = matrix.counts[:-1, :-1][hidden[:-1, :-1]].sum()
    known = grand_total.status is Status.SHOWN and not (inner == Mark.ROUNDED).any()
    return DisclosureRecord(
        rule=matrix.rule,
        cells=len(cells.row_of),
        small=int((inner == Mark.SMALL).sum()),
        secondary=int((inner == Mark.SECONDARY).sum()),
        rounded=int((inner == Mark.ROUNDED).sum()),
        totals_hidden=int(hidden.sum() - hidden[:-1, :-1].sum()),
        left_out=tuple(margin for margin in Margin if margin in left_out),
        statuses=frozenset(_STATUS[Mark(mark)] for mark in np.unique(marks)),
        hidden_sum=int(hidden_sum) if known else None,
    )
