"""This file knows what the actions of the complete plan can lack, with money and rights."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from forestall.plan import Ground, PlanState, StepState
from forestall.plan.vocabulary import Basis
from forestall.safeguards import Police
from tests.plan.complete import (
    complete_plan,
    with_action,
)

PLAN = complete_plan()
GATES = PLAN.actions[0]
RIGHTS = GATES.assessment
assert RIGHTS is not None
CONSULTATION, ADOPTION = PlanState.CONSULTED, PlanState.ADOPTED

LATE = replace(GATES.steps[0], ends=date(2025, 5, 1), progress={})

CASES_OF_ACTIONS = [
    # Actions
    (
        with_action(PLAN, description={}),
        "Nothing describes what is done.",
        "2002/13:17(e)",
        CONSULTATION,
    ),
    (
        with_action(PLAN, mechanism={}),
        "Nothing says by what it is to work",
        "2002/13:22(b)",
        ADOPTION,
    ),
    (
        with_action(PLAN, objectives=()),
        "It serves no objective of the plan.",
        "1995/9:3(a)(iii)",
        ADOPTION,
    ),
    (
        with_action(PLAN, accountable=""),
        "No partner answers for it.",
        "1995/9:3(a)(iii)",
        CONSULTATION,
    ),
    (
        with_action(PLAN, accountable="police"),
        "The police answer for it; make sure",
        "2002/13:3",
        None,
    ),
    (
        with_action(PLAN, involved=(), steps=GATES.steps[1:2]),
        "One partner does it alone; think of whom else it needs.",
        "2002/13:9",
        None,
    ),
    (with_action(PLAN, steps=()), "It has no steps with days.", "2002/13:22(c)", ADOPTION),
    (
        with_action(PLAN, steps=(replace(GATES.steps[0], ends=date(2027, 1, 1)),)),
        "A step lies outside the period of the plan.",
        "2002/13:22(c)",
        ADOPTION,
    ),
    (with_action(PLAN, steps=(LATE,)), "A step is late, and nothing says why.", "2002/13:10", None),
    (
        with_action(PLAN, steps=(replace(GATES.steps[0], state=StepState.DONE),)),
        "A step is done, but the day is missing.",
        "2002/13:10",
        None,
    ),
    (
        with_action(PLAN, steps=(replace(GATES.steps[1], state=StepState.DROPPED),)),
        "A step was dropped, and nothing says why.",
        "2002/13:10",
        None,
    ),
    (with_action(PLAN, risks=()), "Nothing says what could go wrong", "2002/13:22(c)", ADOPTION),
    (
        with_action(PLAN, risks=(replace(GATES.risks[0], response={}),)),
        "A risk has no answer.",
        "2002/13:22(c)",
        ADOPTION,
    ),
    (
        with_action(PLAN, side_effects=()),
        "Nothing says which side effects are",
        "2002/13:23(d)",
        ADOPTION,
    ),
    (
        with_action(PLAN, side_effects=(replace(GATES.side_effects[0], watched_by={}),)),
        "A side effect is expected, but nothing says how it is watched.",
        "2002/13:23(d)",
        ADOPTION,
    ),
    # Grounds
    (
        with_action(PLAN, ground=replace(GATES.ground, intervention="")),
        "It is called tested, but no evidence with a source is named.",
        "2002/13:11",
        ADOPTION,
    ),
    (
        with_action(PLAN, ground=Ground(basis=Basis.UNTESTED)),
        "It is untested, and nothing says how it will be evaluated.",
        "2002/13:23(a)",
        ADOPTION,
    ),
    (
        with_action(PLAN, ground=replace(GATES.ground, evaluation={})),
        "Nothing says how it will be seen whether it works here, too.",
        "2002/13:23(a)",
        None,
    ),
    (
        with_action(PLAN, ground=replace(GATES.ground, intervention="hot-spots-policing")),
        "Law enforcement lies outside the Guidelines and is no action of such a plan.",
        "2002/13:3",
        CONSULTATION,
    ),
    (
        with_action(PLAN, ground=replace(GATES.ground, intervention="later-closing")),
        "The evidence that it names is about no measure that a city can take.",
        "2002/13:11",
        ADOPTION,
    ),
    (
        with_action(PLAN, ground=replace(GATES.ground, intervention="moats")),
        "It names evidence that is not known here.",
        "2002/13:11",
        ADOPTION,
    ),
    # Money
    (
        with_action(PLAN, money=(), staff=()),
        "Nothing says with which money or staff",
        "2002/13:10",
        ADOPTION,
    ),
    (
        with_action(PLAN, money=(replace(GATES.money[0], confirmed=False, amount=40_125.0),)),
        "Not confirmed: EUR 40,125 from City of Port Alder.",
        "2002/13:10",
        ADOPTION,
    ),
    (
        with_action(PLAN, money=(replace(GATES.money[0], payer={}),)),
        "Nothing says who pays a sum.",
        "1995/9:3(a)(iii)",
        ADOPTION,
    ),
    (
        with_action(PLAN, money=(replace(GATES.money[0], what={}),)),
        "Nothing says what a sum is for.",
        "2002/13:10",
        ADOPTION,
    ),
    (
        with_action(PLAN, money=(replace(GATES.money[0], basis={}),)),
        "Nothing says where a sum is from, such as an offer or earlier accounts.",
        "2002/13:10",
        None,
    ),
    (
        with_action(PLAN, money=(replace(GATES.money[0], year=2028),)),
        "A sum is for a year outside the period of the plan.",
        "2002/13:10",
        ADOPTION,
    ),
    (
        with_action(PLAN, staff=(replace(GATES.staff[0], year=2024),)),
        "Staff are planned for a year outside the period of the plan.",
        "2002/13:10",
        ADOPTION,
    ),
    (
        with_action(PLAN, money=(replace(GATES.money[0], spent=40_000.5),)),
        "More was spent than planned, by EUR 0.50.",
        "2002/13:20(b)",
        None,
    ),
    # Rights
    (
        with_action(PLAN, assessment=None),
        "Nobody has looked at the rights that it touches.",
        "2002/13:12",
        ADOPTION,
    ),
    (
        with_action(PLAN, assessment=replace(RIGHTS, scores_individuals=True)),
        "An action that ranks, scores or predicts individual people is refused.",
        "1997/33:8",
        CONSULTATION,
    ),
    (
        with_action(PLAN, assessment=replace(RIGHTS, police=Police.HIDDEN)),
        "An action in which police take part is refused if people are not told.",
        "1997/33:10",
        CONSULTATION,
    ),
]
