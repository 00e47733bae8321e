"""This file knows how WordprocessingML is written: its names, and the order Word insists on.

Word refuses a file whose properties stand in another order than that of ECMA-376, so properties
are put in order here, wherever they come from.
"""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NAMES = {"w": WORD, "r": RELATIONSHIPS}

# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

# Parts 1, 17.3.1.26, 17.3.2.28, 17.4.59 ff. and 17.6.17 of ECMA-376, without what is never written.
_ORDERS = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore widowControl numPr suppressLineNumbers pBdr shd "
        "tabs suppressAutoHyphens bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
        "jc textAlignment outlineLvl rPr sectPr"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps strike outline noProof vanish color spacing w kern "
        "position sz szCs highlight u effect bdr shd vertAlign rtl cs em lang"
    ),
    "tblPr": (
        "tblStyle tblpPr bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
        "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "trPr": "cnfStyle gridBefore gridAfter cantSplit trHeight tblHeader jc hidden",
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
        "vAlign hideMark"
    ),
    "sectPr": (
        "headerReference footerReference type pgSz pgMar pgBorders pgNumType cols titlePg "
        "textDirection bidi rtlGutter docGrid"
    ),
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "tblCellMar": "top left start bottom right end",
    "tcMar": "top left start bottom right end",
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed "
        "qFormat locked rsid pPr rPr tblPr trPr tcPr tblStylePr"
    ),
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlJc pPr rPr",
}
_PLACES = {
    container: {name: at for at, name in enumerate(names.split())}
    for container, names in _ORDERS.items()
}


def w(tag: str, *children: etree._Element | None, **attributes: object) -> etree._Element:
    """Return an element of WordprocessingML; what is None is left away.

    Examples
    --------
    >>> properties = w("pPr", w("jc", val="right"), w("pStyle", val="Caption"))
    >>> [etree.QName(child).localname for child in properties]
    ['pStyle', 'jc']
    """
    element = etree.Element(f"{{{WORD}}}{tag}", nsmap=_NAMES)
    for name, value in attributes.items():
        if value is not None:
            element.set(f"{{{WORD}}}{name}", str(value))
    places = _PLACES.get(tag)
    # An element of lxml has one place only: used again, it would leave the first.
    present = [
        child if child.getparent() is None else deepcopy(child)
        for child in children
        if child is not None
    ]
    if places is not None:
        present.sort(key=lambda child: places[etree.QName(child).localname])
    element.extend(present)
    return element


def related(element: etree._Element, name: str, relationship: str) -> etree._Element:
    """Give an element an attribute that names a relationship, such as ``r:id``."""
    element.set(f"{{{RELATIONSHIPS}}}{name}", relationship)
    return element


def text_element(text: str) -> etree._Element:
    """Return the text of a run, spaces at its ends kept."""
    element = w("t")
    element.text = text
    if text != text.strip(" "):
        element.set(_SPACE, "preserve")
    return element


def instruction(text: str) -> etree._Element:
    """Return the instruction of a field."""
    element = w("instrText")
    element.text = f" {text} "
    element.set(_SPACE, "preserve")
    return element


def clean(text: str) -> str:
    r"""Return a text without the characters that XML forbids.

    Examples
    --------
    >>> clean("a\x00b\ud800c\nd")
    'abc\nd'
    """
    return _FORBIDDEN.sub("", text)


def xml_bytes(element: etree._Element) -> bytes:
    """Write a part of the file."""
    written: bytes = etree.tostring(
        element, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return written
