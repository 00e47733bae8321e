"""This file knows the addresses at which consultations are opened, moderated and closed."""

from __future__ import annotations

from django.http import HttpResponse  # noqa: TC002 - the library reads the types

from forestall.errors import InvalidConsultation
from forestall.languages import message
from forestall.web.api.bodies import answer, answer_new, read_record
from forestall.web.api.description import endpoint
from forestall.web.api.filled import filled
from forestall.web.api.plan_endpoints import Limit, Offset, place_for, plan_for
from forestall.web.api.public_records import (
    Answered,
    Asked,
    Asking,
    Because,
    CommentRow,
    Noted,
    Ranked,
    RankedRow,
)
from forestall.web.api.reaching import reached_by
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.consultation.comments import reply_to_comment, show_comment, withhold_comment
from forestall.web.consultation.forms import RecordForm
from forestall.web.consultation.models import Comment, Consultation
from forestall.web.consultation.rankings import counts_of
from forestall.web.consultation.services import (
    close_consultation,
    open_consultation,
    record_in_plan,
)
from forestall.web.consultation.views import visible_comment, visible_consultation
from forestall.web.organisations.roles import Verb

_consultation_for = reached_by(visible_consultation)
_comment_for = reached_by(visible_comment)


@endpoint(
    "GET",
    "/consultations",
    says=message("List consultations."),
    needs=Verb.READ,
    answer=list[Asked],
)
def list_asked(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Return the last opened first, with how many comments wait."""
    place_for(request.auth, Verb.READ)
    found = Consultation.objects.visible_to(request.auth).select_related("revision")
    return answer([_asked(one) for one in found[offset : offset + limit]])


@endpoint(
    "POST",
    "/consultations",
    says=message("Open a consultation on a plan."),
    needs=Verb.MODERATE,
    body=Asking,
    answer=Asked,
    status=201,
)
def open_asked(request: TokenRequest) -> HttpResponse:
    """Ask about the plan as it is now, whatever becomes of it meanwhile."""
    place_for(request.auth, Verb.MODERATE)
    wanted = read_record(request, Asking)
    plan = plan_for(request.auth, wanted.plan, Verb.MODERATE)
    new = open_consultation(plan=plan, opens=wanted.opens, ends=wanted.ends, by=request.auth)
    return answer_new(request, _asked(new), new.pk)


@endpoint(
    "GET",
    "/consultations/{number}",
    says=message("Read how far a consultation is."),
    needs=Verb.READ,
    answer=Asked,
)
def read_asked(request: TokenRequest, number: int) -> HttpResponse:
    """Return its days, and how many comments wait."""
    return answer(_asked(_consultation_for(request.auth, number, Verb.READ)))


@endpoint(
    "POST",
    "/consultations/{number}/close",
    says=message("Close a consultation."),
    needs=Verb.MODERATE,
    answer=Asked,
)
def close_asked(request: TokenRequest, number: int) -> HttpResponse:
    """End it; what was said and answered stays readable."""
    found = _consultation_for(request.auth, number, Verb.MODERATE)
    return answer(_asked(close_consultation(consultation=found, by=request.auth)))


@endpoint(
    "GET",
    "/consultations/{number}/comments",
    says=message("List the comments of a consultation."),
    needs=Verb.MODERATE,
    answer=list[CommentRow],
)
def list_comments(
    request: TokenRequest, number: int, limit: Limit = 50, offset: Offset = 0
) -> HttpResponse:
    """Return also those that are not shown; the oldest first."""
    found = _consultation_for(request.auth, number, Verb.MODERATE)
    return answer([_comment(one) for one in found.comments.all()[offset : offset + limit]])


@endpoint(
    "GET",
    "/consultations/{number}/rankings",
    says=message("Read which problems people would take up first."),
    needs=Verb.MODERATE,
    answer=Ranked,
)
def read_rankings(request: TokenRequest, number: int) -> HttpResponse:
    """Return counts in full groups of five, and none below five."""
    counts = counts_of(_consultation_for(request.auth, number, Verb.MODERATE))
    return answer(
        Ranked(
            answers=counts.answers,
            problems=[
                RankedRow(problem=one.problem.key, title=str(one.problem.title), named=one.named)
                for one in counts.problems
            ],
        )
    )


@endpoint(
    "POST",
    "/consultations/{number}/record",
    says=message("Note in the plan what was said and what was changed."),
    needs=Verb.MODERATE,
    body=Noted,
    answer=Asked,
)
def note(request: TokenRequest, number: int) -> HttpResponse:
    """Once it is closed, and a decision is taken on every comment."""
    found = _consultation_for(request.auth, number, Verb.MODERATE)
    said = read_record(request, Noted)
    sent = {"how": said.how}
    for place, one in enumerate(said.voices):
        sent |= {f"said_{place}": one.said, f"changed_{place}": one.changed}
    parts = [("", str(place + 1)) for place in range(len(said.voices))]
    form = filled(RecordForm(sent, parts=parts))
    noted = record_in_plan(
        consultation=found, how=form.cleaned_data["how"], voices=form.voices, by=request.auth
    )
    return answer(_asked(noted))


@endpoint(
    "GET",
    "/comments/{number}",
    says=message("Read a comment, and what was answered."),
    needs=Verb.MODERATE,
    answer=CommentRow,
)
def read_comment(request: TokenRequest, number: int) -> HttpResponse:
    """Return it whether it is shown or not."""
    return answer(_comment(_comment_for(request.auth, number, Verb.MODERATE)))


@endpoint(
    "POST",
    "/comments/{number}/show",
    says=message("Let everybody read a comment."),
    needs=Verb.MODERATE,
    answer=CommentRow,
)
def show(request: TokenRequest, number: int) -> HttpResponse:
    """Show it on the page of the consultation."""
    found = _comment_for(request.auth, number, Verb.MODERATE)
    return answer(_comment(show_comment(comment=found, by=request.auth)))


@endpoint(
    "POST",
    "/comments/{number}/withhold",
    says=message("Keep a comment from being read, with the reason."),
    needs=Verb.MODERATE,
    body=Because,
    answer=CommentRow,
)
def withhold(request: TokenRequest, number: int) -> HttpResponse:
    """Keep the reason, which the page tells in its place."""
    found = _comment_for(request.auth, number, Verb.MODERATE)
    reason = read_record(request, Because).reason
    return answer(_comment(withhold_comment(comment=found, reason=reason, by=request.auth)))


@endpoint(
    "POST",
    "/comments/{number}/reply",
    says=message("Answer a comment for everybody to read."),
    needs=Verb.MODERATE,
    body=Answered,
    answer=CommentRow,
)
def reply(request: TokenRequest, number: int) -> HttpResponse:
    """Answer in the language of the header Accept-Language."""
    found = _comment_for(request.auth, number, Verb.MODERATE)
    said = read_record(request, Answered)
    revision = None
    if said.changed_in is not None:
        revision = found.consultation.plan.revisions.filter(number=said.changed_in).first()
        if revision is None:
            raise InvalidConsultation(message("The plan has no such revision."))
    replied = reply_to_comment(
        comment=found, reply=said.reply, changed_in=revision, by=request.auth
    )
    return answer(_comment(replied))


def _asked(one: Consultation) -> Asked:
    return Asked(
        number=one.pk,
        plan=one.plan_id,
        revision=one.revision.number,
        opens=one.opens,
        ends=one.ends,
        closed_at=one.closed_at,
        waiting=one.comments.waiting().count(),
        unanswered=one.comments.unanswered().count(),
    )


def _comment(one: Comment) -> CommentRow:
    return CommentRow(
        number=one.pk,
        about=one.about,
        text=one.text,
        language=one.language,
        organisation=one.organisation_id,
        made_on=one.made_on,
        state=str(one.state),
        reason=one.reason,
        reply=one.reply,
        reply_language=one.reply_language,
    )
