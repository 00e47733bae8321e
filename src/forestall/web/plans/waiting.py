"""This file knows what waits for a person: duties of their organisations, decisions, late plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from forestall.plan.duties import duties_due
from forestall.plan.states import EDITABLE, PlanState
from forestall.safeguards import check_rights
from forestall.web.organisations.models import Membership
from forestall.web.organisations.policies import may, roles_in
from forestall.web.organisations.roles import Role, Verb
from forestall.web.plans.drafting import drafters
from forestall.web.plans.models import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from forestall.plan.actions import Action
    from forestall.plan.duties import Duty
    from forestall.web.people.models import Person

AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class DueDuty:
    """A duty of a plan, and whether it is one of the person's own organisation."""

    plan: Plan
    duty: Duty
    own: bool


@dataclass(frozen=True)
class WaitingDecision:
    """An action whose assessment waits for somebody like this person."""

    plan: Plan
    action: Action


def duties_for(person: Person, *, today: date) -> tuple[DueDuty, ...]:
    """Return what is late or due within 30 days, the earliest first.

    Coordinators see the duties of all partners, others those of their own organisations, which are
    the partners of a plan with the same key as in the register.
    """
    own = set(
        Membership.objects.filter(person=person).values_list(
            "organisation__jurisdiction_id", "organisation__key"
        )
    )
    found = [
        DueDuty(plan, duty, own=is_own)
        for plan in _followed(person)
        for duty, is_own in _due(plan, own, today)
        if is_own or Role.COORDINATOR in roles_in(person, plan.jurisdiction)
    ]
    return tuple(sorted(found, key=lambda one: (one.duty.due, not one.own, one.plan.pk)))


def decisions_for(person: Person) -> tuple[WaitingDecision, ...]:
    """Return the actions whose rights assessment this person can decide on, and has not yet."""
    return tuple(
        WaitingDecision(plan, action)
        for plan in Plan.objects.visible_to(person).select_related("jurisdiction", "drafted_by")
        if PlanState(plan.state) in EDITABLE and may(person, Verb.DECIDE_RIGHTS, plan.jurisdiction)
        for action in _undecided(plan, person)
    )


def _followed(person: Person) -> Iterator[Plan]:
    yield from Plan.objects.visible_to(person).followed().select_related("jurisdiction")


def _due(plan: Plan, own: set[tuple[int, str]], today: date) -> Iterator[tuple[Duty, bool]]:
    for duty in duties_due(plan.content, today=today, within_days=AHEAD.days).duties:
        keys = {duty.responsible, duty.accountable}
        yield duty, any((plan.jurisdiction_id, key) in own for key in keys if key)


def _undecided(plan: Plan, person: Person) -> Iterator[Action]:
    drafted = drafters(plan)
    for action in plan.content.actions:
        if action.assessment is None or person.key in drafted[action.key]:
            continue
        found = check_rights(action.assessment, drafted_by=drafted[action.key])
        decided = {one.by for one in found.decisions}
        if (
            not found.refused
            and not found.missing
            and found.undecided
            and person.key not in decided
        ):
            yield action
