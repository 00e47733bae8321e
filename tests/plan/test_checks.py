"""What a plan lacks is told in words, with the paragraph that asks for it and what it blocks."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from forestall.languages import use_language
from forestall.plan import (
    ActionPlan,
    Jurisdiction,
    Place,
    PlanPart,
    PlanState,
    check_plan,
    example_plan,
    ready_for,
)
from tests.plan.any_plans import any_plans
from tests.plan.complete import (
    TODAY,
    complete_plan,
    with_partner,
)
from tests.plan.lacking import CASES

PLAN = complete_plan()
GATES = PLAN.actions[0]
CONSULTATION, ADOPTION = PlanState.CONSULTED, PlanState.ADOPTED
# What blocks consultation blocks adoption, too.
BLOCKS: tuple[frozenset[PlanState], ...] = (
    frozenset({CONSULTATION, ADOPTION}),
    frozenset({ADOPTION}),
    frozenset(),
)


def found_in(plan, today=TODAY):
    """Return the points that the complete plan does not have."""
    usual = {(one.about, str(one.said)) for one in check_plan(PLAN, today=TODAY).points}
    return [
        one
        for one in check_plan(plan, today=today).points
        if (one.about, str(one.said)) not in usual
    ]


def words(plan, today=TODAY):
    return [str(one.said) for one in found_in(plan, today)]


def test_nothing_stands_in_the_way_of_a_complete_plan():
    found = check_plan(PLAN, today=TODAY)

    assert found.before(ADOPTION) == ()
    assert [str(one.said) for one in found.advice] == [
        "A measurement was due on 31 March 2025 and is not there.",
        "The target is still open until there is a figure from which it starts.",
        "A step is late, and nothing says why.",
    ]
    assert found.summary() == "Nothing stands in the way of adoption. 3 more are advice."


def test_the_example_lacks_four_things_on_the_day_of_its_picture():
    found = ready_for(example_plan(), ADOPTION, today=date(2025, 4, 14))

    assert [(one.part.value, one.about, one.paragraph) for one in found] == [
        ("money", "light", "2002/13:10"),
        ("rights", "light", "1997/33:4"),
        ("consultation", "2025-04-01", "2002/13:16"),
        ("consultation", "2025-04-01", "2002/13:16"),
    ]


def test_an_empty_plan_is_told_first_what_it_needs_before_residents_are_asked():
    plan = ActionPlan(
        key="alder",
        title={"en": "Alder"},
        place=Place(name={"en": "Alder"}, country="XX", level=Jurisdiction.LOCAL),
        languages=("en",),
        starts=date(2025, 1, 1),
        ends=date(2025, 12, 31),
        currency="EUR",
    )

    found = check_plan(plan, today=TODAY)

    assert [str(one.said) for one in found.before(CONSULTATION)] == [
        "A few sentences should tell residents what the plan does.",
        "The plan names no problem.",
        "The plan has no objective.",
        "The plan has no action.",
    ]
    assert "%" not in found.summary()
    assert found.summary().startswith("4 points have to be settled before residents are asked.")


def test_points_have_a_row_each():
    table = check_plan(example_plan(), today=date(2025, 4, 14)).table

    assert list(table["about"][:4]) == ["fewer-burglaries", "fewer-again", "light", "light"]
    assert set(table.loc[table["part"] == "rights", "title"]) == {
        "Light on the harbour paths, chosen on walks with residents"
    }
    assert list(table.columns[-2:]) == ["before_consultation", "before_adoption"]


def test_points_of_one_part_or_one_thing_can_be_asked_for():
    found = check_plan(example_plan(), today=date(2025, 4, 14))

    assert len(found.of(PlanPart.CONSULTATION)) == 2
    assert len(found.of(PlanPart.RIGHTS, "light")) == 1
    assert found.of(PlanPart.RIGHTS, "gates") == ()


def test_a_point_is_named_in_the_language_of_the_reader():
    (one,) = check_plan(example_plan(), today=TODAY).of(PlanPart.RIGHTS)

    assert str(one.named).startswith("Light on the harbour paths")
    with use_language("fr"):
        assert str(one.named).startswith("Éclairage des chemins du port")


@pytest.mark.parametrize(
    ("plan", "said", "paragraph", "state"), CASES, ids=lambda one: str(one)[:40]
)
def test_what_is_missing_is_told_once_with_its_paragraph(plan, said, paragraph, state):
    found = [one for one in found_in(plan) if str(one.said).startswith(said)]

    assert [one.paragraph for one in found] == [paragraph]
    assert (CONSULTATION in found[0].blocks) == (state is CONSULTATION)
    assert (ADOPTION in found[0].blocks) == (state is not None)


def test_one_organisation_alone_is_no_partnership():
    plan = replace(PLAN, partners=PLAN.partners[:1], actions=())

    assert "One organisation alone cannot make an integrated plan." in words(plan)


def test_a_partner_without_a_part_is_pointed_out():
    gone = replace(PLAN.partners[-1], key="another")

    assert "It is a partner, but has a part in no action." in words(
        replace(PLAN, partners=(*PLAN.partners, gone))
    )


def test_an_agreement_that_ends_early_is_advice():
    agreement = PLAN.partners[2].agreement
    assert agreement is not None
    plan = with_partner(PLAN, "youth-service", agreement=replace(agreement, until=date(2026, 1, 1)))

    assert words(plan) == ["Its agreement ends before the plan does."]


def test_who_drafted_an_action_cannot_decide_on_it():
    drafted = {"gates": frozenset({"port-alder-2"})}

    found = ready_for(PLAN, ADOPTION, today=TODAY, drafted_by=drafted)

    assert {one.about for one in found} == {"gates"}
    assert str(found[0].said) == "Who drafted it cannot be one of the two people who decide."


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(any_plans())
def test_of_any_plan_points_can_be_told(plan):
    found = check_plan(plan, today=TODAY)

    assert len(found.table) == len(found.points)
    assert all(one.blocks in BLOCKS for one in found.points)
    assert found.summary()


def test_every_point_names_a_paragraph_of_one_of_the_texts():
    form = re.compile(r"(1995/9|1997/33|2002/13):\d+(\([a-z]\)(\([ivx]+\))?)?")
    empty = replace(PLAN, problems=(), objectives=(), actions=(), omissions=(), partners=())

    found = check_plan(empty, today=TODAY).points

    assert len(found) > 10
    assert all(form.fullmatch(one.paragraph) for one in found)
