"""This file knows words of the field that mean one thing, within a language and across six.

The table ``words.csv`` is ours: one concept, its words in Arabic, Chinese, English, French, Russian
and Spanish. It lets «cambriolage» find an English text on burglary, and "break-in" one on burglary.
It is no dictionary: a word that is not in it finds its own language only.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.evidence.search.stop_words import STOP_WORDS
from forestall.evidence.search.tokens import Script, Token, read_tokens, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TABLE = Path(__file__).parent / "words.csv"


@dataclass(frozen=True, kw_only=True)
class FieldWord:
    """A word, or some words, for a thing of the field in one language."""

    concept: str
    language: str
    word: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text, from the first to before the last, that name a thing of the field."""

    first: int
    stop: int
    concept: str


@cache
def read_field_words() -> tuple[FieldWord, ...]:
    """Read the table of words that mean one thing.

    Examples
    --------
    >>> sorted({row.language for row in read_field_words()})
    ['ar', 'en', 'es', 'fr', 'ru', 'zh']
    """
    with _TABLE.open(encoding="utf-8", newline="") as stream:
        return tuple(FieldWord(**row) for row in csv.DictReader(stream))


def find_mentions(tokens: Sequence[Token], *, languages: Sequence[str]) -> list[Mention]:
    """Find all words that name a thing of the field, also those within longer ones.

    Parameters
    ----------
    tokens
        The words of a text.
    languages
        The languages that Latin words are looked up in; other writings have one language each.

    Examples
    --------
    >>> [mention.concept for mention in
    ...     find_mentions(read_tokens("vol d'une voiture"), languages=["fr"])]
    ['vehicle-theft', 'theft']
    """
    found = set()
    for language in _languages_in(tokens, languages):
        stems = [_stem(token, language) for token in tokens]
        table = _patterns()[language]
        for first, word in enumerate(stems):
            for pattern, concept in table.get(word, ()):
                stop = _stop_of_match(pattern, stems, first, language=language)
                if stop is not None:
                    found.add(Mention(first, stop, concept))
    return sorted(found, key=lambda mention: (mention.first, -mention.stop, mention.concept))


def find_longest_mentions(tokens: Sequence[Token]) -> list[tuple[int, int, frozenset[str]]]:
    """Find the longest words that name things of the field, none over another.

    A question does not say its language: Latin words are looked up in all three.

    Examples
    --------
    >>> [(first, stop, set(concepts)) for first, stop, concepts in
    ...     find_longest_mentions(read_tokens("car theft"))]
    [(0, 2, {'vehicle-theft'})]
    """
    mentions = find_mentions(tokens, languages=Script.LATIN.languages)
    by_span: dict[tuple[int, int], set[str]] = {}
    for mention in mentions:
        by_span.setdefault((mention.first, mention.stop), set()).add(mention.concept)
    taken: set[int] = set()
    kept = []
    for (first, stop), concepts in sorted(
        by_span.items(), key=lambda item: (item[0][0] - item[0][1], item[0][0])
    ):
        if not taken & set(range(first, stop)):
            taken |= set(range(first, stop))
            kept.append((first, stop, frozenset(concepts)))
    return sorted(kept, key=lambda span: span[0])


@cache
def spellings_by_concept() -> dict[str, dict[str, str]]:
    """Return the single words of each thing of the field: how they are written, by folded word.

    Examples
    --------
    >>> spellings_by_concept()["burglary"]["cambriolage"]
    'cambriolage'
    """
    words: dict[str, dict[str, str]] = {}
    for row in read_field_words():
        for token in read_tokens(row.word):
            if token.script is not Script.HAN:
                written = row.word[token.start : token.end]
                words.setdefault(row.concept, {}).setdefault(token.folded, written)
    return words


@cache
def stems_of_the_field() -> frozenset[str]:
    """Return the stems of all words in the table.

    Examples
    --------
    >>> "cambriolag" in stems_of_the_field()
    True
    """
    return frozenset(
        stem(token.folded, row.language)
        for row in read_field_words()
        for token in read_tokens(row.word)
    )


def _languages_in(tokens: Sequence[Token], latin: Sequence[str]) -> Iterator[str]:
    scripts = {token.script for token in tokens}
    if Script.LATIN in scripts:
        yield from (language for language in latin if language in Script.LATIN.languages)
    for script in (Script.CYRILLIC, Script.ARABIC, Script.HAN):
        if script in scripts:
            yield from script.languages


def _stem(token: Token, language: str) -> str:
    """Return the stem, or nothing where the word is not written as the language is."""
    if language not in token.script.languages:
        # Chinese texts name some things by Latin letters, such as CCTV.
        return token.folded if token.script is Script.LATIN else ""
    if token.folded in STOP_WORDS:
        # French «des» has the same letters as the stem of Spanish «desarme».
        return f"={token.folded}"
    return stem(token.folded, language)


def _stop_of_match(
    pattern: tuple[str, ...], stems: Sequence[str], first: int, *, language: str
) -> int | None:
    """Return where the words end that match, with articles passed over, or None."""
    place = first
    for wanted in pattern:
        while place > first and place < len(stems) and stems[place] in _PASSED[language]:
            if stems[place] == wanted:
                break
            place += 1
        if place >= len(stems) or stems[place] != wanted:
            return None
        place += 1
    return place


@cache
def _patterns() -> dict[str, dict[str, list[tuple[tuple[str, ...], str]]]]:
    """Return by language and first stem the stems that name a thing of the field."""
    tables: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {
        language: {} for language in _PASSED
    }
    for row in read_field_words():
        stems = [_stem(token, row.language) for token in read_tokens(row.word)]
        pattern = tuple(word for word in stems if word not in _PASSED[row.language])
        tables[row.language].setdefault(pattern[0], []).append((pattern, row.concept))
    return tables


# Articles and "of": «vol de voiture», «vol d'une voiture» and «vols des voitures» are one thing.
# Other small words change the meaning ("theft from" is not "theft of") and are never passed over.
_PASSED = {
    "en": frozenset({"=the", "=a", "=an", "=of"}),
    "fr": frozenset({"=le", "=la", "=les", "=l", "=un", "=une", "=de", "=des", "=du", "=d"}),
    "es": frozenset({"=el", "=la", "=los", "=las", "=un", "=una", "=unos", "=unas", "=de", "=del"}),
    "ru": frozenset[str](),
    "ar": frozenset[str](),
    "zh": frozenset[str](),
}
