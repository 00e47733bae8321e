"""This file knows the pages on which national replies begin, are assigned and written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from msgspec import structs

from forestall.errors import AnswerChanged, ForestallError, InvalidQuestionnaire, NotAllowed
from forestall.languages import say
from forestall.questionnaires import find_route, reply_from_json
from forestall.questionnaires.checking import label_of
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where, refused
from forestall.web.returns.answer_form import AnswerForm
from forestall.web.returns.answering import save_answer, section_of, seen
from forestall.web.returns.begin_form import AssignForm, BeginForm
from forestall.web.returns.models import visible_return
from forestall.web.returns.policies import check_may_write
from forestall.web.returns.services import assign_section, begin_return, check_open
from forestall.web.returns.shown import facts_of
from forestall.web.returns.views import about, group_of

if TYPE_CHECKING:
    from forestall.questionnaires import Item, Reply
    from forestall.web.pages import SignedInRequest
    from forestall.web.returns.models import Return


@require_http_methods(["GET", "POST"])
@list_page(Verb.LEAD_RETURN)
def begin(request: SignedInRequest) -> HttpResponse:
    """Begin a national reply, with the one before beside it."""
    places = places_where(request.user, Verb.LEAD_RETURN)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = BeginForm(*sent, places=places, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            return redirect(
                begin_return(
                    jurisdiction=given["place"],
                    questionnaire=given["questionnaire"],
                    on=given["on"],
                    office=given["office"],
                    earlier=_earlier(given),
                    by=request.user,
                )
            )
        except ForestallError as wrong:
            form.add_error("file" if given["file"] else None, str(wrong))
    return render(request, "returns/begin.html", {"form": form})


def _earlier(given: dict[str, Any]) -> Reply | None:
    if given["file"]:
        return reply_from_json(given["file"].read(), name=given["file"].name)
    before: Return | None = given["before"]
    return before.reply if before is not None else None


@require_http_methods(["GET", "POST"])
@page(Verb.LEAD_RETURN, about=visible_return)
def assign(request: SignedInRequest, found: Return, section: str) -> HttpResponse:
    """Say which organisations write a section."""
    group = group_of(found.asked, section)
    form = AssignForm(
        request.POST if request.method == "POST" else None, found=found, section=section
    )
    if request.method == "POST" and form.is_valid():
        try:
            assign_section(
                found=found,
                section=section,
                organisations=form.cleaned_data["organisations"],
                by=request.user,
            )
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, say("Saved."))
        return redirect(found)
    shared = about(request, found) | {"here": section, "group": group, "form": form}
    return render(request, "returns/assign.html", shared)


@require_http_methods(["GET", "POST"])
@page(Verb.WRITE_RETURN, about=visible_return)
def answer(request: SignedInRequest, found: Return, item: str) -> HttpResponse:
    """Write the answer to one question."""
    question, section = _question(found, item)
    try:
        check_may_write(request.user, found, section)
        check_open(found)
    except NotAllowed as refusal:
        return refused(request, refusal)
    form = _form(request, found, question)
    if request.method == "POST" and request.headers.get("HX-Request"):
        return _saved_by_itself(request, found, form)
    collided = False
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, found, form)
        except AnswerChanged as changed:
            found.refresh_from_db()
            form = _form(request, found, question, again=True)
            form.add_error(None, str(changed))
            collided = True
        except InvalidQuestionnaire as wrong:
            form.add_error(None, str(wrong))
        else:
            return _after(request, saved, item, section, had=set(form.fields))
    shared = about(request, found) | {"here": section, "group": group_of(found.asked, section)}
    earlier = found.earlier_reply
    shared |= {
        "item": question,
        "label": label_of(question),
        "form": form,
        "theirs": facts_of(question, found.reply.answers.get(item), found.asked)
        if collided
        else None,
        "earlier": earlier,
        "before": facts_of(question, earlier.answers.get(item), found.asked) if earlier else (),
    }
    return render(request, "returns/answer.html", shared)


def _saved_by_itself(request: SignedInRequest, found: Return, form: AnswerForm) -> HttpResponse:
    """Save a draft while somebody writes; it confirms nothing, which a person does by saving."""
    shown: dict[str, Any] = {"reason": "", "seen": ""}
    if form.is_valid():
        try:
            drafted = structs.replace(form.made(), confirmed=form.answer.confirmed)
            if drafted != form.answer:
                drafted = structs.replace(drafted, confirmed=None)
            saved = save_answer(
                found=found,
                item=form.item.key,
                answer=drafted,
                was=form.cleaned_data["seen"],
                by=request.user,
                today=timezone.localdate(),
            )
            shown["seen"] = seen(saved.reply.answers.get(form.item.key))
        except ForestallError as wrong:
            shown["reason"] = str(wrong)
    else:
        shown["reason"] = str(next(iter(form.errors.values()))[0])
    return render(request, "returns/_saved.html", shown)


def _question(found: Return, item: str) -> tuple[Item, str]:
    question = found.asked.item(item)
    try:
        section = section_of(found.asked, item)
    except InvalidQuestionnaire:
        raise Http404 from None
    assert question is not None  # because it stands in a section
    return question, section


def _form(
    request: SignedInRequest, found: Return, question: Item, *, again: bool = False
) -> AnswerForm:
    """Return the form; `again` keeps what was typed beside the answer as it is now."""
    reply = found.reply
    there = reply.answers.get(question.key)
    sent = request.POST.copy() if request.method == "POST" else None
    if sent is not None and again:
        sent["seen"] = seen(there)
    return AnswerForm(
        sent,
        item=question,
        asked=found.asked,
        answer=there,
        followed=question.key in find_route(found.asked, reply.answers).follow_ups,
        tag=found.jurisdiction.language,
    )


def _save(request: SignedInRequest, found: Return, form: AnswerForm) -> Return:
    return save_answer(
        found=found,
        item=form.item.key,
        answer=form.made(),
        was=form.cleaned_data["seen"],
        by=request.user,
        today=timezone.localdate(),
    )


def _after(
    request: SignedInRequest, saved: Return, item: str, section: str, *, had: set[str]
) -> HttpResponse:
    """Go on to a follow-up that the answer asks for, or back to the section."""
    question = saved.asked.item(item)
    assert question is not None
    now = AnswerForm(
        item=question,
        asked=saved.asked,
        answer=saved.reply.answers.get(item),
        followed=item in find_route(saved.asked, saved.reply.answers).follow_ups,
        tag=saved.jurisdiction.language,
    )
    if "follow_up" in now.fields and "follow_up" not in had:
        messages.success(request, say("Saved. This choice asks for more, below."))
        return redirect("return-answer", saved.pk, item)
    messages.success(request, say("Saved."))
    return redirect("return-section", saved.pk, section)
