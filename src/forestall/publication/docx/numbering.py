"""This file knows the lists of a Word file: bullets, numbers, and the numbers of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.docx import looks
from forestall.publication.docx.markup import w
from forestall.publication.docx.properties import coloured

if TYPE_CHECKING:
    from lxml.etree import _Element

BULLETS, NUMBERS, FINDINGS = 1, 2, 3
_LEVELS = {
    BULLETS: ("bullet", "•", "ListBullet"),
    NUMBERS: ("decimal", "%1.", "ListNumber"),
    FINDINGS: ("decimal", "%1", "Finding"),
}


def numbering_part() -> _Element:
    """Return the lists; each is tied to the style of its paragraphs."""
    return w(
        "numbering",
        *(_list(kind, *level) for kind, level in _LEVELS.items()),
        *(w("num", w("abstractNumId", val=kind), numId=kind) for kind in _LEVELS),
    )


def _list(kind: int, form: str, text: str, style: str) -> _Element:
    level = w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=form),
        w("pStyle", val=style),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=looks.INDENT, hanging=looks.INDENT)),
        w("rPr", coloured(looks.colour("ink-2"))),
        ilvl=0,
    )
    return w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId=kind)
