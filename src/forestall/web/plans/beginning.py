"""This file knows how a plan begins in the workspace: empty, or from a file."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec
from django.utils.text import slugify

from forestall.plan.files import plan_from_json
from forestall.plan.records import ActionPlan, Partner, Place
from forestall.plan.states import PlanState
from forestall.plan.vocabulary import Jurisdiction as Level
from forestall.plan.vocabulary import Sector
from forestall.safeguards.assessment import RightsAssessment

if TYPE_CHECKING:
    from datetime import date

    from forestall.plan.actions import Action
    from forestall.web.organisations.models import Jurisdiction


def begun_plan(place: Jurisdiction, *, title: str, starts: date, ends: date) -> ActionPlan:
    """Return a plan with nothing in it but its head and the partners of the register."""
    tag = place.language
    return ActionPlan(
        key=slugify(title)[:60].strip("-") or f"plan-{secrets.token_hex(4)}",
        title={tag: title},
        place=Place(name={tag: place.name}, country=place.country, level=Level(place.level)),
        languages=(tag,),
        starts=starts,
        ends=ends,
        currency=place.currency,
        partners=tuple(
            Partner(
                key=one.key,
                name={tag: one.name},
                sector=Sector(one.sector),
                role={tag: one.role} if one.role else {},
                contact=one.contact,
            )
            for one in place.organisations.all()
        ),
    )


def plan_of_file(read: bytes) -> ActionPlan:
    """Return a plan from a file, as a first draft here.

    Decisions of another city's people do not count here; they are left out, and the two of this
    city decide anew.

    Raises
    ------
    InvalidPlan
        If the file is no plan, or contradicts itself.
    """
    plan = plan_from_json(read)
    return msgspec.structs.replace(
        plan,
        state=PlanState.DRAFT,
        version=1,
        actions=tuple(_undecided(action) for action in plan.actions),
    )


def _undecided(action: Action) -> Action:
    if not isinstance(action.assessment, RightsAssessment):
        return action
    undecided = msgspec.structs.replace(action.assessment, decisions=())
    return msgspec.structs.replace(action, assessment=undecided)
