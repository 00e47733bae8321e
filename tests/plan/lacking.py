"""This file knows what the complete plan can lack: each fault with its words and paragraph."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from forestall.evidence.vocabulary import Population
from forestall.plan import Indicator, Omission, PlanState, Review, Sector
from tests.plan.complete import (
    complete_plan,
    with_objective,
    with_partner,
    with_problem,
)
from tests.plan.lacking_in_actions import CASES_OF_ACTIONS

PLAN = complete_plan()
CONSULTATION, ADOPTION = PlanState.CONSULTED, PlanState.ADOPTED

ANSWERED_ELSEWHERE = replace(PLAN, omissions=PLAN.omissions[:-1])
NO_WOMEN = replace(
    PLAN,
    problems=tuple(replace(one, affected=(Population.RESIDENTS,)) for one in PLAN.problems),
)
NO_GROUPS = replace(
    NO_WOMEN, problems=tuple(replace(one, affected_words={}) for one in NO_WOMEN.problems)
)
UNMEASURED = Indicator(name={"en": "x"}, unit={"en": "x"}, source={})

CASES = [
    (
        replace(PLAN, accountable=""),
        "No partner answers for the plan as",
        "2002/13:20(b)",
        ADOPTION,
    ),
    (
        replace(PLAN, summary={}),
        "A few sentences should tell residents",
        "2002/13:17(e)",
        CONSULTATION,
    ),
    (replace(PLAN, lasting={}), "Nothing says how what works goes on", "2002/13:22(c)", ADOPTION),
    (
        replace(PLAN, title={"en": "Fewer"}),
        "In the language “French” titles are missing: 1.",
        "2002/13:33",
        None,
    ),
    # Problems
    (
        with_problem(PLAN, figures=()),
        "It has no figure, and nothing says",
        "1995/9:2(a)",
        CONSULTATION,
    ),
    (
        with_problem(PLAN, description={}),
        "Nothing describes what happens.",
        "1995/9:2(a)",
        CONSULTATION,
    ),
    (
        with_problem(PLAN, where={}),
        "Nothing says where and when it happens.",
        "2002/13:22(a)",
        ADOPTION,
    ),
    (
        with_problem(PLAN, figures=(replace(PLAN.problems[0].figures[0], source={}),)),
        "A figure has no source.",
        "2002/13:11",
        ADOPTION,
    ),
    (
        with_problem(PLAN, figures=(replace(PLAN.problems[0].figures[0], said={}),)),
        "A figure has no sentence that says what it means.",
        "2002/13:21(a)",
        ADOPTION,
    ),
    (
        with_problem(PLAN, factors=()),
        "Nothing says what directly or indir",
        "1995/9:3(a)(i)",
        ADOPTION,
    ),
    (
        with_problem(PLAN, factors_words={}),
        "Factors are named, but nothing says",
        "1995/9:3(c)",
        ADOPTION,
    ),
    (NO_GROUPS, "Nothing says how women and men, and", "2002/13:14", ADOPTION),
    (NO_WOMEN, "No problem names women among those affected", "2002/13:14", None),
    (
        ANSWERED_ELSEWHERE,
        "Background not looked at, and no reason given: schooling, values and culture.",
        "1995/9:3(c)(ii)",
        ADOPTION,
    ),
    (
        with_problem(
            replace(
                PLAN,
                objectives=tuple(
                    replace(one, problems=("again-and-again",)) for one in PLAN.objectives
                ),
            ),
        ),
        "No objective answers this problem.",
        "1995/9:3(a)(ii)",
        ADOPTION,
    ),
    # Objectives
    (
        with_objective(PLAN, problems=()),
        "It answers no problem of the plan.",
        "1995/9:3(a)(ii)",
        ADOPTION,
    ),
    (
        with_objective(PLAN, indicator=None),
        "Nothing says what is measured.",
        "2002/13:22(e)",
        ADOPTION,
    ),
    (
        with_objective(PLAN, indicator=UNMEASURED),
        "Nothing says from which sou",
        "2002/13:23(c)",
        ADOPTION,
    ),
    (
        with_objective(PLAN, baseline=None),
        "It has no figure from which it starts, and no reason why.",
        "2002/13:23(c)",
        ADOPTION,
    ),
    (
        with_objective(PLAN, target=None),
        "Nothing says how much is to be reached.",
        "2002/13:17(b)",
        ADOPTION,
    ),
    (with_objective(PLAN, deadline=None), "Nothing says by which day", "1995/9:3(a)(ii)", ADOPTION),
    (
        with_objective(PLAN, deadline=date(2027, 2, 1)),
        "Its day lies outside the period of the plan.",
        "1995/9:3(a)(ii)",
        ADOPTION,
    ),
    (
        replace(
            PLAN, actions=tuple(replace(one, objectives=("fewer-again",)) for one in PLAN.actions)
        ),
        "No action serves this objective.",
        "1995/9:3(a)(iii)",
        ADOPTION,
    ),
    *CASES_OF_ACTIONS,
    # Approaches, levels, actors
    (
        replace(PLAN, omissions=PLAN.omissions[1:]),
        "No action, and no reason why: reintegration.",
        "2002/13:6(d)",
        ADOPTION,
    ),
    (
        replace(PLAN, omissions=(PLAN.omissions[0], *PLAN.omissions[2:])),
        "No action, and no reason why: against offending again.",
        "1995/9:3(d)(ii)",
        ADOPTION,
    ),
    (
        with_partner(PLAN, "harbour-radio", sector=Sector.TRADE),
        "No partner from this group, and no reason why: the media.",
        "1995/9:3(b)(iv)",
        ADOPTION,
    ),
    (
        replace(PLAN, omissions=(replace(PLAN.omissions[0], reason={}), *PLAN.omissions[1:])),
        "Something is left out without a reason.",
        "1995/9:3",
        ADOPTION,
    ),
    (
        replace(
            PLAN,
            omissions=(*PLAN.omissions, Omission(what="approach:social", reason={"en": "No."})),
        ),
        "The plan leaves this out, and has it all the same: social development.",
        "2002/13:6(a)",
        None,
    ),
    # Partners
    (
        with_partner(PLAN, "police", role={}),
        "The part of the police is not said",
        "1997/33:10",
        ADOPTION,
    ),
    (
        with_partner(PLAN, "youth-service", role={}),
        "Nothing says what its part is.",
        "2002/13:19(a)",
        ADOPTION,
    ),
    (
        with_partner(PLAN, "youth-service", agreement=None),
        "It answers for something or carries it out, but no agreement is noted.",
        "2002/13:19",
        ADOPTION,
    ),
    # Consultation and reviews
    (replace(PLAN, consultations=()), "Residents were not asked yet.", "2002/13:16", ADOPTION),
    (
        replace(PLAN, consultations=(replace(PLAN.consultations[0], closed=date(2025, 6, 1)),)),
        "The consultation is still open.",
        "2002/13:16",
        ADOPTION,
    ),
    (
        replace(PLAN, consultations=(replace(PLAN.consultations[0], how={}),)),
        "Nothing says how residents were asked.",
        "2002/13:16",
        ADOPTION,
    ),
    (
        replace(PLAN, consultations=(replace(PLAN.consultations[0], voices=()),)),
        "Nothing is noted of what residents said.",
        "2002/13:16",
        ADOPTION,
    ),
    (
        replace(PLAN, reviews=()),
        "No day is set on which the plan is looked at",
        "1995/9:5(d)",
        ADOPTION,
    ),
    (
        replace(PLAN, reviews=(Review(on=date(2025, 6, 1)),)),
        "More than a year passes without a review.",
        "1995/9:5(d)",
        ADOPTION,
    ),
    (
        replace(PLAN, reviews=(Review(on=date(2025, 2, 1)), *PLAN.reviews)),
        "The review of 1 February 2025 was due, and it is not noted that it was held.",
        "1995/9:5(d)",
        None,
    ),
    (
        replace(PLAN, reviews=(Review(on=date(2025, 2, 1), held=date(2025, 2, 3)), *PLAN.reviews)),
        "A review was held on 3 February 2025, and nothing says what it found.",
        "2002/13:22(e)",
        None,
    ),
]
