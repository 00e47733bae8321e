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
    """Return the value that a word names; spaces and capitals do not matter.

    Raises
    ------
    InvalidCommand
        If there is no such value; the nearest are named.
    """
    known = {one.value: one for one in kind}
    asked = "-".join(word.casefold().split())
    if asked in known:
        return known[asked]
    near = get_close_matches(asked, known, n=3, cutoff=0.5) or list(known)
    raise InvalidCommand(f"There is no {what} “{word}”; there is {', '.join(near)}.")


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


def check_facets(
    chosen: Mapping[str, Sequence[str]], known: Mapping[str, Mapping[str, int]]
) -> None:
    """Refuse a filter that nothing has, and name the nearest.

    Raises
    ------
    InvalidCommand
        With the first that is unknown.
    """
    for name, values in chosen.items():
        there = known.get(name, {})
        for value in values:
            if value not in there:
                near = get_close_matches(value, there, n=3, cutoff=0.5) or list(there)
                raise InvalidCommand(
                    f"Nothing has the {name} “{value}”; there is {', '.join(near)}."
                )


def tell_written(published: Published) -> None:
    """Print the findings of a page, and where it is."""
    from forestall.languages import say

    for finding in published.findings:
        print(f"- {finding}")
    for warning in published.warnings:
        print(warning)
    print(say("The page is {page}", page=str(published.page)))
