"""This file knows how a document becomes a PDF, and what is done when a standard cannot be met."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forestall.languages import Listing, message, plural_message
from forestall.publication.pdf.content import document_data
from forestall.publication.typesetting import set_pdf, typst_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from typst import PDFStandard

    from forestall.languages import Message
    from forestall.publication.blocks import Document

STANDARD = "PDF/UA-1, PDF/A-2a"
_STANDARDS: tuple[PDFStandard, ...] = ("ua-1", "a-2a")
_SOURCES = (
    ("forestall.publication.drawing", "drawing.typ"),
    ("forestall.publication.pdf", "look.typ"),
    ("forestall.publication.pdf", "tables.typ"),
    ("forestall.publication.pdf", "blanks.typ"),
    ("forestall.publication.pdf", "blocks.typ"),
    ("forestall.publication.pdf", "report.typ"),
)
_NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_PRIVATE = re.compile(r'the PDF contains the codepoint `"(.+?)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_MOST_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class PrintedPdf:
    """A PDF, and what the person who prints it must know.

    Attributes
    ----------
    standard
        The standards that it keeps to, as enforced by the program that made it; empty if none.
    """

    data: bytes
    warnings: tuple[Message, ...] = ()
    standard: str = STANDARD


def write_pdf(document: Document, *, made_on: date) -> PrintedPdf:
    """Write a document as tagged PDF for paper and screen, in the language in force.

    The file keeps to PDF/UA-1 and PDF/A-2a. Where that cannot be done, because no font holds a
    character or a picture cannot be drawn, it is made without, and a warning says why.

    Parameters
    ----------
    made_on
        Day that the file tells as its date; same document and day, same bytes.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.publication.blocks import Document, Paragraph, Section
    >>> section = Section(id="brief", heading="In brief", blocks=(Paragraph(("3 < 5",)),))
    >>> printed = write_pdf(Document(title="Burglary", kicker="Diagnosis", lead="", made_line=(),
    ...     sections=(section,)), made_on=date(2026, 11, 27))
    >>> printed.data[:5], printed.standard
    (b'%PDF-', 'PDF/UA-1, PDF/A-2a')
    """
    from typst import TypstError

    source, data = typst_source(*_SOURCES), document_data(document, made_on=made_on)
    try:
        return PrintedPdf(data=set_pdf(source, data, standards=_STANDARDS))
    except TypstError as refusal:
        reason = _reason(data, refusal.diagnostic)
    try:
        made = set_pdf(source, data, standards=())
    except TypstError:
        made = set_pdf(source, _without_drawings(data), standards=())
        reason = message(
            "A picture could not be drawn and its description is printed instead, so the PDF is "
            "not certain to meet the standards for archives and screen readers."
        )
    return PrintedPdf(data=made, warnings=(reason,), standard="")


def _reason(data: dict[str, Any], diagnostic: str) -> Message:
    """Say in one sentence why the standards cannot be met."""
    named = [*_NOT_SHOWN.findall(diagnostic), *_PRIVATE.findall(diagnostic)]
    letters = list(dict.fromkeys("".join(_unescaped(name) for name in named)))
    if not letters:
        return message(
            "The PDF is not certain to meet the standards for archives and screen readers."
        )
    return plural_message(
        "No font holds the character {characters}, first met in “{place}”. The PDF shows a box "
        "for it and may not meet archive standards.",
        "No font holds the {count} characters {characters}, first met in “{place}”. The PDF shows "
        "boxes for them and may not meet archive standards.",
        len(letters),
        characters=Listing([_named(letter) for letter in letters[:_MOST_NAMED]]),
        place=_place_of(data, letters),
    )


def _unescaped(name: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name)


def _named(letter: str) -> str:
    return f"{letter} (U+{ord(letter):04X})" if letter.isprintable() else f"U+{ord(letter):04X}"


def _place_of(data: dict[str, Any], letters: list[str]) -> str:
    """Return the heading of the first section that holds one of the letters, or the title."""
    for section in data["sections"]:
        if any(letter in text for text in _texts(section) for letter in letters):
            return str(section["heading"])
    return str(data["title"])


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)


def _without_drawings(part: Any) -> Any:
    """Return the same content with every drawing taken out; its description remains."""
    if isinstance(part, dict):
        return {
            name: None if name == "drawing" else _without_drawings(value)
            for name, value in part.items()
        }
    if isinstance(part, list | tuple):
        return [_without_drawings(value) for value in part]
    return part
