"""This file knows how runs become paragraphs of a Word file, in the direction of the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.docx.markup import w

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from forestall.publication.docx.writing import Writing

# Numbers and code run from left to right in every language.
_LEFT_TO_RIGHT = frozenset({"CellAxis", "CellNumber", "Code"})


def paragraph(
    style: str, content: Iterable[_Element], writing: Writing, *properties: _Element | None
) -> _Element:
    """Return a paragraph of a style; what the style says is not said again."""
    named = w("pStyle", val=style) if style != "Normal" else None
    mirrored = w("bidi") if writing.mirrored and style not in _LEFT_TO_RIGHT else None
    return w("p", w("pPr", named, mirrored, *properties), *content)


def marked(content: list[_Element], name: str, number: int) -> list[_Element]:
    """Put a bookmark around runs."""
    start = w("bookmarkStart", id=number, name=name)
    return [start, *content, w("bookmarkEnd", id=number)]
