"""This file knows the pages on which replies are gathered: a reading begins, files come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from forestall.errors import ForestallError
from forestall.languages import say, say_plural
from forestall.questionnaires.together import in_state_order
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where
from forestall.web.returns.models import visible_return
from forestall.web.secretariat.forms import AskedForm, HandOverForm, ReadingForm, ReceiveForm
from forestall.web.secretariat.pages import about, order_of, reading_page
from forestall.web.secretariat.receiving import hand_over, receive_file, take_out
from forestall.web.secretariat.services import begin_reading, change_asked

if TYPE_CHECKING:
    from django.http import HttpResponse

    from forestall.web.pages import SignedInRequest
    from forestall.web.returns.models import Return
    from forestall.web.secretariat.models import Reading


@require_http_methods(["GET", "POST"])
@list_page(Verb.GATHER_REPLIES)
def begin(request: SignedInRequest) -> HttpResponse:
    """Begin to gather replies to a questionnaire."""
    places = places_where(request.user, Verb.GATHER_REPLIES)
    form = ReadingForm(request.POST if request.method == "POST" else None, places=places)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        return redirect(
            begin_reading(
                jurisdiction=given["place"],
                title=given["title"],
                questionnaire=given["questionnaire"],
                by=request.user,
            )
        )
    return render(request, "secretariat/begin.html", {"form": form})


@require_http_methods(["GET", "POST"])
@reading_page(Verb.GATHER_REPLIES)
def asked(request: SignedInRequest, reading: Reading) -> HttpResponse:
    """Say which states were asked."""
    form = AskedForm(request.POST if request.method == "POST" else None, reading=reading)
    if request.method == "POST" and form.is_valid():
        try:
            change_asked(reading=reading, asked=form.cleaned_data["asked"], by=request.user)
        except ForestallError as wrong:
            form.add_error("asked", str(wrong))
        else:
            messages.success(request, say("Saved."))
            return redirect(reading)
    shared = about(request, reading, "asked") | {"form": form}
    return render(request, "secretariat/asked.html", shared)


@reading_page(Verb.STUDY_REPLIES)
def replies(request: SignedInRequest, reading: Reading) -> HttpResponse:
    """Show which replies are here, and how each came."""
    found = {one.state: one for one in reading.replies.all()}
    ordered = [found[state] for state in in_state_order(found, by=order_of(request))]
    shared = about(request, reading, "replies") | {"replies": ordered}
    return render(request, "secretariat/replies.html", shared)


@require_http_methods(["GET", "POST"])
@reading_page(Verb.GATHER_REPLIES)
def receive(request: SignedInRequest, reading: Reading) -> HttpResponse:
    """Take replies out of files, several at once; each of them comes or is refused by itself."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReceiveForm(*sent)
    refused: list[str] = []
    if request.method == "POST" and form.is_valid():
        came, refused = _received(request, reading, form.cleaned_data)
        if came:
            messages.success(
                request, say_plural("{count} reply came.", "{count} replies came.", came)
            )
        if not refused:
            return redirect("reading-replies", reading.pk)
    shared = about(request, reading, "replies") | {"form": form, "refused": refused}
    return render(request, "secretariat/receive.html", shared)


def _received(
    request: SignedInRequest, reading: Reading, given: dict[str, Any]
) -> tuple[int, list[str]]:
    refused = []
    for file in given["files"]:
        try:
            receive_file(
                reading=reading,
                read=file.read(),
                name=file.name,
                told=given["told"],
                replaces=given["replaces"],
                by=request.user,
            )
        except ForestallError as wrong:
            refused.append(say("{file}: {reason}", file=file.name, reason=str(wrong)))
    return len(given["files"]) - len(refused), refused


@require_http_methods(["GET", "POST"])
@reading_page(Verb.GATHER_REPLIES)
def reply_remove(request: SignedInRequest, reading: Reading, state: str) -> HttpResponse:
    """Take a reply out, after a question."""
    kept = get_object_or_404(reading.replies.select_related("reading__jurisdiction"), state=state)
    if request.method == "POST" and request.POST.get("confirmed"):
        take_out(kept=kept, by=request.user)
        messages.success(request, say("The reply was taken out."))
        return redirect("reading-replies", reading.pk)
    shared = about(request, reading, "replies") | {"kept": kept}
    return render(request, "secretariat/reply_remove.html", shared)


@require_http_methods(["GET", "POST"])
@page(Verb.LEAD_RETURN, about=visible_return)
def handed_over(request: SignedInRequest, found: Return) -> HttpResponse:
    """Hand a submitted reply over to whoever gathers replies here."""
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            to = hand_over(found=found, code=form.cleaned_data["code"], by=request.user)
        except ForestallError as wrong:
            form.add_error("code", str(wrong))
        else:
            messages.success(
                request, say("The reply was handed over to “{title}”.", title=to.title)
            )
            return redirect(found)
    shared = {"found": found, "asked": found.asked, "form": form}
    return render(request, "secretariat/hand_over.html", shared)
