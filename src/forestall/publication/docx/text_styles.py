"""This file knows how each style of text looks in a Word file, as one table of styles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import direction
from forestall.publication.docx import looks
from forestall.publication.docx.markup import w
from forestall.publication.docx.numbering import BULLETS, FINDINGS, NUMBERS
from forestall.publication.docx.properties import bold, coloured, ruled, shaded, sized, spaced
from forestall.publication.docx.stretches import RIGHT

if TYPE_CHECKING:
    from lxml.etree import _Element

_SOFT = "ink-2"
# Heads and cells are set tighter than prose; in 240ths of a line.
_TIGHT, _CLOSE = 240, 252


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A line above or below a paragraph; without a colour it has that of the text."""

    side: str
    eighths: int
    points: int
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class Look:
    """How paragraphs of a style look; what is not said is taken from the style below.

    Attributes
    ----------
    size, before, after
        In points.
    line
        Height of a line in 240ths.
    with_next, whole
        Whether a page may end after it, and within it.
    outline
        Level of a heading, from 0 on.
    list_kind
        Which list the paragraphs are entries of; 0 for none.
    indent, hanging
        In twips.
    left_to_right
        Whether it runs so in every language.
    to_right
        Whether its lines end at the right side.
    """

    name: str
    based_on: str = "Normal"
    following: str = ""
    size: float | None = None
    strong: bool = False
    colour: str = ""
    before: float | None = None
    after: float | None = None
    line: int | None = None
    with_next: bool = False
    whole: bool = False
    outline: int | None = None
    rule: Rule | None = None
    list_kind: int = 0
    indent: int = 0
    hanging: int = 0
    left_to_right: bool = False
    to_right: bool = False
    centred: bool = False
    end_tab: int = 0
    code: bool = False


_HEADS = (
    Look(name="Kicker", following="Title", colour=_SOFT, after=2, with_next=True),
    Look(
        name="Title",
        following="Subtitle",
        size=looks.TITLE,
        strong=True,
        after=6,
        line=_CLOSE,
        with_next=True,
        whole=True,
    ),
    Look(name="Subtitle", following="Normal", size=looks.LEAD, after=6, whole=True),
    Look(
        name="Heading 1",
        following="Normal",
        size=looks.HEADING_1,
        strong=True,
        before=24,
        after=4,
        line=_CLOSE,
        with_next=True,
        whole=True,
        outline=0,
        rule=Rule(side="top", eighths=12, points=6),
    ),
    *(
        Look(
            name=f"Heading {level}",
            following="Normal",
            size=size,
            strong=True,
            before=16,
            after=4,
            line=_CLOSE,
            with_next=True,
            whole=True,
            outline=level - 1,
        )
        for level, size in ((2, looks.HEADING_2), (3, looks.HEADING_3))
    ),
    Look(
        name="Question",
        following="Normal",
        size=looks.HEADING_2,
        colour=_SOFT,
        after=8,
        with_next=True,
    ),
    Look(
        name="TOC Heading",
        following="Normal",
        size=looks.HEADING_2,
        strong=True,
        before=14,
        after=4,
        with_next=True,
    ),
    Look(name="TOC 1", after=3, end_tab=looks.TEXT_WIDTH),
)
_PROSE = (
    Look(name="List Bullet", list_kind=BULLETS, after=4),
    Look(name="List Number", list_kind=NUMBERS, after=4),
    Look(
        name="Finding",
        following="FindingMore",
        list_kind=FINDINGS,
        before=8,
        after=3,
        with_next=True,
        whole=True,
        rule=Rule(side="top", eighths=4, points=6, colour="line"),
    ),
    Look(
        name="Finding More",
        following="Finding",
        size=looks.SMALL,
        colour=_SOFT,
        after=3,
        whole=True,
        indent=looks.INDENT,
    ),
    Look(name="Interval", following="FindingMore", after=1, with_next=True, indent=looks.INDENT),
    Look(name="Source Line", size=looks.SMALL, colour=_SOFT, before=4, after=10),
    Look(
        name="Details",
        following="Normal",
        size=looks.TABLE,
        strong=True,
        before=10,
        after=4,
        with_next=True,
    ),
    Look(name="Code", after=4, left_to_right=True, code=True),
    Look(
        name="Header",
        size=looks.SMALL,
        colour=_SOFT,
        rule=Rule(side="bottom", eighths=4, points=4, colour="line"),
    ),
    Look(name="Footer", size=looks.SMALL, colour=_SOFT),
)
_FIGURES = (
    Look(
        name="Caption",
        following="Normal",
        strong=True,
        before=12,
        after=2,
        with_next=True,
        whole=True,
    ),
    Look(name="Caption Note", size=looks.SMALL, colour=_SOFT, after=4, with_next=True, whole=True),
    Look(name="Picture", before=2, after=4, with_next=True),
    Look(name="Legend", size=looks.SMALL, after=2, with_next=True, indent=380, hanging=380),
    Look(name="Heat", after=0, line=_TIGHT, centred=True),
)
_CELLS = (
    Look(name="Box Title", strong=True, after=3, with_next=True),
    Look(
        name="Key Number",
        following="KeyNumberMeaning",
        size=looks.NUMBER,
        strong=True,
        after=0,
        line=_TIGHT,
        with_next=True,
    ),
    Look(name="Key Number Meaning", size=looks.SMALL, colour=_SOFT, after=0),
    Look(name="Cell", size=looks.TABLE, after=0, line=_CLOSE),
    Look(name="Cell Term", based_on="Cell", colour=_SOFT),
    Look(name="Cell Head", based_on="Cell", size=looks.SMALL, strong=True),
    Look(name="Cell Number", based_on="Cell", left_to_right=True, to_right=True),
    Look(name="Cell Axis", based_on="Cell", size=looks.SMALL, colour=_SOFT, left_to_right=True),
    Look(name="Cell Head Number", based_on="CellHead", to_right=True),
    *(
        Look(name=f"{name} Small", based_on=name.replace(" ", ""), size=looks.SMALL_TABLE)
        for name in ("Cell", "Cell Head", "Cell Number", "Cell Head Number")
    ),
)
# Word knows these by names that start with a small letter in the file.
_FILE_NAMES = {
    **{name: name for name in ("Normal", "Title", "Subtitle", "List Bullet", "List Number")},
    **{f"Heading {level}": f"heading {level}" for level in (1, 2, 3)},
    "Caption": "caption",
    "TOC Heading": "TOC Heading",
    "TOC 1": "toc 1",
    "Header": "header",
    "Footer": "footer",
}


