"""What contradicts itself is no plan; what only lacks something is one."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from forestall.errors import InvalidPlan
from forestall.languages import use_language
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

    with pytest.raises(InvalidPlan, match=r"“Swahili” has none, these have: .*English"):
        check_sound(empty_plan(languages=("sw", "en")))


def test_a_target_on_the_side_of_the_direction_is_sound_and_so_is_staying_as_it_is():
    check_sound(with_baseline(10.0, 8.0))
    check_sound(with_baseline(10.0, 10.0))
    check_sound(with_baseline(10.0, 12.0, fewer_is_better=False))


def test_lines_and_tabs_are_allowed_in_texts():
    check_sound(empty_plan(summary={"en": "One.\r\n\tTwo."}))


NAMED = "Action “Gates for 14 rear alleys”"
AIM = f"Objective “{PLAN.objectives[0].title['en']}”"
PROBLEM = f"Problem “{PLAN.problems[0].title['en']}”"

HEAD = [
    (empty_plan(format=2), "The plan is of format 2, but this program reads format 1."),
    (empty_plan(version=0), "The versions of a plan are counted from 1."),
    (empty_plan(languages=()), "A plan needs a language in which it is written."),
    (empty_plan(languages=("en", "English")), "The plan names a language that has no tag such"),
    (empty_plan(languages=("en", "en")), "The plan names a language twice."),
    (empty_plan(currency="euro"), "The currency needs its three capital letters"),
    (empty_plan(place=replace(PLAN.place, country="fr")), "The country needs its two capital"),
    (empty_plan(ends=date(2024, 1, 1)), "The plan ends on 1 January 2024, before it starts on 1"),
    (empty_plan(key="Port Alder"), "Short name: small letters, digits and hyphens are needed"),
    (empty_plan(title={"en": " "}), "Title: words are needed."),
    (
        empty_plan(summary={"fr": "Bien"}),
        "Summary: the text has a language that the plan is not wr",
    ),
    (
        empty_plan(summary={"en": "x" * 5001}),
        "Summary, English: the text has 5,001 characters, but 5",
    ),
    (empty_plan(summary={"en": "a\x07"}), "Summary, English: the text holds a sign that cannot b"),
    (empty_plan(summary={"en": "a\ud800"}), "Summary, English: the text holds a sign that cannot"),
    (empty_plan(ends=date(2500, 1, 1)), "Last day: the day lies outside the years that a plan ca"),
    (empty_plan(accountable="a"), "Partner that answers for it: the plan has no partner “a”."),
    (empty_plan(omissions=(Omission(what="x:y", reason={}),)), "Left out 1, what is left out: som"),
    (
        empty_plan(omissions=(Omission(what="actors:media", reason={}),) * 2),
        "The plan leaves out the same thing twice.",
    ),
]

PARTS = [
    (replace(PLAN, actions=(GATES, GATES)), f"{NAMED}, short name: “gates” stands there"),
    (replace(PLAN, partners=PLAN.partners[1:]), "Partner that answers for it: the plan has no par"),
    (with_objective(problems=("none",)), f"{AIM}, problems that it answers: the plan has no pro"),
    (with_objective(problems=("home-burglary",) * 2), f"{AIM}, problems that it answers: “h"),
    (with_gates(objectives=("none",)), f"{NAMED}, objectives that it serves: the plan"),
    (with_gates(accountable="none"), f"{NAMED}, partner that answers for it: the p"),
    (
        with_gates(involved=(Involved(partner="none", part=Part.INFORMED),)),
        f"{NAMED}, part of a partner 1, partner: the plan has no partner “none”.",
    ),
    (
        with_gates(involved=(Involved(partner="police", part=Part.INFORMED),) * 2),
        f"{NAMED}: a partner has the same part twice.",
    ),
    (with_step(responsible="none"), f"{NAMED}, step 1, partner that carries it out:"),
    (with_gates(steps=GATES.steps[:1] * 2), f"{NAMED}, step 2, short name: “agree” st"),
    (with_gates(money=GATES.money[:1] * 2), f"{NAMED}, sum 2, short name: “gates-2025"),
    (
        with_gates(staff=(replace(GATES.staff[0], partner="none"),)),
        f"{NAMED}, staff 1, partner: the plan has no partner “none”.",
    ),
    (
        with_step(ends=date(2025, 1, 1)),
        f"{NAMED}, step 1: the last day comes before the first.",
    ),
    (
        with_step(state=StepState.PLANNED, finished=date(2025, 5, 1)),
        f"{NAMED}, step 1: there is a day on which it was finished, but the step is not done.",
    ),
    (with_money(amount=-1.0), f"{NAMED}, sum 1, amount: the number must not be neg"),
    (with_money(spent=-0.01), f"{NAMED}, sum 1, spent so far: the number must not b"),
    (with_money(amount=float("inf")), f"{NAMED}, sum 1, amount: the number is not finite."),
    (with_money(amount=float("nan")), f"{NAMED}, sum 1, amount: the number is not finite."),
    (with_money(year=20255), f"{NAMED}, sum 1: the year is none that a plan can be about."),
    (with_gates(title={"fr": ""}), "Action 1, title: words are needed."),
    (
        with_figure(value=1.0, low=2.0, high=3.0),
        f"{PROBLEM}, figure 1: the number lies outside",
    ),
    (
        with_figure(value=4.0, low=2.0, high=3.0),
        f"{PROBLEM}, figure 1: the number lies outside",
    ),
    (with_figure(value=1.0, low=0.0), f"{PROBLEM}, figure 1: the interval has only one lim"),
    (
        with_figure(low=0.0, high=1.0),
        f"{PROBLEM}, figure 1: there is an interval without a number.",
    ),
    (
        with_baseline(10.0, 11.0),
        f"{AIM}: it is to fall, but its target lies above its baseline.",
    ),
    (
        with_baseline(10.0, 9.0, fewer_is_better=False),
        f"{AIM}: it is to rise, but its target lies below its baseline.",
    ),
    (
        with_objective(measured=measured(date(2025, 3, 1), date(2025, 2, 1))),
        f"{AIM}: the measurements must follow each other, the oldest first.",
    ),
    (
        with_objective(measured=measured(date(2024, 12, 31))),
        f"{AIM}: the measurements must follow each other, the oldest first.",
    ),
    (
        with_objective(indicator=replace(INDICATOR, every_months=0)),
        f"{AIM}, indicator: the months between two measurements start at 1.",
    ),
    (
        replace(PLAN, consultations=(replace(PLAN.consultations[0], closed=date(2025, 1, 1)),)),
        "Consultation 1: the last day comes before the first.",
    ),
]


@pytest.mark.parametrize(("plan", "said"), HEAD + PARTS, ids=lambda one: str(one)[:30])
def test_a_contradiction_is_said_with_its_place(plan, said):
    with pytest.raises(InvalidPlan, match="^" + re.escape(said)):
        check_sound(plan)


def test_the_place_is_kept_for_programs_as_it_is_in_the_file():
    with pytest.raises(InvalidPlan) as refusal:
        check_sound(with_step(ends=date(2025, 1, 1)))

    assert refusal.value.at == "actions[0].steps[0]"


def test_a_place_is_said_in_the_language_of_the_reader():
    with pytest.raises(InvalidPlan) as refusal:
        check_sound(with_step(ends=date(2025, 1, 1)))

    with use_language("fr"):
        told = str(refusal.value)
    assert "grilles" in told
    assert "Gates" not in told


def test_who_decided_is_a_key_and_no_name():
    assessment = GATES.assessment
    assert assessment is not None
    named = replace(assessment.decisions[0], by="Jane Doe")
    plan = with_gates(assessment=replace(assessment, decisions=(named,)))

    with pytest.raises(InvalidPlan, match=r"decision 1, person who decided: small") as refusal:
        check_sound(plan)

    assert "Jane" not in str(refusal.value)


@pytest.mark.parametrize("number", [1e308, -1e308, 1.1e15])
def test_a_number_that_no_page_could_write_is_none_of_a_plan(number):
    with pytest.raises(InvalidPlan, match=r"Objective “.*”, target: the number is too large"):
        check_sound(with_objective(target=number))


def test_the_largest_number_can_still_be_written():
    check_sound(with_gates(money=(replace(GATES.money[0], amount=1e15), *GATES.money[1:])))
