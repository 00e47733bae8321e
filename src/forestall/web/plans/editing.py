"""This file knows how one part of a plan is changed while others change other parts.

Before a plan is adopted, its coordinators change all of it. Afterwards only follow-up goes on
(steps, spending, measurements, reviews), and partners report it as well; everything else waits for
a revision, so that what was adopted stays what it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from forestall.errors import InvalidPlan, NotAllowed
from forestall.languages import message
from forestall.plan.actions import Money, Step
from forestall.plan.records import ActionPlan, ConsultationRecord, Measured, Review, Voice
from forestall.plan.states import EDITABLE, PlanState
from forestall.safeguards.assessment import RightsAssessment
from forestall.web.organisations.roles import Verb
from forestall.web.plans.parts import item_at, part_at, with_item, without_item
from forestall.web.plans.seen import seen
from forestall.web.plans.services import change_plan

if TYPE_CHECKING:
    from msgspec import Struct

    from forestall.web.people.models import Person
    from forestall.web.plans.forms import PartForm
    from forestall.web.plans.models import Plan

# What is asked of a part once the plan is adopted; of others, nothing.
FOLLOW_UP: dict[type[Struct], tuple[str, ...]] = {
    Step: ("state", "finished", "progress"),
    Money: ("spent",),
    Measured: ("on", "value", "low", "high", "source"),
    Review: ("on", "held", "found"),
    ConsultationRecord: ("closed",),
    Voice: ("said", "changed"),
}
# Of these, more can be added while the plan goes on.
_ADDED_LATER = (Measured, Review, Voice)


def verb_for(state: PlanState, record: type[Struct], *, whole: bool) -> Verb:
    """Return what a person must be allowed to do to change a part in this state of the plan.

    Parameters
    ----------
    whole
        Whether an item is added or taken away, rather than changed.

    Raises
    ------
    NotAllowed
        If nobody may: the plan is adopted, and the part is no follow-up.
    """
    if state in EDITABLE:
        return Verb.EDIT_PLAN
    allowed = _ADDED_LATER if whole else tuple(FOLLOW_UP)
    if state is PlanState.CLOSED or not issubclass(record, allowed):
        raise NotAllowed(
            message("This part was adopted as it is; take the plan to its revision to change it.")
        )
    return Verb.REPORT_PROGRESS


def save_part(*, plan: Plan, where: str, form: PartForm, by: Person) -> Plan:
    """Save what a form says of an existing part.

    Raises
    ------
    NotAllowed
        If the person may not.
    InvalidPlan
        If somebody else changed the same part meanwhile, or took it out; nothing is lost, because
        the form keeps what was typed.
    """

    def change(content: ActionPlan) -> ActionPlan:
        there = item_at(content, where) if where else content
        if there is not None and seen(there) != form.cleaned_data["seen"]:
            raise InvalidPlan(
                message(
                    "Somebody changed this part while you were writing; compare and save again."
                )
            )
        made = form.made(there)
        changed = with_item(content, where, made) if where else made
        return content if changed == content else _without_old_decisions(changed, where)

    record = part_at(where).record if where else ActionPlan
    verb = verb_for(PlanState(plan.state), record, whole=False)
    return change_plan(plan=plan, change=change, by=by, what=where or "plan", verb=verb)


def add_part(*, plan: Plan, where: str, form: PartForm, by: Person) -> tuple[Plan, str]:
    """Add what a form says to a list; returns the plan and the address of the new part.

    Raises
    ------
    NotAllowed
        If the person may not.
    """
    part = part_at(where)
    added: list[str] = []

    def change(content: ActionPlan) -> ActionPlan:
        made = form.made(None)
        if part.single:
            added.append(where)
            return with_item(content, where, made)
        items: tuple[Struct, ...] = item_at(content, where)  # type: ignore[assignment]
        made = _with_own_key(made, items, list_name=where.rsplit("/", 1)[-1])
        added.append(f"{where}/{getattr(made, 'key', len(items))}")
        return _without_old_decisions(with_item(content, where, made), where)

    verb = verb_for(PlanState(plan.state), part.record, whole=True)
    saved = change_plan(plan=plan, change=change, by=by, what=where, verb=verb)
    return saved, added[-1]


def remove_part(*, plan: Plan, where: str, was: str, by: Person) -> Plan:
    """Take a part out; earlier revisions keep it.

    Raises
    ------
    NotAllowed
        If the person may not.
    InvalidPlan
        If the part changed meanwhile, or others refer to it.
    """

    def change(content: ActionPlan) -> ActionPlan:
        if seen(item_at(content, where)) != was:
            raise InvalidPlan(message("Somebody changed this part meanwhile; look at it again."))
        return _without_old_decisions(without_item(content, where), where)

    verb = verb_for(PlanState(plan.state), part_at(where).record, whole=True)
    return change_plan(plan=plan, change=change, by=by, what=where, verb=verb)


def _with_own_key(made: Struct, items: tuple[Struct, ...], *, list_name: str) -> Struct:
    """Return a record with a key that no other item of its list has."""
    if "key" not in made.__struct_fields__:
        return made
    taken = {getattr(one, "key", "") for one in items}
    wanted = getattr(made, "key", "") or list_name.replace("_", "-")
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return msgspec.structs.replace(made, key=key)


def _without_old_decisions(content: ActionPlan, where: str) -> ActionPlan:
    """Drop decisions on an assessment that is no longer what was decided on."""
    head, found, _ = where.partition("/assessment")
    if not found:
        return content
    address = f"{head}/assessment"
    assessment = item_at(content, address)
    if not isinstance(assessment, RightsAssessment) or not assessment.decisions:
        return content
    return with_item(content, address, msgspec.structs.replace(assessment, decisions=()))
