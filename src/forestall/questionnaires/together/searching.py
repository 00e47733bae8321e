"""This file knows how words are found in what states wrote: without case, accents and signs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_AROUND = 90
_MOST_WORDS = 8


@dataclass(frozen=True, kw_only=True)
class Snippet:
    """A piece of a text around the first place that was found.

    Attributes
    ----------
    before, found, after
        The piece in its parts; what was cut off is marked by "…".
    """

    before: str
    found: str
    after: str


def folded(text: str) -> str:
    """Return the words of a text as they are compared, with a space before each.

    Examples
    --------
    >>> folded("L’École, à Zürich")
    ' l ecole a zurich'
    """
    return _with_places(text)[0].rstrip()


def find_in(wanted: str) -> tuple[str, ...]:
    """Return the pieces that all have to stand in a folded text; none for no words.

    A word is found where another begins with it. Chinese is written without spaces, so a word of
    it is found anywhere.

    Examples
    --------
    >>> find_in("École  jeunes"), find_in("青年"), find_in(" – ")
    ((' ecole', ' jeunes'), ('青年',), ())
    """
    words = folded(wanted).split()[:_MOST_WORDS]
    return tuple(one if ord(one[0]) >= _IDEOGRAPHS else f" {one}" for one in words)


def snippet_of(text: str, wanted: str) -> Snippet:
    """Return a piece of a text around the first of the words that are looked for.

    Examples
    --------
    >>> snippet_of("Our schools and their pupils", "SCHOOL")
    Snippet(before='Our ', found='schools', after=' and their pupils')
    """
    plain, places = _with_places(text)
    for piece in find_in(wanted):
        at = plain.find(piece)
        if at >= 0:
            begin = places[at + (piece[0] == " ")]
            end = _end_of_word(text, places[at + len(piece) - 1] + 1, piece)
            break
    else:
        begin = end = 0
    first, last = max(0, begin - _AROUND), min(len(text), end + _AROUND)
    return Snippet(
        before=("…" if first else "") + text[first:begin],
        found=text[begin:end],
        after=text[end:last] + ("…" if last < len(text) else ""),
    )


def _with_places(text: str) -> tuple[str, list[int]]:
    """Return the words of a text, and for each of its signs where it stands in the text."""
    plain, places = [" "], [0]
    for at, sign in enumerate(text):
        for one in unicodedata.normalize("NFKD", sign):
            if unicodedata.combining(one):
                continue
            if one.isalnum():
                kept = one.casefold()
                plain += kept
                places += [at] * len(kept)
            elif plain[-1] == " ":
                places[-1] = at
            else:
                plain.append(" ")
                places.append(at)
    return "".join(plain), places


def _end_of_word(text: str, at: int, piece: str) -> int:
    while piece[0] == " " and at < len(text) and (text[at].isalnum() or _is_mark(text[at])):
        at += 1
    return at


def _is_mark(sign: str) -> bool:
    return bool(unicodedata.combining(sign))


_IDEOGRAPHS = 0x2E80
