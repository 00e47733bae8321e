"""This file knows how evidence is searched in six languages, with misspellings and by facets."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import InvalidFile, InvalidOutput
from forestall.evidence.search.concepts import spellings_by_concept, stems_of_the_field
from forestall.evidence.search.documents import EvidenceDocument, check_documents
from forestall.evidence.search.fragments import Fragment, find_fragment, mark_all
from forestall.evidence.search.questions import (
    Correction,
    Question,
    read_question,
    stems_asked,
)
from forestall.evidence.search.spelling import Vocabulary
from forestall.evidence.search.store import (
    APPLICATION,
    EDITION,
    check_full_text_search,
    entry_of,
    fill,
    rank,
    read_documents,
    read_spellings,
    read_vocabulary,
)
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from forestall.evidence.search.tokens import Token


@dataclass(frozen=True, kw_only=True)
class SearchHit:
    """One thing that a question led to.

    Attributes
    ----------
    key, kind
        Those of the document; several languages of one key are one hit.
    language
        Language of the version that answered best; the title and the fragment are taken from it.
    title, fragment
        The title, and the piece of the text with the most of what was looked for.
    score
        The larger, the better (bm25); it compares hits of one question only. 0 without a question.
    has_all_words
        False where no text has everything that was asked, and this one has some of it.
    corrections
        Words that no text has and what was looked for instead; the same for every hit.
    """

    key: str
    kind: str
    language: str
    title: Fragment
    fragment: Fragment
    score: float
    has_all_words: bool
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class _Ranked:
    number: int
    score: float
    has_all_words: bool


class EvidenceIndex:
    """Evidence that can be searched; made by `build_index` or `open_index`, and never changed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._one_at_a_time = threading.Lock()
        self.documents = read_documents(connection)
        self._known = _WordsOfIndex(connection)
        self._facets: dict[str, dict[str, set[str]]] = {}
        for document in self.documents:
            of_key = self._facets.setdefault(document.key, {})
            for name, values in document.facets.items():
                of_key.setdefault(name, set()).update(values)

    def find(
        self,
        question: str,
        *,
        facets: Mapping[str, str | Iterable[str]] | None = None,
        limit: int = 20,
    ) -> tuple[SearchHit, ...]:
        """Find the documents that answer a question, the best first.

        Parameters
        ----------
        question
            Words in any of the six languages. Words in quotation marks are looked for just so. The
            last word may be a beginning. Without a word, all documents are found in their order.
        facets
            One or several values by name of facet; a document must have one of each name's values.
        limit
            The most hits that are returned.

        Examples
        --------
        >>> index = build_index([
        ...     EvidenceDocument(key="alley-gating", kind="review", title="Alley gating",
        ...                      text="Gates across back alleys; fewer burglaries.")])
        >>> hit, = index.find("burglery")
        >>> hit.key, hit.corrections[0].corrected
        ('alley-gating', 'burglary')
        >>> [hit.key for hit in index.find("cambriolage")]
        ['alley-gating']
        """
        if limit < 1:
            raise ValueError(f"At least one hit must be allowed, not {limit}.")
        asked = read_question(question, known=self._known)
        chosen = _chosen(facets)
        ranked = [hit for hit in self._rank(asked) if self._fits(self._key(hit), chosen)]
        return tuple(self._hit(one, asked) for one in ranked[:limit])

    def facet_counts(
        self,
        question: str,
        *,
        facets: Mapping[str, str | Iterable[str]] | None = None,
    ) -> dict[str, dict[str, int]]:
        """Count what a question would lead to by each value of each facet.

        What is chosen in a facet does not count for that facet itself, so that a page can say what
        another choice would find. Values that would lead to nothing are left out.

        Examples
        --------
        >>> index = build_index([
        ...     EvidenceDocument(key="a", kind="review", title="Street lighting", text=""),
        ...     EvidenceDocument(key="b", kind="study", title="Lighting of a park", text="")])
        >>> index.facet_counts("lighting")["kind"]
        {'review': 1, 'study': 1}
        """
        chosen = _chosen(facets)
        keys = [self._key(hit) for hit in self._rank(read_question(question, known=self._known))]
        names = sorted({name for key in keys for name in self._facets[key]})
        counts: dict[str, dict[str, int]] = {}
        for name in names:
            others = {other: values for other, values in chosen.items() if other != name}
            counted = Counter(
                value
                for key in keys
                if self._fits(key, others)
                for value in self._facets[key].get(name, ())
            )
            if counted:
                counts[name] = dict(sorted(counted.items()))
        return counts

    def close(self) -> None:
        """Close the index; nothing can be found in it afterwards."""
        self._connection.close()

    def _rank(self, asked: Question) -> list[_Ranked]:
        """Return the best version of each key, the best key first."""
        if asked.terms:
            with self._one_at_a_time:
                scored, has_all_words = rank(self._connection, asked.terms)
        else:
            scored, has_all_words = [(number, 0.0) for number in range(len(self.documents))], True
        best: dict[str, _Ranked] = {}
        for number, score in scored:
            one = _Ranked(number, score, has_all_words)
            best.setdefault(self._key(one), one)
        return list(best.values())

    def _key(self, ranked: _Ranked) -> str:
        return self.documents[ranked.number].key

    def _fits(self, key: str, chosen: Mapping[str, frozenset[str]]) -> bool:
        has = self._facets[key]
        return all(values & has.get(name, set()) for name, values in chosen.items())

    def _hit(self, ranked: _Ranked, asked: Question) -> SearchHit:
        document = self.documents[ranked.number]
        language, terms = document.language, asked.terms
        return SearchHit(
            key=document.key,
            kind=document.kind,
            language=language,
            title=mark_all(document.title, language=language, terms=terms),
            fragment=find_fragment(document.text, language=language, terms=terms),
            score=ranked.score,
            has_all_words=ranked.has_all_words,
            corrections=asked.corrections,
        )


