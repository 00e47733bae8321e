"""Two versions are compared by keys, in words, and what only moved is no change."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from forestall.languages import use_language
from forestall.plan import Change, PlanPart, compare_plans, example_plan
from forestall.plan.field_labels import field_label
from forestall.plan.leaves import fields_of, records_of
from forestall.safeguards import PersonalData
from tests.plan.any_plans import any_plans
from tests.plan.complete import (
    complete_plan,
    with_action,
    with_objective,
    with_partner,
    with_problem,
)

PLAN = example_plan()
GATES = PLAN.actions[0]
ANY = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))


def told(old, new):
    return [
        (one.key, one.change.value, str(one.label), str(one.old), str(one.new))
        for one in compare_plans(old, new).changes
    ]


@ANY
@given(any_plans())
def test_a_plan_does_not_differ_from_itself(plan):
    assert compare_plans(plan, plan).changes == ()
    assert compare_plans(plan, replace(plan, version=plan.version + 1)).changes == ()


@ANY
@given(any_plans(), any_plans())
def test_what_is_added_one_way_is_removed_the_other(first, second):
    there = compare_plans(first, second)
    back = compare_plans(second, first)

    assert len(there.changes) == len(back.changes)
    assert len(there.table) == len(there.changes)
    assert sum(one.change is Change.ADDED for one in there.changes) == sum(
        one.change is Change.REMOVED for one in back.changes
    )


@ANY
@given(any_plans())
def test_an_order_of_things_is_no_change(plan):
    turned = replace(
        plan,
        partners=plan.partners[::-1],
        problems=plan.problems[::-1],
        actions=tuple(
            replace(
                one, steps=one.steps[::-1], money=one.money[::-1], objectives=one.objectives[::-1]
            )
            for one in plan.actions[::-1]
        ),
        omissions=plan.omissions[::-1],
    )

    assert compare_plans(plan, turned).changes == ()


def test_nothing_changed_is_said():
    found = compare_plans(PLAN, replace(PLAN, version=4))

    assert found.summary() == "Nothing changed."
    assert (found.old_version, found.new_version) == (3, 4)


def test_a_text_is_compared_in_each_language():
    title = {**PLAN.title, "fr": "Moins de vols"}
    del title["ar"]

    found = compare_plans(PLAN, replace(PLAN, title=title)).changes

    assert [(one.language, one.change.value) for one in found] == [
        ("fr", "changed"),
        ("ar", "removed"),
    ]
    assert found[0].old == PLAN.title["fr"]
    assert found[0].new == "Moins de vols"


CHANGES = [
    (
        replace(PLAN, ends=date(2027, 1, 31)),
        ("", "changed", "last day", "31 December 2026", "31 January 2027"),
    ),
    (
        replace(PLAN, accountable="police"),
        (
            "",
            "changed",
            "partner that answers for it",
            "Safer City office",
            "Harbour police station",
        ),
    ),
    (
        replace(PLAN, accountable=""),
        ("", "removed", "partner that answers for it", "Safer City office", ""),
    ),
    (replace(PLAN, currency="USD"), ("", "changed", "currency", "EUR", "USD")),
    (
        replace(PLAN, languages=("fr", "en", "ar")),
        ("", "changed", "languages", "English, French, and Arabic", "French, English, and Arabic"),
    ),
    (
        replace(PLAN, place=replace(PLAN.place, country="FR")),
        ("", "changed", "place: country", "XX", "FR"),
    ),
    (
        with_action(PLAN, approach=PLAN.actions[2].approach),
        ("gates", "changed", "approach", "fewer opportunities", "social development"),
    ),
    (
        with_action(PLAN, objectives=("fewer-again", "fewer-burglaries")),
        (
            "gates",
            "changed",
            "objectives that it serves",
            "Fewer burglaries",
            "Fewer homes burgled again within a year and Fewer burglaries",
        ),
    ),
    (
        with_action(PLAN, money=(replace(GATES.money[0], amount=40_000.5), *GATES.money[1:])),
        ("gates", "changed", "sum “Gates and locks”: amount", "EUR 40,000", "EUR 40,000.50"),
    ),
    (
        with_action(PLAN, money=(replace(GATES.money[0], year=2026), *GATES.money[1:])),
        ("gates", "changed", "sum “Gates and locks”: year", "2025", "2026"),
    ),
    (
        with_action(PLAN, money=(replace(GATES.money[0], confirmed=False), *GATES.money[1:])),
        ("gates", "changed", "sum “Gates and locks”: confirmed", "yes", "no"),
    ),
    (
        with_action(PLAN, money=GATES.money[:-1]),
        ("gates", "removed", "sum", "Hours of caretakers, 2026: EUR 8,000", ""),
    ),
    (
        with_action(PLAN, steps=GATES.steps[1:]),
        ("gates", "removed", "step", "Agree with residents, 3 February 2025 to 30 May 2025", ""),
    ),
    (
        with_action(PLAN, involved=GATES.involved[1:]),
        ("gates", "removed", "part of a partner", "Harbour Homes: carries it out", ""),
    ),
    (
        with_action(PLAN, risks=()),
        ("gates", "removed", "risk", "Some households do not agree.", ""),
    ),
    (
        with_action(PLAN, assessment=None),
        ("gates", "removed", "rights assessment", "freedom of movement and equal treatment", ""),
    ),
    (
        with_problem(PLAN, figures=(PLAN.problems[0].figures[0],)),
        (
            "home-burglary",
            "removed",
            "figure",
            "That is 6 % more than a year before; it may still be chance.",
            "",
        ),
    ),
    (
        with_objective(PLAN, target=1939.5),
        ("fewer-burglaries", "changed", "target", "1,940", "1,939.5"),
    ),
    (with_objective(PLAN, target=None), ("fewer-burglaries", "removed", "target", "1,940", "")),
    (
        with_objective(PLAN, measured=PLAN.objectives[0].measured[:1]),
        ("fewer-burglaries", "removed", "measurement", "2,282 on 28 February 2025", ""),
    ),
    (
        with_partner(PLAN, "police", agreement=None),
        ("police", "removed", "agreement", str(PLAN.partners[9].agreement.about["en"]), ""),  # type: ignore[union-attr]
    ),
    (
        replace(PLAN, actions=PLAN.actions[1:]),
        ("gates", "removed", "action", "Gates for 14 rear alleys", ""),
    ),
    (
        replace(PLAN, omissions=PLAN.omissions[:-1]),
        ("factor:education-and-values", "removed", "left out", "schooling, values and culture", ""),
    ),
    (
        replace(PLAN, reviews=PLAN.reviews[1:]),
        ("2025-10-15", "removed", "review", "15 October 2025", ""),
    ),
    (
        replace(PLAN, consultations=()),
        ("2025-04-01", "removed", "consultation", "1 April 2025", ""),
    ),
]


@pytest.mark.parametrize(("new", "change"), CHANGES, ids=lambda one: str(one)[:40])
def test_a_change_is_told_with_what_was_and_what_is(new, change):
    assert told(PLAN, new) == [change]


def test_what_is_settled_after_consultation_is_told_where_it_is():
    assert told(PLAN, complete_plan()) == [
        ("light", "changed", "sum “Lamps and cables”: confirmed", "no", "yes"),
        ("light", "added", "rights assessment: decision", "", "Residents’ council"),
        ("2025-04-01", "added", "day on which it closed", "", "30 April 2025"),
        (
            "2025-04-01",
            "added",
            "comment “The path behind the market should be lit first.”: what was changed",
            "",
            "It is lit first.",
        ),
    ]


def test_things_that_share_what_they_are_known_by_are_told_apart_by_their_order():
    twice = replace(PLAN, reviews=(PLAN.reviews[0], *PLAN.reviews))

    assert told(twice, PLAN) == [("2025-10-15", "removed", "review", "15 October 2025", "")]
    assert compare_plans(twice, twice).changes == ()


def test_changes_of_one_part_or_one_thing_can_be_asked_for():
    found = compare_plans(PLAN, complete_plan())

    assert len(found.of(PlanPart.ACTIONS)) == 2
    assert len(found.of(PlanPart.ACTIONS, "light")) == 2
    assert found.of(PlanPart.ACTIONS, "gates") == ()
    assert found.summary() == "4 changes."


def test_changes_are_read_in_the_language_of_the_reader():
    (one,) = compare_plans(PLAN, replace(PLAN, accountable="police")).changes

    with use_language("fr"):
        assert str(one.new) == "Commissariat du port"


def test_every_field_of_a_plan_has_a_label():
    kinds = {type(record) for _, record in records_of(PLAN)} | {PersonalData}
    names = [(kind, one.name) for kind in kinds for one in fields_of(kind)]

    labels = [
        str(field_label(kind, name)) for kind, name in names if name not in ("format", "version")
    ]

    assert len(labels) > 120
    assert all(label[0].islower() for label in labels)
