"""What is known of each intervention, and that nothing out of scope can be taken up."""

from __future__ import annotations

import csv
import inspect
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import forestall
from forestall.errors import UnknownIntervention
from forestall.evidence.interventions import (
    Condition,
    Mechanism,
    Partner,
    Role,
    Task,
    intervention_named,
    interventions,
)

REVIEWS = Path(inspect.getfile(forestall)).parent / "evidence" / "packaged" / "reviews.csv"
MOST_WORDS = 25

# Which key each review marked as law enforcement is filed under.
ENFORCEMENT_REVIEWS = {
    "hotspots-2019": "hot-spots-policing",
    "hotspots-2020-rirr": "hot-spots-policing",
    "hotspots-2020-d": "hot-spots-policing",
    "hotspots-2012-d-overall": "hot-spots-policing",
    "hotspots-2012-d-violent": "hot-spots-policing",
    "hotspots-2012-d-property": "hot-spots-policing",
    "geofocused-2011": "geographically-focused-policing",
    "patrol-large-areas-2024-rve": "preventive-patrol",
    "focused-deterrence-2018": "focused-deterrence",
    "focused-deterrence-2012": "focused-deterrence",
    "dmi-highpoint-calls": "focused-deterrence",
    "dmi-highpoint-violent": "focused-deterrence",
    "pop-2020": "problem-oriented-policing",
    "pop-2008": "problem-oriented-policing",
    "second-responder-2022": "second-responders",
    "second-responder-college": "second-responders",
    "custodial-2015": "custodial-sanctions",
    "community-policing-2014": "community-policing",
    "juvenile-processing-2010": "juvenile-processing",
    "police-diversion-2018": "police-diversion",
    "batterer-court-2021": "court-mandated-perpetrator-programmes",
    "electronic-monitoring-2020": "electronic-monitoring",
    "electronic-monitoring-highrisk": "electronic-monitoring",
    "ignition-interlock-2011": "ignition-interlocks",
}
CAN_BE_TAKEN_UP = [
    intervention
    for intervention in interventions()
    if intervention.role is Role.MEASURE and not intervention.is_law_enforcement
]
OUT_OF_REACH = [
    intervention for intervention in interventions() if intervention not in CAN_BE_TAKEN_UP
]


def by_key(listed):
    return pytest.mark.parametrize("intervention", listed, ids=lambda listed: listed.key)


def sentences_of(intervention):
    return [str(intervention.what), *map(str, intervention.limits)]


def test_gates_on_alleys_are_described_in_full():
    gates = intervention_named("alley-gating")

    assert str(gates.name) == "gates on alleys"
    assert Condition.REAR_ALLEYS in gates.needs
    assert Partner.RESIDENTS.does(Task.HOLD_KEYS) in gates.partners
    assert gates.role is Role.MEASURE
    assert not gates.is_law_enforcement


@given(st.sampled_from(interventions()))
def test_each_is_found_by_its_own_key(intervention):
    assert intervention_named(intervention.key) is intervention


def test_no_key_and_no_name_is_used_twice():
    for used in (
        Counter(intervention.key for intervention in interventions()),
        Counter(str(intervention.name) for intervention in interventions()),
    ):
        assert [word for word, times in used.items() if times > 1] == []


@by_key(interventions())
def test_sentences_are_short_and_whole(intervention):
    assert str(intervention.name)
    assert len(intervention.limits) <= 2
    for sentence in sentences_of(intervention):
        assert sentence.endswith(".")
        assert sentence[0].isupper()
        assert len(sentence.split()) <= MOST_WORDS, sentence


@by_key(CAN_BE_TAKEN_UP)
def test_a_measure_says_how_it_works_what_it_needs_who_does_what_and_what_to_watch(intervention):
    assert intervention.approaches
    assert intervention.mechanisms
    assert intervention.needs
    assert intervention.partners
    assert intervention.watch


@by_key(CAN_BE_TAKEN_UP)
def test_no_condition_is_both_needed_and_merely_helpful(intervention):
    listed = (*intervention.needs, *intervention.helped_by)

    assert len(listed) == len(set(listed))


@by_key(OUT_OF_REACH)
def test_what_is_out_of_scope_or_no_programme_asks_nothing_of_anybody(intervention):
    assert intervention.needs == ()
    assert intervention.helped_by == ()
    assert intervention.partners == ()


def test_law_enforcement_is_what_the_packaged_reviews_mark_as_such():
    with REVIEWS.open(encoding="utf-8", newline="") as file:
        marked = {row["id"] for row in csv.DictReader(file) if row["law_enforcement"] == "true"}

    flagged = {entry.key for entry in interventions() if entry.is_law_enforcement}

    assert marked == set(ENFORCEMENT_REVIEWS)
    assert flagged == set(ENFORCEMENT_REVIEWS.values())


@pytest.mark.parametrize("key", ["scared-straight", "juvenile-processing"])
def test_what_does_harm_says_so_first(key):
    assert str(intervention_named(key).limits[0]).startswith("It does harm on average")


def test_loosenings_and_circumstances_are_not_taken_for_measures():
    roles = {entry.key: entry.role for entry in interventions() if entry.role is not Role.MEASURE}

    assert roles == {
        "later-closing": Role.REVERSAL,
        "purchaser-licensing-repeal": Role.REVERSAL,
        "mental-health": Role.FACTOR,
        "school-motivation": Role.FACTOR,
        "no-household-security": Role.FACTOR,
        "sports-participation": Role.FACTOR,
        "alcohol-outlet-density": Role.FACTOR,
        "situational-side-effects": Role.SIDE_EFFECTS,
    }


def test_every_word_of_the_vocabulary_is_used():
    every = interventions()
    tasks = [task for entry in every for task in entry.partners]

    assert {role for entry in every for role in [entry.role]} == set(Role)
    assert {how for entry in every for how in entry.mechanisms} == set(Mechanism)
    assert {task.partner for task in tasks} == set(Partner)
    assert {task.task for task in tasks} == set(Task)
    needed = {condition for entry in every for condition in (*entry.needs, *entry.helped_by)}
    assert needed == set(Condition)


@pytest.mark.parametrize("word", [*Role, *Mechanism, *Partner, *Task])
def test_every_word_can_be_written(word):
    assert 0 < len(str(word.words).split()) <= MOST_WORDS


@pytest.mark.parametrize("condition", list(Condition))
def test_a_condition_is_asked_with_yes_or_no_and_stated(condition):
    question, statement = str(condition.question), str(condition.statement)

    assert question.endswith("?")
    assert question.startswith(("Are ", "Can ", "Do ", "Does ", "Is ", "May ", "Will ", "Would "))
    assert statement.endswith(".")
    assert max(len(question.split()), len(statement.split())) <= MOST_WORDS
    assert Condition(condition.key) is condition


def test_an_unknown_key_names_up_to_three_that_are_close():
    with pytest.raises(UnknownIntervention) as raised:
        intervention_named("alley-gates")

    assert "“alley-gates”" in str(raised.value)
    assert "“alley-gating”" in str(raised.value)
    assert str(raised.value).count("“") <= 4
    assert str(raised.value).count(".") == 1


@given(st.text().filter(lambda key: key not in {entry.key for entry in interventions()}))
def test_any_other_key_is_refused_in_one_short_line(key):
    with pytest.raises(UnknownIntervention, match=r"^No intervention is called") as raised:
        intervention_named(key)

    assert len(str(raised.value).splitlines()) == 1
    assert len(str(raised.value)) < 300
