"""This file knows how tables leave as CSV without a spreadsheet taking a text for a formula.

A cell that begins like a formula gets an apostrophe before it, as spreadsheets write text
themselves (OWASP, CSV injection). Numbers, also negative ones, stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
BOM = "\ufeff"


def plain_cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> plain_cell("=1+1"), plain_cell("-3.5"), plain_cell("  @SUM"), plain_cell("Theft")
    ("'=1+1", '-3.5', "'  @SUM", 'Theft')
    """
    text = "" if value is None else str(value)
    begins = text if text.startswith(("\t", "\r")) else text.lstrip(" \n\ufeff\u200b")
    if begins.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield rows as lines of CSV, each cell made plain."""
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow([plain_cell(one) for one in row])
        yield line.getvalue()


def plain_csv(text: str) -> str:
    r"""Return CSV once more with each cell made plain.

    Examples
    --------
    >>> print(plain_csv("kind,n\n=cmd(),3\n"), end="")
    kind,n
    '=cmd(),3
    """
    return "".join(csv_lines(csv.reader(io.StringIO(text))))
