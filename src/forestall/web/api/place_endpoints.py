"""This file knows the addresses of a place: who asks, what waits, and work in the background."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse  # noqa: TC002 - the library reads the types
from django.shortcuts import get_object_or_404

from forestall.languages import message
from forestall.web.api.bodies import answer
from forestall.web.api.description import endpoint
from forestall.web.api.models import Token
from forestall.web.api.partner_endpoints import territory
from forestall.web.api.plan_endpoints import Limit, Offset, place_for
from forestall.web.api.records import Health, Held, Me, Territory, Waiting, Work
from forestall.web.api.tokens import TokenRequest, limits_of
from forestall.web.operations.health import measure_health
from forestall.web.operations.models import Job
from forestall.web.operations.tasks import cancel_job
from forestall.web.organisations.models import Jurisdiction, Membership
from forestall.web.organisations.policies import roles_in
from forestall.web.organisations.roles import Role, Verb
from forestall.web.plans.decision_views import waiting_for


@endpoint(
    "GET",
    "/health",
    says=message("Ask whether the workspace answers."),
    needs=None,
    answer=Health,
    options={"auth": None, "throttle": []},
)
def health(request: HttpRequest) -> HttpResponse:
    """Without a token; it says nothing of what is in the workspace."""
    found = measure_health()
    return answer(
        Health(well=found.is_well, database=found.database, worker=found.worker, disk=found.disk)
    )


@endpoint("GET", "/me", says=message("Ask what a token may do."), needs=None, answer=Me)
def me(request: TokenRequest) -> HttpResponse:
    """Return the own memberships, and what the token leaves of them."""
    person, limits = request.auth, limits_of(request.auth)
    place = Jurisdiction.objects.get(pk=limits.jurisdiction)
    left = roles_in(person, place)
    held = Membership.objects.filter(
        person=person, organisation__jurisdiction=place
    ).select_related("organisation")
    return answer(
        Me(
            key=person.key,
            shown_as=person.shown_as,
            memberships=[
                Held(
                    jurisdiction=place.pk,
                    organisation=one.organisation_id,
                    role=Role(one.role),
                    since=one.since,
                )
                for one in held
            ],
            jurisdiction=place.pk,
            roles=[one for one in Role if one in left],
            ends_at=Token.objects.get(pk=limits.token).ends_at,
        )
    )


@endpoint(
    "GET",
    "/jurisdictions",
    says=message("List the jurisdictions that exist for a token."),
    needs=Verb.READ,
    answer=list[Territory],
)
def list_places(request: TokenRequest) -> HttpResponse:
    """Return the one of the token."""
    one = place_for(request.auth, Verb.READ)
    return answer([territory(one)])


@endpoint(
    "GET",
    "/safeguards",
    says=message("List the rights assessments that wait for somebody."),
    needs=Verb.READ,
    answer=list[Waiting],
)
def list_waiting(request: TokenRequest) -> HttpResponse:
    """Of all plans that are not adopted yet."""
    place_for(request.auth, Verb.READ)
    return answer(
        [
            Waiting(
                plan=plan.pk,
                action=action.key,
                title=action.title,
                said=[str(point.said) for point in found.points],
            )
            for plan, action, _, found in waiting_for(request.auth)
        ]
    )


@endpoint(
    "GET",
    "/jobs",
    says=message("List work in the background."),
    needs=Verb.READ,
    answer=list[Work],
)
def list_jobs(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Return imports, diagnoses and the like, the newest first."""
    place_for(request.auth, Verb.READ)
    found = Job.objects.visible_to(request.auth)[offset : offset + limit]
    return answer([_work(one) for one in found])


@endpoint(
    "GET",
    "/jobs/{number}",
    says=message("Read how far work in the background is."),
    needs=Verb.READ,
    answer=Work,
)
def read_job(request: TokenRequest, number: int) -> HttpResponse:
    """Or why it failed."""
    place_for(request.auth, Verb.READ)
    return answer(_work(get_object_or_404(Job.objects.visible_to(request.auth), pk=number)))


@endpoint(
    "DELETE",
    "/jobs/{number}",
    says=message("Cancel work in the background that one began or administers."),
    needs=Verb.READ,
    answer=Work,
)
def cancel(request: TokenRequest, number: int) -> HttpResponse:
    """For who started it, and for administrators; what ended stays as it is."""
    place_for(request.auth, Verb.READ)
    found = get_object_or_404(Job.objects.visible_to(request.auth), pk=number)
    return answer(_work(cancel_job(job=found, by=request.auth)))


def _work(one: Job) -> Work:
    return Work(
        number=one.pk,
        kind=one.kind,
        state=str(one.state),
        step=one.step,
        steps=one.steps,
        said=str(one.words) if one.said else "",
        made_at=one.made_at,
        ended_at=one.ended_at,
    )
