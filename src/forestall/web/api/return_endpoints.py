"""This file knows the addresses at which national replies are begun and read."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone

from forestall.languages import in_language, message
from forestall.questionnaires import Reply, reply_to_json
from forestall.web.api.bodies import answer, answer_bytes, answer_new, read_of_reply
from forestall.web.api.description import endpoint
from forestall.web.api.filled import fields_of, filled
from forestall.web.api.plan_endpoints import Limit, Offset, place_for
from forestall.web.api.return_records import (
    ChangeBeside,
    CheckedReply,
    NewReturn,
    PointOfReply,
    QuestionHeld,
    ReturnHeld,
    ReturnRow,
    SavedChange,
)
from forestall.web.api.return_rows import held, return_for, row_of_return
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.organisations.roles import Verb
from forestall.web.returns.begin_form import BeginForm
from forestall.web.returns.leaving import FORMS
from forestall.web.returns.models import Return
from forestall.web.returns.reading import ReplyAsRead
from forestall.web.returns.services import begin_return
from forestall.web.returns.states import ReturnState
from forestall.web.returns.views import file_of, group_of

_FILES = tuple(kind for kind, _ in FORMS.values())


@endpoint(
    "GET",
    "/returns",
    says=message("List national replies."),
    needs=Verb.READ,
    answer=list[ReturnRow],
)
def list_returns(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Return the last changed first."""
    place_for(request.auth, Verb.READ)
    found = Return.objects.visible_to(request.auth).select_related("jurisdiction")
    return answer([row_of_return(one, request.auth) for one in found[offset : offset + limit]])


@endpoint(
    "POST",
    "/returns",
    says=message("Begin a national reply."),
    needs=Verb.LEAD_RETURN,
    body=NewReturn,
    answer=ReturnHeld,
    status=201,
)
def begin_reply(request: TokenRequest) -> HttpResponse:
    """Begin it empty, to the newest version; the earlier reply stands beside it."""
    place = place_for(request.auth, Verb.LEAD_RETURN)
    wanted = read_of_reply(request, NewReturn)
    sent = {**fields_of(wanted), "place": place.pk}
    given = filled(BeginForm(sent, places=[place], today=timezone.localdate())).cleaned_data
    before: Return | None = given["before"]
    new = begin_return(
        jurisdiction=place,
        questionnaire=given["questionnaire"],
        on=given["on"],
        office=given["office"],
        earlier=before.reply if before is not None else wanted.earlier,
        by=request.auth,
    )
    return answer_new(request, held(new, request.auth), new.pk, tag=str(new.revision))


@endpoint(
    "GET",
    "/returns/{number}",
    says=message("Read how far a national reply is."),
    needs=Verb.READ,
    answer=ReturnHeld,
)
def read_return(request: TokenRequest, number: int) -> HttpResponse:
    """Return its sections, who writes them and who signed, without the answers."""
    found = return_for(request.auth, number, Verb.READ)
    return answer(held(found, request.auth), tag=str(found.revision))


@endpoint(
    "GET",
    "/returns/{number}/reply",
    says=message("Read a national reply as a document."),
    needs=Verb.READ,
    answer=Reply,
)
def read_reply(request: TokenRequest, number: int) -> HttpResponse:
    """Confidential answers only for those who write or sign them; its ETag is the revision."""
    found = return_for(request.auth, number, Verb.READ)
    reply = ReplyAsRead(found, request.auth).reply
    return answer_bytes(reply_to_json(reply), tag=str(found.revision))


@endpoint(
    "GET",
    "/returns/{number}/earlier",
    says=message("Read the earlier reply that stands beside a national reply."),
    needs=Verb.READ,
    answer=Reply,
)
def read_earlier(request: TokenRequest, number: int) -> HttpResponse:
    """As a document, without what is confidential to others."""
    earlier = ReplyAsRead(return_for(request.auth, number, Verb.READ), request.auth).earlier
    if earlier is None:
        raise Http404
    return answer_bytes(reply_to_json(earlier))


