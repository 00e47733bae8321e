"""This file knows which piece of a text answers a question, and which words in it were looked for.

Words are marked by their places, never by markup, so that a page, a print and a notebook each show
them in their own way.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.evidence.search.concepts import find_mentions
from forestall.evidence.search.tokens import (
    Script,
    Token,
    pairs,
    primary_language,
    read_tokens,
    stem_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from forestall.evidence.search.questions import Term

LENGTH = 240
"""Characters of a fragment, give or take a word."""

_LEAD = 60


@dataclass(frozen=True, kw_only=True)
class Fragment:
    """A piece of a text with the words that were looked for.

    Attributes
    ----------
    text
        The piece, as it stands in the document.
    spans
        Start and end of each word looked for, in characters of ``text``; none overlaps another.
    is_cut_before, is_cut_after
        Whether the document goes on before or after it.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    is_cut_before: bool
    is_cut_after: bool

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """Return the text in pieces, each with whether it was looked for.

        Examples
        --------
        >>> Fragment(text="less theft", spans=((5, 10),), is_cut_before=False,
        ...          is_cut_after=False).pieces
        (('less ', False), ('theft', True))
        """
        found, place = [], 0
        for start, end in self.spans:
            found += [(self.text[place:start], False), (self.text[start:end], True)]
            place = end
        found.append((self.text[place:], False))
        return tuple(piece for piece in found if piece[0])


@dataclass(frozen=True, slots=True, order=True)
class _Mark:
    start: int
    end: int
    term: int


def mark_all(text: str, *, language: str, terms: Sequence[Term]) -> Fragment:
    """Return a whole text, such as a title, with the words that were looked for."""
    marks = _find_marks(text, read_tokens(text), language=language, terms=terms)
    return Fragment(
        text=text, spans=_joined(marks, 0, len(text)), is_cut_before=False, is_cut_after=False
    )


def find_fragment(text: str, *, language: str, terms: Sequence[Term]) -> Fragment:
    """Return the piece of a text with the most of what was looked for; else its beginning."""
    tokens = read_tokens(text)
    marks = _find_marks(text, tokens, language=language, terms=terms)
    start, end = _best_window(tokens, marks, len(text))
    return Fragment(
        text=text[start:end],
        spans=_joined(marks, start, end),
        is_cut_before=start > 0,
        is_cut_after=end < len(text),
    )


def _find_marks(
    text: str, tokens: Sequence[Token], *, language: str, terms: Sequence[Term]
) -> list[_Mark]:
    language = primary_language(language)
    marks = {
        _Mark(tokens[first].start, tokens[stop - 1].end, term)
        for first, stop, term in (
            *_matching_words(tokens, language, terms),
            *_matching_phrases(tokens, terms),
            *_matching_things(tokens, language, terms),
        )
    }
    return sorted(marks)


def _matching_words(
    tokens: Sequence[Token], language: str, terms: Sequence[Term]
) -> Iterator[tuple[int, int, int]]:
    by_word, by_stem = defaultdict(set), defaultdict(set)
    beginnings = []
    for number, term in enumerate(terms):
        for word in term.words:
            by_word[word.folded].add(number)
            for stem in word.stems:
                by_stem[stem].add(number)
            if word.is_beginning:
                beginnings.append((word.folded, number))
    for place, token in enumerate(tokens):
        found = by_word[token.folded] | by_stem[stem_of(token, language=language)]
        found |= {term for start, term in beginnings if token.folded.startswith(start)}
        yield from ((place, place + 1, term) for term in found)
    for place, pair in pairs(tokens):
        yield from ((place, place + 2, term) for term in by_stem[pair])


def _matching_phrases(
    tokens: Sequence[Token], terms: Sequence[Term]
) -> Iterator[tuple[int, int, int]]:
    words = [token.folded for token in tokens]
    for number, term in enumerate(terms):
        length = len(term.phrase)
        for first in range(len(words) - length + 1) if length else ():
            if tuple(words[first : first + length]) == term.phrase:
                yield first, first + length, number


def _matching_things(
    tokens: Sequence[Token], language: str, terms: Sequence[Term]
) -> Iterator[tuple[int, int, int]]:
    if not any(term.concepts for term in terms):
        return
    latin = language if language in Script.LATIN.languages else "en"
    for mention in find_mentions(tokens, languages=[latin]):
        for number, term in enumerate(terms):
            if mention.concept in term.concepts:
                yield mention.first, mention.stop, number


def _best_window(tokens: Sequence[Token], marks: Sequence[_Mark], length: int) -> tuple[int, int]:
    """Return where the piece starts and ends that has the most different terms, then most marks."""
    if length <= LENGTH or not tokens:
        return 0, min(length, LENGTH)
    anchor, best = 0, (0, 0)
    for first, mark in enumerate(marks):
        inside = []
        for later in marks[first:]:
            if later.end > mark.start + LENGTH - _LEAD:
                break
            inside.append(later.term)
        worth = (len(set(inside)), len(inside))
        if worth > best:
            anchor, best = mark.start, worth
    starts = [token.start for token in tokens if token.start >= anchor - _LEAD]
    start = 0 if anchor <= _LEAD else min(starts[0], anchor)
    if length - start < LENGTH:
        return start, length
    ends = [token.end for token in tokens if start < token.end <= start + LENGTH]
    return start, ends[-1] if ends else start + LENGTH


def _joined(marks: Sequence[_Mark], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the marks within a piece as spans of it, those that overlap as one."""
    spans: list[tuple[int, int]] = []
    for mark in marks:
        if mark.start < start or mark.end > end:
            continue
        if spans and mark.start - start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], mark.end - start))
        else:
            spans.append((mark.start - start, mark.end - start))
    return tuple(spans)
