"""Who owes what by when is told by day, with the partner that answers for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from forestall.plan import (
    DutyKind,
    DutyState,
    PartInAction,
    Review,
    StepState,
    duties_due,
    duties_of,
    example_plan,
    who_does_what,
)
from forestall.plan.dates import months_after
from tests.plan.any_plans import DAYS, any_plans
from tests.plan.complete import with_action, with_objective

PLAN = example_plan()
GATES = PLAN.actions[0]
TODAY = date(2025, 6, 10)
ANY = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))


def step_due(day, **changed):
    step = replace(GATES.steps[0], ends=day, **changed)
    (found,) = [
        one
        for one in duties_of(with_action(PLAN, steps=(step,)), today=TODAY).duties
        if (one.of, one.key) == ("gates", "agree")
    ]
    return found


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({}, DutyState.LATE),
        ({"state": StepState.PLANNED}, DutyState.LATE),
        ({"state": StepState.DROPPED}, DutyState.DROPPED),
        ({"state": StepState.DONE}, DutyState.DONE),
        ({"state": StepState.DONE, "finished": date(2025, 5, 30)}, DutyState.DONE_IN_TIME),
        ({"state": StepState.DONE, "finished": date(2025, 5, 31)}, DutyState.DONE_LATE),
    ],
)
def test_a_step_of_the_past_is_late_or_finished(changed, state):
    assert step_due(date(2025, 5, 30), **changed).state is state


def test_a_step_is_not_late_on_its_last_day():
    assert step_due(TODAY).state is DutyState.OPEN
    assert step_due(TODAY - timedelta(days=1)).state is DutyState.LATE


def test_a_step_without_a_partner_of_its_own_is_carried_out_by_the_one_that_answers():
    assert step_due(TODAY, responsible="").responsible == "housing-department"
    assert step_due(TODAY).responsible == "residents-council"
    assert step_due(TODAY).accountable == "housing-department"


def test_what_is_due_soon_includes_today_and_the_last_day():
    plan = replace(PLAN, reviews=tuple(Review(on=date(2025, 6, day)) for day in (9, 10, 17, 18)))

    found = duties_due(plan, today=TODAY, within_days=7)

    days = [one.due.day for one in found.duties if one.kind is DutyKind.REVIEW]
    assert days == [9, 10, 17]


def test_a_review_that_was_held_is_no_longer_due():
    plan = replace(PLAN, reviews=(Review(on=date(2025, 6, 9), held=date(2025, 6, 12)),))

    assert [
        one.state for one in duties_of(plan, today=TODAY).duties if one.kind is DutyKind.REVIEW
    ] == [DutyState.DONE_LATE]
    assert not [
        one
        for one in duties_due(plan, today=TODAY, within_days=30).duties
        if one.kind is DutyKind.REVIEW
    ]


def test_a_measurement_is_due_one_interval_after_the_last():
    (one,) = [
        one for one in duties_of(PLAN, today=TODAY).duties if one.kind is DutyKind.MEASUREMENT
    ]

    assert (one.of, one.due, one.state) == ("fewer-burglaries", date(2025, 3, 31), DutyState.LATE)


def test_after_the_deadline_was_measured_nothing_is_due():
    last = replace(PLAN.objectives[0].measured[1], on=date(2026, 12, 31))
    plan = with_objective(PLAN, measured=(last,))

    assert not [
        one for one in duties_of(plan, today=TODAY).duties if one.kind is DutyKind.MEASUREMENT
    ]


def test_an_agreement_that_ends_is_told_by_its_partner():
    found = duties_due(PLAN, today=date(2026, 12, 20), within_days=14)
    ending = [one for one in found.duties if one.kind is DutyKind.AGREEMENT]

    assert {one.responsible for one in ending} == {
        one.key for one in PLAN.partners if one.agreement is not None
    }
    assert {one.accountable for one in ending} == {"safer-city-office"}


def test_duties_of_one_partner_can_be_asked_for():
    found = duties_of(PLAN, today=TODAY).of("victim-support")

    assert [one.key for one in found if one.kind is DutyKind.STEP] == ["train", "survey", "visit"]


def test_names_of_partners_stand_in_the_table():
    table = duties_due(PLAN, today=TODAY, within_days=30).table

    assert set(table.loc[table["key"] == "survey", "responsible"]) == {"University of Port Alder"}


def test_how_much_is_late_is_said_without_a_score():
    assert duties_due(PLAN, today=TODAY, within_days=30).summary() == (
        "3 duties are late. 2 duties are to come."
    )
    assert duties_due(replace(PLAN, actions=(), objectives=(), reviews=()), today=TODAY,
                      within_days=0).summary() == "Nothing is due."  # fmt: skip


def test_days_ahead_are_counted_from_nought():
    with pytest.raises(ValueError, match="counted from 0"):
        duties_due(PLAN, today=TODAY, within_days=-1)


@ANY
@given(any_plans(), DAYS)
def test_every_step_is_told_once_and_duties_stand_in_the_order_of_days(plan, today):
    found = duties_of(plan, today=today)
    steps = [one for one in found.duties if one.kind is DutyKind.STEP]
    near = duties_due(plan, today=today, within_days=30).duties

    assert len(steps) == sum(len(one.steps) for one in plan.actions)
    assert [one.due for one in found.duties] == sorted(one.due for one in found.duties)
    assert all(one.state.is_open and one.due <= today + timedelta(days=30) for one in near)
    assert len(found.table) == len(found.duties)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 11, 30), 1, date(2024, 12, 31)),
        (date(2024, 11, 15), 14, date(2026, 1, 15)),
    ],
)
def test_months_are_counted_by_the_calendar(day, months, later):
    assert months_after(day, months) == later


# Who does what


def test_the_one_that_answers_can_carry_it_out_as_well():
    found = who_does_what(PLAN)

    assert found.of("gates", "housing-department") == (
        PartInAction.ACCOUNTABLE,
        PartInAction.RESPONSIBLE,
    )
    assert found.of("gates", "university") == (PartInAction.RESPONSIBLE,)
    assert found.of("gates", "school-board") == ()
    assert found.summary() == "For each action one partner answers."


def test_letters_stand_in_the_table():
    table = who_does_what(PLAN).table.set_index("action")

    assert table.loc["gates", "police"] == "I"
    assert table.loc["workshop", "harbour-traders"] == "C"
    assert table.loc["quick-help", "youth-service"] == ""


def test_an_action_for_which_nobody_answers_is_named_and_so_is_a_partner_without_a_part():
    plan = with_action(
        replace(PLAN, actions=PLAN.actions[:1]), accountable="", involved=(), steps=()
    )

    found = who_does_what(plan)

    assert found.summary().startswith(
        "Nobody answers for: Gates for 14 rear alleys. Partners without a part in an action: "
    )
    assert who_does_what(replace(PLAN, actions=())).summary() == "The plan has no action."


@ANY
@given(any_plans())
def test_exactly_one_partner_answers_for_each_action_or_none(plan):
    found = who_does_what(plan)

    for action in plan.actions:
        answering = [
            partner.key
            for partner in plan.partners
            if PartInAction.ACCOUNTABLE in found.of(action.key, partner.key)
        ]
        assert answering == ([action.accountable] if action.accountable else [])
    assert len(found.table) == len(plan.actions)
