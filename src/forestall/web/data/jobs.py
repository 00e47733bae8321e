"""This file knows the work in the background on data: imports and diagnoses."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from forestall.errors import Cancelled, ForestallError, PersonalColumns
from forestall.languages import message, use_language
from forestall.web.audit.services import record
from forestall.web.data.diagnosing import make_report
from forestall.web.data.folders import report_folder, store_folder
from forestall.web.data.importing import (
    check_files,
    find_questions,
    forget_files,
    read_files,
    why_not,
)
from forestall.web.data.models import FileImport, SafetyDiagnosis, WorkState
from forestall.web.indicators.services import measure_after_diagnosis, measure_after_import
from forestall.web.operations.tasks import job

if TYPE_CHECKING:
    from forestall.web.operations.models import Job

IMPORT, DIAGNOSIS = "import", "diagnosis"


@job(IMPORT)
def import_files(job: Job, *, number: int) -> dict[str, Any]:
    """Import files into their store, or find out what has to be asked first.

    An import that ended is not begun again. Indicators that are linked to the store are computed
    in a job of their own, so that what goes wrong there is no fault of the import.
    """
    one = FileImport.objects.select_related("store", "jurisdiction", "made_by").get(pk=number)
    if one.state == WorkState.DONE.value:
        measure_after_import(one)
        return {}
    with use_language(_language(one)):
        try:
            job.report(0, 100, message("Looking at the files"))
            check_files(one)
            questions = find_questions(one)
            outcome = {} if questions else read_files(one, job)
        except Cancelled:
            raise
        except ForestallError as reason:
            _fail(one, why_not(reason, one), reason)
            raise
    _keep_import(one, questions, outcome)
    if not questions:
        measure_after_import(one)
    return {"asks": bool(questions)}


@job(DIAGNOSIS)
def diagnose_store(job: Job, *, number: int) -> dict[str, Any]:
    """Make a diagnosis; one that ended is not begun again."""
    one = SafetyDiagnosis.objects.select_related("store", "jurisdiction", "areas").get(pk=number)
    if one.state == WorkState.DONE.value:
        measure_after_diagnosis(one)
        return {}
    try:
        told = make_report(one, job)
    except Cancelled:
        raise
    except ForestallError as reason:
        _fail(one, _without_paths(reason, one), reason)
        raise
    with transaction.atomic():
        one.state, one.failure = WorkState.DONE.value, ""
        one.first_day = date.fromisoformat(told["first_day"])
        one.last_day = date.fromisoformat(told["last_day"])
        one.said = told["said"]
        one.save(update_fields=["state", "failure", "first_day", "last_day", "said"])
        record(
            "finish diagnosis",
            by=None,
            about=f"diagnosis {one.pk}",
            jurisdiction=one.jurisdiction,
        )
    measure_after_diagnosis(one)
    return {"diagnosis": one.pk}


@transaction.atomic
def _keep_import(one: FileImport, questions: dict[str, Any], outcome: dict[str, Any]) -> None:
    one.questions, one.outcome, one.failure = questions, outcome, ""
    one.state = (WorkState.ASKS if questions else WorkState.DONE).value
    one.save(update_fields=["questions", "outcome", "failure", "state"])
    if questions:
        return
    if one.mapping and not one.store.mapping:
        one.store.mapping = one.mapping
        one.store.save(update_fields=["mapping"])
    forget_files(one)
    record(
        "finish import",
        by=None,
        about=f"import {one.pk}",
        jurisdiction=one.jurisdiction,
        kept=sum(file["rows_kept"] for file in outcome["files"]),
        rejected=sum(outcome["rejected"].values()),
    )


def _fail(one: FileImport | SafetyDiagnosis, why: str, reason: ForestallError) -> None:
    one.state, one.failure = WorkState.FAILED.value, why
    changed = ["state", "failure"]
    if isinstance(one, FileImport):
        one.questions = {"on_persons": True} if isinstance(reason, PersonalColumns) else {}
        changed.append("questions")
    one.save(update_fields=changed)


def _without_paths(reason: Exception, one: SafetyDiagnosis) -> str:
    said = str(reason).replace(str(store_folder(one.store)), one.store.name)
    return said.replace(f"{report_folder(one).parents[1]}/", "")


def _language(one: FileImport) -> str:
    return one.made_by.language if one.made_by is not None and one.made_by.language else "en"
