"""This file knows the addresses at which bundles are prepared, signed, given and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseBase
from msgspec import convert

from forestall.exchange.manifest import Kind
from forestall.languages import message
from forestall.web.api.bodies import answer, answer_new, read_record
from forestall.web.api.description import AS_FORM, endpoint
from forestall.web.api.exchange_records import (
    BroughtFiles,
    HowFar,
    SharedRow,
    WantedBundle,
    WantedEvaluation,
    WhyWithdrawn,
)
from forestall.web.api.filled import fields_of, filled, read_form
from forestall.web.api.plan_endpoints import Limit, Offset, place_for, plan_for
from forestall.web.api.reaching import reached_by
from forestall.web.api.refusals import Refused
from forestall.web.api.release_endpoints import release_for
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.exchange import sharing
from forestall.web.exchange.folders import signed_file
from forestall.web.exchange.forms import EvaluationForm, FilesForm, GivenForm
from forestall.web.exchange.models import SharedBundle, visible_shared
from forestall.web.exchange.views import bundle_response, evaluation_files, files_of_form
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.organisations.views import visible_place

if TYPE_CHECKING:
    from collections.abc import Mapping

ZIP = ("application/zip",)
_shared_for = reached_by(visible_shared)


@endpoint(
    "GET",
    "/exchange/shared",
    says=message("List the bundles that are given to others."),
    needs=Verb.READ,
    answer=list[SharedRow],
)
def list_shared(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Return the newest first."""
    place_for(request.auth, Verb.READ)
    found = SharedBundle.objects.visible_to(request.auth)[offset : offset + limit]
    return answer([shared_row(one) for one in found])


@endpoint(
    "POST",
    "/plans/{number}/bundles",
    says=message("Prepare a bundle of a plan."),
    needs=Verb.PREPARE_RELEASE,
    body=WantedBundle,
    answer=SharedRow,
    status=201,
)
def share_a_plan(request: TokenRequest, number: int) -> HttpResponse:
    """As it was at one revision; somebody else signs. Contacts of partners are left out."""
    plan = plan_for(request.auth, number, Verb.PREPARE_RELEASE)
    wanted = read_record(request, WantedBundle)
    form = filled(GivenForm(fields_of(wanted)))
    revision = plan.revisions.filter(number=wanted.revision).first()
    if revision is None:
        raise Refused(422, message("The plan has no revision {number}.", number=wanted.revision))
    files = sharing.files_of_plan(revision)
    return _prepared(request, plan.jurisdiction, form, Kind.PLAN, files, revision=revision)


@endpoint(
    "POST",
    "/releases/{number}/bundles",
    says=message("Prepare a bundle of an evaluation that is published."),
    needs=Verb.PREPARE_RELEASE,
    body=WantedEvaluation,
    answer=SharedRow,
    status=201,
)
def share_an_evaluation(request: TokenRequest, number: int) -> HttpResponse:
    """Take its record; somebody else signs."""
    found = release_for(request.auth, number, Verb.PREPARE_RELEASE)
    form = filled(EvaluationForm(fields_of(read_record(request, WantedEvaluation))))
    files = evaluation_files(found)
    return _prepared(request, found.jurisdiction, form, Kind.EVALUATION, files)


@endpoint(
    "POST",
    "/jurisdictions/{number}/bundles",
    says=message("Prepare a bundle of a practice or an evaluation that is brought as files."),
    needs=Verb.PREPARE_RELEASE,
    body=BroughtFiles,
    answer=SharedRow,
    status=201,
    options={"sent_as": AS_FORM},
)
def share_some_files(request: TokenRequest, number: int) -> HttpResponse:
    """Look for persons in them, and say where; somebody else signs."""
    place = visible_place(request.auth, number)
    check_may(request.auth, Verb.PREPARE_RELEASE, place)
    form = filled(FilesForm(*read_form(request)))
    kind, files = files_of_form(form)
    return _prepared(request, place, form, kind, files)


@endpoint(
    "GET",
    "/exchange/shared/{number}",
    says=message("Read how far a bundle for others is."),
    needs=Verb.READ,
    answer=SharedRow,
)
def read_shared(request: TokenRequest, number: int) -> HttpResponse:
    """Return what it is and who may take it."""
    return answer(shared_row(_shared_for(request.auth, number, Verb.READ)))


@endpoint(
    "GET",
    "/exchange/shared/{number}/bundle",
    says=message("Download a bundle that was signed."),
    needs=Verb.READ,
    options={"given_as": ZIP},
)
def read_shared_bundle(request: TokenRequest, number: int) -> HttpResponseBase:
    """As others take it."""
    found = _shared_for(request.auth, number, Verb.READ)
    if found.version is None or not signed_file(found).is_file():
        raise Http404
    return bundle_response(found)


@endpoint(
    "POST",
    "/exchange/shared/{number}/sign",
    says=message("Sign a bundle and give it to others."),
    needs=Verb.RELEASE,
    answer=SharedRow,
)
def sign_shared(request: TokenRequest, number: int) -> HttpResponse:
    """Sign it, for a person who did not prepare it."""
    found = _shared_for(request.auth, number, Verb.RELEASE)
    return answer(shared_row(sharing.release_bundle(bundle=found, by=request.auth)))


@endpoint(
    "POST",
    "/exchange/shared/{number}/withdraw",
    says=message("Take a bundle back, with the reason."),
    needs=Verb.RELEASE,
    body=WhyWithdrawn,
    answer=SharedRow,
)
def withdraw_shared(request: TokenRequest, number: int) -> HttpResponse:
    """Tell those who subscribe the reason."""
    found = _shared_for(request.auth, number, Verb.RELEASE)
    reason = read_record(request, WhyWithdrawn).reason
    done = sharing.withdraw_bundle(bundle=found, reason=reason, by=request.auth)
    return answer(shared_row(done))


def _prepared(
    request: TokenRequest,
    place: Any,
    form: GivenForm,
    kind: Kind,
    files: Mapping[str, bytes],
    **more: Any,
) -> HttpResponse:
    given = form.cleaned_data
    title = {place.language: given["title"]} if given.get("title") else None
    new = sharing.prepare_bundle(
        jurisdiction=place,
        kind=kind,
        files=files,
        licence=given["licence"],
        key=given["key"],
        title=title,
        by=request.auth,
        **more,
    )
    return answer_new(request, shared_row(new), new.pk, at="/exchange/shared")


def shared_row(one: SharedBundle) -> SharedRow:
    """Return a bundle that is given as it stands in a list."""
    return SharedRow(
        number=one.pk,
        jurisdiction=one.jurisdiction_id,
        kind=one.kind,
        key=one.key,
        version=one.version,
        title=one.title,
        publisher=one.publisher,
        licence=one.licence,
        fingerprint=one.fingerprint,
        sha256=one.sha256,
        state=str(one.state),
        translations=convert(one.translations, list[HowFar]),
        prepared_at=one.prepared_at,
        released_at=one.released_at,
        withdrawn_at=one.withdrawn_at,
        reason=one.reason,
    )
