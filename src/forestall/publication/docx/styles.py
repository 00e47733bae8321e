"""This file knows the styles of a Word file, so that whoever edits it changes one, not hundreds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import direction, language
from forestall.publication.docx import looks
from forestall.publication.docx.markup import w
from forestall.publication.docx.numbering import BULLETS, FINDINGS, NUMBERS
from forestall.publication.docx.properties import bold, coloured, ruled, shaded, sized, spaced
from forestall.publication.docx.runs import chip_style
from forestall.publication.docx.stretches import RIGHT
from forestall.publication.docx.table_styles import table_styles

if TYPE_CHECKING:
    from lxml.etree import _Element

# Word wants a country to find its dictionary.
_WITH_COUNTRY = {
    "en": "en-GB",
    "fr": "fr-FR",
    "es": "es-ES",
    "ar": "ar-SA",
    "zh": "zh-CN",
    "ru": "ru-RU",
}
_EAST_ASIAN = {"zh", "ja", "ko"}
# In 240ths of a line; Arabic letters reach higher and lower.
_LINE, _LINE_RIGHT_TO_LEFT = 271, 300
# Words of the chip are the same everywhere; the frame tells the strength in grey print too.
_CHIPS = {
    "CLEAR": (12, "auto", "single"),
    "PROBABLE": (8, "auto", "single"),
    "SIGN": (4, looks.colour("edge"), "single"),
    "CHANCE": (4, looks.colour("edge"), "dashed"),
    "LITTLE_CHANGED": (4, looks.colour("edge"), "dashed"),
}


def styles_part() -> _Element:
    """Return all styles, in the language and direction in force."""
    return w("styles", _defaults(), *_text_styles(), *_letter_styles(), *table_styles())


def tag_with_country(tag: str) -> str:
    """Return a language tag that Word has a dictionary for.

    Examples
    --------
    >>> tag_with_country("fr"), tag_with_country("fr-CA")
    ('fr-FR', 'fr-CA')
    """
    return _WITH_COUNTRY.get(tag, tag)


def language_element() -> _Element:
    """Return the language of all text: Word keeps one for each of three kinds of script."""
    tag = tag_with_country(language())
    east_asian = language().split("-")[0] in _EAST_ASIAN
    mirrored = direction() == RIGHT
    return w(
        "lang",
        val=_WITH_COUNTRY["en"] if east_asian or mirrored else tag,
        eastAsia=tag if east_asian else _WITH_COUNTRY["zh"],
        bidi=tag if mirrored else _WITH_COUNTRY["ar"],
    )


def _defaults() -> _Element:
    fonts = w(
        "rFonts",
        asciiTheme="minorHAnsi",
        hAnsiTheme="minorHAnsi",
        eastAsiaTheme="minorEastAsia",
        cstheme="minorBidi",
        ascii=looks.LATIN,
        hAnsi=looks.LATIN,
        eastAsia=looks.EAST_ASIAN,
        cs=looks.COMPLEX,
    )
    line = _LINE_RIGHT_TO_LEFT if direction() == RIGHT else _LINE
    return w(
        "docDefaults",
        w("rPrDefault", w("rPr", fonts, *sized(looks.BODY), language_element())),
        w("pPrDefault", w("pPr", spaced(after=6, line=line))),
    )


def _style(
    name: str,
    *,
    paragraph: tuple[_Element, ...] = (),
    letters: tuple[_Element, ...] = (),
    based_on: str = "Normal",
    following: str = "",
) -> _Element:
    """Return a paragraph style; names that Word knows start with a small letter in the file."""
    return w(
        "style",
        w("name", val=_FILE_NAMES.get(name, name)),
        w("basedOn", val=based_on) if name != "Normal" else None,
        w("next", val=following) if following else None,
        w("uiPriority", val=1 if name in _FILE_NAMES else 11),
        w("qFormat"),
        w("pPr", *paragraph) if paragraph else None,
        w("rPr", *letters) if letters else None,
        type="paragraph",
        styleId=name.replace(" ", ""),
        default=1 if name == "Normal" else None,
        customStyle=None if name in _FILE_NAMES else 1,
    )


_FILE_NAMES = {
    "Normal": "Normal",
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading 1": "heading 1",
    "Heading 2": "heading 2",
    "Heading 3": "heading 3",
    "List Bullet": "List Bullet",
    "List Number": "List Number",
    "Caption": "caption",
    "TOC Heading": "TOC Heading",
    "TOC 1": "toc 1",
    "Header": "header",
    "Footer": "footer",
}


def _text_styles() -> list[_Element]:
    return [
        _style("Normal", paragraph=(w("bidi"),) if direction() == RIGHT else ()),
        *_head_styles(),
        *_prose_styles(),
        *_cell_styles(),
    ]


def _head_styles() -> list[_Element]:
    return [
        _style(
            "Kicker",
            paragraph=(w("keepNext"), spaced(after=2)),
            letters=(*sized(looks.BODY), coloured(looks.colour("ink-2"))),
            following="Title",
        ),
        _style(
            "Title",
            paragraph=(w("keepNext"), w("keepLines"), spaced(after=6, line=252)),
            letters=(*bold(), *sized(looks.TITLE)),
            following="Subtitle",
        ),
        _style(
            "Subtitle",
            paragraph=(w("keepLines"), spaced(after=6)),
            letters=tuple(sized(looks.LEAD)),
            following="Normal",
        ),
        _style(
            "Heading 1",
            paragraph=(
                w("keepNext"),
                w("keepLines"),
                w("pBdr", ruled("top", eighths=12, points=6)),
                spaced(before=24, after=4, line=252),
                w("outlineLvl", val=0),
            ),
            letters=(*bold(), *sized(looks.HEADING_1)),
            following="Normal",
        ),
        *(
            _style(
                f"Heading {level}",
                paragraph=(
                    w("keepNext"),
                    w("keepLines"),
                    spaced(before=16, after=4, line=252),
                    w("outlineLvl", val=level - 1),
                ),
                letters=(*bold(), *sized(size)),
                following="Normal",
            )
            for level, size in ((2, looks.HEADING_2), (3, looks.HEADING_3))
        ),
        _style(
            "Question",
            paragraph=(w("keepNext"), spaced(after=8)),
            letters=(*sized(looks.HEADING_2), coloured(looks.colour("ink-2"))),
            following="Normal",
        ),
        _style(
            "TOC Heading",
            paragraph=(w("keepNext"), spaced(before=14, after=4)),
            letters=(*bold(), *sized(looks.HEADING_2)),
            following="Normal",
        ),
        _style(
            "TOC 1",
            paragraph=(
                w("tabs", w("tab", val="right", pos=looks.TEXT_WIDTH)),
                spaced(after=3),
            ),
        ),
    ]


def _prose_styles() -> list[_Element]:
    small_and_soft = (*sized(looks.SMALL), coloured(looks.colour("ink-2")))
    return [
        _style("List Bullet", paragraph=(_numbered(BULLETS), spaced(after=4))),
        _style("List Number", paragraph=(_numbered(NUMBERS), spaced(after=4))),
        _style(
            "Finding",
            paragraph=(
                w("keepNext"),
                w("keepLines"),
                _numbered(FINDINGS),
                w("pBdr", ruled("top", eighths=4, colour=looks.colour("line"), points=6)),
                spaced(before=8, after=3),
            ),
            following="FindingMore",
        ),
        _style(
            "Finding More",
            paragraph=(w("keepLines"), w("ind", left=looks.INDENT), spaced(after=3)),
            letters=small_and_soft,
            following="Finding",
        ),
        _style(
            "Interval",
            paragraph=(w("keepNext"), w("ind", left=looks.INDENT), spaced(after=1)),
            following="FindingMore",
        ),
        _style(
            "Caption",
            paragraph=(w("keepNext"), w("keepLines"), spaced(before=12, after=2)),
            letters=tuple(bold()),
            following="Normal",
        ),
        _style(
            "Caption Note",
            paragraph=(w("keepNext"), w("keepLines"), spaced(after=4)),
            letters=small_and_soft,
        ),
        _style("Picture", paragraph=(w("keepNext"), spaced(before=2, after=4))),
        _style(
            "Legend",
            paragraph=(w("keepNext"), w("ind", left=380, hanging=380), spaced(after=2)),
            letters=tuple(sized(looks.SMALL)),
        ),
        _style("Source Line", paragraph=(spaced(before=4, after=10),), letters=small_and_soft),
        _style(
            "Details",
            paragraph=(w("keepNext"), spaced(before=10, after=4)),
            letters=(*bold(), *sized(looks.TABLE)),
            following="Normal",
        ),
        _style(
            "Code",
            paragraph=(w("bidi", val=0), spaced(after=4), w("jc", val="left")),
            letters=_code_letters(),
        ),
        _style(
            "Header",
            paragraph=(
                w("pBdr", ruled("bottom", eighths=4, colour=looks.colour("line"), points=4)),
            ),
            letters=small_and_soft,
        ),
        _style("Footer", letters=small_and_soft),
    ]


def _cell_styles() -> list[_Element]:
    to_the_right = w("jc", val="right")
    return [
        _style("Box Title", paragraph=(w("keepNext"), spaced(after=3)), letters=tuple(bold())),
        _style(
            "Key Number",
            paragraph=(w("keepNext"), spaced(after=0, line=240)),
            letters=(*bold(), *sized(looks.NUMBER)),
            following="KeyNumberMeaning",
        ),
        _style(
            "Key Number Meaning",
            paragraph=(spaced(after=0),),
            letters=(*sized(looks.SMALL), coloured(looks.colour("ink-2"))),
        ),
        _style("Cell", paragraph=(spaced(after=0, line=252),), letters=tuple(sized(looks.TABLE))),
        _style("Cell Term", based_on="Cell", letters=(coloured(looks.colour("ink-2")),)),
        _style("Cell Head", based_on="Cell", letters=(*bold(), *sized(looks.SMALL))),
        _style("Cell Number", based_on="Cell", paragraph=(w("bidi", val=0), to_the_right)),
        _style(
            "Cell Axis",
            based_on="Cell",
            paragraph=(w("bidi", val=0),),
            letters=(*sized(looks.SMALL), coloured(looks.colour("ink-2"))),
        ),
        # The start of an Arabic line is the right side already.
        _style(
            "Cell Head Number",
            based_on="CellHead",
            paragraph=() if direction() == RIGHT else (w("jc", val="right"),),
        ),
        _style("Heat", paragraph=(spaced(after=0, line=240), w("jc", val="center"))),
        *(
            _style(
                f"{name} Small",
                based_on=name.replace(" ", ""),
                letters=tuple(sized(looks.SMALL_TABLE)),
            )
            for name in ("Cell", "Cell Head", "Cell Number", "Cell Head Number")
        ),
    ]


def _letter_styles() -> list[_Element]:
    chips = [
        _letter_style(
            chip_style(name),
            f"Sure {name.capitalize().replace('_', ' ')}",
            *(bold() if name == "CLEAR" else []),
            *sized(looks.SMALL),
            ruled("bdr", eighths=eighths, colour=colour, kind=kind, points=1),
        )
        for name, (eighths, colour, kind) in _CHIPS.items()
    ]
    return [
        w(
            "style",
            w("name", val="Default Paragraph Font"),
            w("uiPriority", val=1),
            w("semiHidden"),
            w("unhideWhenUsed"),
            type="character",
            styleId="DefaultParagraphFont",
            default=1,
        ),
        _letter_style("Strong", "Strong", *bold()),
        _letter_style(
            "Hyperlink", "Hyperlink", coloured(looks.colour("link")), w("u", val="single")
        ),
        _letter_style("CodeWords", "Code Words", *_code_letters()),
        *chips,
    ]


def _letter_style(identifier: str, name: str, *letters: _Element) -> _Element:
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="DefaultParagraphFont"),
        w("uiPriority", val=12),
        w("qFormat"),
        w("rPr", *letters),
        type="character",
        styleId=identifier,
        customStyle=None if name in {"Strong", "Hyperlink"} else 1,
    )


def _code_letters() -> tuple[_Element, ...]:
    fonts = w("rFonts", ascii=looks.CODE, hAnsi=looks.CODE, cs=looks.CODE)
    return (fonts, w("noProof"), *sized(looks.SMALL), shaded(looks.colour("wash")))


def _numbered(kind: int) -> _Element:
    return w("numPr", w("numId", val=kind))
