"""Every sentence is translated whole, keeps its places, and uses the words of the glossary."""

from __future__ import annotations

import csv
import re
from functools import cache

import pytest

from forestall.languages import NO_BREAK_SPACE
from forestall.publication.report.landmarks import LANDMARKS
from scripts.update_catalogues import LANGUAGES, LOCALES, missing, read_catalogue, updated
from tests.house.sources import ROOT

_PLACE = re.compile(r"\{(\w+)\}")
_WORDS = ROOT / "docs" / "reference" / "words.md"
# A long sentence is a hard one. French, Spanish and Russian need more words than English for the
# same, Arabic writes articles and prepositions as part of the word, Chinese counts signs.
_LONGEST = {"ar": 40, "es": 42, "fr": 42, "ru": 38, "zh": 90}
_ENDS = re.compile(r"[.!?؟。！？;；:：](?:\s|$|(?<=[。！？；：]))")


@cache
def entries(tag):
    """Return the sentences of a language: English forms, translated forms, plural or not."""
    found = []
    for one in updated(tag):
        if one.id:
            sources = one.id if isinstance(one.id, tuple) else (one.id,)
            strings = one.string if isinstance(one.string, tuple | list) else (one.string,)
            found.append((tuple(sources), tuple(strings)))
    return found


@cache
def glossary(tag):
    """Return term → what a translation of a sentence with it must contain, longest term first."""
    with (LOCALES / tag / "terms.csv").open(encoding="utf-8", newline="") as stream:
        rows = [
            (row["term"], [stem for stem in row["stems"].split("|") if stem])
            for row in csv.DictReader(stream)
        ]
    return sorted(rows, key=lambda row: -len(row[0]))


def own_terms():
    with (LOCALES / "terms.csv").open(encoding="utf-8", newline="") as stream:
        return [row["term"] for row in csv.DictReader(stream)]


def words_not_used(tag):
    """Return the words of a language that the page on words lists as not used."""
    tables = _WORDS.read_text(encoding="utf-8").split("## Not used in other languages", 1)[1]
    lines = [line.split("|")[1:-1] for line in tables.splitlines() if line.startswith("| ")]
    column = [head.strip() for head in lines[0]].index(tag)
    cells = [line[column].strip() for line in lines[2:]]
    return [word.strip() for cell in cells for word in cell.split("·") if word.strip()]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_sentence_waits_for_a_translator(tag):
    waiting = [one.id for one in missing(updated(tag))]

    assert not waiting, f"{len(waiting)} sentences, first {waiting[:3]}"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_sentence_is_fuzzy_or_left_over(tag):
    catalogue = read_catalogue(tag)
    known = {sources[0] for sources, _ in entries(tag)}

    assert not [one.id for one in catalogue if one.id and one.fuzzy]
    kept = {one.id[0] if isinstance(one.id, tuple) else one.id for one in catalogue if one.id}
    assert kept - known == set(), "run python -m scripts.update_catalogues"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_place_of_a_sentence_is_kept(tag):
    wrong = []
    for sources, strings in entries(tag):
        wanted = {name for source in sources for name in _PLACE.findall(source)}
        for string in strings:
            given = set(_PLACE.findall(string or ""))
            # A plural form may say the number in words: "two areas".
            if given != wanted and not (len(sources) > 1 and given == wanted - {"count"}):
                wrong.append((sources[0], string))

    assert not wrong


@pytest.mark.parametrize("tag", LANGUAGES)
def test_braces_are_closed_and_edges_are_clean(tag):
    wrong = []
    for _, strings in entries(tag):
        for string in strings:
            string.format_map(dict.fromkeys(_PLACE.findall(string), "x"))
            if string != string.strip(" \n"):
                wrong.append(string)
            if "  " in string:
                wrong.append(string)
    assert not wrong


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_full_stop_stays_a_full_stop(tag):
    stops = (".", "。", "!", "?", "؟", "？", ".»", ".”", "。”")
    wrong = [
        (sources[0], strings[0])
        for sources, strings in entries(tag)
        if sources[0].endswith(".") != strings[0].rstrip("\u2069").endswith(stops)
        and not sources[0].endswith(("?", "!"))
    ]

    assert not wrong


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_glossary_has_every_term(tag):
    assert [term for term in own_terms() if term not in dict(glossary(tag))] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_sentences_use_the_words_of_the_glossary(tag):
    wrong = []
    for sources, strings in entries(tag):
        if sources[0] in LANDMARKS:  # A parking area is no area of the report.
            continue
        left = _PLACE.sub(" ", sources[0]).casefold()
        for term, stems in glossary(tag):
            found = re.compile(rf"\b{re.escape(term.casefold())}(?:s|es)?\b")
            if not found.search(left):
                continue
            left = found.sub(" ", left)
            if stems and not any(stem.casefold() in strings[-1].casefold() for stem in stems):
                wrong.append((term, sources[0], strings[-1]))

    assert not wrong, f"{len(wrong)}, first {wrong[:5]}"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_sentences_are_short(tag):
    wrong = []
    for sources, strings in entries(tag):
        for string in strings:
            for sentence in _ENDS.split(_PLACE.sub("x", string)):
                length = len(sentence) if tag == "zh" else len(sentence.split())
                if length > _LONGEST[tag]:
                    wrong.append((length, sources[0], sentence))

    assert not wrong, sorted(wrong, reverse=True)[:5]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_translation_frightens_blames_or_ranks(tag):
    words = words_not_used(tag)
    assert len(words) >= 15
    wrong = [
        (word, string)
        for _, strings in entries(tag)
        for string in strings
        for word in words
        if word in string.casefold().replace(NO_BREAK_SPACE, " ")
    ]

    assert not wrong


@pytest.mark.parametrize("tag", ["fr", "es", "ru"])
def test_a_number_stays_with_its_per_cent(tag):
    assert not [
        string
        for _, strings in entries(tag)
        for string in strings
        if re.search(r"[\d}] %", string) or re.search(r"\d%", string)
    ]


def test_french_signs_have_their_spaces():
    wrong = [
        string
        for _, strings in entries("fr")
        for string in strings
        if re.search(r"(?<![\u00a0\u202f])[;!?»](?!\w)", string)
        or re.search(r"«(?![\u00a0\u202f])", string)
    ]

    assert not wrong, wrong[:5]


def test_the_page_of_terms_is_that_of_the_glossaries():
    from scripts.make_terms import PAGE, page

    assert PAGE.read_text(encoding="utf-8") == page()
