"""What contradicts itself is no plan; what only lacks something is one."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from forestall.errors import InvalidPlan
from forestall.plan import (
    ActionPlan,
    Figure,
    Indicator,
    Jurisdiction,
    Measured,
    Omission,
    Place,
    check_sound,
    example_plan,
)
from forestall.plan.actions import Involved
from forestall.plan.vocabulary import Part, StepState
from tests.plan.any_plans import any_plans

PLAN = example_plan()
GATES = PLAN.actions[0]
FEWER = PLAN.objectives[0]
BURGLARY = PLAN.problems[0]
INDICATOR = cast(Indicator, FEWER.indicator)
BASELINE = cast(Measured, FEWER.baseline)


def empty_plan(**changed: Any) -> ActionPlan:
    plan = ActionPlan(
        key="alder",
        title={"en": "Alder"},
        place=Place(name={"en": "Alder"}, country="XX", level=Jurisdiction.LOCAL),
        languages=("en",),
        starts=date(2025, 1, 1),
        ends=date(2026, 12, 31),
        currency="EUR",
    )
    return replace(plan, **changed)


def with_gates(**changed):
    return replace(PLAN, actions=(replace(GATES, **changed), *PLAN.actions[1:]))


def with_objective(**changed):
    return replace(PLAN, objectives=(replace(FEWER, **changed), PLAN.objectives[1]))


def with_step(**changed):
    return with_gates(steps=(replace(GATES.steps[0], **changed), *GATES.steps[1:]))


def with_money(**changed):
    return with_gates(money=(replace(GATES.money[0], **changed),))


def with_figure(**changed):
    figure = Figure(said={"en": "x"}, source={"en": "x"}, **changed)
    return replace(PLAN, problems=(replace(BURGLARY, figures=(figure,)), PLAN.problems[1]))


def with_baseline(value, target, **indicator):
    """Make the first objective start at a value and aim at another."""
    return with_objective(
        indicator=replace(INDICATOR, **indicator),
        baseline=replace(BASELINE, value=value),
        measured=(),
        target=target,
    )


def measured(*days):
    return tuple(Measured(on=day, value=1.0) for day in days)


@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(any_plans())
def test_any_plan_is_sound(plan):
    check_sound(plan)


def test_a_plan_that_only_lacks_everything_is_sound():
    check_sound(empty_plan())


def test_a_language_without_a_catalogue_may_come_second_but_not_first():
    check_sound(empty_plan(languages=("en", "sw")))
    check_sound(empty_plan(languages=("fr-CA", "en")))

    with pytest.raises(InvalidPlan, match="“sw” has none, these have: en"):
        check_sound(empty_plan(languages=("sw", "en")))


def test_a_target_on_the_side_of_the_direction_is_sound_and_so_is_staying_as_it_is():
    check_sound(with_baseline(10.0, 8.0))
    check_sound(with_baseline(10.0, 10.0))
    check_sound(with_baseline(10.0, 12.0, fewer_is_better=False))


def test_lines_and_tabs_are_allowed_in_texts():
    check_sound(empty_plan(summary={"en": "One.\r\n\tTwo."}))


HEAD = [
    (empty_plan(format=2), "The plan is of format 2, but this program reads format 1."),
    (empty_plan(version=0), "The versions of a plan are counted from 1."),
    (empty_plan(languages=()), "A plan needs a language in which it is written."),
    (empty_plan(languages=("en", "English")), "The plan names a language that has no tag such"),
    (empty_plan(languages=("en", "en")), "The plan names a language twice."),
    (empty_plan(currency="euro"), "The currency needs its three capital letters"),
    (empty_plan(place=replace(PLAN.place, country="fr")), "The country needs its two capital"),
    (empty_plan(ends=date(2024, 1, 1)), "The plan ends on 1 January 2024, before it starts on 1"),
    (empty_plan(key="Port Alder"), "The key at key needs small letters, digits and hyphens"),
    (empty_plan(title={"en": " "}), "The plan needs words at title."),
    (empty_plan(summary={"fr": "Bien"}), "The text at summary has a language that the plan is no"),
    (empty_plan(summary={"en": "x" * 5001}), "The text at summary.en has 5,001 characters, but 5"),
    (empty_plan(summary={"en": "a\x07"}), "The text at summary.en holds a sign that cannot be"),
    (empty_plan(summary={"en": "a\ud800"}), "The text at summary.en holds a sign that cannot be"),
    (empty_plan(ends=date(2500, 1, 1)), "The day at ends lies outside the years that a plan can"),
    (empty_plan(accountable="a"), "The plan names “a” at accountable, but no such partner."),
    (empty_plan(omissions=(Omission(what="x:y", reason={}),)), "An omission names something such"),
    (
        empty_plan(omissions=(Omission(what="actors:media", reason={}),) * 2),
        "The plan leaves out the same thing twice.",
    ),
]

PARTS = [
    (replace(PLAN, actions=(GATES, GATES)), "The key “gates” at actions[1].key stands there twice"),
    (replace(PLAN, partners=PLAN.partners[1:]), "The plan names “safer-city-office” at accountab"),
    (with_objective(problems=("none",)), "The plan names “none” at objectives[0].problems, but no"),
    (with_objective(problems=("home-burglary",) * 2), "The plan names “home-burglary” twice at"),
    (with_gates(objectives=("none",)), "The plan names “none” at actions[0].objectives, but no su"),
    (with_gates(accountable="none"), "The plan names “none” at actions[0].accountable, but no suc"),
    (
        with_gates(involved=(Involved(partner="none", part=Part.INFORMED),)),
        "The plan names “none” at actions[0].involved[0].partner, but no such partner.",
    ),
    (
        with_gates(involved=(Involved(partner="police", part=Part.INFORMED),) * 2),
        "The plan gives a partner the same part twice at actions[0].",
    ),
    (with_step(responsible="none"), "The plan names “none” at actions[0].steps[0].responsible, bu"),
    (with_gates(steps=GATES.steps[:1] * 2), "The key “agree” at actions[0].steps[1].key stands th"),
    (with_gates(money=GATES.money[:1] * 2), "The key “gates-2025-city” at actions[0].money[1].key"),
    (
        with_gates(staff=(replace(GATES.staff[0], partner="none"),)),
        "The plan names “none” at actions[0].staff[0].partner, but no such partner.",
    ),
    (
        with_step(ends=date(2025, 1, 1)),
        "The last day at actions[0].steps[0] comes before the first",
    ),
    (
        with_step(state=StepState.PLANNED, finished=date(2025, 5, 1)),
        "The step at actions[0].steps[0] has a day on which it was finished, but it is not done.",
    ),
    (with_money(amount=-1.0), "The number at actions[0].money[0].amount must not be negative."),
    (with_money(spent=-0.01), "The number at actions[0].money[0].spent must not be negative."),
    (with_money(amount=float("inf")), "The plan holds a number at actions[0].money[0].amount that"),
    (with_money(amount=float("nan")), "The plan holds a number at actions[0].money[0].amount that"),
    (with_money(year=20255), "The year at actions[0].money[0] is none that a plan can be about."),
    (with_gates(title={"fr": ""}), "The plan needs words at actions[0].title."),
    (
        with_figure(value=1.0, low=2.0, high=3.0),
        "The number at problems[0].figures[0] lies outside",
    ),
    (
        with_figure(value=4.0, low=2.0, high=3.0),
        "The number at problems[0].figures[0] lies outside",
    ),
    (with_figure(value=1.0, low=0.0), "The interval at problems[0].figures[0] has only one limit."),
    (
        with_figure(low=0.0, high=1.0),
        "The figure at problems[0].figures[0] has an interval without",
    ),
    (
        with_baseline(10.0, 11.0),
        "The objective at objectives[0] is to fall, but its target lies ab",
    ),
    (
        with_baseline(10.0, 9.0, fewer_is_better=False),
        "The objective at objectives[0] is to rise, but its target lies below its baseline.",
    ),
    (
        with_objective(measured=measured(date(2025, 3, 1), date(2025, 2, 1))),
        "The measurements at objectives[0] must follow each other, the oldest first.",
    ),
    (
        with_objective(measured=measured(date(2024, 12, 31))),
        "The measurements at objectives[0] must follow each other, the oldest first.",
    ),
    (
        with_objective(indicator=replace(INDICATOR, every_months=0)),
        "The months between two measurements at objectives[0].indicator start at 1.",
    ),
    (
        replace(PLAN, consultations=(replace(PLAN.consultations[0], closed=date(2025, 1, 1)),)),
        "The last day at consultations[0] comes before the first.",
    ),
]


@pytest.mark.parametrize(("plan", "said"), HEAD + PARTS, ids=lambda one: str(one)[:30])
def test_a_contradiction_is_said_with_its_place(plan, said):
    with pytest.raises(InvalidPlan, match="^" + re.escape(said)):
        check_sound(plan)


def test_who_decided_is_a_key_and_no_name():
    assessment = GATES.assessment
    assert assessment is not None
    named = replace(assessment.decisions[0], by="Jane Doe")
    plan = with_gates(assessment=replace(assessment, decisions=(named,)))

    with pytest.raises(InvalidPlan, match=r"decisions\[0\]\.by needs small letters") as refusal:
        check_sound(plan)

    assert "Jane" not in str(refusal.value)


@pytest.mark.parametrize("number", [1e308, -1e308, 1.1e15])
def test_a_number_that_no_page_could_write_is_none_of_a_plan(number):
    with pytest.raises(InvalidPlan, match=r"objectives\[0\]\.target is too large"):
        check_sound(with_objective(target=number))


def test_the_largest_number_can_still_be_written():
    check_sound(with_gates(money=(replace(GATES.money[0], amount=1e15), *GATES.money[1:])))
