"""This file knows how one part of a plan is changed while others change other parts.

Before a plan is adopted, its coordinators change all of it. Afterwards only follow-up goes on
(steps, spending, measurements, reviews), and partners report it as well; everything else waits for
a revision, so that what was adopted stays what it was. A part comes from a form, or as a record
from another program; the rules are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from forestall.errors import InvalidPlan, NotAllowed, PartChanged
from forestall.languages import message
from forestall.plan.actions import Action, Money, Step
from forestall.plan.records import ActionPlan, ConsultationRecord, Measured, Review, Voice
from forestall.plan.states import EDITABLE, PlanState
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.plans.inputs import value_of
from forestall.web.plans.part_fields import FIELDS
from forestall.web.plans.parts import item_at, part_at, with_item, without_item
from forestall.web.plans.seen import seen, seen_whole
from forestall.web.plans.services import change_plan

if TYPE_CHECKING:
    from collections.abc import Callable

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


@dataclass(frozen=True)
class Written:
    """What somebody wrote of a part.

    Attributes
    ----------
    made
        From the part as it is (None for a new one) to the part as it should be.
    unchanged
        Whether a part is still as the person saw it.
    """

    made: Callable[[Struct | None], Any]
    unchanged: Callable[[Struct | None], bool]


def from_form(form: PartForm) -> Written:
    """Return what a form says; of the part it asks some fields, and the others stay."""
    return Written(made=form.made, unchanged=lambda there: seen(there) == form.cleaned_data["seen"])


def from_record(record: Struct, *, was: str = "") -> Written:
    """Return what another program sent: the part as a whole.

    Parameters
    ----------
    was
        By what the part was recognised when it was read; see `seen_whole`.
    """

    def made(there: Struct | None) -> Struct:
        if there is not None and getattr(there, "key", None) != getattr(record, "key", None):
            raise InvalidPlan(message("The key of a part stays what it is; send it unchanged."))
        _check_keeps_assessment(there, record)
        return record

    return Written(made=made, unchanged=lambda there: seen_whole(there) == was)


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
        raise _adopted()
    return Verb.REPORT_PROGRESS


def save_part(*, plan: Plan, where: str, written: Written, by: Person) -> Plan:
    """Save what was written of an existing part; "" is the plan as a whole.

    Raises
    ------
    NotAllowed
        If the person may not.
    PartChanged
        If somebody else changed the same part meanwhile; a form keeps what was typed.
    InvalidPlan
        If somebody took it out, or the plan would contradict itself.
    """
    record = part_at(where).record if where else ActionPlan

    def change(content: ActionPlan) -> ActionPlan:
        _check_verb(plan, content, record, by, whole=False)
        there = item_at(content, where) if where else content
        if there is not None and not written.unchanged(there):
            raise PartChanged(
                message(
                    "Somebody changed this part while you were writing; compare and save again."
                )
            )
        made = written.made(there)
        _check_follow_up(content.state, there, made)
        changed = with_item(content, where, made) if where else made
        return content if changed == content else _without_old_decisions(content, changed)

    verb = verb_for(PlanState(plan.state), record, whole=False)
    return change_plan(plan=plan, change=change, by=by, what=where or "plan", verb=verb)


def add_part(*, plan: Plan, where: str, written: Written, by: Person) -> tuple[Plan, str]:
    """Add what was written to a list; returns the plan and the address of the new part.

    Raises
    ------
    NotAllowed
        If the person may not.
    PartChanged
        If there is one already, of what a part can have only once.
    """
    part = part_at(where)
    added: list[str] = []

    def change(content: ActionPlan) -> ActionPlan:
        _check_verb(plan, content, part.record, by, whole=True)
        there: Any = item_at(content, where)
        made = written.made(None)
        if part.single:
            if there is not None:
                raise PartChanged(message("Somebody has written this already; look at it again."))
            added.append(where)
        else:
            made = _with_own_key(made, there, list_name=where.rsplit("/", 1)[-1])
            added.append(f"{where}/{getattr(made, 'key', len(there))}")
        return _without_old_decisions(content, with_item(content, where, made))

    verb = verb_for(PlanState(plan.state), part.record, whole=True)
    saved = change_plan(plan=plan, change=change, by=by, what=where, verb=verb)
    return saved, added[-1]


def remove_part(
    *, plan: Plan, where: str, unchanged: Callable[[Struct | None], bool], by: Person
) -> Plan:
    """Take a part out; earlier revisions keep it.

    Parameters
    ----------
    unchanged
        Whether a part is still as the person saw it.

    Raises
    ------
    NotAllowed
        If the person may not.
    PartChanged
        If the part changed meanwhile.
    InvalidPlan
        If others refer to it.
    """
    record = part_at(where).record

    def change(content: ActionPlan) -> ActionPlan:
        _check_verb(plan, content, record, by, whole=True)
        if not unchanged(item_at(content, where)):
            raise PartChanged(message("Somebody changed this part meanwhile; look at it again."))
        return _without_old_decisions(content, without_item(content, where))

    verb = verb_for(PlanState(plan.state), record, whole=True)
    return change_plan(plan=plan, change=change, by=by, what=where, verb=verb)


def _check_verb(
    plan: Plan, content: ActionPlan, record: type[Struct], by: Person, *, whole: bool
) -> None:
    """Make sure once more, now that nobody else changes the plan: it may be adopted meanwhile."""
    check_may(by, verb_for(content.state, record, whole=whole), plan.jurisdiction)


def _adopted() -> NotAllowed:
    return NotAllowed(
        message("This part was adopted as it is; take the plan to its revision to change it.")
    )


def _check_follow_up(state: PlanState, there: Struct | None, made: Struct) -> None:
    """Make sure that of an adopted part only what is follow-up changes."""
    if state in EDITABLE or there is None:
        return
    asked = FOLLOW_UP.get(type(there), ())
    kept = {name: getattr(there, name) for name in asked}
    if msgspec.structs.replace(made, **kept) != there:
        raise _adopted()


def _check_keeps_assessment(there: Struct | None, made: Struct) -> None:
    """Make sure that who writes an assessment is known: it has an address of its own."""
    if isinstance(made, Action) and made.assessment != getattr(there, "assessment", None):
        raise InvalidPlan(
            message("The rights assessment of an action is written at its own address.")
        )


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


def _without_old_decisions(before: ActionPlan, after: ActionPlan) -> ActionPlan:
    """Keep decisions only where action and assessment are what was decided on; nobody adds any."""
    decided = {one.key: one for one in before.actions}
    tag = before.languages[0]
    actions = tuple(_redecided(one, decided.get(one.key), tag) for one in after.actions)
    return after if actions == after.actions else msgspec.structs.replace(after, actions=actions)


def _redecided(action: Action, before: Action | None, tag: str) -> Action:
    now = action.assessment
    known = before.assessment if before is not None else None
    if now is None:
        return action
    kept = known.decisions if known is not None else ()
    if (
        before is None
        or known is None
        or msgspec.structs.replace(now, decisions=kept) != known
        or _said(action, tag) != _said(before, tag)
    ):
        kept = ()
    if now.decisions == kept:
        return action
    return msgspec.structs.replace(action, assessment=msgspec.structs.replace(now, decisions=kept))


def _said(action: Action, tag: str) -> list[object]:
    """Return what an action says of itself; a translation of it changes nothing."""
    values = (value_of(action, field.name) for field in FIELDS[type(action)])
    return [one.get(tag, "") if isinstance(one, dict) else one for one in values]
