"""This file knows the addresses of needs, offers, rounds of matching and files of assistance."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from forestall.assistance import (
    NeedsFile,
    OffersFile,
    ProposalsFile,
    assistance_to_json,
)
from forestall.assistance.files import MatchingFile
from forestall.languages import message
from forestall.web.api.assistance_records import (
    BecauseInWords,
    BroughtFile,
    NeedEntry,
    NeedFacts,
    NewOffer,
    OfferEntry,
    OfferFacts,
    RoundEntry,
    RoundRow,
)
from forestall.web.api.bodies import answer, answer_bytes, answer_new, read_body, read_record
from forestall.web.api.description import endpoint
from forestall.web.api.filled import fields_of
from forestall.web.api.plan_endpoints import Limit, Offset, place_for
from forestall.web.api.reaching import reached_by
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.assistance import stating
from forestall.web.assistance.bringing import FILES, bring, file_of
from forestall.web.assistance.matching import start_round
from forestall.web.assistance.models import (
    AssistanceNeed,
    AssistanceOffer,
    MatchingRound,
    RoundState,
)
from forestall.web.assistance.policies import visible_need, visible_offer
from forestall.web.organisations.models import Organisation
from forestall.web.organisations.roles import Verb

_need_for = reached_by(visible_need)
_offer_for = reached_by(visible_offer)


@endpoint(
    "GET",
    "/assistance/needs",
    says=message("List the needs of assistance of every place."),
    needs=Verb.READ,
    answer=list[NeedEntry],
)
def list_needs(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Those that were not withdrawn, in the order of their keys."""
    place_for(request.auth, Verb.READ)
    found = AssistanceNeed.objects.filter(withdrawn_on=None)
    return answer([_need(one) for one in found[offset : offset + limit]])


@endpoint(
    "POST",
    "/assistance/needs",
    says=message("State a need of assistance."),
    needs=Verb.STATE_ASSISTANCE,
    body=NeedFacts,
    answer=NeedEntry,
    status=201,
)
def add_need(request: TokenRequest) -> HttpResponse:
    """All members of the workspace see it; it waits from today."""
    place = place_for(request.auth, Verb.STATE_ASSISTANCE)
    new = stating.state_need(
        jurisdiction=place,
        parts=fields_of(read_record(request, NeedFacts)),
        asked=timezone.localdate(),
        by=request.auth,
    )
    return answer_new(request, _need(new), new.pk)


@endpoint(
    "GET",
    "/assistance/needs/{number}",
    says=message("Read a need of assistance of any place."),
    needs=Verb.READ,
    answer=NeedEntry,
)
def read_need(request: TokenRequest, number: int) -> HttpResponse:
    """Also one that was withdrawn."""
    place_for(request.auth, Verb.READ)
    return answer(_need(get_object_or_404(AssistanceNeed, pk=number)))


@endpoint(
    "PUT",
    "/assistance/needs/{number}",
    says=message("Change a need of assistance."),
    needs=Verb.STATE_ASSISTANCE,
    body=NeedFacts,
    answer=NeedEntry,
)
def change_need(request: TokenRequest, number: int) -> HttpResponse:
    """Its area stays, and since when it waits."""
    need = _need_for(request.auth, number, Verb.STATE_ASSISTANCE)
    parts = fields_of(read_record(request, NeedFacts))
    return answer(_need(stating.change_need(need=need, parts=parts, by=request.auth)))


@endpoint(
    "POST",
    "/assistance/needs/{number}/withdraw",
    says=message("Withdraw a need of assistance."),
    needs=Verb.STATE_ASSISTANCE,
    body=BecauseInWords,
    answer=NeedEntry,
)
def withdraw_need(request: TokenRequest, number: int) -> HttpResponse:
    """Proposals that rest on it and have not begun are withdrawn too."""
    need = _need_for(request.auth, number, Verb.STATE_ASSISTANCE)
    return answer(_need(_withdrawn(request, need)))


