"""This file knows the addresses at which diagnoses are begun, read and compared."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase

from forestall.languages import message
from forestall.records.manifest import read_manifest
from forestall.web.api.bodies import answer, answer_new, read_record
from forestall.web.api.data_endpoints import store_for
from forestall.web.api.data_records import Beside, Compared, Diagnosing
from forestall.web.api.description import endpoint
from forestall.web.api.filled import fields_of, filled
from forestall.web.api.plan_endpoints import Limit, Offset, place_for
from forestall.web.api.public_records import DiagnosisRow
from forestall.web.api.reaching import reached_by
from forestall.web.api.refusals import Refused
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.data.comparing import compare_diagnoses
from forestall.web.data.diagnosis_forms import DiagnosisForm
from forestall.web.data.diagnosis_views import side_of, visible_diagnosis
from forestall.web.data.findings import findings_of
from forestall.web.data.folders import store_folder
from forestall.web.data.models import SafetyDiagnosis, WorkState
from forestall.web.data.reports import all_files_of, report_file
from forestall.web.data.services import begin_diagnosis, stop_work
from forestall.web.organisations.roles import Verb

# What a report is made of.
GIVEN = (
    "text/html",
    "text/csv",
    "application/json",
    "application/geo+json",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/octet-stream",
)

diagnosis_for = reached_by(visible_diagnosis)


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
    "POST",
    "/diagnoses",
    says=message("Run a diagnosis of a store."),
    needs=Verb.DIAGNOSE,
    body=Diagnosing,
    answer=DiagnosisRow,
    status=201,
)
def begin(request: TokenRequest) -> HttpResponse:
    """Run it in the background, with the choices of the page; follow it by its number."""
    place_for(request.auth, Verb.DIAGNOSE)
    wanted = read_record(request, Diagnosing)
    store = store_for(request.auth, wanted.store, Verb.DIAGNOSE)
    if read_manifest(store_folder(store)) is None:
        raise Refused(409, message("This store is empty; bring a file with incidents first."))
    form = filled(DiagnosisForm(store, fields_of(wanted)))
    begun = begin_diagnosis(
        store=store, areas=form.chosen_areas, options=form.options, by=request.auth
    )
    return answer_new(request, _row(begun), begun.pk)


@endpoint(
    "GET",
    "/diagnoses/{number}",
    says=message("Read how far a diagnosis is, or what it found."),
    needs=Verb.READ,
    answer=DiagnosisRow,
)
def read_diagnosis(request: TokenRequest, number: int) -> HttpResponse:
    """Return what was protected and written into its report, and nothing else."""
    return answer(_row(diagnosis_for(request.auth, number, Verb.READ)))


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
    one = diagnosis_for(request.auth, number, Verb.DIAGNOSE)
    begun = begin_diagnosis(store=one.store, areas=one.areas, options=one.options, by=request.auth)
    return answer_new(request, _row(begun), begun.pk, at="/diagnoses")


@endpoint(
    "POST",
    "/diagnoses/{number}/stop",
    says=message("Stop a diagnosis."),
    needs=Verb.DIAGNOSE,
    answer=DiagnosisRow,
)
def stop(request: TokenRequest, number: int) -> HttpResponse:
    """Stop it, for who began it and for administrators; what is there already stays."""
    one = diagnosis_for(request.auth, number, Verb.DIAGNOSE)
    stop_work(one=one, by=request.auth)
    return answer(_row(diagnosis_for(request.auth, number, Verb.DIAGNOSE)))


@endpoint(
    "GET",
    "/diagnoses/{number}/files",
    says=message("List the files of the report of a diagnosis."),
    needs=Verb.READ,
    answer=list[str],
)
def list_files(request: TokenRequest, number: int) -> HttpResponse:
    """Return pages, tables, and further formats; all of them protected."""
    return answer(all_files_of(diagnosis_for(request.auth, number, Verb.READ)))


@endpoint(
    "GET",
    "/diagnoses/{number}/files/{path:name}",
    says=message("Download a file of the report of a diagnosis."),
    needs=Verb.READ,
    options={"given_as": GIVEN},
)
def read_file(request: TokenRequest, number: int, name: str) -> HttpResponseBase:
    """Such as tables/offences.csv, as it is listed."""
    one = diagnosis_for(request.auth, number, Verb.READ)
    if name not in all_files_of(one):
        raise Http404
    return report_file(one, name)


@endpoint(
    "GET",
    "/diagnoses/{number}/compare/{other}",
    says=message("Read what changed from one diagnosis to another."),
    needs=Verb.READ,
    answer=Compared,
)
def compare(request: TokenRequest, number: int, other: int) -> HttpResponse:
    """Return sentences, the earlier diagnosis first; or why the two cannot be compared."""
    one = diagnosis_for(request.auth, number, Verb.READ)
    second = diagnosis_for(request.auth, other, Verb.READ)
    if second.pk == one.pk:
        raise Http404
    if {one.state, second.state} != {WorkState.DONE.value}:
        raise Refused(409, message("Both diagnoses have to be done before they are compared."))
    both = compare_diagnoses(side_of(one), side_of(second))
    return answer(
        Compared(
            before=[both.before.first, both.before.last],
            after=[both.after.first, both.after.last],
            sentences=[str(said) for said in both.sentences],
            lines=[
                Beside(
                    kind=str(line.what),
                    before=line.before.plain_text,
                    after=line.after.plain_text,
                    before_a_day=line.before_a_day,
                    after_a_day=line.after_a_day,
                )
                for line in both.lines
            ],
            warnings=[str(said) for said in both.warnings],
            refused=str(both.refusal) if both.refusal is not None else "",
        )
    )


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
