"""This file knows how texts lie in a full-text table of SQLite, and how it is asked.

FTS5 of SQLite ranks by bm25 (Robertson & Zaragoza 2009). Texts go in as words and stems made by us,
and only letters and digits go in, so that nothing a reader types can be an operator.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from forestall.errors import MissingLibrary
from forestall.evidence.search.concepts import find_mentions
from forestall.evidence.search.documents import EvidenceDocument
from forestall.evidence.search.tokens import (
    Script,
    Token,
    pairs,
    primary_language,
    read_tokens,
    stem_of,
)
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from forestall.evidence.search.questions import Term, Word

APPLICATION = 0x464F5253
"""Marks a file as an index of ours."""

EDITION = 1
"""Rises when texts are cut into words in another way; an older file is not read."""

_COLUMNS = {
    "title_stems": 4.0,
    "text_stems": 1.0,
    "title_words": 2.0,
    "text_words": 0.5,
    "title_things": 2.0,
    "text_things": 0.5,
}
_STEMS, _WORDS, _THINGS = (f"{{title_{what} text_{what}}}" for what in ("stems", "words", "things"))


def check_full_text_search(connection: sqlite3.Connection) -> None:
    """Raise `MissingLibrary` if this Python's SQLite cannot search texts.

    Examples
    --------
    >>> check_full_text_search(sqlite3.connect(":memory:"))
    """
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.trial USING fts5(word)")
        connection.execute("DROP TABLE temp.trial")
    except sqlite3.OperationalError as missing:
        raise MissingLibrary(
            str(
                message(
                    "Searching evidence needs SQLite with FTS5, which this Python lacks; "
                    "its SQLite is {version}.",
                    version=sqlite3.sqlite_version,
                )
            )
        ) from missing


def fill(connection: sqlite3.Connection, documents: Iterable[EvidenceDocument]) -> None:
    """Write documents and all their words into an empty database."""
    names = ", ".join(_COLUMNS)
    with connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {EDITION}")
        connection.execute("CREATE TABLE documents (number INTEGER PRIMARY KEY, record TEXT)")
        connection.execute("CREATE TABLE spellings (folded TEXT PRIMARY KEY, written TEXT)")
        # "ascii" parts words at blanks and leaves every other letter of the world alone.
        connection.execute(
            f"CREATE VIRTUAL TABLE texts USING fts5({names}, content='', tokenize='ascii')"
        )
        for number, document in enumerate(documents):
            connection.execute(
                "INSERT INTO documents VALUES (?, ?)", (number, _record_of(document))
            )
            _fill_words(connection, number, document)


def read_documents(connection: sqlite3.Connection) -> tuple[EvidenceDocument, ...]:
    """Return the documents in the order in which they were given."""
    rows = connection.execute("SELECT record FROM documents ORDER BY number")
    return tuple(_document_of(record) for (record,) in rows)


def read_spellings(connection: sqlite3.Connection) -> dict[str, str]:
    """Return how texts write their words, by folded word."""
    return dict(connection.execute("SELECT folded, written FROM spellings"))


def read_vocabulary(connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """Return under ``stems``, ``words`` and ``things`` in how many texts each entry stands."""
    connection.execute("CREATE VIRTUAL TABLE temp.entries USING fts5vocab(main, texts, col)")
    found: dict[str, dict[str, int]] = {"stems": {}, "words": {}, "things": {}}
    for entry, column, texts in connection.execute("SELECT term, col, doc FROM temp.entries"):
        counts = found[column.partition("_")[2]]
        counts[entry] = max(counts.get(entry, 0), texts)
    connection.execute("DROP TABLE temp.entries")
    return found


def rank(
    connection: sqlite3.Connection, terms: Sequence[Term]
) -> tuple[list[tuple[int, float]], bool]:
    """Return numbers of documents with their scores, the best first, and if all terms are in them.

    Where no text has all terms, those with any of them are returned.
    """
    wanted = [_expression_of(term) for term in terms]
    ranked = _ask(connection, " AND ".join(wanted))
    if ranked or len(wanted) == 1:
        return ranked, True
    return _ask(connection, " OR ".join(wanted)), False


def entry_of(concept: str) -> str:
    """Return a thing of the field as one word of the table.

    Examples
    --------
    >>> entry_of("car-park")
    'car·park'
    """
    return concept.replace("-", "·")


def _ask(connection: sqlite3.Connection, expression: str) -> list[tuple[int, float]]:
    weights = ", ".join(str(weight) for weight in _COLUMNS.values())
    rows = connection.execute(
        f"SELECT rowid, -bm25(texts, {weights}) AS score FROM texts "  # noqa: S608
        "WHERE texts MATCH ? ORDER BY score DESC, rowid",
        (expression,),
    )
    return [(number, score) for number, score in rows]


def _expression_of(term: Term) -> str:
    ways = []
    if term.phrase:
        ways.append(f'{_WORDS} : "{" ".join(term.phrase)}"')
    if term.words:
        ways.append(" AND ".join(f"({_expression_of_word(word)})" for word in term.words))
    ways += [f'{_THINGS} : "{entry_of(concept)}"' for concept in sorted(term.concepts)]
    return "(" + " OR ".join(f"({way})" for way in ways) + ")"


def _expression_of_word(word: Word) -> str:
    ways = [f'{_STEMS} : "{stem}"' for stem in sorted(word.stems)]
    if word.folded:
        ways.append(f'{_WORDS} : "{word.folded}"' + (" *" if word.is_beginning else ""))
    return " OR ".join(ways)


def _fill_words(connection: sqlite3.Connection, number: int, document: EvidenceDocument) -> None:
    language = primary_language(document.language)
    cells: dict[str, str] = {}
    for field, text in (("title", document.title), ("text", document.text)):
        tokens = read_tokens(text)
        things = find_mentions(tokens, languages=[_latin_language(language)])
        cells[f"{field}_stems"] = " ".join(_stems_of(tokens, language))
        cells[f"{field}_words"] = " ".join(token.folded for token in tokens)
        cells[f"{field}_things"] = " ".join(entry_of(thing.concept) for thing in things)
        connection.executemany(
            "INSERT OR IGNORE INTO spellings VALUES (?, ?)",
            [(token.folded, _written(text, token)) for token in tokens],
        )
    marks = ", ".join("?" * len(_COLUMNS))
    connection.execute(
        f"INSERT INTO texts (rowid, {', '.join(_COLUMNS)}) VALUES (?, {marks})",  # noqa: S608
        (number, *(cells[name] for name in _COLUMNS)),
    )


def _stems_of(tokens: Sequence[Token], language: str) -> list[str]:
    """Return stems in the order of the words; Chinese characters alone and in pairs."""
    pair_at = dict(pairs(tokens))
    found = []
    for place, token in enumerate(tokens):
        found.append(stem_of(token, language=language))
        if place in pair_at:
            found.append(pair_at[place])
    return found


def _latin_language(language: str) -> str:
    return language if language in Script.LATIN.languages else "en"


def _written(text: str, token: Token) -> str:
    # Half a pair of surrogates cannot be stored; it is no letter, so that no word begins with one.
    return text[token.start : token.end].lower().encode("utf-8", "ignore").decode("utf-8")


def _record_of(document: EvidenceDocument) -> str:
    return json.dumps(
        {
            "key": document.key,
            "kind": document.kind,
            "title": document.title,
            "text": document.text,
            "language": document.language,
            "facets": {name: sorted(values) for name, values in document.facets.items()},
        }
    )


def _document_of(record: str) -> EvidenceDocument:
    fields = json.loads(record)
    facets = {name: frozenset(values) for name, values in fields.pop("facets").items()}
    return EvidenceDocument(**fields, facets=facets)
