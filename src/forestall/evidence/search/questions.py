"""This file knows what somebody asks for: which words, which phrases, and what else says the same.

Any text is a question. Signs and operators of the search engine mean nothing here, because only
letters and digits reach it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from forestall.evidence.search.concepts import find_longest_mentions
from forestall.evidence.search.stop_words import STOP_SIGNS, STOP_WORDS
from forestall.evidence.search.tokens import Script, Token, pairs, read_tokens, stem
from forestall.languages import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Protocol

    class KnownWords(Protocol):
        """What an index knows about its words."""

        def has_word(self, token: Token) -> bool:
            """Say whether a text has the word in any form, or its meaning."""

        def has_beginning(self, beginning: str) -> bool:
            """Say whether a word of a text begins so."""

        def nearest(self, word: str) -> str | None:
            """Return the word of the index that was meant, if any."""

        def written(self, folded: str) -> str:
            """Return a word as texts write it."""


MOST_CHARACTERS = 1000
"""Characters of a question that are read."""

MOST_TERMS = 24
"""Words and phrases of a question that are looked for."""


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A word that no text has, and the word that was looked for instead."""

    asked: str
    corrected: str

    @property
    def words(self) -> Message:
        """Return the sentence that tells the reader.

        Examples
        --------
        >>> str(Correction(asked="burglery", corrected="burglary").words)
        'No text has “burglery”; “burglary” was searched instead.'
        """
        return message(
            "No text has “{asked}”; “{corrected}” was searched instead.",
            asked=self.asked,
            corrected=self.corrected,
        )


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word looked for: as it is written, by its stems, and perhaps as a beginning."""

    folded: str
    stems: frozenset[str]
    is_beginning: bool


@dataclass(frozen=True, kw_only=True)
class Term:
    """One thing asked for.

    Attributes
    ----------
    words
        The words that a text must have, in any order.
    phrase
        Words that a text must have just so, one after the other.
    concepts
        Things of the field; a text that names one in any language has the term.
    """

    words: tuple[Word, ...] = ()
    phrase: tuple[str, ...] = ()
    concepts: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody asks for, without repeats, and the words that were corrected."""

    terms: tuple[Term, ...]
    corrections: tuple[Correction, ...]


def read_question(text: str, *, known: KnownWords) -> Question:
    """Read what is asked for; words that no text has are corrected.

    Parameters
    ----------
    text
        What was typed. Words in quotation marks are looked for just so, one after the other.
    known
        The words of the index.
    """
    phrases, rest = _without_phrases(text[:MOST_CHARACTERS])
    tokens, corrections = _corrected(rest, known)
    terms = [*phrases, *_terms_of(tokens, known)]
    return Question(
        terms=tuple(dict.fromkeys(terms))[:MOST_TERMS],
        corrections=tuple(dict.fromkeys(corrections)),
    )


def _without_phrases(text: str) -> tuple[list[Term], str]:
    phrases = []
    for match in _QUOTED.finditer(text):
        words = tuple(token.folded for token in read_tokens(match.group()))
        if words:
            phrases.append(Term(phrase=words))
    return phrases, _QUOTED.sub(lambda match: " " * len(match.group()), text)


def _corrected(text: str, known: KnownWords) -> tuple[list[Token], list[Correction]]:
    tokens = read_tokens(text)
    read, corrections = [], []
    for token in tokens:
        near = None
        is_last = token is tokens[-1]
        if not (_is_known(token, known) or (is_last and known.has_beginning(token.folded))):
            near = known.nearest(token.folded)
        if near is not None:
            asked = text[token.start : token.end]
            corrections.append(Correction(asked=asked, corrected=known.written(near)))
        read.append(token if near is None else replace(token, folded=near))
    return read, corrections


def _is_known(token: Token, known: KnownWords) -> bool:
    return token.script is Script.HAN or token.folded in STOP_WORDS or known.has_word(token)


def _terms_of(tokens: Sequence[Token], known: KnownWords) -> Iterator[Term]:
    """Yield the things of the field and the other words, in the order of the question."""
    spans = find_longest_mentions(tokens)
    inside = {place for first, stop, _ in spans for place in range(first, stop)}
    others = [token for place, token in enumerate(tokens) if place not in inside]
    others = _without_stop_words(others) or ([] if spans else others)
    for first, stop, concepts in spans:
        named = tokens[first:stop]
        words = tuple(_words_of(_without_stop_words(named) or named, known))
        yield Term(words=words, concepts=concepts)
    last = tokens[-1] if tokens else None
    for word in _words_of(others, known, last=last):
        yield Term(words=(word,))


def _without_stop_words(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    for is_han, run in groupby(tokens, key=lambda token: token.script is Script.HAN):
        if is_han:
            kept += _without_stop_signs(list(run))
        else:
            kept += [token for token in run if token.folded not in STOP_WORDS]
    return kept


def _without_stop_signs(tokens: list[Token]) -> list[Token]:
    text = "".join(token.folded for token in tokens)
    left_out = {
        place for match in STOP_SIGNS.finditer(text) for place in range(match.start(), match.end())
    }
    if len(text) != len(tokens):
        return tokens
    return [token for place, token in enumerate(tokens) if place not in left_out]


def _words_of(
    tokens: Sequence[Token], known: KnownWords, *, last: Token | None = None
) -> Iterator[Word]:
    """Yield words; Chinese characters that touch are looked for in pairs, others alone."""
    paired: set[int] = set()
    for place, pair in pairs(tokens):
        paired |= {place, place + 1}
        yield Word(folded="", stems=frozenset({pair}), is_beginning=False)
    for place, token in enumerate(tokens):
        if place in paired:
            continue
        is_beginning = token is last and token.script is not Script.HAN
        yield Word(
            folded=token.folded,
            stems=stems_asked(token),
            # A whole word is not taken for a beginning: "car" would find "career".
            is_beginning=is_beginning and not known.has_word(token),
        )


def stems_asked(token: Token) -> frozenset[str]:
    """Return the stems of a word in every language that it may be of.

    Examples
    --------
    >>> sorted(stems_asked(read_tokens("agressions")[0]))
    ['agress', 'agressions']
    """
    return frozenset(stem(token.folded, language) for language in token.script.languages)


_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]|「[^」]*」|『[^』]*』|《[^》]*》")
