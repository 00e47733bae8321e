"""This file knows how two people decide whether an action may go on, as far as rights go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from forestall.errors import InvalidPlan, NotAllowed
from forestall.languages import message
from forestall.plan.states import EDITABLE, PlanState
from forestall.safeguards import check_rights
from forestall.safeguards.assessment import Decision, RightsAssessment
from forestall.web.organisations.models import Membership
from forestall.web.organisations.roles import Role, Verb
from forestall.web.plans.drafting import drafters
from forestall.web.plans.parts import item_at, with_item
from forestall.web.plans.services import change_plan

if TYPE_CHECKING:
    from datetime import date

    from forestall.plan.records import ActionPlan
    from forestall.web.people.models import Person
    from forestall.web.plans.models import Plan


def check_may_decide(*, plan: Plan, action: str, by: Person) -> RightsAssessment:
    """Make sure that a person can decide now, and return the assessment.

    Raises
    ------
    NotAllowed
        If they drafted it, if the plan is adopted, or if the action would be refused whatever they
        say.
    InvalidPlan
        If there is no assessment.
    """
    assessment = item_at(plan.content, f"actions/{action}/assessment")
    if not isinstance(assessment, RightsAssessment):
        raise InvalidPlan(message("Nobody has written an assessment of this action yet."))
    if PlanState(plan.state) not in EDITABLE:
        raise NotAllowed(message("The plan is adopted; decisions are taken before that."))
    if by.key in drafters(plan)[action]:
        raise NotAllowed(
            message("You drafted this; two people who did not draft it have to decide.")
        )
    refused = check_rights(assessment).refused
    if refused:
        raise NotAllowed(refused[0].said)
    return assessment


def decide_rights(
    *, plan: Plan, action: str, agrees: bool, reason: str, conditions: str, by: Person, today: date
) -> Plan:
    """Keep what one of the two people decided; a later decision of theirs replaces it.

    Raises
    ------
    NotAllowed
        If they may not decide; see `check_may_decide`.
    InvalidPlan
        If there is no assessment.
    """

    def change(content: ActionPlan) -> ActionPlan:
        where = f"actions/{action}/assessment"
        assessment = check_may_decide(plan=plan, action=action, by=by)
        tag = content.languages[0]
        decided = Decision(
            by=by.key,
            office={tag: office_of(by, plan)},
            on=today,
            agrees=agrees,
            reason={tag: reason},
            conditions={tag: conditions} if conditions else {},
        )
        others = tuple(one for one in assessment.decisions if one.by != by.key)
        changed = msgspec.structs.replace(assessment, decisions=(*others, decided))
        return with_item(content, where, changed)

    return change_plan(
        plan=plan,
        change=change,
        by=by,
        what=f"actions/{action}/assessment/decision",
        verb=Verb.DECIDE_RIGHTS,
    )


def office_of(person: Person, plan: Plan) -> str:
    """Return for which office a person acts: role and organisation, never a name."""
    held = Membership.objects.filter(
        person=person, organisation__jurisdiction_id__in=plan.jurisdiction.above()
    )
    if person.limits is not None:
        held = held.filter(role__in=person.limits.roles)
    membership = held.select_related("organisation").first()
    assert membership is not None
    return f"{Role(membership.role).words}, {membership.organisation.name}"