def build_index(
    documents: Iterable[EvidenceDocument], *, path: Path | None = None
) -> EvidenceIndex:
    """Make evidence searchable, in memory or in a file.

    Parameters
    ----------
    documents
        What can be found. Of documents with one key in several languages, the best answers.
    path
        File to write, for `open_index`. It appears when it is whole, and replaces an older one.

    Examples
    --------
    >>> index = build_index([EvidenceDocument(key="cctv", kind="review",
    ...     title="Cameras", text="Cameras in car parks and theft from vehicles.")])
    >>> [hit.key for hit in index.find("камеры на парковке")]
    ['cctv']
    """
    given = tuple(documents)
    check_documents(given)
    if path is None:
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        check_full_text_search(connection)
        fill(connection, given)
        return EvidenceIndex(connection)
    try:
        _write_file(given, path)
    except OSError as refused:
        raise InvalidOutput(
            str(
                message(
                    "The index cannot be written to {path}: {reason}.",
                    path=str(path),
                    reason=refused.strerror or "?",
                )
            )
        ) from refused
    return open_index(path)


def open_index(path: Path) -> EvidenceIndex:
    """Open an index that `build_index` wrote; the file is only read.

    Examples
    --------
    >>> open_index(Path("nowhere.index"))
    Traceback (most recent call last):
    forestall.errors.InvalidFile: nowhere.index is no index of evidence ...
    """
    connection = None
    try:
        uri = f"{path.resolve().as_uri()}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _MARKS]
        if marks == [APPLICATION, EDITION]:
            check_full_text_search(connection)
            return EvidenceIndex(connection)
    except (sqlite3.DatabaseError, ValueError, TypeError, LookupError) as broken:
        _close(connection)
        raise _not_an_index(path) from broken
    _close(connection)
    raise _not_an_index(path)


class _WordsOfIndex:
    """What an index knows about its words, and the table of words of the field with it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        vocabulary = read_vocabulary(connection)
        named = {
            folded: written
            for concept, words in spellings_by_concept().items()
            if entry_of(concept) in vocabulary["things"]
            for folded, written in words.items()
        }
        self._stems = frozenset(vocabulary["stems"])
        self._in_texts = Vocabulary(vocabulary["words"])
        self._all = Vocabulary(dict.fromkeys(named, 0) | vocabulary["words"])
        self._spellings = named | read_spellings(connection)

    def has_word(self, token: Token) -> bool:
        stems = stems_asked(token)
        return (
            token.folded in self._in_texts
            or not stems.isdisjoint(self._stems)
            or not stems.isdisjoint(stems_of_the_field())
        )

    def has_beginning(self, beginning: str) -> bool:
        return len(beginning) > 1 and self._in_texts.has_beginning(beginning)

    def nearest(self, word: str) -> str | None:
        return self._all.nearest(word)

    def written(self, folded: str) -> str:
        return self._spellings.get(folded, folded)


def _chosen(
    facets: Mapping[str, str | Iterable[str]] | None,
) -> dict[str, frozenset[str]]:
    """Return what was chosen; a facet in which nothing was chosen does not narrow."""
    chosen = {
        name: frozenset([values] if isinstance(values, str) else values)
        for name, values in (facets or {}).items()
    }
    return {name: values for name, values in chosen.items() if values}


def _write_file(documents: tuple[EvidenceDocument, ...], path: Path) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    os.close(descriptor)
    part = Path(name)
    try:
        connection = sqlite3.connect(part)
        try:
            check_full_text_search(connection)
            fill(connection, documents)
        finally:
            connection.close()
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        connection.close()


def _not_an_index(path: Path) -> InvalidFile:
    return InvalidFile(
        str(
            message(
                "{path} is no index of evidence of this version; build it again.", path=str(path)
            )
        )
    )


_MARKS = ("application_id", "user_version")
