"""This file knows how tables leave as CSV without a spreadsheet taking a text for a formula.

A cell that begins like a formula gets an apostrophe before it, as spreadsheets write text
themselves (OWASP, CSV injection). Numbers, also negative ones, stay as they are. A return inside a
text becomes the end of a line: the writer puts no quotes around it, and a row would end there.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def plain_cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> plain_cell("=1+1"), plain_cell("-3.5"), plain_cell("  @SUM"), plain_cell("Theft")
    ("'=1+1", '-3.5', "'  @SUM", 'Theft')
    """
    text = "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n")
    begins = text if text.startswith("\t") else text.lstrip(" \n\ufeff\u200b")
    if begins.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    r"""Return rows as CSV: texts made plain, numbers with all their digits.

    Examples
    --------
    >>> csv_text([("offence", "change"), ("=HYPERLINK(1)", -0.5), ("Theft", None)])
    "offence,change\n'=HYPERLINK(1),-0.5\nTheft,\n"
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    for row in rows:
        writer.writerow([plain_cell(one) if isinstance(one, str) else one for one in row])
    return written.getvalue()
