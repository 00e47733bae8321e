"""This file knows the parts of a Word file around its text, written without a clock."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from forestall import __version__
from forestall.languages import direction, language, without_isolates
from forestall.publication.docx import looks
from forestall.publication.docx.markup import WORD, clean, w, xml_bytes
from forestall.publication.docx.numbering import numbering_part
from forestall.publication.docx.stretches import RIGHT
from forestall.publication.docx.styles import language_element, styles_part

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element

# The first moment a zip file can name: no clock goes into the file.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument"
_PARTS = {
    "styles": "wordprocessingml.styles",
    "numbering": "wordprocessingml.numbering",
    "settings": "wordprocessingml.settings",
    "fontTable": "wordprocessingml.fontTable",
    "theme": "theme",
}

_THEME = {
    "dk1": "ink",
    "lt1": "paper",
    "dk2": "map-5",
    "lt2": "wash",
    "accent1": "series-1",
    "accent2": "series-2",
    "accent3": "series-3",
    "accent4": "series-4",
    "accent5": "map-4",
    "accent6": "series-rest",
    "hlink": "link",
    "folHlink": "visited",
}


def new_package(title: str) -> WordDocument:
    """Return a Word file without text, with the styles of the language in force."""
    import docx  # slow to import, needed only for Word files

    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", _content_types())
        package.writestr("_rels/.rels", _package_relations())
        package.writestr("docProps/core.xml", _core_properties(title))
        package.writestr("docProps/app.xml", _application())
        package.writestr("word/document.xml", xml_bytes(w("document", w("body", w("sectPr")))))
        package.writestr("word/_rels/document.xml.rels", _document_relations())
        package.writestr("word/styles.xml", xml_bytes(styles_part()))
        package.writestr("word/numbering.xml", xml_bytes(numbering_part()))
        package.writestr("word/settings.xml", xml_bytes(_settings()))
        package.writestr("word/fontTable.xml", xml_bytes(_font_table()))
        package.writestr("word/theme.xml", _theme())
    return docx.Document(BytesIO(stream.getvalue()))


def package_bytes(word: WordDocument) -> bytes:
    """Write the file without the time it was written."""
    written = BytesIO()
    word.save(written)
    fixed = BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_MOMENT)
            pictures = name.endswith(".png")
            entry.compress_type = zipfile.ZIP_STORED if pictures else zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()


def _content_types() -> str:
    overrides = {
        "word/document.xml": f"{_KINDS}.wordprocessingml.document.main+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": f"{_KINDS}.extended-properties+xml",
    } | {f"word/{name}.xml": f"{_KINDS}.{kind}+xml" for name, kind in _PARTS.items()}
    parts = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _package_relations() -> str:
    return _relations(
        (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
    )


def _document_relations() -> str:
    return _relations(*((f"{_OFFICE}/relationships/{name}", f"{name}.xml") for name in _PARTS))


def _relations(*relations: tuple[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(relations, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _core_properties(title: str) -> str:
    """Return title and language; the day is in the text, not here, so that bytes stay the same."""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(clean(without_isolates(title)))}</dc:title>"
        f"<dc:creator>forestall {__version__}</dc:creator>"
        f"<dc:language>{language()}</dc:language></cp:coreProperties>"
    )


def _application() -> str:
    return (
        f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties">'
        "<Application>forestall</Application></Properties>"
    )


def _settings() -> _Element:
    named = {"val": language_element().get(f"{{{WORD}}}val")}
    if direction() == RIGHT:
        named["bidi"] = language_element().get(f"{{{WORD}}}bidi")
    named["eastAsia"] = language_element().get(f"{{{WORD}}}eastAsia")
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=720),
        w("characterSpacingControl", val="doNotCompress"),
        w(
            "compat",
            w(
                "compatSetting",
                name="compatibilityMode",
                uri="http://schemas.microsoft.com/office/word",
                val=15,
            ),
        ),
        w("themeFontLang", **named),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def _font_table() -> _Element:
    """Name what may stand in for each font where it is missing."""
    fonts = {
        looks.LATIN: ("Liberation Sans", "020B0604020202020204", "swiss"),
        looks.COMPLEX: ("DejaVu Sans", "020B0604030504040204", "swiss"),
        looks.EAST_ASIAN: ("Noto Sans CJK SC", "020B0503020204020204", "swiss"),
        looks.CODE: ("DejaVu Sans Mono", "020B0609020204030204", "modern"),
    }
    return w(
        "fonts",
        *(
            w(
                "font",
                w("altName", val=instead),
                w("panose1", val=panose),
                w("family", val=family),
                w("pitch", val="fixed" if family == "modern" else "variable"),
                name=name,
            )
            for name, (instead, panose, family) in fonts.items()
        ),
    )


def _theme() -> str:
    """Return a theme, so that fonts and colours of the whole file can be changed at once."""
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{looks.colour(colour)}"/></a:{name}>'
        for name, colour in _THEME.items()
    )
    fonts = (
        f'<a:latin typeface="{looks.LATIN}"/><a:ea typeface="{looks.EAST_ASIAN}"/>'
        f'<a:cs typeface="{looks.COMPLEX}"/>'
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    return (
        f'{_HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'name="forestall"><a:themeElements><a:clrScheme name="forestall">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="forestall"><a:majorFont>{fonts}</a:majorFont>'
        f"<a:minorFont>{fonts}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="forestall"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}"
        f"</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )
