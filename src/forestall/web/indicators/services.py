"""This file knows how an indicator is linked to its source, and when it is computed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from forestall.errors import NotAllowed
from forestall.languages import message
from forestall.web.audit.services import record
from forestall.web.data.models import Store
from forestall.web.indicators.jobs import MEASURE
from forestall.web.indicators.models import IndicatorSource, lock_origin
from forestall.web.operations.tasks import start_job
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb

if TYPE_CHECKING:
    from forestall.web.data.models import FileImport, SafetyDiagnosis
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person
    from forestall.web.plans.models import Plan
    from forestall.web.surveys.models import Survey, SurveyWave

ASKED = "asked"


def link_indicator(
    *,
    plan: Plan,
    objective: str,
    origin: Store | Survey,
    settings: dict[str, Any],
    by: Person,
) -> IndicatorSource:
    """Link the indicator of an objective to a store or a survey, and compute it.

    An earlier link gives way; what was computed by it and stands in the plan stays until the new
    one tells the same periods.

    Raises
    ------
    NotAllowed
        If the person may not change the plan, or the source belongs to another place.
    """
    check_may(by, Verb.EDIT_PLAN, plan.jurisdiction)
    if origin.jurisdiction_id != plan.jurisdiction_id:
        raise NotAllowed(message("A source belongs to the place of the plan; choose one of it."))
    is_store = isinstance(origin, Store)
    facts: dict[str, Any] = {"store": None, "survey": None}
    facts |= {"store" if is_store else "survey": origin}
    facts |= {"name": origin.name, "settings": settings, "made_by": by}
    with transaction.atomic():
        lock_origin(origin)
        one, _ = IndicatorSource.objects.update_or_create(
            plan=plan,
            objective=objective,
            defaults={**facts, "state": "waiting", "failure": "", "told": {}},
        )
        # What was computed by another link is no earlier number of this one; that it was written
        # by us stays known, so that it gives way in the plan.
        one.points.update(value=None, low=None, high=None, hidden="", people=None, earlier=[])
        record(
            "link indicator",
            by=by,
            about=f"plan {plan.pk}",
            jurisdiction=plan.jurisdiction,
            objective=objective,
            origin=f"{'store' if is_store else 'survey'} {origin.pk}",
        )
    # What one series tells changes what the others of the same store may tell.
    _start(one, by, **({"store": origin.pk} if is_store else {"survey": origin.pk}))
    one.refresh_from_db()
    return one


@transaction.atomic
def unlink_indicator(*, source: IndicatorSource, by: Person) -> None:
    """Take a link away; the points that stand in the plan stay, as if somebody had typed them.

    Raises
    ------
    NotAllowed
        If the person may not change the plan.
    """
    check_may(by, Verb.EDIT_PLAN, source.jurisdiction)
    record(
        "unlink indicator",
        by=by,
        about=f"plan {source.plan_id}",
        jurisdiction=source.jurisdiction,
        objective=source.objective,
    )
    source.delete()


def measure_again(*, source: IndicatorSource, by: Person) -> None:
    """Compute the indicators of a plan once more.

    Raises
    ------
    NotAllowed
        If the person may not report progress.
    """
    check_may(by, Verb.REPORT_PROGRESS, source.jurisdiction)
    _start(source, by, plan=source.plan_id)


def measure_after_import(one: FileImport) -> None:
    """Compute what is linked to the store of an import that is done."""
    if IndicatorSource.objects.filter(store=one.store_id).exists():
        start_job(
            kind=MEASURE,
            jurisdiction=one.jurisdiction,
            by=one.made_by,
            origin=f"import {one.pk}",
            store=one.store_id,
        )


def measure_after_diagnosis(one: SafetyDiagnosis) -> None:
    """Compute what is linked to the store of a diagnosis: what it hides is hidden here as well."""
    if IndicatorSource.objects.filter(store=one.store_id).exists():
        start_job(
            kind=MEASURE,
            jurisdiction=one.jurisdiction,
            by=None,
            origin=f"diagnosis {one.pk}",
            store=one.store_id,
        )


def measure_after_wave(wave: SurveyWave, *, by: Person) -> None:
    """Compute what is linked to a survey that has a new wave."""
    survey = wave.survey
    if IndicatorSource.objects.filter(survey=survey).exists():
        start_job(
            kind=MEASURE,
            jurisdiction=survey.jurisdiction,
            by=by,
            origin=f"wave {wave.pk}",
            survey=survey.pk,
        )


def measure_after_move(plan: Plan, *, by: Person) -> None:
    """Compute the indicators of a plan that is followed from now on."""
    if IndicatorSource.objects.filter(plan=plan).exists():
        _start_now(plan.jurisdiction, by, plan=plan.pk)


def _start(source: IndicatorSource, by: Person, **about: int) -> None:
    _start_now(source.jurisdiction, by, **about)


def _start_now(jurisdiction: Jurisdiction, by: Person, **about: int) -> None:
    # The moment makes it another job than one that runs already and may have begun before.
    start_job(
        kind=MEASURE,
        jurisdiction=jurisdiction,
        by=by,
        origin=ASKED,
        asked_at=timezone.now().isoformat(),
        **about,
    )
