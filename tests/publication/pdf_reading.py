"""This file knows how to look into a PDF: its tags, descriptions, bookmarks and words."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter
from datetime import date

import pikepdf
import pytest

from forestall.publication.pdf import write_pdf
from tests.publication.builders import document_of

DAY = date(2026, 11, 27)
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler (pdftotext, pdffonts) is not installed"
)


def printed(*blocks, **more):
    return write_pdf(document_of(*blocks, **more), made_on=DAY)


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf.data))


def poppler(program, pdf, *options):
    run = [program, *options, "-", *(["-"] if program == "pdftotext" else [])]
    found = subprocess.run(run, input=pdf.data, capture_output=True, check=True)
    return found.stdout.decode("utf-8")


def told(pdf):
    return re.sub(r"\s+", " ", poppler("pdftotext", pdf, "-raw"))


def tags_of(pdf):
    """Count the tags of the structure tree."""
    found: Counter[str] = Counter()

    def visit(node):
        if isinstance(node, pikepdf.Array):
            for one in node:
                visit(one)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node and "/P" in node:
                found[str(node.S)[1:]] += 1
            if "/K" in node:
                visit(node.K)

    with opened(pdf) as document:
        visit(document.Root.StructTreeRoot.K)
    return found


def alternative_texts(pdf):
    document = opened(pdf)
    return [
        str(one.Alt)
        for one in document.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure" and "/Alt" in one
    ]


def bookmarks(pdf):
    with opened(pdf) as document, document.open_outline() as outline:
        return [(one.title, [child.title for child in one.children]) for one in outline.root]
