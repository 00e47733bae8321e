"""This file knows the addresses at which replies are gathered and their report is drafted."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from forestall.languages import message
from forestall.questionnaires.together import Chapter, chapter_items
from forestall.web.api.bodies import answer, answer_new, read_record
from forestall.web.api.description import AS_FORM, endpoint
from forestall.web.api.filled import fields_of, filled, read_form
from forestall.web.api.plan_endpoints import place_for
from forestall.web.api.reading_endpoints import gathered_reply, reading_for, reading_row
from forestall.web.api.reading_records import (
    AskedStates,
    BroughtReply,
    ChapterRow,
    ChapterVersion,
    GatheredReply,
    HandedOver,
    NewReading,
    ReadingRow,
    ReplyTaken,
    WrittenChapter,
)
from forestall.web.api.refusals import Refused
from forestall.web.api.return_rows import return_for
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.organisations.roles import Verb
from forestall.web.secretariat.forms import AskedForm, ReadingForm, ReceiveForm
from forestall.web.secretariat.gathered import Gathered
from forestall.web.secretariat.models import Reading  # noqa: TC001
from forestall.web.secretariat.pages import order_of
from forestall.web.secretariat.printed import FORMS
from forestall.web.secretariat.receiving import hand_over, receive_file, take_out
from forestall.web.secretariat.services import begin_reading, change_asked, write_chapter

_GIVEN = tuple(kind for kind, _ in FORMS.values())


@endpoint(
    "POST",
    "/readings",
    says=message("Begin to gather replies to a questionnaire."),
    needs=Verb.GATHER_REPLIES,
    body=NewReading,
    answer=ReadingRow,
    status=201,
)
def begin_to_gather(request: TokenRequest) -> HttpResponse:
    """Count all states as asked; that can be changed afterwards."""
    place = place_for(request.auth, Verb.GATHER_REPLIES)
    sent = fields_of(read_record(request, NewReading)) | {"place": place.pk}
    given = filled(ReadingForm(sent, places=[place])).cleaned_data
    new = begin_reading(
        jurisdiction=place,
        title=given["title"],
        questionnaire=given["questionnaire"],
        by=request.auth,
    )
    return answer_new(request, reading_row(new), new.pk)


@endpoint(
    "PUT",
    "/readings/{number}/asked",
    says=message("Say which states were asked."),
    needs=Verb.GATHER_REPLIES,
    body=AskedStates,
    answer=ReadingRow,
)
def say_who_was_asked(request: TokenRequest, number: int) -> HttpResponse:
    """Keep every state that has replied among them."""
    reading = reading_for(request.auth, number, Verb.GATHER_REPLIES)
    form = filled(AskedForm(fields_of(read_record(request, AskedStates)), reading=reading))
    changed = change_asked(reading=reading, asked=form.cleaned_data["asked"], by=request.auth)
    return answer(reading_row(changed))


@endpoint(
    "POST",
    "/readings/{number}/replies",
    says=message("Bring the reply of a state as a file."),
    needs=Verb.GATHER_REPLIES,
    body=BroughtReply,
    answer=GatheredReply,
    status=201,
    options={"sent_as": AS_FORM},
)
def bring_reply(request: TokenRequest, number: int) -> HttpResponse:
    """Take it without what is confidential; one file at a time."""
    reading = reading_for(request.auth, number, Verb.GATHER_REPLIES)
    given = filled(ReceiveForm(*read_form(request))).cleaned_data
    if len(given["files"]) > 1:
        raise Refused(422, message("Send one file at a time."))
    (file,) = given["files"]
    kept = receive_file(
        reading=reading,
        read=file.read(),
        name=file.name,
        told=given["told"],
        replaces=given["replaces"],
        by=request.auth,
    )
    return answer(gathered_reply(kept), status=201)


@endpoint(
    "DELETE",
    "/readings/{number}/replies/{state}",
    says=message("Take the reply of a state out."),
    needs=Verb.GATHER_REPLIES,
    status=204,
)
def take_reply_out(request: TokenRequest, number: int, state: str) -> HttpResponse:
    """Delete its answers here; the file can come again."""
    reading = reading_for(request.auth, number, Verb.GATHER_REPLIES)
    found = reading.replies.select_related("reading__jurisdiction")
    take_out(kept=get_object_or_404(found, state=state), by=request.auth)
    return HttpResponse(status=204)


@endpoint(
    "POST",
    "/returns/{number}/hand-over",
    says=message("Hand a submitted national reply over to whoever gave a code."),
    needs=Verb.LEAD_RETURN,
    body=HandedOver,
    answer=ReplyTaken,
)
def hand_reply_over(request: TokenRequest, number: int) -> HttpResponse:
    """Hand over what is not confidential."""
    found = return_for(request.auth, number, Verb.LEAD_RETURN)
    wanted = read_record(request, HandedOver)
    return answer(ReplyTaken(title=hand_over(found=found, code=wanted.code, by=request.auth).title))


@endpoint(
    "GET",
    "/readings/{number}/chapters",
    says=message("Read the four chapters of the report."),
    needs=Verb.STUDY_REPLIES,
    answer=list[ChapterRow],
)
def read_chapters(request: TokenRequest, number: int) -> HttpResponse:
    """Return each with the items whose answers belong into it."""
    reading = reading_for(request.auth, number, Verb.STUDY_REPLIES)
    return answer([_chapter(one, reading) for one in Chapter])


@endpoint(
    "PUT",
    "/readings/{number}/chapters/{chapter}",
    says=message("Write a chapter of the report."),
    needs=Verb.STUDY_REPLIES,
    body=WrittenChapter,
    answer=ChapterRow,
)
def write_one_chapter(request: TokenRequest, number: int, chapter: str) -> HttpResponse:
    """Save the text unless somebody else changed it since the revision that was read."""
    reading = reading_for(request.auth, number, Verb.STUDY_REPLIES)
    wanted = _named(chapter)
    sent = read_record(request, WrittenChapter)
    write_chapter(reading=reading, chapter=wanted, text=sent.text, was=sent.was, by=request.auth)
    return answer(_chapter(wanted, reading))


@endpoint(
    "GET",
    "/readings/{number}/chapters/{chapter}/versions",
    says=message("List every saved text of a chapter."),
    needs=Verb.STUDY_REPLIES,
    answer=list[ChapterVersion],
)
def read_chapter_versions(request: TokenRequest, number: int, chapter: str) -> HttpResponse:
    """Return the newest first."""
    reading = reading_for(request.auth, number, Verb.STUDY_REPLIES)
    found = reading.chapters.filter(chapter=_named(chapter).value).first()
    revisions = found.revisions.all()[:100] if found else ()
    return answer(
        [
            ChapterVersion(number=one.number, text=one.text, saved_at=one.saved_at)
            for one in revisions
        ]
    )


@endpoint(
    "GET",
    "/readings/{number}/files/{form}",
    says=message("Take the draft of the report as a file: docx or pdf."),
    needs=Verb.STUDY_REPLIES,
    options={"given_as": _GIVEN},
)
def read_draft_file(request: TokenRequest, number: int, form: str) -> HttpResponse:
    """Return the texts, with counts and quotations; nothing confidential."""
    reading = reading_for(request.auth, number, Verb.STUDY_REPLIES)
    if form not in FORMS:
        raise Http404
    kind, write = FORMS[form]
    return HttpResponse(
        write(Gathered(reading=reading, order=order_of(request))), content_type=kind
    )


def _named(chapter: str) -> Chapter:
    try:
        return Chapter(chapter)
    except ValueError:
        raise Http404 from None


def _chapter(chapter: Chapter, reading: Reading) -> ChapterRow:
    found = next((one for one in reading.chapters.all() if one.chapter == chapter.value), None)
    return ChapterRow(
        chapter=chapter,
        title=str(chapter.words),
        paragraph=chapter.paragraph,
        items=[one.key for one in chapter_items(chapter, reading.definition)],
        text=found.text if found else "",
        revision=found.revision if found else 0,
    )
