"""This file knows where the direction of writing changes inside a text.

Word does not follow the isolates of Unicode (U+2066 to U+2069), and text with both directions has
to be cut into runs that say theirs. What was isolated is set between direction marks, which Word
and other programs know: inside, the text keeps its own direction; outside, nobody notices it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LEFT, RIGHT = "ltr", "rtl"
_MARKS = {LEFT: "\u200e", RIGHT: "\u200f"}
_FIRST_STRONG = "first strong"
_ISOLATES = {"\u2066": LEFT, "\u2067": RIGHT, "\u2068": _FIRST_STRONG}
_END = "\u2069"
# Embeddings and overrides: ECMA-376 leaves open what they do in a text (annex I.7).
_DROPPED = dict.fromkeys(range(0x202A, 0x202F))
_STRONG = {"L": LEFT, "R": RIGHT, "AL": RIGHT}
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_WORD = re.compile(r"\w")
_BRACKET = re.compile(r"[()\[\]{}]")
_PLAIN_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Stretch:
    """A part of a text that is written in one direction."""

    text: str
    direction: str


def cut_into_stretches(text: str, base: str) -> tuple[Stretch, ...]:
    r"""Cut a text where its direction changes; ``base`` is the direction of the paragraph.

    Examples
    --------
    >>> cut_into_stretches("Half of it", "ltr")
    (Stretch(text='Half of it', direction='ltr'),)
    >>> [part.direction for part in cut_into_stretches("نصف \u206610\u00a0%\u2069 في Leeds", "rtl")]
    ['rtl', 'ltr', 'rtl', 'ltr']
    """
    if base == LEFT and not _RIGHT_TO_LEFT.search(text):
        return (Stretch(text, base),) if text else ()
    if base == RIGHT and _WORD.search(text) and not _RIGHT_TO_LEFT.search(text):
        return _joined(_set_apart(text, LEFT, base))
    parts: list[Stretch] = []
    for piece, inside in _isolated_pieces(text.translate(_DROPPED)):
        if inside:
            parts += _set_apart(piece, inside, base)
        else:
            parts += _by_letters(piece, base)
    return _joined(parts)


def _isolated_pieces(text: str) -> list[tuple[str, str]]:
    """Cut at isolates; the second of a pair is the direction inside, empty outside."""
    pieces: list[tuple[str, str]] = []
    piece, inside, depth = "", "", 0
    for letter in text:
        if letter in _ISOLATES:
            depth += 1
            if depth == 1:
                pieces.append((piece, ""))
                piece, inside = "", _ISOLATES[letter]
        elif letter == _END:
            depth = max(depth - 1, 0)
            if depth == 0:
                pieces.append((piece, inside))
                piece, inside = "", ""
        else:
            piece += letter
    return [*pieces, (piece, inside)]


def _first_strong(text: str) -> str:
    found = (_STRONG.get(unicodedata.bidirectional(letter)) for letter in text)
    return next((direction for direction in found if direction), LEFT)


def _set_apart(piece: str, inside: str, base: str) -> list[Stretch]:
    """Hold an isolated text together; a plain number needs nothing for that."""
    if inside == _FIRST_STRONG:
        inside = _first_strong(piece)
    if inside == base:
        return _by_letters(piece, base)
    if _PLAIN_NUMBER.fullmatch(piece):
        return [Stretch(piece, inside)]
    mark, outside = _MARKS[inside], _MARKS[base]
    words = piece.strip()
    before, after = piece[: piece.find(words)], piece[piece.find(words) + len(words) :]
    return [
        Stretch(f"{before}{outside}", base),
        Stretch(mark, inside),
        *_by_letters(words, inside),
        Stretch(mark, inside),
        Stretch(f"{outside}{after}", base),
    ]


def _by_letters(text: str, base: str) -> list[Stretch]:
    """Cut where strong letters change; what is between two of a kind goes with them."""
    kinds = [_STRONG.get(unicodedata.bidirectional(letter)) for letter in text]
    parts: list[Stretch] = []
    start, at = 0, 0
    while at < len(text):
        if kinds[at] is None or kinds[at] == base:
            at += 1
            continue
        end = _end_of_foreign(text, kinds, at, base)
        parts += [Stretch(text[start:at], base), Stretch(text[at:end], kinds[at] or base)]
        start = at = end
    return [*parts, Stretch(text[start:], base)]


def _end_of_foreign(text: str, kinds: list[str | None], at: int, base: str) -> int:
    """Return where letters against the direction of the paragraph end."""
    last = at
    for here in range(at, len(text)):
        if kinds[here] == base:
            break
        digit = text[here].isdigit() and not _BRACKET.search(text[last:here])
        # A digit after a Latin letter is read with it: "v3.0".
        if kinds[here] is not None or (base == RIGHT and digit):
            last = here
    return last + 1


def _joined(parts: list[Stretch]) -> tuple[Stretch, ...]:
    joined: list[Stretch] = []
    for part in parts:
        if not part.text:
            continue
        if joined and joined[-1].direction == part.direction:
            joined[-1] = Stretch(joined[-1].text + part.text, part.direction)
        else:
            joined.append(part)
    return tuple(joined)
