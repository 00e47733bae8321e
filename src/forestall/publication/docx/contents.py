"""This file knows the table of contents: written out, and a field that Word can renew.

Entries and links are there from the start. Only the numbers of the pages are left to Word, which
alone knows them; it fills them in before it prints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import say
from forestall.publication.docx.markup import instruction, w
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.runs import field_runs, text_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from forestall.publication.docx.writing import Writing


def contents(headings: Sequence[str], writing: Writing) -> _Element:
    """Return the table of contents as Word keeps it, for sections in their order."""
    entries = [_entry(at, words, writing) for at, words in enumerate(headings, start=1)]
    if entries:
        _insert_field(entries)
    title = paragraph("TOCHeading", text_runs(say("Contents"), writing), writing)
    kind = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    return w("sdt", w("sdtPr", kind), w("sdtContent", title, *entries))


def place_of(section: int) -> str:
    """Return the name of the place where a section begins, as Word itself would name it."""
    return f"_Toc{section:09d}"


def _entry(at: int, words: str, writing: Writing) -> _Element:
    place = place_of(at)
    page = field_runs(f"PAGEREF {place} \\h", "")
    link = w(
        "hyperlink", *text_runs(words, writing), w("r", w("tab")), *page, anchor=place, history=1
    )
    return paragraph("TOC1", [link], writing)


def _insert_field(entries: list[_Element]) -> None:
    """Let the field begin in the first entry and end in the last."""
    first, last = entries[0], entries[-1]
    begin = [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", instruction('TOC \\o "1-1" \\h \\z \\u')),
        w("r", w("fldChar", fldCharType="separate")),
    ]
    for at, part in enumerate(begin, start=1):
        first.insert(at, part)
    last.append(w("r", w("fldChar", fldCharType="end")))