@endpoint(
    "GET",
    "/assistance/offers",
    says=message("List the offers of assistance from every place."),
    needs=Verb.READ,
    answer=list[OfferEntry],
)
def list_offers(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Those that were not withdrawn, in the order of their keys."""
    place_for(request.auth, Verb.READ)
    found = AssistanceOffer.objects.filter(withdrawn_on=None)
    return answer([_offer(one) for one in found[offset : offset + limit]])


@endpoint(
    "POST",
    "/assistance/offers",
    says=message("State an offer of assistance."),
    needs=Verb.STATE_ASSISTANCE,
    body=NewOffer,
    answer=OfferEntry,
    status=201,
)
def add_offer(request: TokenRequest) -> HttpResponse:
    """Of an organisation of the place; all members of the workspace see it."""
    place = place_for(request.auth, Verb.STATE_ASSISTANCE)
    parts = fields_of(read_record(request, NewOffer))
    own = Organisation.objects.filter(jurisdiction=place).select_related("jurisdiction")
    organisation = get_object_or_404(own, pk=parts.pop("organisation"))
    new = stating.state_offer(organisation=organisation, parts=parts, by=request.auth)
    return answer_new(request, _offer(new), new.pk)


@endpoint(
    "GET",
    "/assistance/offers/{number}",
    says=message("Read an offer of assistance from any place."),
    needs=Verb.READ,
    answer=OfferEntry,
)
def read_offer(request: TokenRequest, number: int) -> HttpResponse:
    """Also one that was withdrawn."""
    place_for(request.auth, Verb.READ)
    return answer(_offer(get_object_or_404(AssistanceOffer, pk=number)))


@endpoint(
    "PUT",
    "/assistance/offers/{number}",
    says=message("Change an offer of assistance."),
    needs=Verb.STATE_ASSISTANCE,
    body=OfferFacts,
    answer=OfferEntry,
)
def change_offer(request: TokenRequest, number: int) -> HttpResponse:
    """Proposals that were made stay."""
    offer = _offer_for(request.auth, number, Verb.STATE_ASSISTANCE)
    parts = fields_of(read_record(request, OfferFacts))
    return answer(_offer(stating.change_offer(offer=offer, parts=parts, by=request.auth)))


@endpoint(
    "POST",
    "/assistance/offers/{number}/withdraw",
    says=message("Withdraw an offer of assistance."),
    needs=Verb.STATE_ASSISTANCE,
    body=BecauseInWords,
    answer=OfferEntry,
)
def withdraw_offer(request: TokenRequest, number: int) -> HttpResponse:
    """Proposals that rest on it and have not begun are withdrawn too."""
    offer = _offer_for(request.auth, number, Verb.STATE_ASSISTANCE)
    return answer(_offer(_withdrawn(request, offer)))


@endpoint(
    "GET",
    "/assistance/rounds",
    says=message("List the rounds of matching."),
    needs=Verb.READ,
    answer=list[RoundRow],
)
def list_rounds(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Give the newest first."""
    place_for(request.auth, Verb.READ)
    found = MatchingRound.objects.defer("inputs", "result")[offset : offset + limit]
    return answer([RoundRow(**_round(one)) for one in found])


@endpoint(
    "POST",
    "/assistance/rounds",
    says=message("Start a round of matching."),
    needs=Verb.MATCH_ASSISTANCE,
    answer=RoundRow,
    status=201,
)
def add_round(request: TokenRequest) -> HttpResponse:
    """All open needs and offers of the workspace; a large round is worked out afterwards."""
    place = place_for(request.auth, Verb.MATCH_ASSISTANCE)
    new = start_round(jurisdiction=place, by=request.auth, today=timezone.localdate())
    return answer_new(request, RoundRow(**_round(new)), new.pk)


@endpoint(
    "GET",
    "/assistance/rounds/{which}",
    says=message("Read a round of matching, with all reasons."),
    needs=Verb.READ,
    answer=RoundEntry,
)
def read_round(request: TokenRequest, which: int) -> HttpResponse:
    """Each pair with its reasons, and each need without an offer with its reason."""
    place_for(request.auth, Verb.READ)
    found = get_object_or_404(MatchingRound, pk=which)
    done = found.state == RoundState.DONE
    result = msgspec.convert(found.result, MatchingFile) if done else None
    return answer(RoundEntry(**_round(found), result=result))


@endpoint(
    "GET",
    "/assistance/files/{form}",
    says=message("Read needs, offers or proposals as their file."),
    needs=Verb.READ,
    answer=(NeedsFile, OffersFile, ProposalsFile),
)
def read_assistance_file(request: TokenRequest, form: str) -> HttpResponse:
    """Give ``needs``, ``offers`` or ``proposals`` as the command line reads them."""
    place_for(request.auth, Verb.READ)
    if form not in FILES:
        raise Http404
    return answer_bytes(assistance_to_json(file_of(form)))


@endpoint(
    "POST",
    "/assistance/files/{form}",
    says=message("Bring a file of needs, offers or proposals."),
    needs=Verb.STATE_ASSISTANCE,
    body=(NeedsFile, OffersFile, ProposalsFile),
    answer=BroughtFile,
)
def bring_file(request: TokenRequest, form: str) -> HttpResponse:
    """Take all of it, or none; the place of the token answers for it here."""
    place = place_for(request.auth, Verb.STATE_ASSISTANCE)
    if form not in FILES:
        raise Http404
    read_body(request)
    brought = bring(
        holds=form,
        jurisdiction=place,
        read=request.body,
        name=f"{form}.json",
        by=request.auth,
        today=timezone.localdate(),
    )
    return answer(
        BroughtFile(added=brought.added, changed=brought.changed, left_out=brought.left_out)
    )


def _withdrawn(request: TokenRequest, stated: stating.Row) -> stating.Row:
    return stating.withdraw_stated(
        stated=stated,
        because=read_record(request, BecauseInWords).because,
        by=request.auth,
        today=timezone.localdate(),
    )


def _need(one: AssistanceNeed) -> NeedEntry:
    return NeedEntry(
        number=one.pk,
        jurisdiction=one.jurisdiction_id,
        record=one.content,
        withdrawn_on=one.withdrawn_on,
        withdrawn_because=one.withdrawn_because,
    )


def _offer(one: AssistanceOffer) -> OfferEntry:
    return OfferEntry(
        number=one.pk,
        jurisdiction=one.jurisdiction_id,
        organisation=one.organisation_id,
        record=one.content,
        withdrawn_on=one.withdrawn_on,
        withdrawn_because=one.withdrawn_because,
    )


def _round(one: MatchingRound) -> dict[str, Any]:
    return {
        "number": one.pk,
        "jurisdiction": one.jurisdiction_id,
        "on": one.on,
        "state": RoundState(one.state),
        "left_out": list(one.left_out),
    }
