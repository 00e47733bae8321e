"""This file knows what a protected table is: the only thing that may be published."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.disclosure.plain_cells import csv_text
from forestall.disclosure.rules import DisclosureRule, Margin, Status
from forestall.languages import Message, Words, isolated, message, plural_message, write

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

_MAKER = object()  # only modules of this folder use it; see _check_maker


@dataclass(frozen=True)
class SafeCell:
    """One number of a protected table; ``number`` is None where it is hidden."""

    number: int | None
    status: Status
    threshold: int

    @property
    def text(self) -> str:
        """Return what is printed: a number, ``<5``, ``[c]``, or nothing for a total left out.

        Examples
        --------
        >>> SafeCell(None, Status.SMALL, 5).text, SafeCell(1250, Status.SHOWN, 5).text
        ('<5', '1,250')
        """
        return isolated(self.plain_text) if self.number is None else write(self.number)

    @property
    def plain_text(self) -> str:
        """Return the same for machines: digits without separators."""
        if self.status is Status.SMALL:
            return f"<{self.threshold}"
        if self.status is Status.SECONDARY:
            return "[c]"
        return "" if self.number is None else str(self.number)

    @property
    def explanation(self) -> Message | None:
        """Return why the number is hidden, in one sentence; None where it is shown."""
        if self.status is Status.SMALL:
            return message(
                "Fewer than {threshold}: the number is not shown, to protect the people behind it.",
                threshold=self.threshold,
            )
        if self.status is Status.SECONDARY:
            return message("Hidden so that the number beside it cannot be worked out.")
        return None


@dataclass(frozen=True, kw_only=True)
class DisclosureRecord:
    """What was hidden in a table, how much, and why.

    Attributes
    ----------
    cells
        Numbers in the table, totals apart.
    small, secondary, rounded
        How many of them were hidden as too small, hidden as companions, rounded.
    totals_hidden
        Totals that are hidden one by one.
    left_out
        Totals left out altogether, because with them a hidden number could be worked out.
    statuses
        All that happened to a number of the table, totals included.
    hidden_sum
        The sum of all hidden cells, where a reader can work it out anyway; else None.
    """

    rule: DisclosureRule
    cells: int
    small: int
    secondary: int
    rounded: int
    totals_hidden: int
    left_out: tuple[Margin, ...]
    statuses: frozenset[Status]
    hidden_sum: int | None

    @property
    def hidden(self) -> int:
        """Return how many cells are hidden."""
        return self.small + self.secondary

    @property
    def sentences(self) -> tuple[Message, ...]:
        """Return the record in plain sentences, to be printed under the table."""
        return tuple(
            sentence
            for sentence in (
                *self._marks_explained(),
                self._hidden_counted(),
                self._hidden_totals_counted(),
                self._rounding_explained(),
                *(_LEFT_OUT[margin] for margin in self.left_out),
            )
            if sentence is not None
        )

    def _marks_explained(self) -> tuple[Message, ...]:
        small = message(
            "<{threshold} means fewer than {threshold}: the number is not shown, to protect the "
            "people behind it.",
            threshold=self.rule.threshold,
        )
        secondary = message(
            "[c] means hidden so that a hidden number beside it cannot be worked out."
        )
        marks = {Status.SMALL: small, Status.SECONDARY: secondary}
        return tuple(marks[status] for status in marks if status in self.statuses)

    def _hidden_counted(self) -> Message | None:
        if not self.hidden:
            return None
        return plural_message(
            "{count} of {cells} numbers is hidden.",
            "{count} of {cells} numbers are hidden.",
            self.hidden,
            cells=self.cells,
        )

    def _hidden_totals_counted(self) -> Message | None:
        if not self.totals_hidden:
            return None
        return plural_message(
            "{count} total is hidden.", "{count} totals are hidden.", self.totals_hidden
        )

    def _rounding_explained(self) -> Message | None:
        if self.rule.rounding_base is None:
            return None
        return message(
            "Numbers are rounded to the nearest {base}; rounded figures may not add up.",
            base=self.rule.rounding_base,
        )


_LEFT_OUT = {
    Margin.ROWS: message(
        "Totals by row are left out: with them, a reader could work out a hidden number."
    ),
    Margin.COLUMNS: message(
        "Totals by column are left out: with them, a reader could work out a hidden number."
    ),
    Margin.TOTAL: message(
        "The overall total is left out: with it, a reader could work out a hidden number."
    ),
}


@dataclass(frozen=True, eq=False, kw_only=True)
class SafeTable:
    """A table that was protected: made by `protect_table`, and by nothing else.

    ``frame`` has the rows and columns of the table that came in, in their order; a hidden number
    and everything derived from it is missing (``pd.NA``). ``status`` says for each row what
    happened to its count. No true value of a hidden number is kept anywhere in the object.

    Attributes
    ----------
    rows, columns, count
        The names of the columns that hold the row labels, the column labels (None for a one-way
        table) and the counts.
    within
        What the table is about, as dimension → label; tables with the same ``within`` count the
        same incidents. Used by `search_differences`.
    titles
        What each column means, for heads and codebook.
    """

    rows: str
    columns: str | None
    count: str
    record: DisclosureRecord
    titles: Mapping[str, Message]
    within: Mapping[str, str]
    margins: frozenset[Margin]
    row_labels: tuple[Hashable, ...]
    column_labels: tuple[Hashable, ...]
    _frame: pd.DataFrame
    _status: pd.Series
    _cells: Mapping[tuple[Hashable, Hashable], SafeCell]
    _row_totals: Mapping[Hashable, SafeCell]
    _column_totals: Mapping[Hashable, SafeCell]
    grand_total: SafeCell
    maker: InitVar[object] = field(default=None)

    def __post_init__(self, maker: object) -> None:
        check_maker(maker)

    @property
    def frame(self) -> pd.DataFrame:
        """Return the protected table; a copy, so that the original stays as it was checked."""
        return self._frame.copy()

    @property
    def status(self) -> pd.Series:
        """Return for each row of ``frame`` what happened to its count, by the words of `Status`."""
        return self._status.copy()

    def cell(self, row: Hashable, column: Hashable = None) -> SafeCell:
        """Return one number with its status.

        A pair of labels that the table has no row for counted nothing.

        Raises
        ------
        KeyError
            If the table has no such row or column.
        """
        if row not in self._row_totals or column not in self._column_totals:
            raise KeyError((row, column))
        nothing = SafeCell(0, Status.SHOWN, self.record.rule.threshold)
        return self._cells.get((row, column), nothing)

    def value(self, row: Hashable, column: Hashable = None) -> int | None:
        """Return one number, or None where it is hidden."""
        return self.cell(row, column).number

    def cell_text(self, row: Hashable, column: Hashable = None) -> str:
        """Return what is printed for one number: "1,250", "<5" or "[c]"."""
        return self.cell(row, column).text

    def margin_row(self, row: Hashable) -> SafeCell:
        """Return the total of a row; its status is "left out" where it is not published."""
        return self._row_totals[row]

    def margin_column(self, column: Hashable) -> SafeCell:
        """Return the total of a column; its status is "left out" where it is not published."""
        return self._column_totals[column]

    @property
    def total(self) -> int | None:
        """Return the grand total, or None where it is hidden or left out."""
        return self.grand_total.number

    def records(self) -> list[dict[str, object]]:
        """Return one dictionary for each row, ready for JSON: None where hidden, and a status.

        Dates are written as ISO text.
        """
        columns = list(self._frame.columns)
        return [
            {
                **{name: _plain(value) for name, value in zip(columns, values, strict=True)},
                "status": str(status),
            }
            for values, status in zip(
                self._frame.itertuples(index=False, name=None), self._status, strict=True
            )
        ]

    def to_csv(self, path: str | Path) -> Path:
        """Write the table as CSV, with ``<5`` and ``[c]`` in the place of hidden counts.

        Everything derived from a hidden count is empty. The totals are not in the file. A text that
        a spreadsheet would take for a formula gets an apostrophe before it.
        """
        path, names = Path(path), list(self._frame.columns)
        rows = ([self._csv_text(name, record) for name in names] for record in self.records())
        path.write_text(csv_text([names, *rows]), encoding="utf-8", newline="")
        return path

    def _csv_text(self, name: str, record: Mapping[str, object]) -> object:
        if name == self.count:
            number = record[name]
            assert number is None or isinstance(number, int)
            status, threshold = Status(str(record["status"])), self.record.rule.threshold
            return SafeCell(number, status, threshold).plain_text
        return "" if record[name] is None else record[name]


@dataclass(frozen=True, kw_only=True)
class SafeCount(Words):
    """One protected number for a sentence: made by `protect_count`, and by nothing else."""

    cell: SafeCell
    maker: InitVar[object] = field(default=None)

    def __post_init__(self, maker: object) -> None:
        check_maker(maker)

    def __str__(self) -> str:
        """Return the number, or "fewer than 5", in the language in force."""
        if self.cell.number is None:
            return str(message("fewer than {threshold}", threshold=self.cell.threshold))
        return write(self.cell.number)


def check_maker(maker: object) -> None:
    """Stop anybody outside this folder from calling something protected.

    Raises
    ------
    TypeError
        If the maker's mark is missing. Python can always be tricked; this stops accidents.
    """
    if maker is not _MAKER:
        raise TypeError("Only protect_table and protect_count make what can be published.")


def _plain(value: object) -> object:
    import pandas as pd

    if value is None or value is pd.NaT or value is pd.NA or value != value:  # noqa: PLR0124
        return None
    if isinstance(value, date):
        return value.isoformat().removesuffix("T00:00:00")
    return value.item() if hasattr(value, "item") else value
