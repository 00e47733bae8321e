"""This file knows how a consultation is opened, closed and noted in its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.db import transaction
from django.utils import timezone

from forestall.errors import InvalidConsultation
from forestall.languages import message
from forestall.plan.records import ConsultationRecord, Voice
from forestall.plan.states import EDITABLE, PlanState
from forestall.web.audit.services import record
from forestall.web.consultation.models import Consultation
from forestall.web.consultation.told_elsewhere import tell
from forestall.web.organisations.in_turn import wait_for_turn
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.plans.models import Plan
from forestall.web.plans.services import change_plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from forestall.plan.records import ActionPlan
    from forestall.web.people.models import Person


@transaction.atomic
def open_consultation(*, plan: Plan, opens: date, ends: date, by: Person) -> Consultation:
    """Ask people about a plan as it is now.

    Raises
    ------
    NotAllowed
        If the person may not moderate there.
    InvalidConsultation
        If there is nothing to ask about, the plan is past asking, or the days do not fit.
    """
    check_may(by, Verb.MODERATE, plan.jurisdiction)
    wait_for_turn(plan.jurisdiction)
    plan = Plan.objects.select_related("jurisdiction").get(pk=plan.pk)
    _check_can_be_asked(plan, opens=opens, ends=ends)
    city = plan.jurisdiction.slug
    count = Consultation.objects.filter(plan__jurisdiction=plan.jurisdiction).count()
    new = Consultation.objects.create(
        plan=plan,
        revision=plan.revisions.get(number=plan.revision),
        slug=f"{city}-{count + 1}",
        opens=opens,
        ends=ends,
        opened_by=by,
    )
    _record("open consultation", new, by)
    return new


@transaction.atomic
def close_consultation(*, consultation: Consultation, by: Person) -> Consultation:
    """End a consultation; what was said and answered stays readable.

    Raises
    ------
    NotAllowed
        If the person may not moderate there.
    """
    check_may(by, Verb.MODERATE, consultation.jurisdiction)
    wait_for_turn(consultation.jurisdiction)
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if locked.closed_at is None:
        locked.closed_at, locked.closed_by = timezone.now(), by
        locked.save(update_fields=["closed_at", "closed_by"])
        _record("close consultation", locked, by)
    return locked


@transaction.atomic
def record_in_plan(
    *, consultation: Consultation, how: str, voices: Sequence[tuple[str, str]], by: Person
) -> Consultation:
    """Note in the plan how people were asked, what they said, and what was changed.

    Parameters
    ----------
    how
        How people were asked.
    voices
        Pairs of what was said, summed up, and what was changed because of it.

    Raises
    ------
    NotAllowed
        If the person may not moderate there.
    InvalidConsultation
        If it goes on, is noted already, or comments wait for a decision.
    InvalidPlan
        If the plan would contradict itself.
    """
    check_may(by, Verb.MODERATE, consultation.jurisdiction)
    wait_for_turn(consultation.jurisdiction)
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    _check_can_be_recorded(locked)
    assert locked.closed_at is not None
    tag = locked.revision.content.languages[0]
    noted = ConsultationRecord(
        opened=locked.opens,
        closed=min(locked.closed_at.date(), locked.ends),
        how={tag: how},
        voices=tuple(Voice(said={tag: said}, changed={tag: changed}) for said, changed in voices),
    )

    def with_it(plan: ActionPlan) -> ActionPlan:
        return msgspec.structs.replace(plan, consultations=(*plan.consultations, noted))

    change_plan(plan=locked.plan, change=with_it, by=by, what="consultations", verb=Verb.MODERATE)
    locked.recorded_at = timezone.now()
    locked.voices = [msgspec.to_builtins(one) for one in noted.voices]
    locked.save(update_fields=["recorded_at", "voices"])
    _record("record consultation", locked, by)
    return locked


def _check_can_be_asked(plan: Plan, *, opens: date, ends: date) -> None:
    if PlanState(plan.state) not in EDITABLE:
        raise InvalidConsultation(
            message("People are asked about a draft; this plan is adopted or closed.")
        )
    content = plan.content
    if not content.problems and not content.actions:
        raise InvalidConsultation(
            message("The plan has no problem and no action yet on which people could comment.")
        )
    if ends < opens or ends < timezone.localdate():
        raise InvalidConsultation(
            message("The last day must be today or later, and not before the first day.")
        )
    open_one = Consultation.objects.filter(plan=plan, closed_at__isnull=True)
    if open_one.exists():
        raise InvalidConsultation(
            message("A consultation on this plan is not closed yet; close it first.")
        )


def _check_can_be_recorded(consultation: Consultation) -> None:
    if consultation.recorded_at is not None:
        raise InvalidConsultation(message("This consultation is noted in the plan already."))
    if consultation.closed_at is None:
        raise InvalidConsultation(message("Close the consultation before you note it in the plan."))
    if consultation.comments.waiting().exists():
        raise InvalidConsultation(
            message("Comments wait for a decision; decide on each before you note it in the plan.")
        )


def _record(verb: str, consultation: Consultation, by: Person) -> None:
    """Add it to the log; the public site tells of it, too."""
    because = f"{verb} {consultation.pk}"
    tell(jurisdiction=consultation.jurisdiction, by=by, because=because)
    record(
        verb,
        by=by,
        about=f"consultation {consultation.pk}",
        jurisdiction=consultation.jurisdiction,
        revision=consultation.revision.number,
    )
