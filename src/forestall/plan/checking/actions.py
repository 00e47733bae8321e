"""This file knows what a plan has to say of its actions (1995/9 ¶3(a)(iii); 2002/13 ¶22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import has_words, message
from forestall.plan.checking.grounds import check_ground
from forestall.plan.checking.points import (
    ADVICE,
    BEFORE_ADOPTION,
    BEFORE_CONSULTATION,
    PlanPart,
    Subject,
)
from forestall.plan.vocabulary import Sector, StepState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from forestall.plan.actions import Action
    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.records import ActionPlan


def check_actions(plan: ActionPlan, *, today: date) -> Iterator[PlanPoint]:
    """Yield what the plan lacks on its actions, without money and rights.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> list(check_actions(example_plan(), today=date(2025, 4, 14)))
    []
    """
    if not plan.actions:
        said = message("The plan has no action.")
        subject = Subject(part=PlanPart.ACTIONS)
        yield subject.point(said, "1995/9:3(a)(iii)", BEFORE_CONSULTATION)
    for action in plan.actions:
        subject = Subject(part=PlanPart.ACTIONS, about=action.key, title=action.title)
        yield from _told(action, subject)
        yield from check_ground(action, subject)
        yield from _answered_for(action, plan, subject)
        yield from _steps(action, plan, subject, today)
        yield from _looked_ahead(action, subject)


def _told(action: Action, subject: Subject) -> Iterator[PlanPoint]:
    if not has_words(action.description):
        said = message("Nothing describes what is done.")
        yield subject.point(said, "2002/13:17(e)", BEFORE_CONSULTATION)
    if not action.objectives:
        said = message("It serves no objective of the plan.")
        yield subject.point(said, "1995/9:3(a)(iii)", BEFORE_ADOPTION)
    if not has_words(action.mechanism):
        said = message("Nothing says by what it is to work here.")
        yield subject.point(said, "2002/13:22(b)", BEFORE_ADOPTION)


def _answered_for(action: Action, plan: ActionPlan, subject: Subject) -> Iterator[PlanPoint]:
    if not action.accountable:
        said = message("No partner answers for it.")
        yield subject.point(said, "1995/9:3(a)(iii)", BEFORE_CONSULTATION)
        return
    sectors = {one.key: one.sector for one in plan.partners}
    if sectors.get(action.accountable) is Sector.POLICE:
        said = message(
            "The police answer for it; make sure that it is prevention and no enforcement."
        )
        yield subject.point(said, "2002/13:3", ADVICE)
    responsible = {step.responsible for step in action.steps} - {"", action.accountable}
    if not action.involved and not responsible:
        said = message("One partner does it alone; think of whom else it needs.")
        yield subject.point(said, "2002/13:9", ADVICE)


def _steps(action: Action, plan: ActionPlan, subject: Subject, today: date) -> Iterator[PlanPoint]:
    if not action.steps:
        said = message("It has no steps with days.")
        yield subject.point(said, "2002/13:22(c)", BEFORE_ADOPTION)
    if any(not plan.starts <= one.starts <= one.ends <= plan.ends for one in action.steps):
        said = message("A step lies outside the period of the plan.")
        yield subject.point(said, "2002/13:22(c)", BEFORE_ADOPTION)
    open_steps = [
        one for one in action.steps if one.state not in (StepState.DONE, StepState.DROPPED)
    ]
    if any(one.ends < today and not has_words(one.progress) for one in open_steps):
        said = message("A step is late, and nothing says why.")
        yield subject.point(said, "2002/13:10", ADVICE)
    if any(one.state is StepState.DONE and one.finished is None for one in action.steps):
        said = message("A step is done, but the day is missing.")
        yield subject.point(said, "2002/13:10", ADVICE)
    if any(one.state is StepState.DROPPED and not has_words(one.progress) for one in action.steps):
        said = message("A step was dropped, and nothing says why.")
        yield subject.point(said, "2002/13:10", ADVICE)


def _looked_ahead(action: Action, subject: Subject) -> Iterator[PlanPoint]:
    if not action.risks:
        said = message("Nothing says what could go wrong, and what is done then.")
        yield subject.point(said, "2002/13:22(c)", BEFORE_ADOPTION)
    elif not all(has_words(one.response) for one in action.risks):
        said = message("A risk has no answer.")
        yield subject.point(said, "2002/13:22(c)", BEFORE_ADOPTION)
    if not action.side_effects:
        said = message("Nothing says which side effects are expected, good or bad.")
        yield subject.point(said, "2002/13:23(d)", BEFORE_ADOPTION)
    elif not all(has_words(one.watched_by) for one in action.side_effects):
        said = message("A side effect is expected, but nothing says how it is watched.")
        yield subject.point(said, "2002/13:23(d)", BEFORE_ADOPTION)
