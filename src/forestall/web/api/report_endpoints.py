"""This file knows the addresses at which publications of reports are prepared."""

from __future__ import annotations

from django.http import HttpResponse  # noqa: TC002 - the library reads the types

from forestall.languages import message
from forestall.web.api.bodies import answer_new, read_record
from forestall.web.api.description import AS_FORM, endpoint
from forestall.web.api.diagnosis_endpoints import diagnosis_for
from forestall.web.api.filled import fields_of, filled, read_form
from forestall.web.api.public_records import BroughtEvaluation, ReleaseRow, WantedReport
from forestall.web.api.refusals import Refused
from forestall.web.api.release_endpoints import release_row
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.data.folders import report_folder
from forestall.web.data.models import WorkState
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.organisations.views import visible_place
from forestall.web.publishing.forms import EvaluationForm, ReportForm
from forestall.web.publishing.models import Release  # noqa: TC001
from forestall.web.publishing.services import prepare_diagnosis, prepare_evaluation


@endpoint(
    "POST",
    "/diagnoses/{number}/releases",
    says=message("Prepare a publication of a diagnosis that is done."),
    needs=Verb.PREPARE_RELEASE,
    body=WantedReport,
    answer=ReleaseRow,
    status=201,
)
def prepare_report(request: TokenRequest, number: int) -> HttpResponse:
    """Make it in the background, from protected tables only; somebody else releases it."""
    one = diagnosis_for(request.auth, number, Verb.PREPARE_RELEASE)
    form = filled(ReportForm(fields_of(read_record(request, WantedReport))))
    if one.state != WorkState.DONE.value:
        raise Refused(409, message("This diagnosis is not done; nothing of it can be published."))
    new = prepare_diagnosis(
        jurisdiction=one.jurisdiction,
        folder=report_folder(one),
        title=form.cleaned_data["title"],
        diagnosis=one,
        by=request.auth,
        address=request.build_absolute_uri("/"),
        languages=form.languages(one.jurisdiction.language),
        formats=form.cleaned_data["formats"],
    )
    return _begun(request, new)


@endpoint(
    "POST",
    "/jurisdictions/{number}/evaluations",
    says=message("Prepare a publication of an evaluation that was made elsewhere."),
    needs=Verb.PREPARE_RELEASE,
    body=BroughtEvaluation,
    answer=ReleaseRow,
    status=201,
    options={"sent_as": AS_FORM},
)
def bring_evaluation(request: TokenRequest, number: int) -> HttpResponse:
    """Take its file in, and make pages and tables anew from it, in the background."""
    place = visible_place(request.auth, number)
    check_may(request.auth, Verb.PREPARE_RELEASE, place)
    form = filled(EvaluationForm(*read_form(request)))
    new = prepare_evaluation(
        jurisdiction=place,
        stored=form.cleaned_data["file"].read(),
        by=request.auth,
        address=request.build_absolute_uri("/"),
        languages=form.languages(place.language),
        formats=form.cleaned_data["formats"],
    )
    return _begun(request, new)


def _begun(request: TokenRequest, new: Release) -> HttpResponse:
    return answer_new(request, release_row(new), new.pk, at="/releases")
