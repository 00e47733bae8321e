"""This file knows the addresses at which publications are prepared, released and withdrawn."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.http import Http404, HttpResponse, HttpResponseBase

from forestall.languages import message
from forestall.web.api.bodies import answer, answer_new, read_record
from forestall.web.api.description import endpoint
from forestall.web.api.diagnosis_endpoints import GIVEN
from forestall.web.api.plan_endpoints import Limit, Offset, place_for, plan_for
from forestall.web.api.public_records import Because, ReleaseRow, Wanted
from forestall.web.api.reaching import reached_by
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.organisations.roles import Verb
from forestall.web.publishing.files import file_response
from forestall.web.publishing.models import Release
from forestall.web.publishing.services import (
    prepare_plan,
    release_publication,
    withdraw_publication,
)
from forestall.web.publishing.views import visible_release

release_for = reached_by(visible_release)


@endpoint(
    "GET",
    "/releases",
    says=message("List publications."),
    needs=Verb.READ,
    answer=list[ReleaseRow],
)
def list_releases(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Return the newest first."""
    place_for(request.auth, Verb.READ)
    found = Release.objects.visible_to(request.auth)[offset : offset + limit]
    return answer([release_row(one) for one in found])


@endpoint(
    "GET",
    "/releases/{number}",
    says=message("Read how far a publication is."),
    needs=Verb.READ,
    answer=ReleaseRow,
)
def read_release(request: TokenRequest, number: int) -> HttpResponse:
    """Return its state, and why it was withdrawn."""
    return answer(release_row(release_for(request.auth, number, Verb.READ)))


@endpoint(
    "GET",
    "/releases/{number}/preview/{path:name}",
    says=message("Download a file of a publication, as readers will see it."),
    needs=Verb.READ,
    options={"given_as": GIVEN},
)
def read_preview(request: TokenRequest, number: int, name: str) -> HttpResponseBase:
    """Such as index.html."""
    found = release_for(request.auth, number, Verb.READ)
    if not PurePosixPath(name).suffix:
        raise Http404
    return file_response(request, found.preview, name)


@endpoint(
    "POST",
    "/plans/{number}/releases",
    says=message("Prepare a publication of a plan as it is now."),
    needs=Verb.PREPARE_RELEASE,
    body=Wanted,
    answer=ReleaseRow,
    status=201,
)
def prepare(request: TokenRequest, number: int) -> HttpResponse:
    """Make it in the background; somebody else releases it."""
    plan = plan_for(request.auth, number, Verb.PREPARE_RELEASE)
    wanted = read_record(request, Wanted)
    new = prepare_plan(
        plan=plan,
        languages=wanted.languages,
        formats=wanted.formats,
        by=request.auth,
        address=request.build_absolute_uri("/"),
    )
    return answer_new(request, release_row(new), new.pk, at="/releases")


@endpoint(
    "POST",
    "/releases/{number}/release",
    says=message("Let everybody read a publication."),
    needs=Verb.RELEASE,
    answer=ReleaseRow,
)
def release(request: TokenRequest, number: int) -> HttpResponse:
    """Release it, for a person who did not prepare it."""
    found = release_for(request.auth, number, Verb.RELEASE)
    return answer(release_row(release_publication(release=found, by=request.auth)))


@endpoint(
    "POST",
    "/releases/{number}/withdraw",
    says=message("Take a publication back, with the reason."),
    needs=Verb.RELEASE,
    body=Because,
    answer=ReleaseRow,
)
def withdraw(request: TokenRequest, number: int) -> HttpResponse:
    """Leave a page in its place that tells the reason."""
    found = release_for(request.auth, number, Verb.RELEASE)
    reason = read_record(request, Because).reason
    return answer(release_row(withdraw_publication(release=found, reason=reason, by=request.auth)))


def release_row(one: Release) -> ReleaseRow:
    """Return a publication as it stands in a list."""
    return ReleaseRow(
        number=one.pk,
        kind=str(one.kind),
        title=one.title,
        plan=one.plan_id,
        diagnosis=one.diagnosis_id,
        languages=one.languages,
        formats=one.formats,
        state=str(one.state),
        job=one.job_id,
        prepared_at=one.prepared_at,
        released_at=one.released_at,
        withdrawn_at=one.withdrawn_at,
        reason=one.reason,
    )