@endpoint(
    "GET",
    "/returns/{number}/changes",
    says=message("Read what is not as it was in the earlier reply."),
    needs=Verb.READ,
    answer=list[ChangeBeside],
)
def read_changes(request: TokenRequest, number: int) -> HttpResponse:
    """Return each part of an answer that was and is given, in the words of a reader."""
    found = return_for(request.auth, number, Verb.READ)
    changes = ReplyAsRead(found, request.auth).changes().values()
    return answer(
        [
            ChangeBeside(
                item=one.item,
                label=one.label,
                field=str(one.field),
                old=str(one.old),
                new=str(one.new),
            )
            for changed in changes
            for one in changed
        ]
    )


@endpoint(
    "GET",
    "/returns/{number}/checks",
    says=message("Read what a national reply leaves open, and what sits badly together."),
    needs=Verb.READ,
    answer=CheckedReply,
)
def check_reply_now(request: TokenRequest, number: int) -> HttpResponse:
    """Nothing of it stands in the way of signing or submitting."""
    found = return_for(request.auth, number, Verb.READ)
    check = ReplyAsRead(found, request.auth).check(timezone.localdate())
    return answer(
        CheckedReply(
            summary=check.summary(),
            points=[
                PointOfReply(
                    kind=one.kind,
                    section=one.group,
                    item=one.item,
                    label=one.label,
                    said=str(one.said),
                )
                for one in check.findings
            ],
        )
    )


@endpoint(
    "GET",
    "/returns/{number}/sections/{section}",
    says=message("Read the questions of a section that are asked, with their answers."),
    needs=Verb.READ,
    answer=list[QuestionHeld],
)
def read_section(request: TokenRequest, number: int, section: str) -> HttpResponse:
    """Which questions are asked follows from the answers so far."""
    reading = ReplyAsRead(return_for(request.auth, number, Verb.READ), request.auth)
    group_of(reading.asked, section)
    now, earlier = reading.reply.answers, reading.earlier
    before = earlier.answers if earlier is not None else {}
    return answer(
        [
            QuestionHeld(
                item=one.item.key,
                label=one.label,
                prompt=in_language(one.item.prompt),
                type=one.item.type,
                choices=list(one.item.choices),
                answer=now.get(one.item.key),
                before=before.get(one.item.key),
                secret=one.secret,
                points=[str(found.said) for found in one.findings],
            )
            for one in reading.questions(section, timezone.localdate())
        ]
    )


@endpoint(
    "GET",
    "/returns/{number}/versions",
    says=message("List the saved changes of a national reply."),
    needs=Verb.READ,
    answer=list[SavedChange],
)
def list_changes(
    request: TokenRequest, number: int, limit: Limit = 50, offset: Offset = 0
) -> HttpResponse:
    """Return the newest first."""
    found = return_for(request.auth, number, Verb.READ)
    reading = ReplyAsRead(found, request.auth)
    revisions = found.revisions.select_related("saved_by").defer("document")
    return answer(
        [
            SavedChange(
                number=one.number,
                state=ReturnState(one.state),
                saved_at=one.saved_at,
                by=one.saved_by.key if one.saved_by is not None else "",
                what=reading.told_of(one.what),
            )
            for one in revisions[offset : offset + limit]
        ]
    )


@endpoint(
    "GET",
    "/returns/{number}/files/{form}",
    says=message("Download a national reply as it leaves: pdf, docx, xlsx or json."),
    needs=Verb.READ,
    options={"given_as": _FILES},
)
def read_leaving(request: TokenRequest, number: int, form: str) -> HttpResponse:
    """Give it without confidential answers, whoever asks."""
    return file_of(return_for(request.auth, number, Verb.READ), form, working_copy=False)


@endpoint(
    "GET",
    "/returns/{number}/working-copy/{form}",
    says=message("Download the working copy of a national reply: pdf, docx, xlsx or json."),
    needs=Verb.LEAD_RETURN,
    options={"given_as": _FILES},
)
def read_working_copy(request: TokenRequest, number: int, form: str) -> HttpResponse:
    """Give all answers, confidential ones too; it stays in the office."""
    return file_of(return_for(request.auth, number, Verb.LEAD_RETURN), form, working_copy=True)
