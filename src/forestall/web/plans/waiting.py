"""This file knows what waits for a person: duties of their organisations, decisions, late plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.plan.states import EDITABLE
from forestall.safeguards import check_rights
from forestall.web.organisations.models import held_by
from forestall.web.organisations.policies import may, roles_in
from forestall.web.organisations.roles import Role, Verb
from forestall.web.plans.drafting import drafters_of
from forestall.web.plans.models import Plan
from forestall.web.plans.standing import assessed_in, duties_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from forestall.plan.actions import Action
    from forestall.plan.duties import Duty
    from forestall.safeguards.gate import RightsCheck
    from forestall.web.people.models import Person
    from forestall.web.plans.models import PlanQuerySet


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
    own = {(one.jurisdiction, one.organisation) for one in held_by(person)}
    plans = {one.pk: one for one in _heads(Plan.objects.visible_to(person).followed())}
    found = [
        DueDuty(plans[key], duty, own=_is_own(duty, plans[key], own))
        for key, duties in duties_in(plans.values(), today=today).items()
        for duty in duties
    ]
    shown = (
        one
        for one in found
        if one.own or Role.COORDINATOR in roles_in(person, one.plan.jurisdiction)
    )
    return tuple(sorted(shown, key=lambda one: (one.duty.due, not one.own, one.plan.pk)))


def decisions_for(person: Person) -> tuple[WaitingDecision, ...]:
    """Return the actions whose rights assessment this person can decide on, and has not yet."""
    plans = [one for one in _open(person) if may(person, Verb.DECIDE_RIGHTS, one.jurisdiction)]
    return tuple(
        WaitingDecision(one.plan, one.action)
        for one in _assessments_in(plans)
        if person.key not in one.drafted_by and _waits(one.found, person)
    )


@dataclass(frozen=True)
class CheckedAssessment:
    """The rights assessment of an action, who drafted it, and what was found about it."""

    plan: Plan
    action: Action
    drafted_by: frozenset[str]
    found: RightsCheck


def assessments_for(person: Person) -> tuple[CheckedAssessment, ...]:
    """Return the rights assessments of the open plans that exist for a person."""
    return tuple(_assessments_in(_open(person)))


def _open(person: Person) -> list[Plan]:
    return _heads(Plan.objects.visible_to(person).filter(state__in=sorted(EDITABLE)))


def _heads(plans: PlanQuerySet) -> list[Plan]:
    """Return plans without their documents."""
    return list(plans.select_related("jurisdiction").defer("document"))


def _is_own(duty: Duty, plan: Plan, own: set[tuple[int, str]]) -> bool:
    keys = {duty.responsible, duty.accountable}
    return any((plan.jurisdiction_id, key) in own for key in keys if key)


def _assessments_in(plans: list[Plan]) -> Iterator[CheckedAssessment]:
    assessed = assessed_in(plans)
    asked = {plan: tuple(action.key for action in assessed[plan.pk]) for plan in plans}
    drafted = drafters_of({plan: keys for plan, keys in asked.items() if keys})
    for plan in plans:
        for action in assessed[plan.pk]:
            by = drafted[plan.pk][action.key]
            assert action.assessment is not None
            yield CheckedAssessment(
                plan, action, by, check_rights(action.assessment, drafted_by=by)
            )


def _waits(found: RightsCheck, person: Person) -> bool:
    decided = {one.by for one in found.decisions}
    is_open = not found.refused and not found.missing and bool(found.undecided)
    return is_open and person.key not in decided
