"""This file knows how protected tables and counts are written down as plain data, and read back.

What is written is what was published: numbers on show, and for each hidden one only that it is
hidden. So a table that is read back holds nothing that a reader of the report does not know, and
needs no second protection. That is why reading may make a `SafeTable`, which else only
`protect_table` does. A table in which a hidden number has a value, or a number is shown that the
rule hides, was not written here and is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall.disclosure.rules import DisclosureRule, Margin, Status, Treatment, Zeros
from forestall.disclosure.safe_table import _MAKER, DisclosureRecord, SafeCell, SafeCount, SafeTable
from forestall.errors import UnsafeToPublish
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

_LETTERS = {
    Status.SHOWN: "o",
    Status.SMALL: "s",
    Status.SECONDARY: "c",
    Status.ROUNDED: "r",
    Status.LEFT_OUT: "l",
}
_STATUS = {letter: status for status, letter in _LETTERS.items()}
_KINDS = re.compile(r"u?int\d+|U?Int\d+|[fF]loat\d+|bool(ean)?|str|object|datetime64\[\w+\]")
_COUNTED = ("cells", "small", "secondary", "rounded", "totals_hidden", "hidden_sum")


def table_to_data(safe: SafeTable) -> dict[str, Any]:
    """Return a protected table as text, numbers, lists and dictionaries, ready for JSON.

    Heads of columns (``titles``) are not kept; the codebook explains columns.

    Examples
    --------
    >>> from forestall.disclosure import protect_table
    >>> thefts = pd.DataFrame({"town": ["A", "B", "C", "D"], "incidents": [28, 2, 9, 12]})
    >>> data = table_to_data(protect_table(thefts, rule="threshold-5", rows="town"))
    >>> data["frame"]["incidents"]["values"], data["status"]
    ([28, None, None, 12], 'osco')
    """
    frame, record = safe.frame, safe.record
    return {
        "rows": safe.rows,
        "columns": safe.columns,
        "count": safe.count,
        "within": dict(safe.within),
        "rule": _rule_to_data(record.rule),
        "record": {
            **{name: getattr(record, name) for name in _COUNTED},
            "left_out": [str(margin) for margin in record.left_out],
            "statuses": _letters(sorted(record.statuses)),
        },
        "margins": sorted(str(margin) for margin in safe.margins),
        "frame": {name: _column_to_data(frame[name]) for name in frame.columns},
        "status": _letters(safe.status),
        "row_totals": _cells_to_data([safe.margin_row(label) for label in safe.row_labels]),
        "column_totals": _cells_to_data(
            [safe.margin_column(label) for label in safe.column_labels]
        ),
        "grand_total": _cells_to_data([safe.grand_total]),
    }


def table_from_data(data: dict[str, Any]) -> SafeTable:
    """Read a table that `table_to_data` wrote.

    Raises
    ------
    UnsafeToPublish
        If it is no such table, a hidden number has a value, or one is shown that is too small.

    Examples
    --------
    >>> from forestall.disclosure import protect_table
    >>> thefts = pd.DataFrame({"town": ["A", "B", "C", "D"], "incidents": [28, 2, 9, 12]})
    >>> data = table_to_data(protect_table(thefts, rule="threshold-5", rows="town"))
    >>> again = table_from_data(data)
    >>> [again.cell_text(town) for town in again.row_labels], again.total
    (['28', '<5', '[c]', '12'], 51)
    >>> data["frame"]["incidents"]["values"][1] = 2
    >>> table_from_data(data)
    Traceback (most recent call last):
    ...
    forestall.errors.UnsafeToPublish: A hidden number of a stored table has a value (row 1).
    """
    try:
        return _table(data)
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError) as wrong:
        raise UnsafeToPublish(
            "A stored table needs the parts that it was written with, but has others."
        ) from wrong


def count_to_data(count: SafeCount) -> dict[str, Any]:
    """Return a protected count as plain data.

    Examples
    --------
    >>> from forestall.disclosure import protect_count
    >>> count_to_data(protect_count(3, rule="threshold-5"))
    {'number': None, 'status': 's', 'threshold': 5}
    """
    cell = count.cell
    return {
        "number": cell.number,
        "status": _LETTERS[cell.status],
        "threshold": cell.threshold,
    }


def count_from_data(data: dict[str, Any]) -> SafeCount:
    """Read a count that `count_to_data` wrote.

    Raises
    ------
    UnsafeToPublish
        If it is no such count, or a hidden number has a value.

    Examples
    --------
    >>> str(count_from_data({"number": None, "status": "s", "threshold": 5}))
    'fewer than 5'
    """
    try:
        rule = DisclosureRule(threshold=data["threshold"])
        cells = _cells([(data["number"], _STATUS[data["status"]])], rule)
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise UnsafeToPublish("A stored count needs its number, status and threshold.") from wrong
    return SafeCount(cell=cells[0], maker=_MAKER)


def _table(data: dict[str, Any]) -> SafeTable:
    record = _record(data)
    frame = pd.DataFrame({name: _column(name, column) for name, column in data["frame"].items()})
    statuses = [_STATUS[letter] for letter in data["status"]]
    rows, columns, count = data["rows"], data["columns"], data["count"]
    row_of, row_labels = _labels(frame[rows])
    column_of, column_labels = (
        ([None] * len(frame), (None,)) if columns is None else _labels(frame[columns])
    )
    numbers = [None if number is pd.NA else int(number) for number in frame[count]]
    cells = _cells(list(zip(numbers, statuses, strict=True)), record.rule)
    return SafeTable(
        rows=rows,
        columns=columns,
        count=count,
        record=record,
        titles={name: message("{name}", name=name) for name in (rows, columns, count) if name},
        within={str(name): str(label) for name, label in data["within"].items()},
        margins=frozenset(Margin(margin) for margin in data["margins"]),
        row_labels=row_labels,
        column_labels=column_labels,
        _frame=frame,
        _status=pd.Series(statuses, name="status", dtype=object),
        _cells=dict(zip(zip(row_of, column_of, strict=True), cells, strict=True)),
        _row_totals=_totals(data["row_totals"], row_labels, record.rule),
        _column_totals=_totals(data["column_totals"], column_labels, record.rule),
        grand_total=_totals(data["grand_total"], (None,), record.rule)[None],
        maker=_MAKER,
    )


def _labels(column: pd.Series) -> tuple[list[Hashable], tuple[Hashable, ...]]:
    """Return the label of each row, and all labels in order of appearance."""
    places, found = pd.factorize(column)
    labels = found.tolist()
    return [labels[place] for place in places], tuple(labels)


def _totals(
    data: dict[str, Any], labels: tuple[Hashable, ...], rule: DisclosureRule
) -> dict[Hashable, SafeCell]:
    statuses = [_STATUS[letter] for letter in data["status"]]
    cells = _cells(list(zip(data["values"], statuses, strict=True)), rule)
    return dict(zip(labels, cells, strict=True))


def _cells(found: Sequence[tuple[int | None, Status]], rule: DisclosureRule) -> list[SafeCell]:
    for row, (number, status) in enumerate(found):
        shown = status in (Status.SHOWN, Status.ROUNDED)
        if not shown and number is not None:
            raise UnsafeToPublish(f"A hidden number of a stored table has a value (row {row}).")
        if shown and number is None:
            raise ValueError("A number on show is missing.")
        small = rule.smallest_small <= (number or 0) < rule.threshold
        if status is Status.SHOWN and rule.suppresses and small:
            raise UnsafeToPublish(
                f"A stored table shows a number below {rule.threshold}, which its rule hides "
                f"(row {row})."
            )
    return [SafeCell(number, status, rule.threshold) for number, status in found]


def _cells_to_data(cells: Sequence[SafeCell]) -> dict[str, Any]:
    return {
        "values": [cell.number for cell in cells],
        "status": _letters(cell.status for cell in cells),
    }


def _letters(statuses: Any) -> str:
    return "".join(_LETTERS[Status(status)] for status in statuses)


def _rule_to_data(rule: DisclosureRule) -> dict[str, Any]:
    return {
        "threshold": rule.threshold,
        "treatment": str(rule.treatment),
        "rounding_base": rule.rounding_base,
        "least_possible_values": rule.least_possible_values,
        "zeros": str(rule.zeros),
    }


def _record(data: dict[str, Any]) -> DisclosureRecord:
    rule, kept = data["rule"], data["record"]
    return DisclosureRecord(
        rule=DisclosureRule(
            threshold=rule["threshold"],
            treatment=Treatment(rule["treatment"]),
            rounding_base=rule["rounding_base"],
            least_possible_values=rule["least_possible_values"],
            zeros=Zeros(rule["zeros"]),
        ),
        **{name: None if kept[name] is None else int(kept[name]) for name in _COUNTED},  # type: ignore[arg-type]
        left_out=tuple(Margin(margin) for margin in kept["left_out"]),
        statuses=frozenset(_STATUS[letter] for letter in kept["statuses"]),
    )


def _column_to_data(column: pd.Series) -> dict[str, Any]:
    return {"kind": str(column.dtype), "values": [_plain(value) for value in column]}


def _column(name: str, data: dict[str, Any]) -> pd.Series:
    """Read one column of a kind that tables have; any other kind is refused."""
    kind, values = data["kind"], data["values"]
    if not _KINDS.fullmatch(kind):
        raise ValueError(f"The column {name} is of no known kind.")
    if kind == "object":
        values = [pd.NA if value is None else value for value in values]
    elif kind.lower().startswith("float"):
        values = [float(value) if isinstance(value, str) else value for value in values]
    column: pd.Series = pd.Series(values, dtype=kind, name=name)
    return column


def _plain(value: Any) -> object:
    """Return a value as JSON has it; infinity, which JSON lacks, as text."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:  # noqa: PLR0124
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat().removesuffix("T00:00:00")
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, float):
        whole = plain.is_integer() and abs(plain) < 2**53
        return int(plain) if whole else plain if np.isfinite(plain) else str(plain)
    if isinstance(plain, bool | int | str):
        return plain
    raise TypeError(f"A column of a table cannot hold {type(value).__name__}.")
