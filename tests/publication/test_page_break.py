"""A page break begins a page in print and in Word, and changes nothing on a screen."""

from __future__ import annotations

import io
from datetime import date

from docx import Document as WordFile

from forestall.publication.blocks import Document, PageBreak, Paragraph, Section
from forestall.publication.docx import write_docx
from forestall.publication.html import write_html
from forestall.publication.pdf import write_pdf
from tests.publication.pdf_reading import opened


def document(*blocks):
    section = Section(id="plan", heading="Plan", blocks=blocks)
    return Document(title="Plan", kicker="Plan", lead="", made_line=(), sections=(section,))


BROKEN = document(Paragraph(("Before.",)), PageBreak(), Paragraph(("After.",)))
WHOLE = document(Paragraph(("Before.",)), Paragraph(("After.",)))


def pages_of(one):
    with opened(write_pdf(one, made_on=date(2026, 11, 26))) as pdf:
        return len(pdf.pages)


def test_print_begins_a_page():
    assert pages_of(BROKEN) == pages_of(WHOLE) + 1


def test_word_begins_a_page():
    word = WordFile(io.BytesIO(write_docx(BROKEN)))
    told = "".join(part.text for part in word.paragraphs)

    assert 'w:type="page"' in word.element.xml
    assert told.index("Before.") < told.index("After.")


def test_a_screen_shows_no_break():
    page = write_html(BROKEN)

    assert '<div class="page-break"></div>' in page
    assert "break-after:page" in page.split("@media print", 1)[1]
    assert "break-after:page" not in write_html(WHOLE)
