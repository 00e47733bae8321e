"""This file knows how a tidy table of counts is read, and which tables cannot be protected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.errors import UnsafeToPublish

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Cells:
    """A tidy table as a matrix of counts; pairs without a row of the table counted nothing.

    ``row_of`` and ``column_of`` say where each row of the tidy table stands in the matrix.
    """

    counts: NDArray[np.int64]
    row_labels: tuple[Hashable, ...]
    column_labels: tuple[Hashable, ...]
    row_of: NDArray[np.intp]
    column_of: NDArray[np.intp]

    @property
    def listed(self) -> NDArray[np.bool_]:
        """Return which pairs have a row in the tidy table."""
        listed = np.zeros(self.counts.shape, dtype=bool)
        listed[self.row_of, self.column_of] = True
        return listed


def read_cells(table: pd.DataFrame, *, rows: str, columns: str | None, count: str) -> Cells:
    """Read the counts of a tidy table, one row for each pair of labels, in order of appearance.

    Raises
    ------
    UnsafeToPublish
        If a count is missing, negative or not whole, a label is missing, or a pair comes twice.
    """
    numbers = _whole_numbers(table[count], count)
    row_of, row_labels = _labels(table[rows], rows)
    column_labels: tuple[Hashable, ...]
    if columns is None:
        column_of, column_labels = np.zeros(len(table), dtype=np.intp), (None,)
    else:
        column_of, column_labels = _labels(table[columns], columns)
    twice = pd.Series(row_of * len(column_labels) + column_of).duplicated().to_numpy()
    if twice.any():
        raise UnsafeToPublish(
            f"Each {rows}{f' and {columns}' if columns else ''} may come only once in a table "
            f"to protect, but row {int(twice.argmax())} repeats an earlier one."
        )
    counts = np.zeros((len(row_labels), len(column_labels)), dtype=np.int64)
    counts[row_of, column_of] = numbers
    return Cells(counts, row_labels, column_labels, row_of, column_of)


def check_columns(table: pd.DataFrame, *, named: Sequence[str]) -> None:
    """Stop if a column is missing, comes twice, or nobody said what it is.

    A column that nobody named could be computed from the count and give it away.

    Raises
    ------
    UnsafeToPublish
        With the first such column.
    """
    for name in named:
        if name not in table.columns:
            raise UnsafeToPublish(f"The table to protect has no column “{name}”.")
    if not table.columns.is_unique:
        name = table.columns[table.columns.duplicated()][0]
        raise UnsafeToPublish(f"The table to protect has two columns “{name}”.")
    if len(set(named)) < len(named):
        raise UnsafeToPublish("Each column of a table to protect may have only one part to play.")
    for name in table.columns:
        if name not in named:
            raise UnsafeToPublish(
                f"Say whether the column “{name}” is derived from counts (derived=, shares=, "
                "pooled=) or tells nothing about it (attributes=)."
            )


def _whole_numbers(counts: pd.Series, name: str) -> NDArray[np.int64]:
    try:
        numbers = pd.to_numeric(counts).to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise UnsafeToPublish(
            f"The column “{name}” must hold counts, but holds something else."
        ) from error
    wrong = ~(np.isfinite(numbers) & (numbers >= 0) & (numbers == np.floor(numbers)))
    wrong |= numbers > 2**39
    if wrong.any():
        raise UnsafeToPublish(
            f"Counts must be whole numbers of at least 0, but {int(wrong.sum())} of {len(wrong)} "
            f"in “{name}” are not; the first is in row {int(wrong.argmax())}."
        )
    return numbers.astype(np.int64)


def _labels(labels: pd.Series, name: str) -> tuple[NDArray[np.intp], tuple[Hashable, ...]]:
    places, found = pd.factorize(labels, use_na_sentinel=True)
    if (places < 0).any():
        first = int((places < 0).argmax())
        raise UnsafeToPublish(f"Every row needs a label in “{name}”, but row {first} has none.")
    return places, tuple(found.tolist() if hasattr(found, "tolist") else found)
