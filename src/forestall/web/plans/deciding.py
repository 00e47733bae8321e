"""This file knows how two people decide whether an action may go on, as far as rights go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from forestall.errors import InvalidPlan, NotAllowed, PartChanged
from forestall.languages import message
from forestall.plan.states import EDITABLE, PlanState
from forestall.safeguards import check_rights
from forestall.safeguards.assessment import Decision, RightsAssessment
from forestall.web.organisations.models import Membership
from forestall.web.organisations.roles import Role, Verb
from forestall.web.plans.drafting import drafters
from forestall.web.plans.models import Plan
from forestall.web.plans.parts import item_at, with_item
from forestall.web.plans.seen import seen_whole
from forestall.web.plans.services import change_plan

if TYPE_CHECKING:
    from datetime import date

    from forestall.plan.records import ActionPlan
    from forestall.web.people.models import Person


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


@dataclass(frozen=True)
class Said:
    """What one of the two people decided.

    Attributes
    ----------
    agrees
        Whether the action may go on.
    reason, conditions
        Why, and what has to be kept to; "" without a condition.
    """

    agrees: bool
    reason: str
    conditions: str = ""


def decide_rights(
    *, plan: Plan, action: str, said: Said, by: Person, today: date, was: str | None = None
) -> Plan:
    """Keep what one of the two people decided; a later decision of theirs replaces it.

    Parameters
    ----------
    was
        By what the assessment was recognised when the person read it; see `read_by`. None where
        nobody told.

    Raises
    ------
    NotAllowed
        If they may not decide; see `check_may_decide`.
    PartChanged
        If the assessment is another one than the person read.
    InvalidPlan
        If there is no assessment.
    """

    def change(content: ActionPlan) -> ActionPlan:
        where = f"actions/{action}/assessment"
        # As it is now: what was read before the lock may have been changed by somebody.
        now = Plan.objects.get(pk=plan.pk)
        assessment = check_may_decide(plan=now, action=action, by=by)
        if was is not None and was != read_by(assessment):
            raise PartChanged(
                message("Somebody changed the assessment meanwhile; read it again, then decide.")
            )
        tag = content.languages[0]
        decided = Decision(
            by=by.key,
            office={tag: office_of(by, plan)},
            on=today,
            agrees=said.agrees,
            reason={tag: said.reason},
            conditions={tag: said.conditions} if said.conditions else {},
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


def read_by(assessment: RightsAssessment) -> str:
    """Return by what an assessment is recognised, whatever others have decided on it."""
    return seen_whole(msgspec.structs.replace(assessment, decisions=()))


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
