"""This file knows the styles of a Word file, so that whoever edits it changes one, not hundreds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import direction, language
from forestall.publication.docx import looks
from forestall.publication.docx.markup import w
from forestall.publication.docx.properties import bold, coloured, ruled, sized, spaced
from forestall.publication.docx.runs import chip_style
from forestall.publication.docx.stretches import RIGHT
from forestall.publication.docx.table_styles import table_styles
from forestall.publication.docx.text_styles import code_letters, text_styles

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
    return w("styles", _defaults(), *text_styles(), *_letter_styles(), *table_styles())


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
        _letter_style("CodeWords", "Code Words", *code_letters()),
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
