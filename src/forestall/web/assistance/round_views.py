"""This file knows the pages of rounds of matching, of results, and of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from forestall.assistance import assistance_to_json
from forestall.errors import ForestallError, NotAllowed
from forestall.languages import message
from forestall.web.assistance.answer_forms import FileForm
from forestall.web.assistance.bringing import FILES, bring, file_of
from forestall.web.assistance.matching import start_round
from forestall.web.assistance.models import AssistanceMission, MatchingRound, RoundState
from forestall.web.assistance.policies import tops_where
from forestall.web.assistance.shown import orders_told, pairs_told, unmatched_told
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, places_where, refused

if TYPE_CHECKING:
    from forestall.web.pages import SignedInRequest

ON_A_PAGE = 50


@list_page(Verb.READ)
def rounds(request: SignedInRequest) -> HttpResponse:
    """Show the rounds of matching, the newest first."""
    found = MatchingRound.objects.select_related("jurisdiction", "job").defer("inputs", "result")
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "assistance/rounds.html",
        {"page": shown, "orders": orders_told(), "may_match": bool(tops_where(request.user))},
    )


@require_http_methods(["GET", "POST"])
@list_page(Verb.MATCH_ASSISTANCE)
def round_start(request: SignedInRequest) -> HttpResponse:
    """Start a round, after a look at what it does."""
    tops = tops_where(request.user)
    if not tops:
        return refused(
            request,
            NotAllowed(message("People of a place with none above it start a round.")),
        )
    if not request.POST.get("confirmed"):
        return render(request, "assistance/round_start.html", {"orders": orders_told()})
    try:
        new = start_round(jurisdiction=tops[0], by=request.user, today=timezone.localdate())
    except ForestallError as wrong:
        messages.error(request, str(wrong))
        return redirect("assistance-rounds")
    return redirect("assistance-round", new.pk)


@list_page(Verb.READ)
def round_shown(request: SignedInRequest, which: int) -> HttpResponse:
    """Show what was matched in a round, why, and why the rest was not."""
    found = get_object_or_404(MatchingRound.objects.select_related("jurisdiction", "job"), pk=which)
    done = found.state == RoundState.DONE
    return render(
        request,
        "assistance/round.html",
        {
            "found": found,
            "done": done,
            "pairs": pairs_told(found) if done else [],
            "unmatched": unmatched_told(found) if done else [],
            "orders": orders_told(),
        },
    )


@list_page(Verb.READ)
def results(request: SignedInRequest) -> HttpResponse:
    """Show what missions led to, the last one first."""
    related = ("proposal__need__jurisdiction", "proposal__offer__jurisdiction")
    found = AssistanceMission.objects.exclude(document__result=None).select_related(*related)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "assistance/results.html", {"page": shown})


@list_page(Verb.READ)
def file(request: SignedInRequest, form: str) -> HttpResponse:
    """Send what is open, or was proposed, as a file that the command line reads."""
    if form not in FILES:
        raise Http404
    return HttpResponse(
        assistance_to_json(file_of(form)),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{form}.json"'},
    )


@require_http_methods(["GET", "POST"])
@list_page(Verb.STATE_ASSISTANCE)
def file_bring(request: SignedInRequest) -> HttpResponse:
    """Bring a file of needs, offers or proposals."""
    places = places_where(request.user, Verb.STATE_ASSISTANCE)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FileForm(*sent, places=places)
    if request.method == "POST" and form.is_valid():
        came = form.cleaned_data["file"]
        try:
            brought = bring(
                holds=form.cleaned_data["holds"],
                jurisdiction=form.cleaned_data.get("place", places[0]),
                read=came.read(),
                name=came.name,
                by=request.user,
                today=timezone.localdate(),
            )
        except ForestallError as wrong:
            form.add_error("file", str(wrong))
        else:
            messages.success(request, brought.summary())
            return redirect("assistance")
    return render(request, "assistance/bring.html", {"form": form, "files": FILES})
