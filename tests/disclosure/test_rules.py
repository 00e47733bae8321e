"""This file knows that a rule either protects or stops the work."""

import pytest

from forestall.disclosure import DisclosureRule, Treatment, protect_count, rule_named
from forestall.errors import UnknownRule, UnsafeToPublish


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            "off",
            "none",
            "threshold",
            "threshold-",
            "threshold-5-",
            "-rounding-5",
            "THRESHOLD-5",
        ),
        *("threshold-5rounding-5", "threshold-1", "threshold-3", "threshold-05x", "rounding-2"),
        *("threshold-10-rounding-5", None, 5),
    ],
)
def test_an_unknown_name_stops_the_work(name):
    with pytest.raises(UnknownRule) as refusal:
        rule_named(name)

    assert str(refusal.value).count("\n") == 0


@pytest.mark.parametrize(
    "name", ["threshold-5", "threshold-10", "rounding-5", "threshold-5-rounding-10"]
)
def test_a_name_leads_to_its_rule_and_back(name):
    assert rule_named(name).name == name


@pytest.mark.parametrize(
    "parts",
    [
        {"threshold": 3},
        {"threshold": 5.0},
        {"threshold": True},
        {"treatment": "off"},
        {"treatment": None},
        {"zeros": "maybe"},
        {"rounding_base": 5},
        {"treatment": Treatment.ROUND},
        {"treatment": Treatment.ROUND, "rounding_base": 3},
        {"least_possible_values": 1},
        {"least_possible_values": 5},
    ],
)
def test_a_rule_that_protects_nothing_cannot_be_made(parts):
    with pytest.raises(UnknownRule):
        DisclosureRule(**parts)


def test_there_is_no_treatment_that_does_nothing():
    assert {treatment.value for treatment in Treatment} == {
        "suppress",
        "round",
        "suppress-and-round",
    }


def test_rules_say_what_they_do():
    assert str(rule_named("threshold-5-rounding-5").words) == (
        "Numbers below 5 are hidden, with their neighbours where needed; "
        "all others are rounded to the nearest 5."
    )


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (28760, "28,760")],
)
def test_a_count_in_a_sentence(count, words):
    assert str(protect_count(count, rule="threshold-5")) == words


def test_a_count_in_a_sentence_is_rounded_like_a_table():
    assert str(protect_count(7, rule="rounding-5")) == "5"


@pytest.mark.parametrize("count", [-1, 2.5, True, "3", None])
def test_what_is_no_count_is_refused(count):
    with pytest.raises(UnsafeToPublish):
        protect_count(count, rule="threshold-5")
