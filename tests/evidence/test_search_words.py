"""The table of words is whole, and words are cut, folded and compared as said."""

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.evidence.search import read_field_words
from forestall.evidence.search.concepts import find_mentions
from forestall.evidence.search.spelling import Vocabulary, count_changes
from forestall.evidence.search.tokens import LANGUAGES, Script, fold, read_tokens, stem
from forestall.evidence.vocabulary import Problem

WORDS = read_field_words()
FEW_LETTERS = st.text("abc", max_size=9)


def test_each_thing_has_words_in_six_languages():
    concepts = {row.concept for row in WORDS}

    assert len(concepts) >= 60
    for language in LANGUAGES:
        assert {row.concept for row in WORDS if row.language == language} == concepts


def test_problems_of_the_vocabulary_have_words():
    general = {Problem.PUBLIC_VIOLENCE, Problem.ALCOHOL_VIOLENCE, Problem.CHILD_BEHAVIOUR}

    named = {row.concept for row in WORDS} | {"all-crime", *general}

    assert {problem.value for problem in Problem} <= named


def test_no_row_stands_twice():
    rows = [(row.concept, row.language, row.word.casefold()) for row in WORDS]

    assert len(set(rows)) == len(rows)


SCRIPTS = {
    "en": Script.LATIN,
    "fr": Script.LATIN,
    "es": Script.LATIN,
    "ru": Script.CYRILLIC,
    "ar": Script.ARABIC,
    "zh": Script.HAN,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_is_written_as_its_language_is_and_names_its_thing(language):
    for row in (row for row in WORDS if row.language == language):
        tokens = read_tokens(row.word)
        mentions = find_mentions(tokens, languages=[language])

        assert {token.script for token in tokens} == {SCRIPTS[language]}, row
        assert row.concept in {mention.concept for mention in mentions}, row
        assert row.word == row.word.strip(), row


# Words that people use for two things; each leads to both.
FOR_TWO_THINGS = {"robo", "niños", "niñas"}


def test_hardly_a_word_names_two_things():
    things = {}
    for row in WORDS:
        stems = tuple(stem(token.folded, row.language) for token in read_tokens(row.word))
        things.setdefault((row.language, stems), {}).setdefault(row.concept, row.word)

    doubled = [set(named.values()) for named in things.values() if len(named) > 1]

    assert set().union(*doubled) == FOR_TWO_THINGS


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Cœur", "coeur"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("niño", "nino"),
        ("Ёлка", "елка"),
        ("Йод", "йод"),
        ("الْمُدُن", "المدن"),
        ("آثار", "اثار"),
        ("ســرقة", "سرقه"),
        ("١٢٣", "123"),
        ("ＣＣＴＶ", "cctv"),
        ("½", "12"),
    ],
)
def test_what_people_leave_out_is_left_out(written, folded):
    assert fold(written) == folded
    assert fold(folded) == folded


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_stand_where_they_are_said_to_stand(text):
    tokens = read_tokens(text)

    for token in tokens:
        assert fold(text[token.start : token.end]) == token.folded
        assert token.folded.isalnum()
    assert all(one.end <= two.start for one, two in pairwise(tokens))


def test_mixed_text_is_cut_by_its_writings():
    words = [token.folded for token in read_tokens("CCTV监控2020年, l'éclairage; камеры/كاميرا")]

    assert words == ["cctv", "监", "控", "2020", "年", "l", "eclairage", "камеры", "كاميرا"]


def changes_by_definition(first, second):
    """Count by the recursive definition of optimal string alignment."""

    @cache
    def count(one, two):
        if not one or not two:
            return one + two
        ways = [
            count(one - 1, two) + 1,
            count(one, two - 1) + 1,
            count(one - 1, two - 1) + (first[one - 1] != second[two - 1]),
        ]
        if one > 1 and two > 1 and first[one - 2 : one] == second[two - 2 : two][::-1]:
            ways.append(count(one - 2, two - 2) + 1)
        return min(ways)

    return count(len(first), len(second))


@given(FEW_LETTERS, FEW_LETTERS)
def test_changes_are_counted_as_defined(first, second):
    assert count_changes(first, second) == changes_by_definition(first, second)


def test_the_known_example_of_string_alignment():
    # Boytsov 2011: CA to ABC takes three changes when no part is edited twice.
    assert count_changes("ca", "abc") == 3


@given(st.lists(st.text("abcd", min_size=3, max_size=10), max_size=30), st.text("abcd", min_size=4))
def test_no_near_word_is_missed(words, asked):
    allowed = 2 if len(asked) >= 8 else 1
    near = [word for word in words if changes_by_definition(word, asked) <= allowed]

    nearest = Vocabulary(dict.fromkeys(words, 1)).nearest(asked)

    assert (nearest is not None) == bool(near)
    if near:
        fewest = min(changes_by_definition(word, asked) for word in near)
        assert changes_by_definition(nearest, asked) == fewest


def test_of_words_equally_near_the_first_letter_and_then_the_commoner_decides():
    assert Vocabulary({"bark": 9, "park": 1}).nearest("park") == "park"
    assert Vocabulary({"cork": 9, "bork": 1}).nearest("borl") == "bork"
    assert Vocabulary({"barn": 2, "bark": 5}).nearest("bart") == "bark"
