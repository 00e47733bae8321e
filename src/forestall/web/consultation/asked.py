"""This file knows the plan about which residents were last asked, as they read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.web.consultation.models import Consultation

if TYPE_CHECKING:
    from datetime import date

    from forestall.plan.records import ActionPlan
    from forestall.web.plans.models import Plan, PlanRevision


def plan_asked_about(plan: Plan) -> ActionPlan | None:
    """Return the plan as residents were last asked about it; None if they never were.

    That is the revision of the latest consultation here. One that was only noted in the plan was
    about the plan as it was on its first day, or as it came here, if it is older.
    """
    asked = Consultation.objects.filter(plan=plan).select_related("revision").first()
    noted = max((one.opened for one in plan.content.consultations), default=None)
    if noted is None or (asked is not None and asked.opens >= noted):
        return asked.revision.content if asked is not None else None
    found = _as_on(plan, noted)
    return found.content if found is not None else None


def _as_on(plan: Plan, day: date) -> PlanRevision | None:
    revisions = plan.revisions.order_by("number")
    return revisions.filter(saved_at__date__lte=day).last() or revisions.first()
