r"""This file knows how a text stands in a cell of a form, and how what a cell changes comes back.

A few texts cannot stand in a cell as they are: signs that the format of workbooks changes, texts
longer than a cell, and ``${`` that forms take for a reference. The cell holds what is left, the
text itself stands in a sheet of our own, and it counts as long as nobody has changed the cell.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from forestall.questionnaires.soundness import UNWRITABLE
from forestall.questionnaires.workbook.cells import put_text, settled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.worksheet.worksheet import Worksheet

# A cell holds 32,767 units of UTF-16; a sign beyond the first plane takes two.
MOST_UNITS = 32_767
PIECE = 30_000
# Stands where nothing is left of a text.
NOTHING = "–"
# The columns in which references stand.
LOGIC = ("relevant", "calculation", "constraint", "required", "appearance")


def fitted(text: str) -> str:
    r"""Return what is left of a text in a cell of any sheet.

    Examples
    --------
    >>> fitted("a\r\nb\x00"), len(fitted("x" * 40_000)), len(fitted("𝄞" * 20_000))
    ('a\nb', 32767, 16383)
    """
    left = UNWRITABLE.sub("", settled(text))
    if len(left) * 2 <= MOST_UNITS:
        return left
    units = left.encode("utf-16-le")[: MOST_UNITS * 2]
    return units.decode("utf-16-le", errors="ignore")


def shown(text: str, *, column: str = "label") -> str:
    """Return what is left of a text in a cell of a form; an expression keeps its references.

    Examples
    --------
    >>> shown("${label}"), shown("${Q1} = 'yes'", column="relevant"), shown("_x000D_")
    ('$ {label}', "${Q1} = 'yes'", '–')
    """
    left = fitted(text)
    if column in LOGIC:
        return left
    # ODK refuses a choice without words.
    return fitted(left.replace("${", "$ {")) if left.strip() or not text.strip() else NOTHING


def pieces(text: str) -> list[str]:
    r"""Return a text in ASCII, in pieces that no cell changes.

    Examples
    --------
    >>> pieces("_x000D_é"), pieces("")
    (['"\\u005fx000D\\u005f\\u00e9"'], [])
    """
    if not text:
        return []
    written = json.dumps(text).replace("_", "\\u005f")
    return [written[at : at + PIECE] for at in range(0, len(written), PIECE)]


def put_pieces(sheet: Worksheet, row: int, texts: Iterable[str]) -> None:
    """Write texts into the cells of a row."""
    for at, text in enumerate(texts, start=1):
        put_text(sheet.cell(row, at), text)
