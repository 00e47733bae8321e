"""This file knows what a plan has to say of its objectives (1995/9 ¶3(a)(ii); 2002/13 ¶17(b))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import has_words, message
from forestall.plan.checking.points import (
    ADVICE,
    BEFORE_ADOPTION,
    BEFORE_CONSULTATION,
    PlanPart,
    Subject,
)
from forestall.plan.dates import measurement_due

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.records import ActionPlan, Objective


def check_objectives(plan: ActionPlan, *, today: date) -> Iterator[PlanPoint]:
    """Yield what the plan lacks on its objectives.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> [one.about for one in check_objectives(example_plan(), today=date(2025, 3, 14))]
    ['fewer-again']
    """
    if not plan.objectives:
        said = message("The plan has no objective.")
        subject = Subject(part=PlanPart.OBJECTIVES)
        yield subject.point(said, "1995/9:3(a)(ii)", BEFORE_CONSULTATION)
    served = {key for one in plan.actions for key in one.objectives}
    for objective in plan.objectives:
        subject = Subject(part=PlanPart.OBJECTIVES, about=objective.key, title=objective.title)
        if not objective.problems:
            said = message("It answers no problem of the plan.")
            yield subject.point(said, "1995/9:3(a)(ii)", BEFORE_ADOPTION)
        if objective.key not in served:
            said = message("No action serves this objective.")
            yield subject.point(said, "1995/9:3(a)(iii)", BEFORE_ADOPTION)
        yield from _measured(objective, subject)
        yield from _reached(objective, plan, subject)
        due = measurement_due(objective)
        if due is not None and due < today:
            said = message("A measurement was due on {day} and is not there.", day=due)
            yield subject.point(said, "2002/13:22(e)", ADVICE)


def _measured(objective: Objective, subject: Subject) -> Iterator[PlanPoint]:
    if objective.indicator is None:
        said = message("Nothing says what is measured.")
        yield subject.point(said, "2002/13:22(e)", BEFORE_ADOPTION)
    elif not has_words(objective.indicator.source):
        said = message("Nothing says from which source it is measured.")
        yield subject.point(said, "2002/13:23(c)", BEFORE_ADOPTION)
    if objective.baseline is None and not has_words(objective.no_baseline_because):
        said = message("It has no figure from which it starts, and no reason why.")
        yield subject.point(said, "2002/13:23(c)", BEFORE_ADOPTION)
    if objective.baseline is not None and not has_words(objective.baseline.source):
        said = message("The figure from which it starts has no source.")
        yield subject.point(said, "2002/13:11", BEFORE_ADOPTION)


def _reached(objective: Objective, plan: ActionPlan, subject: Subject) -> Iterator[PlanPoint]:
    if objective.target is None and _waits_for_a_baseline(objective):
        said = message("The target is still open until there is a figure from which it starts.")
        yield subject.point(said, "2002/13:17(b)", ADVICE)
    elif objective.target is None:
        said = message("Nothing says how much is to be reached.")
        yield subject.point(said, "2002/13:17(b)", BEFORE_ADOPTION)
    if objective.deadline is None:
        said = message("Nothing says by which day it is to be reached.")
        yield subject.point(said, "1995/9:3(a)(ii)", BEFORE_ADOPTION)
    elif not plan.starts <= objective.deadline <= plan.ends:
        said = message("Its day lies outside the period of the plan.")
        yield subject.point(said, "1995/9:3(a)(ii)", BEFORE_ADOPTION)


def _waits_for_a_baseline(objective: Objective) -> bool:
    return objective.baseline is None and has_words(objective.no_baseline_because)
