"""This file knows the addresses at which drafts are taken, and national replies are handed over.

What is taken was looked at before: from what the workspace proposes, or from a filled workbook.
"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone

from forestall.languages import message
from forestall.web.api.bodies import answer, read_of_reply
from forestall.web.api.description import AS_FORM, endpoint
from forestall.web.api.filled import filled, read_form
from forestall.web.api.return_records import (
    Differing,
    FilledWorkbook,
    Proposed,
    ReturnHeld,
    Signing,
    Taken,
)
from forestall.web.api.return_rows import answer_held, return_for
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.organisations.roles import Verb
from forestall.web.people.models import Person  # noqa: TC001
from forestall.web.returns.begin_form import FilledForm
from forestall.web.returns.filled import differences_of, drop_filled, keep_filled, take_filled
from forestall.web.returns.models import FilledIn, Return  # noqa: TC001
from forestall.web.returns.prefill import offered_to, take_proposals
from forestall.web.returns.services import check_open
from forestall.web.returns.signing import sign_return, submit_return


@endpoint(
    "GET",
    "/returns/{number}/proposals",
    says=message("List what the workspace proposes for a national reply."),
    needs=Verb.WRITE_RETURN,
    answer=list[Proposed],
)
def list_proposals(request: TokenRequest, number: int) -> HttpResponse:
    """For questions that are asked, open, and the person's to write; each with its sources."""
    found = return_for(request.auth, number, Verb.WRITE_RETURN)
    check_open(found)
    return answer(
        [
            Proposed(item=one.item.key, label=one.label, answer=one.answer, seen=one.seen)
            for one in offered_to(found, request.auth)
        ]
    )


@endpoint(
    "POST",
    "/returns/{number}/proposals",
    says=message("Take proposals of the workspace as drafts."),
    needs=Verb.WRITE_RETURN,
    body=Taken,
    answer=ReturnHeld,
)
def take_drafts(request: TokenRequest, number: int) -> HttpResponse:
    """All that are named or none; an office confirms them when the answer is saved."""
    found = return_for(request.auth, number, Verb.WRITE_RETURN)
    wanted = read_of_reply(request, Taken).answers
    changed = take_proposals(found=found, wanted=wanted, by=request.auth)
    return answer_held(changed, request.auth)


@endpoint(
    "POST",
    "/returns/{number}/workbook",
    says=message("Bring a filled workbook; nothing changes yet."),
    needs=Verb.WRITE_RETURN,
    body=FilledWorkbook,
    answer=list[Differing],
    status=201,
    options={"sent_as": AS_FORM},
)
def bring_workbook(request: TokenRequest, number: int) -> HttpResponse:
    """Return what it says otherwise; it replaces a workbook that the person sent before."""
    found = return_for(request.auth, number, Verb.WRITE_RETURN)
    file = filled(FilledForm(*read_form(request))).cleaned_data["file"]
    kept = keep_filled(found=found, read=file.read(), name=file.name, by=request.auth)
    return answer(_differences(found, kept, request.auth), status=201)


@endpoint(
    "GET",
    "/returns/{number}/workbook",
    says=message("Read what the workbook that you sent says otherwise."),
    needs=Verb.WRITE_RETURN,
    answer=list[Differing],
)
def read_workbook(request: TokenRequest, number: int) -> HttpResponse:
    """Only of sections that the person writes; what it leaves out stays as it is."""
    found = return_for(request.auth, number, Verb.WRITE_RETURN)
    return answer(_differences(found, _kept(found, request.auth), request.auth))


@endpoint(
    "POST",
    "/returns/{number}/workbook/take",
    says=message("Take answers from the workbook that you sent."),
    needs=Verb.WRITE_RETURN,
    body=Taken,
    answer=ReturnHeld,
)
def take_from_workbook(request: TokenRequest, number: int) -> HttpResponse:
    """All that are named or none; then the workbook is put away."""
    found = return_for(request.auth, number, Verb.WRITE_RETURN)
    kept = _kept(found, request.auth)
    changed = take_filled(
        found=found,
        kept=kept,
        wanted=read_of_reply(request, Taken).answers,
        by=request.auth,
        today=timezone.localdate(),
    )
    return answer_held(changed, request.auth)


@endpoint(
    "DELETE",
    "/returns/{number}/workbook",
    says=message("Put the workbook that you sent away, and take nothing from it."),
    needs=Verb.WRITE_RETURN,
    status=204,
)
def drop_workbook(request: TokenRequest, number: int) -> HttpResponse:
    """Nothing of the reply changes."""
    found = return_for(request.auth, number, Verb.WRITE_RETURN)
    drop_filled(kept=_kept(found, request.auth), by=request.auth)
    return HttpResponse(status=204)


@endpoint(
    "POST",
    "/returns/{number}/sign",
    says=message("Sign a national reply as you read it."),
    needs=Verb.SIGN_RETURN,
    body=Signing,
    answer=ReturnHeld,
)
def sign(request: TokenRequest, number: int) -> HttpResponse:
    """Two people sign it as it is; a later change needs both again."""
    found = return_for(request.auth, number, Verb.SIGN_RETURN)
    was = read_of_reply(request, Signing).sha256
    return answer_held(sign_return(found=found, was=was, by=request.auth), request.auth)


@endpoint(
    "POST",
    "/returns/{number}/submit",
    says=message("Submit a national reply, which freezes it with its hash."),
    needs=Verb.LEAD_RETURN,
    answer=ReturnHeld,
)
def submit(request: TokenRequest, number: int) -> HttpResponse:
    """Once two people have signed it as it is."""
    found = return_for(request.auth, number, Verb.LEAD_RETURN)
    return answer_held(submit_return(found=found, by=request.auth), request.auth)


def _kept(found: Return, person: Person) -> FilledIn:
    kept = found.filled_in.filter(person=person).first()
    if kept is None:
        raise Http404
    return kept


def _differences(found: Return, kept: FilledIn, person: Person) -> list[Differing]:
    return [
        Differing(item=one.item.key, label=one.label, now=one.now, sent=one.sent, seen=one.seen)
        for one in differences_of(found=found, kept=kept, by=person, today=timezone.localdate())
    ]