def text_styles() -> list[_Element]:
    """Return the styles of paragraphs, in the direction in force."""
    every = (Look(name="Normal"), *_HEADS, *_PROSE, *_FIGURES, *_CELLS)
    return [_style(look) for look in every]


def code_letters() -> list[_Element]:
    """Return how commands and checksums are set, letter by letter."""
    fonts = w("rFonts", ascii=looks.CODE, hAnsi=looks.CODE, cs=looks.CODE)
    return [fonts, w("noProof"), *sized(looks.SMALL), shaded(looks.colour("wash"))]


def _style(look: Look) -> _Element:
    name, normal = look.name, look.name == "Normal"
    paragraph, letters = _paragraph(look), _letters(look)
    return w(
        "style",
        w("name", val=_FILE_NAMES.get(name, name)),
        None if normal else w("basedOn", val=look.based_on),
        w("next", val=look.following) if look.following else None,
        w("uiPriority", val=1 if name in _FILE_NAMES else 11),
        w("qFormat"),
        w("pPr", *paragraph) if paragraph else None,
        w("rPr", *letters) if letters else None,
        type="paragraph",
        styleId=name.replace(" ", ""),
        default=1 if normal else None,
        customStyle=None if name in _FILE_NAMES else 1,
    )


def _paragraph(look: Look) -> list[_Element]:
    mirrored = direction() == RIGHT
    says_room = any(part is not None for part in (look.before, look.after, look.line))
    # The start of an Arabic line is the right side already.
    to_right = look.to_right and (look.left_to_right or not mirrored)
    properties = (
        w("keepNext") if look.with_next else None,
        w("keepLines") if look.whole else None,
        w("numPr", w("numId", val=look.list_kind)) if look.list_kind else None,
        w("pBdr", _rule(look.rule)) if look.rule else None,
        w("tabs", w("tab", val="right", pos=look.end_tab)) if look.end_tab else None,
        w("bidi") if look.name == "Normal" and mirrored else None,
        w("bidi", val=0) if look.left_to_right else None,
        spaced(before=look.before, after=look.after, line=look.line) if says_room else None,
        w("ind", left=look.indent, hanging=look.hanging or None) if look.indent else None,
        w("jc", val="center") if look.centred else None,
        w("jc", val="right") if to_right else None,
        None if look.outline is None else w("outlineLvl", val=look.outline),
    )
    return [one for one in properties if one is not None]


def _letters(look: Look) -> list[_Element]:
    if look.code:
        return code_letters()
    return [
        *(bold() if look.strong else []),
        *(sized(look.size) if look.size is not None else []),
        *([coloured(looks.colour(look.colour))] if look.colour else []),
    ]


def _rule(rule: Rule) -> _Element:
    colour = looks.colour(rule.colour) if rule.colour else "auto"
    return ruled(rule.side, eighths=rule.eighths, colour=colour, points=rule.points)
