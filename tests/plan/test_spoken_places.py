"""A place in a plan is said in words: nobody reads an address of the file."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from forestall.languages import available_languages, use_language
from forestall.plan import check_plan, example_plan
from forestall.plan.leaves import leaves_of, records_of
from forestall.plan.records import ActionPlan
from forestall.plan.spoken_places import spoken_place

PLAN = example_plan()
POINTERS = [
    *(place for place, _ in leaves_of(PLAN)),
    *(place for place, _ in records_of(PLAN) if place),
]


@pytest.mark.parametrize("tag", available_languages())
def test_no_place_of_the_example_is_said_as_an_address(tag):
    with use_language(tag):
        told = {pointer: str(spoken_place(pointer, PLAN, ActionPlan)) for pointer in POINTERS}

    for pointer, words in told.items():
        assert words
        assert pointer == words.lower() or not re.search(r"\[\d+\]|_|\w\.\w", words), words


def test_a_step_is_counted_from_one_inside_its_action():
    said = spoken_place("actions[1].steps[2]", PLAN, ActionPlan)

    assert str(said) == f"Action “{PLAN.actions[1].title['en']}”, step 3"
    assert said.pointer == "actions[1].steps[2]"


@pytest.mark.parametrize(
    "content",
    [{}, {"actions": 5}, {"actions": [{"title": 5}]}, {"actions": [{"title": {"en": None}}]}],
)
def test_a_file_that_holds_anything_still_has_a_place(content):
    said = spoken_place("actions[0].steps[4]", content, ActionPlan)

    assert str(said) == "Action 1, step 5"


def test_a_long_name_is_cut_and_its_lines_are_joined():
    long = replace(PLAN, actions=(replace(PLAN.actions[0], title={"en": "Gate\n" * 90}),))

    said = str(spoken_place("actions[0]", long, ActionPlan))

    assert said == f"Action “{' '.join(['Gate'] * 16)}”"


def test_the_check_names_a_language_and_not_its_code():
    half = replace(PLAN, languages=("en", "fr"), title={"en": "Alder"})

    said = [str(one.said) for one in check_plan(half, today=PLAN.starts).points]

    assert any("In the language “French” titles are missing" in one for one in said)
    assert not any("“fr”" in one for one in said)
