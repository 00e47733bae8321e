"""This file knows the example plan with all that it lacks settled, and parts of it changed."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from forestall.plan import ActionPlan, example_plan
from forestall.safeguards import Decision

TODAY = date(2025, 5, 12)


def complete_plan() -> ActionPlan:
    """Return the example on 12 May 2025, when nothing stands between it and adoption."""
    plan = example_plan()
    light = plan.actions[3]
    assert light.assessment is not None
    second = Decision(
        by="port-alder-2",
        office={"en": "Residents’ council"},
        on=date(2025, 5, 5),
        agrees=True,
        reason={"en": "Lamps are shaded."},
    )
    assessment = replace(light.assessment, decisions=(*light.assessment.decisions, second))
    money = tuple(replace(one, confirmed=True) for one in light.money)
    light = replace(light, money=money, assessment=assessment)
    talk = plan.consultations[0]
    answered = replace(talk.voices[2], changed={"en": "It is lit first."})
    talk = replace(talk, closed=date(2025, 4, 30), voices=(*talk.voices[:2], answered))
    return replace(plan, actions=(*plan.actions[:3], light), consultations=(talk,))


def with_action(plan: ActionPlan, number: int = 0, **changed: object) -> ActionPlan:
    """Return a plan with one of its actions changed."""
    actions = list(plan.actions)
    actions[number] = replace(actions[number], **changed)
    return replace(plan, actions=tuple(actions))


def with_problem(plan: ActionPlan, **changed: object) -> ActionPlan:
    """Return a plan with its first problem changed."""
    return replace(plan, problems=(replace(plan.problems[0], **changed), *plan.problems[1:]))


def with_objective(plan: ActionPlan, number: int = 0, **changed: object) -> ActionPlan:
    """Return a plan with one of its objectives changed."""
    objectives = list(plan.objectives)
    objectives[number] = replace(objectives[number], **changed)
    return replace(plan, objectives=tuple(objectives))


def with_partner(plan: ActionPlan, key: str, **changed: object) -> ActionPlan:
    """Return a plan with one of its partners changed."""
    partners = tuple(replace(one, **changed) if one.key == key else one for one in plan.partners)
    return replace(plan, partners=partners)
