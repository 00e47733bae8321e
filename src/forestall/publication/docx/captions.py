"""This file knows how tables and figures are named and numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import say
from forestall.publication.docx.markup import clean
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.runs import FIELD, field_runs, sentence_runs, text_runs

if TYPE_CHECKING:
    from lxml.etree import _Element

    from forestall.publication.docx.writing import Writing

_TABLE, _FIGURE = "Table", "Figure"


def table_caption(title: object, writing: Writing) -> list[_Element]:
    """Name a table above it; one without a title has no number."""
    if not str(title):
        return []
    sentence = say("Table {number}. {title}", number=FIELD, title=clean(str(title)))
    return [_caption(sentence, _TABLE, writing)]


def figure_caption(title: object, subtitle: object, writing: Writing) -> list[_Element]:
    """Name a figure above it: the finding, then what is shown, where and when."""
    sentence = say("Figure {number}. {title}", number=FIELD, title=clean(str(title)))
    note = text_runs(subtitle, writing)
    named = [_caption(sentence, _FIGURE, writing)]
    return [*named, paragraph("CaptionNote", note, writing)] if note else named


def _caption(sentence: str, kind: str, writing: Writing) -> _Element:
    """Write a caption whose number Word counts again when tables come or go."""
    number = field_runs(f"SEQ {kind} \\* ARABIC", str(writing.next_number(kind)))
    return paragraph("Caption", sentence_runs(sentence, [number], writing), writing)
