"""This file knows the addresses at which answers of national replies are written and shown to hold.

Many institutions write one reply, each its own sections.
"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from forestall.errors import InvalidQuestionnaire
from forestall.languages import message
from forestall.questionnaires import Reply, reply_to_json
from forestall.web.api.answers_sent import held_to_forms
from forestall.web.api.bodies import (
    answer,
    answer_bytes,
    answer_new,
    read_match,
    read_of_reply,
)
from forestall.web.api.description import AS_FORM, endpoint
from forestall.web.api.filled import fields_of, filled, read_form
from forestall.web.api.return_records import (
    Answers,
    EvidenceRow,
    NewEvidence,
    NewRemark,
    RemarkRow,
    ReturnHeld,
    WrittenBy,
)
from forestall.web.api.return_rows import answer_held, return_for
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.organisations.roles import Verb
from forestall.web.people.models import Person  # noqa: TC001
from forestall.web.returns.answering import check_unchanged, save_answers, section_of
from forestall.web.returns.begin_form import AssignForm
from forestall.web.returns.beside_views import EvidenceForm, RemarkForm, evidence_file_for
from forestall.web.returns.evidence import (
    attach_evidence,
    detach_evidence,
    evidence_of,
    remark_on,
    settle_remark,
)
from forestall.web.returns.models import Evidence, Remark, Return  # noqa: TC001
from forestall.web.returns.policies import check_may_write
from forestall.web.returns.reading import ReplyAsRead
from forestall.web.returns.services import assign_section, check_open
from forestall.web.returns.views import group_of


@endpoint(
    "PATCH",
    "/returns/{number}/reply",
    says=message("Save answers of a national reply; the others stay as they are."),
    needs=Verb.WRITE_RETURN,
    body=Answers,
    answer=Reply,
    options={"match": True},
)
def change_reply(request: TokenRequest, number: int) -> HttpResponse:
    """All of them are saved or none; each is held to what its question asks for."""
    found = return_for(request.auth, number, Verb.WRITE_RETURN)
    check_open(found)
    was, sent = read_match(request), read_of_reply(request, Answers).answers
    for section in sorted({section_of(found.asked, item) for item in sent}):
        check_may_write(request.auth, found, section)
    check_unchanged(found, was)
    saved = save_answers(
        found=found,
        answers=held_to_forms(found, sent),
        was=was,
        by=request.auth,
        today=timezone.localdate(),
    )
    reply = ReplyAsRead(saved, request.auth).reply
    return answer_bytes(reply_to_json(reply), tag=str(saved.revision))


@endpoint(
    "PUT",
    "/returns/{number}/sections/{section}/organisations",
    says=message("Say which organisations write a section of a national reply."),
    needs=Verb.LEAD_RETURN,
    body=WrittenBy,
    answer=ReturnHeld,
)
def assign(request: TokenRequest, number: int, section: str) -> HttpResponse:
    """They write it instead of those that did; organisations of the place alone can."""
    found = return_for(request.auth, number, Verb.LEAD_RETURN)
    group_of(found.asked, section)
    sent = fields_of(read_of_reply(request, WrittenBy))
    form = filled(AssignForm(sent, found=found, section=section))
    assign_section(
        found=found,
        section=section,
        organisations=form.cleaned_data["organisations"],
        by=request.auth,
    )
    return answer_held(found, request.auth)


@endpoint(
    "GET",
    "/returns/{number}/answers/{item}/evidence",
    says=message("List the files that show what an answer says."),
    needs=Verb.WRITE_RETURN,
    answer=list[EvidenceRow],
)
def list_evidence(request: TokenRequest, number: int, item: str) -> HttpResponse:
    """Return those that the answer names now."""
    found = _written(request.auth, number, item)
    return answer([_evidence(one) for one in evidence_of(found, item)])


@endpoint(
    "POST",
    "/returns/{number}/answers/{item}/evidence",
    says=message("Attach a file to an answer."),
    needs=Verb.WRITE_RETURN,
    body=NewEvidence,
    answer=EvidenceRow,
    status=201,
    options={"sent_as": AS_FORM},
)
def attach(request: TokenRequest, number: int, item: str) -> HttpResponse:
    """Name it in the answer with its SHA-256; the answer is then to be confirmed anew."""
    found = _written(request.auth, number, item)
    file = filled(EvidenceForm(*read_form(request))).cleaned_data["file"]
    new = attach_evidence(
        found=found, item=item, name=file.name, content=file.read(), by=request.auth
    )
    return answer_new(request, _evidence(new), new.pk, at=f"/returns/{number}/evidence")


@endpoint(
    "DELETE",
    "/returns/{number}/answers/{item}/evidence/{sha256}",
    says=message("Take a file off an answer."),
    needs=Verb.WRITE_RETURN,
    status=204,
)
def detach(request: TokenRequest, number: int, item: str, sha256: str) -> HttpResponse:
    """Earlier revisions keep it."""
    found = _written(request.auth, number, item)
    if not evidence_of(found, item).filter(sha256=sha256).exists():
        raise Http404
    detach_evidence(found=found, item=item, sha256=sha256, by=request.auth)
    return HttpResponse(status=204)


@endpoint(
    "GET",
    "/returns/{number}/evidence/{piece}",
    says=message("Download a file that shows what an answer says."),
    needs=Verb.READ,
    options={"given_as": ("application/octet-stream",)},
)
def read_evidence(request: TokenRequest, number: int, piece: int) -> HttpResponse:
    """For those who read the answer."""
    found = return_for(request.auth, number, Verb.READ)
    return evidence_file_for(request.auth, found, piece)


@endpoint(
    "GET",
    "/returns/{number}/answers/{item}/remarks",
    says=message("List the remarks on an answer."),
    needs=Verb.WRITE_RETURN,
    answer=list[RemarkRow],
)
def list_remarks(request: TokenRequest, number: int, item: str) -> HttpResponse:
    """Return the oldest first; they leave with no file."""
    found = _written(request.auth, number, item)
    remarks = found.remarks.filter(item=item).select_related("made_by")
    return answer([_remark(one) for one in remarks])


@endpoint(
    "POST",
    "/returns/{number}/answers/{item}/remarks",
    says=message("Remark on an answer to the others who write it."),
    needs=Verb.WRITE_RETURN,
    body=NewRemark,
    answer=RemarkRow,
    status=201,
)
def make_remark(request: TokenRequest, number: int, item: str) -> HttpResponse:
    """Say it to those who write the section; it leaves with no file."""
    found = _written(request.auth, number, item)
    form = filled(RemarkForm(fields_of(read_of_reply(request, NewRemark))))
    new = remark_on(found=found, item=item, text=form.cleaned_data["text"], by=request.auth)
    return answer(_remark(new), status=201)


@endpoint(
    "POST",
    "/returns/{number}/answers/{item}/remarks/{remark}/settle",
    says=message("Settle a remark on an answer."),
    needs=Verb.WRITE_RETURN,
    answer=RemarkRow,
)
def settle(request: TokenRequest, number: int, item: str, remark: int) -> HttpResponse:
    """Say that nothing is left to do about it; it stays to be read."""
    found = _written(request.auth, number, item)
    one = get_object_or_404(found.remarks.select_related("made_by"), item=item, pk=remark)
    return answer(_remark(settle_remark(remark=one, by=request.auth)))


def _written(person: Person, number: int, item: str) -> Return:
    """Return a reply of which the person writes the section of an item."""
    found = return_for(person, number, Verb.WRITE_RETURN)
    try:
        section = section_of(found.asked, item)
    except InvalidQuestionnaire:
        raise Http404 from None
    check_may_write(person, found, section)
    return found


def _evidence(one: Evidence) -> EvidenceRow:
    return EvidenceRow(
        number=one.pk, item=one.item, name=one.name, sha256=one.sha256, added_at=one.added_at
    )


def _remark(one: Remark) -> RemarkRow:
    return RemarkRow(
        number=one.pk,
        item=one.item,
        text=one.text,
        by=one.made_by.key if one.made_by is not None else "",
        made_at=one.made_at,
        settled_at=one.settled_at,
    )
