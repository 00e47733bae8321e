"""This file knows the pages on which a reply is signed and submitted, and a workbook comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from forestall.errors import ForestallError
from forestall.languages import say, say_plural
from forestall.publication.questionnaire_pages import facts_of
from forestall.web.organisations.roles import Verb
from forestall.web.pages import page
from forestall.web.returns.begin_form import FilledForm
from forestall.web.returns.filled import differences_of, drop_filled, keep_filled, take_filled
from forestall.web.returns.models import visible_return
from forestall.web.returns.prefill import offered_to, take_proposals
from forestall.web.returns.signing import sign_return, submit_return
from forestall.web.returns.states import ReturnState
from forestall.web.returns.views import about, frozen

if TYPE_CHECKING:
    from django.http import HttpResponse

    from forestall.web.pages import SignedInRequest
    from forestall.web.returns.models import FilledIn, Return


@require_http_methods(["GET", "POST"])
@page(Verb.WRITE_RETURN, about=visible_return)
def fill(request: SignedInRequest, found: Return) -> HttpResponse:
    """Bring a filled workbook; nothing changes until its differences are taken."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FilledForm(*sent)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            keep_filled(found=found, read=file.read(), name=file.name, by=request.user)
        except ForestallError as wrong:
            form.add_error("file", str(wrong))
        else:
            return redirect("return-filled", found.pk)
    shared = about(request, found) | {"here": "return", "form": form}
    return render(request, "returns/fill.html", shared)


@require_http_methods(["GET", "POST"])
@page(Verb.WRITE_RETURN, about=visible_return)
def filled(request: SignedInRequest, found: Return) -> HttpResponse:
    """Show what a workbook says otherwise, and take what is chosen of it."""
    kept = found.filled_in.filter(person=request.user).first()
    if kept is None:
        return redirect("return-fill", found.pk)
    if request.method == "POST":
        return _taken(request, found, kept)
    shared = about(request, found) | {"here": "return"}
    asked, today = found.asked, timezone.localdate()
    shared["differences"] = [
        (one, facts_of(one.item, one.now, asked), facts_of(one.item, one.sent, asked))
        for one in differences_of(found=found, kept=kept, by=request.user, today=today)
    ]
    return render(request, "returns/filled.html", shared)


def _taken(request: SignedInRequest, found: Return, kept: FilledIn) -> HttpResponse:
    wanted = _wanted(request)
    if not wanted:
        drop_filled(kept=kept, by=request.user)
        messages.success(request, say("Nothing was taken from the workbook."))
        return redirect(found)
    try:
        take_filled(
            found=found, kept=kept, wanted=wanted, by=request.user, today=timezone.localdate()
        )
    except ForestallError as wrong:
        messages.error(request, str(wrong))
        return redirect("return-filled", found.pk)
    messages.success(
        request,
        say_plural("{count} answer was taken.", "{count} answers were taken.", len(wanted)),
    )
    return redirect(found)


@require_http_methods(["GET", "POST"])
@page(Verb.WRITE_RETURN, about=visible_return)
def proposals(request: SignedInRequest, found: Return) -> HttpResponse:
    """Show what the workspace proposes, with its sources, and take what is chosen of it."""
    if found.state == ReturnState.SUBMITTED:
        return frozen(request, found)
    if request.method == "POST":
        wanted = _wanted(request)
        try:
            take_proposals(found=found, wanted=wanted, by=request.user)
        except ForestallError as wrong:
            messages.error(request, str(wrong))
        else:
            messages.success(
                request,
                say_plural("{count} draft was taken.", "{count} drafts were taken.", len(wanted)),
            )
        return redirect("return-proposals", found.pk)
    asked = found.asked
    shared = about(request, found) | {"here": "proposals"}
    shared["offered"] = [
        (one, facts_of(one.item, one.answer, asked)) for one in offered_to(found, request.user)
    ]
    return render(request, "returns/proposals.html", shared)


def _wanted(request: SignedInRequest) -> dict[str, str]:
    """Return from each chosen item, or from all, to what its answer was recognised by."""
    seen = {
        name.removeprefix("seen-"): str(was)
        for name, was in request.POST.items()
        if name.startswith("seen-")
    }
    if "all" in request.POST:
        return seen
    return {item: seen.get(item, "") for item in request.POST.getlist("take")}


@require_http_methods(["GET", "POST"])
@page(Verb.SIGN_RETURN, about=visible_return)
def sign(request: SignedInRequest, found: Return) -> HttpResponse:
    """Sign a reply as it was read."""
    if request.method == "POST":
        try:
            sign_return(found=found, was=request.POST.get("was", ""), by=request.user)
        except ForestallError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, say("You have signed the reply."))
        return redirect(found)
    shared = about(request, found) | {"here": "return"}
    return render(request, "returns/sign.html", shared)


@require_http_methods(["GET", "POST"])
@page(Verb.LEAD_RETURN, about=visible_return)
def submit(request: SignedInRequest, found: Return) -> HttpResponse:
    """Submit a reply, after a question."""
    if request.method == "POST":
        try:
            submit_return(found=found, by=request.user)
        except ForestallError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, say("The reply is submitted and frozen."))
        return redirect(found)
    shared = about(request, found) | {"here": "return"}
    return render(request, "returns/submit.html", shared)
