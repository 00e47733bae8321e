"""This file knows the pages of needs and offers of assistance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from forestall.errors import ForestallError
from forestall.languages import say
from forestall.web.assistance import stating
from forestall.web.assistance.answer_forms import ReasonForm
from forestall.web.assistance.drawing import (
    drawn_from,
    origin_of,
    priority_said,
    returns_of,
    waits_since,
)
from forestall.web.assistance.forms import NeedForm, OfferForm, regions_used
from forestall.web.assistance.models import AssistanceNeed, AssistanceOffer
from forestall.web.assistance.policies import (
    check_may_state_from,
    tops_where,
    visible_need,
    visible_offer,
)
from forestall.web.assistance.shown import last_said, offices_of, told
from forestall.web.assistance.sides import Side
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where
from forestall.web.returns.models import Return, visible_return

if TYPE_CHECKING:
    from django.http import HttpResponse

    from forestall.web.assistance.drawing import Drawn
    from forestall.web.pages import SignedInRequest


@list_page(Verb.READ)
def assistance(request: SignedInRequest) -> HttpResponse:
    """Show the needs and offers of all places, who has waited longest first."""
    today = timezone.localdate()
    needs = AssistanceNeed.objects.filter(withdrawn_on=None)
    offers = AssistanceOffer.objects.filter(withdrawn_on=None)
    places = places_where(request.user, Verb.STATE_ASSISTANCE)
    return render(
        request,
        "assistance/assistance.html",
        {
            "needs": told(needs, today=today),
            "offers": told(offers, today=today),
            "editable": {one.pk for one in places},
            "returns": returns_of(request.user) if places else [],
            "may_match": bool(tops_where(request.user)),
        },
    )


@list_page(Verb.READ)
def need(request: SignedInRequest, key: str) -> HttpResponse:
    """Show a need of any place, and why it got no offer if it got none."""
    found = get_object_or_404(AssistanceNeed.objects.select_related("jurisdiction"), key=key)
    return _shown(request, found, {"said": last_said(found), "side": Side.NEED})


@list_page(Verb.READ)
def offer(request: SignedInRequest, key: str) -> HttpResponse:
    """Show an offer from any place."""
    found = get_object_or_404(AssistanceOffer.objects.select_related("jurisdiction"), key=key)
    return _shown(request, found, {"said": None, "side": Side.OFFER})


def _shown(
    request: SignedInRequest, found: AssistanceNeed | AssistanceOffer, more: dict[str, Any]
) -> HttpResponse:
    (one,) = told([found], today=timezone.localdate())
    places = {one.pk for one in places_where(request.user, Verb.STATE_ASSISTANCE)}
    context = {
        "one": one,
        "offices": offices_of(found.jurisdiction)[found.jurisdiction_id],
        "editable": found.jurisdiction_id in places and found.withdrawn_on is None,
    }
    return render(request, "assistance/stated.html", context | more)


@require_http_methods(["GET", "POST"])
@list_page(Verb.STATE_ASSISTANCE)
def need_add(request: SignedInRequest) -> HttpResponse:
    """State a need, from nothing or from the answer of a national reply."""
    found, drawn = _drawn(request, Side.NEED)
    places = [found.jurisdiction] if found else places_where(request.user, Verb.STATE_ASSISTANCE)
    form = NeedForm(
        request.POST or None, places=places, regions=regions_used(), initial=_first(drawn)
    )
    if request.method == "POST" and form.is_valid():
        try:
            new = stating.state_need(
                jurisdiction=form.cleaned_data.get("place", places[0]),
                parts=form.parts(),
                asked=waits_since(found) if found else timezone.localdate(),
                by=request.user,
                origin=origin_of(found, drawn.item) if found and drawn else None,
            )
        except ForestallError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, say("The need is stated."))
            return redirect("assistance-need", new.key)
    shown = {"form": form, "found": found, "said": priority_said(found) if found else ""}
    return render(request, "assistance/need_form.html", shown)


@require_http_methods(["GET", "POST"])
@page(Verb.STATE_ASSISTANCE, about=visible_need)
def need_edit(request: SignedInRequest, need: AssistanceNeed) -> HttpResponse:
    """Change a need."""
    form = NeedForm(request.POST or None, there=need.content, regions=regions_used())
    if request.method == "POST" and form.is_valid():
        try:
            stating.change_need(need=need, parts=form.parts(), by=request.user)
        except ForestallError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, say("The need is saved."))
            return redirect("assistance-need", need.key)
    shown = {"form": form, "need": need, "found": None, "said": ""}
    return render(request, "assistance/need_form.html", shown)


@require_http_methods(["GET", "POST"])
@list_page(Verb.STATE_ASSISTANCE)
def offer_add(request: SignedInRequest) -> HttpResponse:
    """State an offer, from nothing or from the answer of a national reply."""
    found, drawn = _drawn(request, Side.OFFER)
    places = [found.jurisdiction] if found else places_where(request.user, Verb.STATE_ASSISTANCE)
    form = OfferForm(
        request.POST or None, places=places, regions=regions_used(), initial=_first(drawn)
    )
    if request.method == "POST" and form.is_valid():
        try:
            new = stating.state_offer(
                organisation=form.cleaned_data["organisation"],
                parts=form.parts(),
                by=request.user,
                origin=origin_of(found, drawn.item) if found and drawn else None,
            )
        except ForestallError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, say("The offer is stated."))
            return redirect("assistance-offer", new.key)
    return render(request, "assistance/offer_form.html", {"form": form, "found": found})


@require_http_methods(["GET", "POST"])
@page(Verb.STATE_ASSISTANCE, about=visible_offer)
def offer_edit(request: SignedInRequest, offer: AssistanceOffer) -> HttpResponse:
    """Change an offer."""
    form = OfferForm(request.POST or None, there=offer.content, regions=regions_used())
    if request.method == "POST" and form.is_valid():
        try:
            stating.change_offer(offer=offer, parts=form.parts(), by=request.user)
        except ForestallError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, say("The offer is saved."))
            return redirect("assistance-offer", offer.key)
    shown = {"form": form, "offer": offer, "found": None}
    return render(request, "assistance/offer_form.html", shown)


@require_http_methods(["GET", "POST"])
@page(Verb.STATE_ASSISTANCE, about=visible_need)
def need_withdraw(request: SignedInRequest, need: AssistanceNeed) -> HttpResponse:
    """Withdraw a need, with a reason."""
    return _withdraw(request, need, "assistance-need")


@require_http_methods(["GET", "POST"])
@page(Verb.STATE_ASSISTANCE, about=visible_offer)
def offer_withdraw(request: SignedInRequest, offer: AssistanceOffer) -> HttpResponse:
    """Withdraw an offer, with a reason."""
    return _withdraw(request, offer, "assistance-offer")


def _withdraw(request: SignedInRequest, stated: stating.Row, back: str) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            stating.withdraw_stated(
                stated=stated,
                because=form.texts("because"),
                by=request.user,
                today=timezone.localdate(),
            )
        except ForestallError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, say("It is withdrawn."))
            return redirect(back, stated.key)
    shown = {"form": form, "stated": stated, "back": back}
    return render(request, "assistance/withdraw.html", shown)


@page(Verb.STATE_ASSISTANCE, about=visible_return)
def drawn(request: SignedInRequest, found: Return) -> HttpResponse:
    """Show which needs and offers the answers to questions 25 and 26 speak of."""
    return render(
        request,
        "assistance/drawn.html",
        {"found": found, "drawn": drawn_from(found), "said": priority_said(found), "Side": Side},
    )


def _drawn(request: SignedInRequest, side: Side) -> tuple[Return | None, Drawn | None]:
    """Return the reply and the answer that the address names; nothing if it names none."""
    number, item = request.GET.get("reply", ""), request.GET.get("item", "")
    if not number:
        return None, None
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise Http404
    found = visible_return(request.user, int(number))
    check_may_state_from(request.user, found.jurisdiction)
    one = next((one for one in drawn_from(found) if (one.side, one.item) == (side, item)), None)
    if one is None:
        raise Http404
    return found, one


def _first(drawn: Drawn | None) -> dict[str, Any]:
    if drawn is None:
        return {}
    return {"area": drawn.area.value, "areas": [drawn.area.value], "title": str(drawn.words)}
