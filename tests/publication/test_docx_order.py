"""Word refuses a file whose elements stand in another order than ECMA-376 gives.

The orders are copied out of Part 1 of the standard (5th edition) in full, apart from those that the
writer itself sorts by.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from lxml import etree

from forestall.publication.blocks import (
    BarTable,
    Box,
    BoxKind,
    Fact,
    Facts,
    Item,
    KeyNumber,
    KeyNumbers,
    Paragraph,
    Sure,
    Table,
    WordTable,
)
from forestall.results import Certainty
from tests.publication.builders import example_document
from tests.publication.word_files import (
    KINDS,
    W,
    all_of,
    document_of,
    parts_of,
    safe_hours,
    safe_kinds,
    value,
    written,
)

ORDERS = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr
        suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct
        topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind
        contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint
        noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u
        effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath""",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW
        jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption
        tblDescription tblPrChange""",
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection
        tcFitText vAlign hideMark headers cellIns cellDel cellMerge tcPrChange""",
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc
        pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi
        rtlGutter docGrid printerSettings sectPrChange""",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "tblCellMar": "top left start bottom right end",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p tbl",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden
        unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr
        trPr tcPr tblStylePr""",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "numPr": "ilvl numId",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "docPartObj": "docPartGallery docPartCategory docPartUnique",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular",
    "settings": """writeProtection view zoom removePersonalInformation defaultTabStop
        characterSpacingControl compat docVars rsids themeFontLang clrSchemeMapping decimalSymbol
        listSeparator""",
}
REPEATED = {"tr", "tc", "p", "style", "abstractNum", "num", "lvl", "tblStylePr", "font"}
INLINE = ["extent", "docPr", "cNvGraphicFramePr", "graphic"]


def name_of(element):
    return etree.QName(element).localname


@pytest.fixture(scope="module", params=["en", "ar", "zh"])
def parts(request):
    data = written(example_document(), language=request.param)
    other = document_of(
        Paragraph(("عربي and Latin 10 %", Sure(Certainty.CLEAR))),
        KeyNumbers((KeyNumber("1", "one"),)),
        Facts((Fact("Term", "text", "code"),)),
        WordTable(heads=("A", "B"), rows=(("1", "2"),), number_columns=(1,)),
        Table(title="T", safe=safe_kinds(), columns=KINDS, total="All"),
        Table(title="P", safe=safe_kinds(range(90), range(10, 100)), columns=KINDS, total="All"),
        BarTable(title="B", safe=safe_kinds(), columns=KINDS, total="All"),
        safe_hours(),
        *(Box(kind=k, title="b", items=(Item("i", "l"),), command="c") for k in BoxKind),
    )
    return [parts_of(data), parts_of(written(other, language=request.param))]


def elements(parts):
    for part in parts:
        for root in part.values():
            yield from root.iter(etree.Element)


def test_children_stand_in_the_order_of_the_standard(parts):
    seen = set()
    for element in elements(parts):
        known = ORDERS.get(name_of(element)) if element.tag.startswith(W) else None
        if known is None:
            continue
        places = {name: at for at, name in enumerate(known.split())}
        names = [name_of(child) for child in element if isinstance(child.tag, str)]
        assert set(names) <= set(places), (name_of(element), names)
        assert names == sorted(names, key=places.__getitem__), (name_of(element), names)
        seen.add(name_of(element))

    assert seen >= set(ORDERS)


def test_no_property_is_given_twice(parts):
    for element in elements(parts):
        if not element.tag.startswith(W) or not name_of(element).endswith("Pr"):
            continue
        names = [name_of(child) for child in element]
        once = [n for n in names if n not in {"headerReference", "footerReference"}]
        assert len(once) == len(set(once)), (name_of(element), names)


def test_a_cell_ends_with_a_paragraph_and_no_two_tables_touch(parts):
    for part in parts:
        body = part["word/document.xml"]
        assert all(name_of(cell[-1]) == "p" for cell in all_of(body, "tc"))
        blocks = [name_of(child) for child in body[0]]
        assert ("tbl", "tbl") not in pairwise(blocks)
        assert blocks[-1] == "sectPr"


def test_pictures_are_built_as_the_standard_says(parts):
    inlines = [e for e in elements(parts) if name_of(e) == "inline"]

    assert inlines
    for inline in inlines:
        assert [name_of(child) for child in inline] == INLINE
        extents = [e for e in inline.iter() if name_of(e) in {"extent", "ext"} and e.get("cx")]
        assert len({(e.get("cx"), e.get("cy")) for e in extents}) == 1
        assert all(int(e.get("cx")) > 0 and int(e.get("cy")) > 0 for e in extents)


def test_every_style_list_and_relation_that_is_used_is_there(parts):
    for part in parts:
        styles = {value(style, "styleId") for style in all_of(part["word/styles.xml"], "style")}
        lists = {value(one, "numId") for one in all_of(part["word/numbering.xml"], "num")}
        for name, root in part.items():
            used = [e for tag in ("pStyle", "rStyle", "tblStyle") for e in all_of(root, tag)]
            used += [e for tag in ("basedOn", "next", "link") for e in all_of(root, tag)]
            assert {value(e) for e in used} <= styles, name
            assert {value(e) for e in all_of(root, "numId")} <= lists
        relations = {e.get("Id") for e in part["word/_rels/document.xml.rels"]}
        asked = {
            v
            for e in part["word/document.xml"].iter()
            for k, v in e.attrib.items()
            if "officeDocument/2006/relationships" in k
        }
        assert asked <= relations


def test_identifiers_of_bookmarks_and_pictures_are_given_once(parts):
    for part in parts:
        body = part["word/document.xml"]
        marks = [value(mark, "id") for mark in all_of(body, "bookmarkStart")]
        ends = [value(mark, "id") for mark in all_of(body, "bookmarkEnd")]
        assert sorted(marks) == sorted(ends)
        assert len(set(marks)) == len(marks)
        names = [value(mark, "name") for mark in all_of(body, "bookmarkStart")]
        assert all(len(name) <= 40 and name[0] in "_abcdefghijklmnopqrstuvwxyz" for name in names)
