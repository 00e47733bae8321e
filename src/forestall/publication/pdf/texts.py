"""This file knows how words reach the template: as plain text that every reader can show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from forestall.languages import NO_BREAK_SPACE, isolated, without_isolates
from forestall.publication.blocks import Link, Strong, Sure
from forestall.publication.fixed_words import strength

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from forestall.publication.blocks import Run

Data = dict[str, Any]
_ADDRESS = re.compile(r"(https?://|mailto:)\S+")
# Half a pair is no character; overrides in a name would turn the words after it round.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_OVERRIDES = re.compile("[\u202a-\u202e]")


def clean(value: object) -> str:
    r"""Return the words of a value in the language in force, on one line.

    Examples
    --------
    >>> clean("Mill\x00 Lane\n2"), clean("\u202eenaL")
    ('Mill Lane 2', 'enaL')
    """
    words = _UNWRITABLE.sub("\ufffd", _OVERRIDES.sub("", str(value)))
    line = re.sub(" {2,}", " ", _CONTROLS.sub(" ", words)).strip(" ")
    return isolated(re.sub("(?<=[0-9]) (?=%)", NO_BREAK_SPACE, line))


def plain(value: object) -> str:
    """Return the same without marks of direction, for what is heard or listed, not set."""
    return without_isolates(clean(value))


def clean_lines(value: object) -> str:
    """Return words of a value that may run over several lines, such as a command."""
    lines = str(value).split("\n")
    return "\n".join(" " * (len(line) - len(line.lstrip(" "))) + plain(line) for line in lines)


def runs_data(runs: Iterable[Run], targets: Collection[str] = ()) -> list[Data]:
    """Return runs as data; a link leads into the document, to an address, or says its file.

    Examples
    --------
    >>> from forestall.publication.blocks import Link
    >>> runs_data((Link("When", "#when"), Link("all", "tables/all.csv")), {"when"})
    [{'text': 'When', 'to': 'when'}, {'text': 'all (tables/all.csv)'}]
    """
    return [_run(run, targets) for run in runs]


def plain_runs(runs: Iterable[Run]) -> str:
    """Return the words of runs without links, for the foot of each page."""
    words = (clean(run.text if isinstance(run, Strong) else run) for run in runs if _is_text(run))
    return " ".join(words).strip(" ·")


def _is_text(run: Run) -> bool:
    return not isinstance(run, Link | Sure)


def _run(run: Run, targets: Collection[str]) -> Data:
    if isinstance(run, Strong):
        return {"text": clean(run.text), "strong": True}
    if isinstance(run, Sure):
        return {"text": clean(run.certainty.words), "chip": strength(run.certainty)}
    if isinstance(run, Link):
        return _link(clean(run.text), plain(run.target), targets)
    return {"text": clean(run)}


def _link(words: str, target: str, targets: Collection[str]) -> Data:
    if target.startswith("#"):
        return {"text": words, "to": target[1:]} if target[1:] in targets else {"text": words}
    if _ADDRESS.fullmatch(target):
        shown = words if target.removeprefix("mailto:") in words else f"{words} ({target})"
        return {"text": shown, "address": target}
    # A PDF travels without the folder that it was made in, so it names the file.
    return {"text": words if target in words else f"{words} ({target})"}
