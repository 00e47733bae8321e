"""States and their names, in six languages; texts that are looked through."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.languages import available_languages, use_language
from forestall.questionnaires import read_definitions
from forestall.questionnaires.together import (
    StateName,
    find_in,
    folded,
    in_state_order,
    regions,
    snippet_of,
    states,
    themes_of,
)


def test_there_are_193_members_and_two_observer_states():
    assert sum(one.is_member for one in states()) == 193
    assert {one.code for one in states() if not one.is_member} == {"PS", "VA"}
    assert {one.region for one in states()} == set(regions())


@pytest.mark.parametrize("tag", sorted(available_languages()))
def test_every_state_has_a_name_of_its_own_in_every_language(tag):
    with use_language(tag):
        names = [str(StateName(one.code)) for one in states()]

    assert len(set(names)) == 195
    assert not {one.code for one in states()} & set(names)


def test_names_are_ordered_as_they_are_looked_up():
    codes = ["EG", "ES", "ET", "EE"]

    with use_language("fr"):
        assert in_state_order(codes) == ("EG", "ES", "EE", "ET")
    with use_language("ar"):  # the article of Algeria counts for nothing
        assert in_state_order(["DZ", "TN", "AL"]) == ("AL", "TN", "DZ")
    with use_language("zh"):  # by sound: Aiji, Aisaiebiya, Aishaniya, Xibanya
        assert in_state_order(codes)[-1] == "ES"


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Programas para la juventud", "JUVEN", "juventud"),
        ("Les écoles d’été", "ete", "été"),
        ("Бюджет на профилактику", "профилактик", "профилактику"),
        ("预防青年犯罪", "青年", "青年"),
        ("ἐν τῷ ᾅδῃ λέγει", "ᾅδῃ", "ᾅδῃ"),
        ("من أجل الشَّباب", "الشباب", "الشَّباب"),
    ],
)
def test_words_are_found_in_every_script(text, wanted, found):
    assert all(piece in folded(text) for piece in find_in(wanted))
    assert snippet_of(text, wanted).found == found


@given(st.text(max_size=40), st.text(max_size=8))
@settings(max_examples=50)
def test_a_snippet_is_a_piece_of_the_text(text, wanted):
    snippet = snippet_of(text, wanted)

    assert f"{snippet.before}{snippet.found}{snippet.after}".strip("…") in text


@given(st.text(max_size=40))
def test_every_text_is_found_by_its_own_words(text):
    assert all(piece in folded(text) for piece in find_in(text))
    assert bool(snippet_of(text, text).found) == bool(folded(text))


def test_every_item_of_a_questionnaire_stands_in_one_section():
    for asked in read_definitions():
        sections = [one for one in themes_of(asked) if not one.is_area]
        keys = [item.key for one in sections for item in one.items]
        assert len(keys) == len(set(keys))
