"""This file knows how cells of tables and words of users look in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from forestall.languages import UserText, direction
from forestall.publication.cells import CellKind

if TYPE_CHECKING:
    from forestall.publication.cells import Cell, HeatCell

_CLASSES = {CellKind.NUMBER: "n", CellKind.HIDDEN: "hid", CellKind.WORDS: ""}


def cell_class(cell: Cell) -> Markup:
    """Return the class attribute of a cell, or nothing."""
    css = _CLASSES[cell.kind]
    return Markup(f' class="{css}"') if css else Markup("")  # noqa: S704


def cell_html(cell: Cell) -> Markup:
    """Return what stands in a cell; a hidden number tells its reason when asked."""
    if not cell.explanation:
        return escape(cell.text)
    return Markup('<abbr title="{}">{}</abbr>').format(cell.explanation, cell.text)


def spoken(text: object) -> Markup:
    """Return words; what a user wrote in another language than that of the page says which.

    Examples
    --------
    >>> spoken(UserText({"fr": "Des grilles"})), spoken("3 < 5")
    (Markup('<span lang="fr" dir="ltr">Des grilles</span>'), Markup('3 &lt; 5'))
    """
    if not isinstance(text, UserText) or not text.is_foreign:
        return escape(text)
    marked = Markup('<span lang="{}" dir="{}">{}</span>')
    return marked.format(text.tag, direction(text.tag), str(text))


def heat_class(cell: HeatCell) -> str:
    """Return the class of an hour of the week."""
    return f"h{cell.level}" if cell.level else "hid"


def bar_width(share: float) -> str:
    """Return the length of a bar in per cent."""
    return f"{share * 100:.1f}"
