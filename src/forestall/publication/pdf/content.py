"""This file knows what of a document reaches the template of the PDF: texts, numbers, drawings.

Every text is written out in the language in force here; the template holds no words of its own.
"""

from __future__ import annotations

from dataclasses import asdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from forestall.languages import Sentences, direction, joint, language, say
from forestall.publication import blocks as b
from forestall.publication.figures import chart_figure, interval_figure, map_figure, map_legend
from forestall.publication.fixed_words import strength
from forestall.publication.fonts import font_families
from forestall.publication.palette import palette
from forestall.publication.pdf.blanks import blank_data
from forestall.publication.pdf.tables import (
    change_data,
    cross_data,
    grid_data,
    heat_data,
    legend_data,
    word_data,
)
from forestall.publication.pdf.texts import clean, clean_lines, plain, plain_runs, runs_data
from forestall.publication.wholly_hidden import shown_or_told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from forestall.languages import Text
    from forestall.publication.figures import Figure

Data = dict[str, Any]


def document_data(document: b.Document, *, made_on: date) -> Data:
    """Return the whole document, ready for JSON."""
    targets = _targets(document)
    tag, _, region = language().partition("-")
    return {
        "lang": tag,
        "region": region,
        "rtl": direction() == "rtl",
        "joint": joint(),
        "families": list(font_families()),
        "colours": dict(palette()),
        "date": [made_on.year, made_on.month, made_on.day],
        "title": clean(document.title) or clean(document.kicker) or "–",
        "subject": plain(document.lead),
        "name": plain(document.title) or plain(document.kicker) or "–",
        "kicker": clean(document.kicker),
        "lead": clean(document.lead),
        "made": runs_data(document.made_line, targets),
        "running": plain_runs(document.made_line),
        "page": clean(say("Page {page} of {pages}", page="{page}", pages="{pages}")),
        "sections": [_section(section, targets) for section in document.sections],
        "foot": [clean(line) for line in document.foot],
    }


def _targets(document: b.Document) -> set[str]:
    """Return what links inside the document can lead to."""
    headings = (
        part.id
        for section in document.sections
        for part in section.blocks
        if isinstance(part, b.Heading)
    )
    return {name for name in (*(section.id for section in document.sections), *headings) if name}


def _section(section: b.Section, targets: Collection[str]) -> Data:
    heading = clean(section.heading) or "–"
    return {
        "id": section.id,
        "heading": f"{section.number}. {heading}" if section.number else heading,
        "question": clean(section.question),
        "blocks": _blocks(section.blocks, targets),
    }


def _blocks(parts: Iterable[b.Block], targets: Collection[str]) -> list[Data]:
    return _said_once([one for part in parts for one in _block(part, targets)])


def _said_once(parts: list[Data]) -> list[Data]:
    """Join the words that open a part on a page with what follows on a page of its own.

    They are left out where its title says the same.
    """
    kept: list[Data] = []
    for part, after in pairwise([*parts, {}]):
        opens = part["kind"] == "opened"
        if opens and after.get("sideways"):
            after["opened"] = part["title"]
        elif not opens or part["title"] != after.get("title"):
            kept.append(part)
    return kept


def _block(part: b.Block, targets: Collection[str]) -> list[Data]:
    """Return what a block becomes: one part of the page, or a few."""
    part = shown_or_told(part)
    if isinstance(part, b.Details):
        return [{"kind": "opened", "title": clean(part.summary)}, *_blocks(part.blocks, targets)]
    if isinstance(part, b.Chart | b.Multiples | b.Map):
        return _pictures(part, targets)
    if isinstance(part, b.CrossTable):
        return cross_data(part)
    if isinstance(part, b.Table):
        return grid_data(part)
    return [_one(part, targets)]


def _one(part: b.Block, targets: Collection[str]) -> Data:
    match part:
        case b.ChangeTable():
            data = change_data(part)
        case b.HeatTable():
            data = heat_data(part)
        case b.WordTable():
            data = word_data(part, targets)
        case b.Findings():
            data = {
                "kind": "findings",
                "findings": [_finding(one, targets) for one in part.findings],
            }
        case b.Paragraph():
            data = {"kind": "paragraph", "runs": runs_data(part.runs, targets)}
        case _:
            data = _words(part)
    return data


def _words(part: b.Block) -> Data:
    match part:
        case b.Heading():
            data: Data = {"kind": "heading", "text": clean(part.text) or "–", "id": part.id}
        case b.Items():
            data = {"kind": "items", "items": _items(part.items)}
        case b.KeyNumbers():
            data = {"kind": "numbers", "numbers": [_number(one) for one in part.numbers]}
        case b.Box():
            data = _box(part)
        case b.Source():
            data = {"kind": "source", "text": _joined(part.sentences)}
        case b.PageBreak():
            data = {"kind": "page-break"}
        case b.Facts():
            data = {"kind": "facts", "facts": [_fact(fact) for fact in part.facts]}
        case _:
            data = blank_data(part)
    return data


def _box(box: b.Box) -> Data:
    return {
        "kind": "box",
        "box": box.kind.value,
        "title": clean(box.title),
        "sentences": [clean(sentence) for sentence in box.sentences],
        "items": _items(box.items),
        "command": clean_lines(box.command),
    }


def _items(items: Iterable[b.Item]) -> list[Data]:
    return [{"lead": clean(item.lead), "text": clean(item.text)} for item in items]


def _number(one: b.KeyNumber) -> Data:
    return {"number": clean(one.number), "meaning": clean(one.meaning)}


def _fact(fact: b.Fact) -> Data:
    return {
        "term": clean(fact.term),
        "text": clean(fact.text),
        "code": clean_lines(fact.code),
    }


def _finding(finding: b.Finding, targets: Collection[str]) -> Data:
    bar = finding.interval
    return {
        "bold": clean(finding.bold),
        "then": clean(finding.then),
        "more": runs_data(finding.more, targets),
        "interval": None if bar is None else _interval(bar),
    }


def _interval(bar: b.IntervalBar) -> Data:
    chip = {"text": clean(bar.certainty.words), "chip": strength(bar.certainty)}
    return {**_drawn(interval_figure(bar)), "caption": [{"text": clean(bar.caption)}, chip]}


def _pictures(part: b.Chart | b.Multiples | b.Map, targets: Collection[str]) -> list[Data]:
    """Return a picture with its source, and the tables behind it."""
    shown: Data = {
        "title": clean(part.title),
        "sub": clean(part.subtitle),
        "source": _joined(part.source),
    }
    behind: tuple[b.Block, ...] = ()
    match part:
        case b.Map():
            shown |= {"kind": "map", "legend": legend_data(map_legend(part))}
            shown |= _drawn(map_figure(part))
        case b.Chart():
            shown |= {"kind": "chart", **_drawn(chart_figure(part))}
            behind = (part.behind,) if part.behind is not None else ()
        case b.Multiples():
            charts = [
                {"title": clean(one.title), **_drawn(chart_figure(one))} for one in part.charts
            ]
            shown |= {"kind": "multiples", "charts": charts}
            behind = part.behind
    if not behind or isinstance(part, b.Map):
        return [shown]
    return [shown, {"kind": "opened", "title": clean(part.behind_words)}, *_blocks(behind, targets)]


def _drawn(figure: Figure) -> Data:
    return {"drawing": asdict(figure.alone), "alt": plain(figure.alt) or "–"}


def _joined(sentences: Iterable[Text]) -> str:
    return clean(Sentences(tuple(sentences)))
