r"""This file knows how a text stands in a cell and comes out again as it was.

A text is never a formula. A few texts cannot stand in a workbook as they are, because its format
changes them: a return without a line feed, or a sign in the form ``_x000D_``. Of those the cell
holds what is left, and the text itself is carried beside it; it counts as long as nobody has
changed the cell.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from forestall.errors import InvalidQuestionnaire
from forestall.languages import message

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell

_CHANGED = re.compile("_?x[0-9A-Fa-f]{4}_|\r")


def settled(text: str) -> str:
    r"""Return what is left of a text in a cell.

    Examples
    --------
    >>> settled("two\r\nlines"), settled("as it is")
    ('two\nlines', 'as it is')
    """
    return _CHANGED.sub("", text)


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text into a cell, in which it stays a text when it is edited."""
    cell.number_format = "@"
    if not text:
        return
    cell.value = settled(text)
    cell.data_type = "s"
    cell.quotePrefix = True


def put_day(cell: Cell | MergedCell, day: date) -> None:
    """Write a day into a cell, as a text that every spreadsheet leaves alone."""
    put_text(cell, day.isoformat())


def text_in(value: object) -> str:
    """Return the text of a cell; a whole number as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def day_in(value: object, place: str) -> date | None:
    """Return the day of a cell, which can be a day of the spreadsheet or a text.

    Raises
    ------
    InvalidQuestionnaire
        If it is neither.
    """
    if isinstance(value, datetime | date):
        return _day_of(value)
    text = text_in(value).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidQuestionnaire(
            message(
                "The cell {place} needs a day such as 2026-01-31, but holds something else.",
                place=place,
            )
        ) from None


def _day_of(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
