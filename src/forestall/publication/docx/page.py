"""This file knows the pages of a Word file: A4, a running title, and the number of each page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import say
from forestall.publication.docx import looks
from forestall.publication.docx.markup import clean, w
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.runs import FIELD, field_runs, sentence_runs, text_runs

if TYPE_CHECKING:
    from docx.section import _BaseHeaderFooter
    from lxml.etree import _Element

    from forestall.publication.docx.writing import Writing


def set_up_pages(writing: Writing, *, title: str) -> None:
    """Set the paper, the running title from the second page on, and the page numbers."""
    section = writing.word.sections[0]
    properties = section._sectPr
    properties.extend(_paper(writing))
    section.different_first_page_header_footer = True
    numbers = [_page_number(writing) for _ in range(2)]
    _fill(section.header, paragraph("Header", text_runs(clean(title), writing), writing))
    _fill(section.first_page_header, paragraph("Normal", [], writing))
    _fill(section.footer, numbers[0])
    _fill(section.first_page_footer, numbers[1])


def _paper(writing: Writing) -> list[_Element]:
    margins = w(
        "pgMar",
        top=looks.TOP,
        right=looks.SIDE,
        bottom=looks.BOTTOM,
        left=looks.SIDE,
        header=624,
        footer=567,
        gutter=0,
    )
    parts = [w("pgSz", w=looks.PAGE_WIDTH, h=looks.PAGE_HEIGHT), margins, w("cols", space=708)]
    return [*parts, w("bidi")] if writing.mirrored else parts


def _page_number(writing: Writing) -> _Element:
    sentence = say("Page {page} of {pages}", page=FIELD, pages=FIELD)
    fields = (field_runs("PAGE", "1"), field_runs("NUMPAGES", "1"))
    return paragraph("Footer", sentence_runs(sentence, fields, writing), writing)


def _fill(part: _BaseHeaderFooter, content: _Element) -> None:
    """Put one paragraph into a head or foot."""
    part.is_linked_to_previous = False
    root = part._element
    for child in list(root):
        root.remove(child)
    root.append(content)
