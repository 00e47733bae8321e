"""This file knows what the demonstration does in the background: publish, import, diagnose.

Each step looks whether it was done: work that was cut off goes on where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from forestall.plan.states import PlanState
from forestall.web.data.folders import report_folder
from forestall.web.data.jobs import diagnose_store, import_files
from forestall.web.data.models import FileImport, SafetyDiagnosis, WorkState
from forestall.web.demonstration.city import CITY, first_person, second_person
from forestall.web.demonstration.data import bring_file
from forestall.web.operations.models import Job
from forestall.web.operations.tasks import start_job
from forestall.web.organisations.models import Jurisdiction
from forestall.web.plans.models import Plan
from forestall.web.publishing.jobs import make_publication
from forestall.web.publishing.models import Release
from forestall.web.publishing.services import (
    prepare_diagnosis,
    prepare_plan,
    release_publication,
)

if TYPE_CHECKING:
    from forestall.web.people.models import Person

STORY = "demonstration"
_PLAN_IN = ("en", "fr", "ar")
_DIAGNOSIS_IN = ("en", "ar")


@transaction.atomic
def begin_story() -> None:
    """Begin the work in the background, once for each demonstration."""
    if Job.objects.filter(kind=STORY).exists():
        return
    city = Jurisdiction.objects.get(slug=CITY)
    job = start_job(kind=STORY, jurisdiction=city, by=first_person())
    waiting = {"jurisdiction": city, "state": WorkState.WAITING.value}
    for kept in (FileImport, SafetyDiagnosis):
        kept._default_manager.filter(**waiting).update(job=job)


def tell_story(job: Job) -> None:
    """Publish the plan that is under way, import the records, diagnose, prepare the diagnosis."""
    city, author, second = job.jurisdiction, first_person(), second_person()
    _publish_plan(job, city, author, second)
    brought = FileImport.objects.filter(jurisdiction=city, made_by=author).earliest("pk")
    if brought.state != WorkState.DONE.value:
        bring_file(brought)
        import_files(job, number=brought.pk)
    diagnosis = SafetyDiagnosis.objects.filter(jurisdiction=city, made_by=author).earliest("pk")
    diagnose_store(job, number=diagnosis.pk)
    diagnosis.refresh_from_db()
    _prepare_diagnosis(job, diagnosis, author)


def _publish_plan(job: Job, city: Jurisdiction, author: Person, second: Person) -> None:
    plan = Plan.objects.get(jurisdiction=city, drafted_by=author, state=PlanState.UNDER_WAY)
    release = Release.objects.filter(plan=plan).first() or prepare_plan(
        plan=plan, languages=_PLAN_IN, formats=(), by=author, address="/"
    )
    make_publication(job, release=release.pk)
    release.refresh_from_db()
    if release.state == Release.State.READY:
        release_publication(release=release, by=second)


def _prepare_diagnosis(job: Job, diagnosis: SafetyDiagnosis, author: Person) -> None:
    release = Release.objects.filter(diagnosis=diagnosis).first() or prepare_diagnosis(
        jurisdiction=diagnosis.jurisdiction,
        folder=report_folder(diagnosis),
        title=diagnosis.title,
        diagnosis=diagnosis,
        languages=_DIAGNOSIS_IN,
        by=author,
        address="/",
    )
    make_publication(job, release=release.pk)
