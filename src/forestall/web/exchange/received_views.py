"""This file knows the pages of what comes from others: bundles, trusted keys, subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forestall.errors import ForestallError
from forestall.exchange.manifest import Kind
from forestall.exchange.packing import SUFFIX
from forestall.exchange.trust import Trust
from forestall.languages import say
from forestall.web.data.arriving import refused_upload
from forestall.web.exchange import subscribing, taking
from forestall.web.exchange.folders import received_file
from forestall.web.exchange.forms import BundleForm, PublisherForm, SubscriptionForm
from forestall.web.exchange.models import (
    ReceivedBundle,
    Subscription,
    TrustedKey,
    visible_key,
    visible_received,
    visible_subscription,
)
from forestall.web.exchange.shown import facts_of, files_shown
from forestall.web.exchange.signing import has_secret, make_signing_key, signing_key_of
from forestall.web.exchange.views import index_of
from forestall.web.organisations.policies import may
from forestall.web.organisations.roles import Verb
from forestall.web.organisations.views import visible_place
from forestall.web.pages import list_page, page, places_where

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.pages import SignedInRequest


@require_http_methods(["GET", "POST"])
@page(Verb.TAKE_BUNDLE, about=visible_place)
def receive(request: SignedInRequest, place: Jurisdiction) -> HttpResponse:
    """Bring a bundle; what is not whole is refused, and nothing of it is kept."""
    posted = request.method == "POST"
    form = BundleForm(*((request.POST, request.FILES) if posted else (None, None)))
    dropped = refused_upload(request)
    if dropped is not None:
        form.add_error("file", str(dropped))
    elif posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found, _ = taking.receive_bundle(
                file.read(), jurisdiction=place, source=str(file.name), by=request.user
            )
        except ForestallError as wrong:
            form.add_error("file", str(wrong))
        else:
            return redirect(found)
    status = 422 if form.errors else 200
    return render(request, "exchange/receive.html", {"form": form, "place": place}, status=status)


@require_safe
@page(Verb.READ, about=visible_received)
def received(request: SignedInRequest, one: ReceivedBundle) -> HttpResponse:
    """Show where a bundle is from, whether its key is known, and what it holds."""
    problem, facts, files, trust = "", [], [], None
    try:
        bundle = taking.contents_of(one)
        facts, files = facts_of(Kind(one.kind), bundle.files), files_shown(bundle.files)
        trust = taking.trust_here(bundle.manifest, one.jurisdiction)
    except ForestallError as wrong:
        problem = str(wrong)
    return render(
        request,
        "exchange/received.html",
        {
            "one": one,
            "facts": facts,
            "files": files,
            "problem": problem,
            "is_known": trust is Trust.KNOWN,
            "may_decide": may(request.user, Verb.TAKE_BUNDLE, one.jurisdiction),
            "may_plan": may(request.user, Verb.EDIT_PLAN, one.jurisdiction),
        },
    )


@require_POST
@page(Verb.TAKE_BUNDLE, about=visible_received)
def received_accept(request: SignedInRequest, one: ReceivedBundle) -> HttpResponse:
    """Use a bundle here, and trust its key where somebody compared it."""
    compared = one.fingerprint if request.POST.get("compared") else ""
    try:
        taking.accept_bundle(received=one, compared=compared, by=request.user)
    except ForestallError as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, say("It is used here, marked with where it is from."))
    return redirect(one)


@require_POST
@page(Verb.TAKE_BUNDLE, about=visible_received)
def received_decline(request: SignedInRequest, one: ReceivedBundle) -> HttpResponse:
    """Do not use a bundle."""
    try:
        taking.decline_bundle(received=one, by=request.user)
    except ForestallError as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, say("It is not used here."))
    return redirect(one)


@require_POST
@page(Verb.EDIT_PLAN, about=visible_received)
def received_plan(request: SignedInRequest, one: ReceivedBundle) -> HttpResponse:
    """Begin a draft from a plan of others."""
    try:
        plan = taking.begin_plan_from(received=one, by=request.user)
    except ForestallError as wrong:
        messages.error(request, str(wrong))
        return redirect(one)
    messages.success(request, say("This is a first draft of your own. Nothing of it is decided."))
    return redirect(plan)


@require_safe
@page(Verb.READ, about=visible_received)
def received_bundle(request: SignedInRequest, one: ReceivedBundle) -> HttpResponseBase:
    """Give a bundle as the file that came."""
    if not received_file(one).is_file():
        return redirect(one)
    return received_response(one)


def received_response(one: ReceivedBundle) -> FileResponse:
    """Return the file of a bundle that came."""
    return FileResponse(
        received_file(one).open("rb"),
        as_attachment=True,
        filename=f"{one.key}-v{one.version}{SUFFIX}",
        content_type="application/zip",
    )


@require_safe
@page(Verb.READ, about=visible_place)
def keys(request: SignedInRequest, place: Jurisdiction) -> HttpResponse:
    """Show the key of a place, and the keys of others that it trusts."""
    key = signing_key_of(place)
    return render(
        request,
        "exchange/keys.html",
        {
            "place": place,
            "key": key,
            "works": key is not None and has_secret(key),
            "trusted": list(TrustedKey.objects.filter(jurisdiction=place)),
            "may_make": may(request.user, Verb.PREPARE_RELEASE, place),
            "may_forget": may(request.user, Verb.TAKE_BUNDLE, place),
            "index": request.build_absolute_uri(index_of(place)),
        },
    )


@require_http_methods(["GET", "POST"])
@page(Verb.PREPARE_RELEASE, about=visible_place)
def key_make(request: SignedInRequest, place: Jurisdiction) -> HttpResponse:
    """Make the key of a place, once."""
    before = signing_key_of(place)
    usual = before.publisher if before else place.name
    form = PublisherForm(request.POST or None, initial={"publisher": usual})
    if request.method == "POST" and form.is_valid():
        try:
            make_signing_key(
                jurisdiction=place, publisher=form.cleaned_data["publisher"], by=request.user
            )
        except ForestallError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(
                request, say("The key is made. Tell its fingerprint to your partners.")
            )
            return redirect("exchange-keys", place.pk)
    return render(
        request, "exchange/key_make.html", {"form": form, "place": place, "before": before}
    )


@require_http_methods(["GET", "POST"])
@page(Verb.TAKE_BUNDLE, about=visible_key)
def key_forget(request: SignedInRequest, trusted: TrustedKey) -> HttpResponse:
    """End the trust in a key, after a question."""
    place = trusted.jurisdiction_id
    if not request.POST.get("confirmed"):
        return render(request, "exchange/key_forget.html", {"one": trusted})
    taking.forget_key(trusted=trusted, by=request.user)
    messages.success(request, say("The key is no longer trusted here."))
    return redirect("exchange-keys", place)


@require_http_methods(["GET", "POST"])
@list_page(Verb.SUBSCRIBE)
def subscriptions(request: SignedInRequest) -> HttpResponse:
    """Show where new bundles are looked for, and add an address."""
    places = places_where(request.user, Verb.SUBSCRIBE)
    choices = [(one.pk, one.name) for one in places]
    form = SubscriptionForm(request.POST or None, places=choices)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.get("place") or str(places[0].pk)
        try:
            subscribing.add_subscription(
                jurisdiction=next(one for one in places if str(one.pk) == chosen),
                address=form.cleaned_data["address"],
                by=request.user,
            )
        except ForestallError as wrong:
            form.add_error("address", str(wrong))
        else:
            messages.success(request, say("New bundles are looked for there once a day."))
            return redirect("subscriptions")
    found = Subscription.objects.filter(jurisdiction__in=places)
    return render(
        request,
        "exchange/subscriptions.html",
        {"form": form, "found": found.select_related("jurisdiction", "job")},
        status=422 if form.errors else 200,
    )


@require_POST
@page(Verb.SUBSCRIBE, about=visible_subscription)
def subscription_fetch(request: SignedInRequest, subscription: Subscription) -> HttpResponse:
    """Look at a subscription now."""
    subscribing.fetch_soon(subscription, by=request.user)
    messages.success(request, say("New bundles are looked for. Come back in a moment."))
    return redirect("subscriptions")


@require_http_methods(["GET", "POST"])
@page(Verb.SUBSCRIBE, about=visible_subscription)
def subscription_remove(request: SignedInRequest, subscription: Subscription) -> HttpResponse:
    """End a subscription, after a question."""
    if not request.POST.get("confirmed"):
        return render(request, "exchange/unsubscribe.html", {"one": subscription})
    subscribing.remove_subscription(subscription=subscription, by=request.user)
    messages.success(request, say("New bundles are no longer looked for there."))
    return redirect("subscriptions")
