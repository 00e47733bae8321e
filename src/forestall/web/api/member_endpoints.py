"""This file knows the addresses at which members are listed, invited, changed and removed."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from forestall.languages import message
from forestall.web.api.bodies import answer, read_record
from forestall.web.api.description import endpoint
from forestall.web.api.filled import fields_of, filled
from forestall.web.api.partner_endpoints import office_for
from forestall.web.api.place_records import Invited, Inviting, MemberRow, WantedRole
from forestall.web.api.plan_endpoints import Limit, Offset, place_for
from forestall.web.api.reaching import reached_by
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.organisations import registering
from forestall.web.organisations.forms import InvitationForm
from forestall.web.organisations.models import Membership
from forestall.web.organisations.roles import Role, Verb
from forestall.web.organisations.services import invite
from forestall.web.organisations.views import visible_membership

_member_for = reached_by(visible_membership)


@endpoint(
    "GET",
    "/members",
    says=message("List the members of a place."),
    needs=Verb.MANAGE_MEMBERS,
    answer=list[MemberRow],
)
def list_members(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Return each role that a person has for an organisation; no address of a person."""
    place = place_for(request.auth, Verb.MANAGE_MEMBERS)
    found = Membership.objects.visible_to(request.auth).filter(organisation__jurisdiction=place)
    rows = found.select_related("person")[offset : offset + limit]
    return answer([_row(one) for one in rows])


@endpoint(
    "POST",
    "/organisations/{number}/invitations",
    says=message("Invite somebody as a member."),
    needs=Verb.MANAGE_MEMBERS,
    body=Inviting,
    answer=Invited,
    status=201,
)
def invite_member(request: TokenRequest, number: int) -> HttpResponse:
    """Make a link that is told once; no mail is sent."""
    body = office_for(request.auth, number, Verb.MANAGE_MEMBERS)
    form = filled(InvitationForm(fields_of(read_record(request, Inviting))))
    role = Role(form.cleaned_data["role"])
    invitation, token = invite(
        organisation=body, role=role, email=form.cleaned_data["email"], by=request.auth
    )
    return answer(
        Invited(
            organisation=body.pk,
            role=role,
            link=request.build_absolute_uri(reverse("invited", args=[token])),
            ends_at=invitation.ends_at,
        ),
        status=201,
    )


@endpoint(
    "PUT",
    "/members/{number}",
    says=message("Give a member another role."),
    needs=Verb.MANAGE_MEMBERS,
    body=WantedRole,
    answer=MemberRow,
)
def change_member(request: TokenRequest, number: int) -> HttpResponse:
    """In the same organisation; the last administrator stays one."""
    one = _member_for(request.auth, number, Verb.MANAGE_MEMBERS)
    role = read_record(request, WantedRole).role
    changed = registering.change_role(membership=one, role=role, by=request.auth)
    # Somebody who had that role already keeps one membership of the two.
    kept = Membership.objects.select_related("person").get(
        person=changed.person, organisation=changed.organisation, role=role.value
    )
    return answer(_row(kept))


@endpoint(
    "DELETE",
    "/members/{number}",
    says=message("End a membership."),
    needs=Verb.MANAGE_MEMBERS,
    status=204,
)
def remove_member(request: TokenRequest, number: int) -> HttpResponse:
    """Keep what the person did in the log, under their key."""
    one = _member_for(request.auth, number, Verb.MANAGE_MEMBERS)
    registering.remove_member(membership=one, by=request.auth)
    return HttpResponse(status=204)


def _row(one: Membership) -> MemberRow:
    return MemberRow(
        number=one.pk,
        organisation=one.organisation_id,
        key=one.person.key,
        shown_as=one.person.shown_as,
        role=Role(one.role),
        since=one.since,
    )
