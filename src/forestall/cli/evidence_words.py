"""This file knows how words of a command line become values of the vocabulary, or are refused."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from forestall.errors import InvalidCommand, InvalidOutput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from enum import StrEnum
    from pathlib import Path

    from forestall.evidence.collected import EvidenceCollection
    from forestall.publication import Published

    E = TypeVar("E", bound=StrEnum)


def collected(folders: Sequence[Path] | None) -> EvidenceCollection:
    """Return the packaged evidence with what folders add, and say what had to be left out."""
    from forestall.evidence.collected import collect_evidence
    from forestall.languages import say

    found = collect_evidence(folders or ())
    for one in found.left_out:
        print(say("Left out: {file}. {reason}", file=one.file, reason=one.reason))
    return found


def value_of(kind: type[E], word: str, *, what: str) -> E:
    """Return the value that a word names, also by an everyday word in any of six languages.

    Raises
    ------
    InvalidCommand
        If there is no such value; the nearest and all that are possible are named.
    """
    from forestall.evidence.everyday_words import value_meant

    meant = value_meant(kind, word)
    if meant is None:
        known = [one.value for one in kind]
        raise InvalidCommand(f"There is no {what} “{word}”; {_possible(word, known)}.")
    return meant


def values_of(kind: type[E], words: Iterable[str] | None, *, what: str) -> tuple[E, ...]:
    """Return the values that words name, with commas between them or given one by one."""
    asked = [part.strip() for word in words or () for part in word.split(",")]
    return tuple(value_of(kind, word, what=what) for word in dict.fromkeys(asked) if word)


def check_file(path: Path, *, suffix: str) -> None:
    """Refuse a place where a file cannot be written, before any work is done.

    Raises
    ------
    InvalidOutput
        If its folder is not there, it is a folder itself, or its name has another end.
    """
    if path.suffix.casefold() != suffix:
        raise InvalidOutput(
            f"A file that ends with {suffix} is needed, but “{path.name}” does not."
        )
    if path.is_dir() or not path.parent.is_dir():
        reason = "is a folder" if path.is_dir() else "lies in a folder that is not there"
        raise InvalidOutput(f"“{path.name}” cannot be written: it {reason}.")


def meant_facets(
    chosen: Mapping[str, Sequence[str]], known: Mapping[str, Mapping[str, int]]
) -> dict[str, list[str]]:
    """Return filters in the words of the vocabulary.

    Raises
    ------
    InvalidCommand
        With the first that nothing has; the nearest and all that are possible are named.
    """
    return {
        name: [_meant(name, value, known.get(name, {})) for value in values]
        for name, values in chosen.items()
    }


def _meant(name: str, value: str, there: Mapping[str, int]) -> str:
    from forestall.evidence.everyday_words import value_meant
    from forestall.evidence.vocabulary import (
        Approach,
        Level,
        Outcome,
        Population,
        Problem,
        Setting,
    )

    if value in there:
        return value
    kinds: dict[str, type[StrEnum]] = {
        "problem": Problem,
        "approach": Approach,
        "level": Level,
        "setting": Setting,
        "group": Population,
        "outcome": Outcome,
    }
    meant = value_meant(kinds[name], value) if name in kinds else None
    if meant is None or meant.value not in there:
        raise InvalidCommand(f"Nothing has the {name} “{value}”; {_possible(value, there)}.")
    return meant.value


def _possible(word: str, known: Iterable[str]) -> str:
    names = list(known)
    near = get_close_matches("-".join(word.casefold().split()), names, n=3, cutoff=0.5)
    nearest = f"the nearest is {' or '.join(near)}; " if near else ""
    return f"{nearest}possible are {', '.join(names)}"


def tell_written(published: Published) -> None:
    """Print the findings of a page, and where it is."""
    from forestall.languages import say

    for finding in published.findings:
        print(f"- {finding}")
    for warning in published.warnings:
        print(warning)
    print(say("The page is {page}", page=str(published.page)))
