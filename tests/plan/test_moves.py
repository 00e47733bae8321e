"""A plan goes from state to state by the list of moves, and only when nothing stands in the way."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from forestall.errors import MoveNotAllowed
from forestall.languages import use_language
from forestall.plan import MOVES, PlanState, example_plan, move_plan
from tests.plan.complete import TODAY, complete_plan

PLAN = complete_plan()
PAIRS = [(state, to) for state in PlanState for to in PlanState]


@pytest.mark.parametrize(("state", "to"), PAIRS, ids=lambda one: one.value)
def test_a_complete_plan_makes_every_move_of_the_list_and_no_other(state, to):
    plan = replace(PLAN, state=state)

    if to in MOVES[state]:
        assert move_plan(plan, to, today=TODAY) == replace(plan, state=to)
    else:
        with pytest.raises(MoveNotAllowed, match=r"cannot become|stays closed"):
            move_plan(plan, to, today=TODAY)


def test_only_a_draft_or_a_revised_plan_goes_into_consultation():
    assert {state for state in PlanState if PlanState.CONSULTED in MOVES[state]} == {
        PlanState.DRAFT,
        PlanState.REVISED,
    }


def test_first_reasons_are_listed_and_the_others_counted():
    with pytest.raises(MoveNotAllowed) as refusal:
        move_plan(example_plan(), PlanState.ADOPTED, today=date(2025, 4, 14))

    assert str(refusal.value) == (
        "Before the plan can be “adopted”, settle this: "
        "Light on the harbour paths, chosen on walks with residents: "
        "Not confirmed: EUR 60,000 from National prevention fund; "
        "Light on the harbour paths, chosen on walks with residents: "
        "A second person has to decide; The consultation is still open; and 1 more point."
    )


def test_few_reasons_are_all_listed():
    plan = replace(PLAN, lasting={})

    with pytest.raises(MoveNotAllowed, match="settle this: Nothing says how what works goes on"):
        move_plan(plan, PlanState.ADOPTED, today=TODAY)


def test_a_plan_with_things_missing_can_be_given_up():
    empty = replace(example_plan(), problems=(), objectives=(), actions=())

    assert move_plan(empty, PlanState.CLOSED, today=TODAY).state is PlanState.CLOSED


def test_who_drafted_counts_for_a_move_too():
    with pytest.raises(MoveNotAllowed, match="Who drafted it cannot be one of the two"):
        move_plan(
            PLAN,
            PlanState.ADOPTED,
            today=TODAY,
            drafted_by={"gates": frozenset({"port-alder-1"})},
        )


def test_a_refusal_can_be_read_in_another_language():
    with pytest.raises(MoveNotAllowed) as refusal:
        move_plan(example_plan(), PlanState.ADOPTED, today=date(2025, 4, 14))

    with use_language("fr"):
        assert "Éclairage des chemins du port" in str(refusal.value)
