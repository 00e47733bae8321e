"""This file knows how the text of a cell becomes a number, a year or a word of a list.

A text that a spreadsheet would take for a formula has an apostrophe in front in files that we
write; it is taken away again when they are read.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from forestall.evidence.metrics import Metric, metric_named
from forestall.evidence.sources.faults import RowFault, nearest
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum
    from typing import TypeVar

    E = TypeVar("E", bound=StrEnum)

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_OURS = re.compile(r"'+[=+\-@\t\r\n]")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_COMMA = re.compile(r"[+-]?(0,\d+|\d+,(\d{1,2}|\d{4,}))")
_LARGEST = 1e15
_FIRST_YEAR, _LAST_YEAR = 1800, 2100


def harmless(text: str) -> str:
    """Return a text so that no spreadsheet takes it for a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless("'-x"), harmless("-0.5"), harmless("theft")
    ("'=1+1", "''-x", '-0.5', 'theft')
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def as_written(cell: str) -> str:
    """Return the text that `harmless` was given.

    Examples
    --------
    >>> as_written("'=1+1"), as_written("'tis theft")
    ('=1+1', "'tis theft")
    """
    return cell[1:] if _OURS.match(cell) else cell


def number_in(cell: str, column: str) -> float:
    """Read a number with a decimal point, or a decimal comma that cannot be another thing.

    Examples
    --------
    >>> number_in("0.65", "effect"), number_in("0,65", "effect"), number_in("−14", "effect")
    (0.65, 0.65, -14.0)
    """
    plain = cell.replace("\u2212", "-").replace("\u00a0", "")
    if _COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise RowFault(
            message(
                "“{column}” needs a number such as 0.65, but there is “{found}”.",
                column=column,
                found=cell,
            )
        )
    number = float(plain)
    if not abs(number) < _LARGEST:
        raise RowFault(message("“{column}” holds too large a number.", column=column))
    return number


def whole_in(cell: str, column: str) -> int:
    """Read a whole number, 0 or more."""
    if not re.fullmatch(r"\d{1,15}", cell, re.ASCII):
        raise RowFault(
            message(
                "“{column}” needs a whole number, but there is “{found}”.",
                column=column,
                found=cell,
            )
        )
    return int(cell)


def year_in(cell: str, column: str) -> int:
    """Read a year of four digits."""
    if not re.fullmatch(r"\d{4}", cell, re.ASCII) or not _FIRST_YEAR <= int(cell) <= _LAST_YEAR:
        raise RowFault(
            message(
                "“{column}” needs a year such as 2015, but there is “{found}”.",
                column=column,
                found=cell,
            )
        )
    return int(cell)


def word_in(cell: str, kind: type[E], column: str) -> E:
    """Read a word of a list; case does not matter, and a space is as good as a hyphen."""
    found = _words(kind).get(_bare(cell))
    if found is None:
        raise unknown_word(cell, tuple(kind), column)
    return kind(found)


def words_in(cell: str, kind: type[E], column: str) -> tuple[E, ...]:
    """Read words of a list, with semicolons, commas or bars between them."""
    parts = (one.strip() for one in re.split(r"[;,|]", cell))
    return tuple(dict.fromkeys(word_in(one, kind, column) for one in parts if one))


def metric_in(cell: str) -> Metric:
    """Read a metric by any name that sources give it."""
    try:
        return metric_named(cell)
    except ValueError:
        named = {one.value.casefold(): one for one in Metric}
        found = named.get(cell.casefold())
        if found is None:
            raise unknown_word(cell, tuple(Metric), "metric") from None
        return found


def unknown_word(cell: str, known: Iterable[str], column: str) -> RowFault:
    """Return the fault of a word that is not on a list, with the nearest that is."""
    return RowFault(
        message(
            "“{column}” needs a word of its list, but there is “{found}”; the nearest is “{word}”.",
            column=column,
            found=cell,
            word=nearest(cell, map(str, known)),
        )
    )


@cache
def _words(kind: type[StrEnum]) -> dict[str, str]:
    return {_bare(one.value): one.value for one in kind}


def _bare(word: str) -> str:
    return re.sub(r"[\s_-]+", "-", word.strip().casefold())
