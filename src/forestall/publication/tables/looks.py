"""This file knows how the cells of a workbook look."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from forestall.languages import direction, language
from forestall.publication.tables.texts import cell_text

if TYPE_CHECKING:
    from datetime import date

    from openpyxl.cell import Cell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_INK, _SOFT, _LINK, _WASH, _LINE, _HATCH = (
    "17252D",
    "48575F",
    "0B5A7A",
    "F3F6F6",
    "17252D",
    "B8C3C7",
)
# Fonts that the reader's computer has; others take their place where it does not.
_FONTS = {"zh": "Microsoft YaHei"}
_SIZE = 10
# Where a cell begins to read.
_BY_LETTERS, _FROM_LEFT, _FROM_RIGHT = 0, 1, 2
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a cell looks.

    ``end`` is the side of numbers, ``inset`` leaves a little room before a text, and ``words`` are
    a sentence in the language in force.
    """

    bold: bool = False
    soft: bool = False
    link: bool = False
    size: int = _SIZE
    head: bool = False
    hidden: bool = False
    wrapped: bool = False
    end: bool = False
    inset: bool = False
    words: bool = False
    number: str = "General"
    quoted: bool = False


TITLE = Look(bold=True, size=15, words=True)
NOTE = Look(soft=True, words=True)
HEAD = Look(bold=True, head=True, wrapped=True, words=True)
NUMBER_HEAD = replace(HEAD, end=True)
HIDDEN = Look(hidden=True, end=True)
TEXT = Look()
WRAPPED = Look(wrapped=True, words=True)
NAME = replace(WRAPPED, bold=True)
LINK = Look(link=True)


class Looks:
    """Makes cells; each look is laid down in the workbook once."""

    def __init__(self) -> None:
        self._known: dict[Look, StyleArray] = {}

    def cell(
        self, sheet: WriteOnlyWorksheet, value: str | float | date | None, look: Look = TEXT
    ) -> Cell:
        """Return a cell; a text is never a formula, whatever it begins with."""
        cell = WriteOnlyCell(sheet)
        if isinstance(value, str):
            cell.value = cell_text(value)
            cell.data_type = "s"
            if value.startswith(_LOOKS_LIKE_FORMULA):
                look = replace(look, quoted=True)  # so that it stays a text when it is edited
        else:
            cell.value = value
        cell._style = copy(self._style(sheet, look))
        return cell

    def head(self, sheet: WriteOnlyWorksheet, words: str, name: str, look: Look) -> Cell:
        """Return the head of a column: what it means, and below it the name for machines."""
        cell = WriteOnlyCell(sheet)
        font = _font(look)
        strong = InlineFont(rFont=font.name, sz=look.size, b=True, color=font.color)
        soft = InlineFont(rFont=font.name, sz=look.size - 1, color=_SOFT)
        cell.value = CellRichText(
            TextBlock(strong, f"{cell_text(words)}\n"), TextBlock(soft, cell_text(name))
        )
        cell._style = copy(self._style(sheet, look))
        return cell

    def _style(self, sheet: WriteOnlyWorksheet, look: Look) -> StyleArray:
        if look not in self._known:
            made = WriteOnlyCell(sheet)
            made.font = _font(look)
            made.alignment = _alignment(look)
            made.number_format = look.number
            made.quotePrefix = look.quoted
            if look.head:
                made.fill = PatternFill("solid", start_color=_WASH, end_color=_WASH)
                made.border = Border(bottom=Side("medium", _LINE))
            if look.hidden:
                made.fill = PatternFill("lightUp", start_color=_HATCH, end_color="FFFFFF")
            self._known[look] = made._style
        return self._known[look]


def _alignment(look: Look) -> Alignment:
    """Return where a text stands: on the side where the language begins, whatever its letters."""
    right_to_left = direction() == "rtl"
    start = "right" if right_to_left else "left"
    return Alignment(
        vertical="bottom" if look.head else "top",
        wrap_text=look.wrapped or None,
        horizontal="right" if look.end else start,
        indent=1 if look.inset and not look.end else 0,
        readingOrder=_reading_order(look) if right_to_left else _BY_LETTERS,
    )


def _reading_order(look: Look) -> int:
    if look.hidden:
        return _FROM_LEFT
    return _FROM_RIGHT if look.words else _BY_LETTERS


def _font(look: Look) -> Font:
    colour = (
        _LINK if look.link or look.size > _SIZE else _SOFT if look.soft or look.hidden else _INK
    )
    return Font(
        name=_FONTS.get(language().split("-")[0], "Arial"),
        size=look.size,
        bold=look.bold,
        color=colour,
        underline="single" if look.link else None,
    )
