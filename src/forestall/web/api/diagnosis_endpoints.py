"""This file knows the addresses of stores of incidents and of diagnoses."""

from __future__ import annotations

from django.http import HttpResponse  # noqa: TC002 - the library reads the types

from forestall.languages import message
from forestall.web.api.bodies import answer
from forestall.web.api.description import endpoint
from forestall.web.api.plan_endpoints import Limit, Offset, place_for
from forestall.web.api.public_records import DiagnosisRow, StoreRow
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.data.diagnosis_views import visible_diagnosis
from forestall.web.data.findings import findings_of
from forestall.web.data.models import SafetyDiagnosis, Store
from forestall.web.data.services import begin_diagnosis, stop_work
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.people.models import Person  # noqa: TC001


@endpoint(
    "GET",
    "/stores",
    says=message("List the stores of incidents."),
    needs=Verb.LOAD_DATA,
    answer=list[StoreRow],
)
def list_stores(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Return their names; the incidents themselves stay in the workspace."""
    place = place_for(request.auth, Verb.LOAD_DATA)
    found = Store.objects.visible_to(request.auth).filter(jurisdiction=place)
    rows = found[offset : offset + limit]
    return answer([StoreRow(number=one.pk, name=one.name, made_at=one.made_at) for one in rows])


@endpoint(
    "GET",
    "/diagnoses",
    says=message("List diagnoses."),
    needs=Verb.READ,
    answer=list[DiagnosisRow],
)
def list_diagnoses(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Return the newest first."""
    place_for(request.auth, Verb.READ)
    seen = SafetyDiagnosis.objects.visible_to(request.auth).select_related("store", "job")
    return answer([_row(one) for one in seen[offset : offset + limit]])


@endpoint(
    "GET",
    "/diagnoses/{number}",
    says=message("Read how far a diagnosis is, or what it found."),
    needs=Verb.READ,
    answer=DiagnosisRow,
)
def read_diagnosis(request: TokenRequest, number: int) -> HttpResponse:
    """Return what was protected and written into its report, and nothing else."""
    return answer(_row(_diagnosis_for(request.auth, number, Verb.READ)))


@endpoint(
    "POST",
    "/diagnoses/{number}/again",
    says=message("Run a diagnosis once more, as a new one."),
    needs=Verb.DIAGNOSE,
    answer=DiagnosisRow,
    status=201,
)
def again(request: TokenRequest, number: int) -> HttpResponse:
    """Run it with the same choices on what the store holds now."""
    one = _diagnosis_for(request.auth, number, Verb.DIAGNOSE)
    begun = begin_diagnosis(store=one.store, areas=one.areas, options=one.options, by=request.auth)
    told = answer(_row(begun), status=201)
    told.headers["Location"] = request.path.replace(f"/{number}/again", f"/{begun.pk}")
    return told


@endpoint(
    "POST",
    "/diagnoses/{number}/stop",
    says=message("Stop a diagnosis."),
    needs=Verb.DIAGNOSE,
    answer=DiagnosisRow,
)
def stop(request: TokenRequest, number: int) -> HttpResponse:
    """Stop it, for who began it and for administrators; what is there already stays."""
    one = _diagnosis_for(request.auth, number, Verb.DIAGNOSE)
    stop_work(one=one, by=request.auth)
    return answer(_row(_diagnosis_for(request.auth, number, Verb.DIAGNOSE)))


def _diagnosis_for(person: Person, number: int, verb: Verb) -> SafetyDiagnosis:
    found = visible_diagnosis(person, number)
    check_may(person, verb, found.jurisdiction)
    return found


def _row(one: SafetyDiagnosis) -> DiagnosisRow:
    return DiagnosisRow(
        number=one.pk,
        store=one.store_id,
        title=one.title,
        state=one.shown_state,
        reason=one.reason,
        job=one.job_id,
        first_day=one.first_day,
        last_day=one.last_day,
        findings=one.findings,
        figures=findings_of(one),
    )
