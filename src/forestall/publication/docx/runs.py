"""This file knows how words become runs of a Word file: plain, strong, links, chips, code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from forestall.languages import NO_BREAK_SPACE, joint
from forestall.publication.blocks import Link, Strong, Sure
from forestall.publication.docx import looks
from forestall.publication.docx.markup import clean, instruction, related, text_element, w
from forestall.publication.docx.stretches import LEFT, RIGHT, cut_into_stretches
from forestall.publication.docx.writing import bookmark_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from forestall.publication.docx.writing import Writing
    from forestall.results import Certainty

_BREAKS = re.compile(r"(\n|\t)")
_ADDRESS_SIGNS = ":/?#@!$&'()*+,;=%~"
# Stands for a field while a sentence is written, so that the translation decides where it goes.
# XML forbids it, so no text of a document holds it once it is clean.
FIELD = "\x00"


def runs_of(parts: Iterable[object], writing: Writing) -> list[_Element]:
    """Write the parts of a paragraph, with what stands between sentences of the language."""
    written: list[_Element] = []
    for at, part in enumerate(parts):
        if at:
            written += text_runs(joint(), writing)
        if isinstance(part, Strong):
            written += text_runs(part.text, writing, style="Strong")
        elif isinstance(part, Link):
            written += link_runs(part, writing)
        elif isinstance(part, Sure):
            written += chip_runs(part.certainty)
        else:
            written += text_runs(part, writing)
    return written


def text_runs(text: object, writing: Writing, *, style: str = "") -> list[_Element]:
    """Write a text as one run for each direction in it."""
    return [
        run(part.text, style=style, direction=part.direction)
        for part in cut_into_stretches(clean(str(text)), writing.direction)
    ]


def code_runs(text: object) -> list[_Element]:
    """Write a command or a checksum, from left to right in every language."""
    fonts = w("rFonts", ascii=looks.CODE, hAnsi=looks.CODE, cs=looks.CODE)
    return [run(clean(str(text)), style="CodeWords", letters=[fonts])]


def run(
    text: str, *, style: str = "", direction: str = LEFT, letters: Iterable[_Element] = ()
) -> _Element:
    """Write one run; line ends and tabs in the text stay what they are."""
    properties = [
        *([w("rStyle", val=style)] if style else []),
        *([w("rtl")] if direction == RIGHT else []),
        *letters,
    ]
    content = [
        w("br") if part == "\n" else w("tab") if part == "\t" else text_element(part)
        for part in _BREAKS.split(text.replace("\r\n", "\n").replace("\r", "\n"))
        if part
    ]
    return w("r", w("rPr", *properties) if properties else None, *content)


def chip_runs(certainty: Certainty, *, may_break: bool = False) -> list[_Element]:
    """Write how sure a comparison is: words in a frame, whose line tells the strength as well.

    A frame stays in one line unless it stands in a narrow cell, where it ``may_break``.
    """
    inside = clean(str(certainty.words))
    inside = inside if may_break else inside.replace(" ", NO_BREAK_SPACE)
    words = f"{NO_BREAK_SPACE}{inside}{NO_BREAK_SPACE}"
    mirrored = any(part.direction == RIGHT for part in cut_into_stretches(words, LEFT))
    style = chip_style(certainty.name)
    return [run(words, style=style, direction=RIGHT if mirrored else LEFT)]


def chip_style(name: str) -> str:
    """Return the style of the words for a certainty.

    Examples
    --------
    >>> chip_style("LITTLE_CHANGED")
    'SureLittleChanged'
    """
    return "Sure" + "".join(part.capitalize() for part in name.split("_"))


def link_runs(link: Link, writing: Writing) -> list[_Element]:
    """Write a link to a place in the document or to an address, which is printed too.

    A Word file travels without the folder it was made in, so it only names files of that folder.
    """
    words, target = str(link.text), clean(link.target)
    if target.startswith("#") and target[1:] in writing.targets:
        return [link_to(target[1:], text_runs(link.text, writing, style="Hyperlink"))]
    address = outside_address(target)
    if not target.startswith("#") and target.removeprefix("mailto:") not in words:
        words = f"{words} ({target})"
    if address:
        runs = text_runs(words, writing, style="Hyperlink")
        return [related(w("hyperlink", *runs, history=1), "id", writing.relate_address(address))]
    return text_runs(words, writing)


def outside_address(target: str) -> str:
    """Return an address on the web or for mail as Word takes it, or nothing.

    Examples
    --------
    >>> outside_address("https://data.police.uk/a b"), outside_address("javascript:alert(1)")
    ('https://data.police.uk/a%20b', '')
    """
    try:
        parts = urlsplit(target)
        whole = bool(parts.hostname) or (parts.scheme == "mailto" and bool(parts.path))
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https", "mailto"} or not whole:
        return ""
    return quote(target, safe=_ADDRESS_SIGNS)


def link_to(identifier: str, runs: list[_Element]) -> _Element:
    """Make runs lead to a place in the document."""
    return w("hyperlink", *runs, anchor=bookmark_name(identifier), history=1)


def field_runs(code: str, shown: str, *, direction: str = LEFT) -> list[_Element]:
    """Write a field that Word works out, with what it shows until then."""
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", instruction(code)),
        w("r", w("fldChar", fldCharType="separate")),
        *([run(shown, direction=direction)] if shown else []),
        w("r", w("fldChar", fldCharType="end")),
    ]


def sentence_runs(
    sentence: str, fields: Iterable[list[_Element]], writing: Writing
) -> list[_Element]:
    """Write a sentence in which each `FIELD` stands for a field."""
    waiting = iter(fields)
    written: list[_Element] = []
    for at, part in enumerate(sentence.split(FIELD)):
        if at:
            written += next(waiting, [])
        written += text_runs(part, writing)
    return written
