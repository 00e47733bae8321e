"""This file knows how plans change: every change in one transaction, with its revision and entry.

Many people change one plan. Each change is made on the plan as it is when it is saved, not as it
was when the page was opened; `seen` says which state of the part the person had before them, and a
part that somebody else changed meanwhile is not overwritten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.db import transaction

from forestall.languages import in_language
from forestall.plan.soundness import check_sound
from forestall.web.audit.services import record
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.plans.models import Plan, PlanRevision

if TYPE_CHECKING:
    from collections.abc import Callable

    from forestall.plan.records import ActionPlan
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person


@transaction.atomic
def add_plan(*, content: ActionPlan, jurisdiction: Jurisdiction, by: Person) -> Plan:
    """Begin a plan.

    Raises
    ------
    NotAllowed
        If the person may not change plans there.
    """
    check_may(by, Verb.EDIT_PLAN, jurisdiction)
    plan = Plan(jurisdiction=jurisdiction, drafted_by=by, revision=0)
    return _save(plan, content, by=by, what="begun", verb="begin plan")


@transaction.atomic
def change_plan(
    *,
    plan: Plan,
    change: Callable[[ActionPlan], ActionPlan],
    by: Person,
    what: str,
    verb: Verb = Verb.EDIT_PLAN,
) -> Plan:
    """Change a plan as it is now, and keep the revision.

    Parameters
    ----------
    change
        From the plan as it is to the plan as it should be; whatever it raises, nothing is saved.
    what
        The part that is changed, such as "actions/gates"; for the history.
    verb
        What the person must be allowed to do.

    Raises
    ------
    NotAllowed
        If the person may not.
    InvalidPlan
        If the plan would contradict itself.
    """
    check_may(by, verb, plan.jurisdiction)
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    return _save(locked, change(locked.content), by=by, what=what, verb=verb.value)


@transaction.atomic
def measure_plan(
    *, plan: Plan, change: Callable[[ActionPlan], ActionPlan], what: str, **facts: object
) -> Plan:
    """Change what was measured in a plan, by the workspace itself; nobody is named for it.

    Parameters
    ----------
    change
        As in `change_plan`; a plan that stays as it is gets no revision.
    what
        The part that is changed, such as "objectives/fewer/measured".
    facts
        Kept in the audit log, such as from which import it was computed.

    Raises
    ------
    InvalidPlan
        If the plan would contradict itself.
    """
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    changed = change(locked.content)
    return _save(locked, changed, by=None, what=what, verb="measure indicator", **facts)


def _save(
    plan: Plan, content: ActionPlan, *, by: Person | None, what: str, verb: str, **facts: object
) -> Plan:
    check_sound(content)
    document = msgspec.json.encode(content).decode()
    if plan.pk is not None and document == plan.document:
        return plan
    plan.document = document
    plan.title = in_language(content.title, *content.languages)[:300]
    plan.state = content.state
    plan.revision += 1
    plan.save()
    PlanRevision.objects.create(
        plan=plan,
        number=plan.revision,
        document=document,
        state=content.state,
        version=content.version,
        saved_by=by,
        what=what[:200],
    )
    record(
        verb,
        by=by,
        about=f"plan {plan.pk}",
        jurisdiction=plan.jurisdiction,
        revision=plan.revision,
        part=what,
        **facts,
    )
    return plan
