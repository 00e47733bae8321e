"""This file knows the addresses at which bundles of others come in and are decided on."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from msgspec import convert

from forestall.languages import message
from forestall.web.api.bodies import answer, answer_new, read_record
from forestall.web.api.description import AS_FORM, endpoint
from forestall.web.api.exchange_endpoints import ZIP
from forestall.web.api.exchange_records import (
    Begun,
    BroughtBundle,
    ComparedKey,
    HowFar,
    KeyRow,
    NewKey,
    NewSubscription,
    ReceivedRow,
    SubscriptionRow,
)
from forestall.web.api.filled import fields_of, filled, read_form
from forestall.web.api.plan_endpoints import Limit, Offset, place_for
from forestall.web.api.reaching import reached_by
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.exchange import subscribing, taking
from forestall.web.exchange.folders import received_file
from forestall.web.exchange.forms import BundleForm, PublisherForm, SubscriptionForm
from forestall.web.exchange.models import (
    ReceivedBundle,
    SigningKey,
    Subscription,
    TrustedKey,
    visible_key,
    visible_received,
    visible_subscription,
)
from forestall.web.exchange.received_views import received_response
from forestall.web.exchange.signing import make_signing_key, signing_key_of
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.organisations.views import visible_place

_received_for = reached_by(visible_received)
_subscription_for = reached_by(visible_subscription)


@endpoint(
    "GET",
    "/exchange/received",
    says=message("List the bundles of others."),
    needs=Verb.READ,
    answer=list[ReceivedRow],
)
def list_received(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Return the newest first, also those that wait for a decision."""
    place_for(request.auth, Verb.READ)
    found = ReceivedBundle.objects.visible_to(request.auth)[offset : offset + limit]
    return answer([_row(one) for one in found])


@endpoint(
    "POST",
    "/jurisdictions/{number}/received",
    says=message("Bring a bundle of others."),
    needs=Verb.TAKE_BUNDLE,
    body=BroughtBundle,
    answer=ReceivedRow,
    status=201,
    options={"sent_as": AS_FORM},
)
def bring_bundle(request: TokenRequest, number: int) -> HttpResponse:
    """Keep it for a decision; of one that was changed on the way nothing is kept."""
    place = visible_place(request.auth, number)
    check_may(request.auth, Verb.TAKE_BUNDLE, place)
    file = filled(BundleForm(*read_form(request))).cleaned_data["file"]
    found, _ = taking.receive_bundle(
        file.read(), jurisdiction=place, source=str(file.name), by=request.auth
    )
    return answer_new(request, _row(found), found.pk, at="/exchange/received")


@endpoint(
    "GET",
    "/exchange/received/{number}",
    says=message("Read where a bundle of others is from."),
    needs=Verb.READ,
    answer=ReceivedRow,
)
def read_received(request: TokenRequest, number: int) -> HttpResponse:
    """Return its publisher, its key, and whether it is used here."""
    return answer(_row(_received_for(request.auth, number, Verb.READ)))


@endpoint(
    "GET",
    "/exchange/received/{number}/bundle",
    says=message("Download a bundle of others, as it came."),
    needs=Verb.READ,
    options={"given_as": ZIP},
)
def read_received_bundle(request: TokenRequest, number: int) -> HttpResponseBase:
    """Byte for byte."""
    found = _received_for(request.auth, number, Verb.READ)
    if not received_file(found).is_file():
        raise Http404
    return received_response(found)


@endpoint(
    "POST",
    "/exchange/received/{number}/accept",
    says=message("Use a bundle of others here."),
    needs=Verb.TAKE_BUNDLE,
    body=ComparedKey,
    answer=ReceivedRow,
)
def accept_received(request: TokenRequest, number: int) -> HttpResponse:
    """Say which fingerprint a person compared, where the key is new here."""
    found = _received_for(request.auth, number, Verb.TAKE_BUNDLE)
    compared = read_record(request, ComparedKey).fingerprint
    return answer(_row(taking.accept_bundle(received=found, compared=compared, by=request.auth)))


@endpoint(
    "POST",
    "/exchange/received/{number}/decline",
    says=message("Do not use a bundle of others."),
    needs=Verb.TAKE_BUNDLE,
    answer=ReceivedRow,
)
def decline_received(request: TokenRequest, number: int) -> HttpResponse:
    """Keep it, so that it does not come again."""
    found = _received_for(request.auth, number, Verb.TAKE_BUNDLE)
    return answer(_row(taking.decline_bundle(received=found, by=request.auth)))


@endpoint(
    "POST",
    "/exchange/received/{number}/plan",
    says=message("Begin a draft from a plan of others."),
    needs=Verb.EDIT_PLAN,
    answer=Begun,
    status=201,
)
def begin_from_received(request: TokenRequest, number: int) -> HttpResponse:
    """Leave out what its people decided."""
    found = _received_for(request.auth, number, Verb.EDIT_PLAN)
    plan = taking.begin_plan_from(received=found, by=request.auth)
    return answer_new(request, Begun(plan=plan.pk), plan.pk, at="/plans")


@endpoint(
    "GET",
    "/jurisdictions/{number}/keys",
    says=message("List the key of a place, and the keys of others that it trusts."),
    needs=Verb.READ,
    answer=list[KeyRow],
)
def list_keys(request: TokenRequest, number: int) -> HttpResponse:
    """Return that of the place first; it has no number."""
    place = visible_place(request.auth, number)
    check_may(request.auth, Verb.READ, place)
    own = signing_key_of(place)
    trusted = TrustedKey.objects.filter(jurisdiction=place)
    return answer([*([_own(own)] if own else []), *(_trusted(one) for one in trusted)])


@endpoint(
    "POST",
    "/jurisdictions/{number}/keys",
    says=message("Make the key with which a place signs, once."),
    needs=Verb.PREPARE_RELEASE,
    body=NewKey,
    answer=KeyRow,
    status=201,
)
def make_key(request: TokenRequest, number: int) -> HttpResponse:
    """Keep the secret in the workspace."""
    place = visible_place(request.auth, number)
    check_may(request.auth, Verb.PREPARE_RELEASE, place)
    form = filled(PublisherForm(fields_of(read_record(request, NewKey))))
    made = make_signing_key(
        jurisdiction=place, publisher=form.cleaned_data["publisher"], by=request.auth
    )
    return answer(_own(made), status=201)


@endpoint(
    "DELETE",
    "/exchange/keys/{number}",
    says=message("End the trust in a key of others."),
    needs=Verb.TAKE_BUNDLE,
    status=204,
)
def forget_trusted(request: TokenRequest, number: int) -> HttpResponse:
    """Keep what came with it before."""
    found = visible_key(request.auth, number)
    check_may(request.auth, Verb.TAKE_BUNDLE, found.jurisdiction)
    taking.forget_key(trusted=found, by=request.auth)
    return HttpResponse(status=204)


@endpoint(
    "GET",
    "/exchange/subscriptions",
    says=message("List where new bundles are looked for."),
    needs=Verb.SUBSCRIBE,
    answer=list[SubscriptionRow],
)
def list_subscriptions(
    request: TokenRequest, limit: Limit = 50, offset: Offset = 0
) -> HttpResponse:
    """With what came of it the last time."""
    place = place_for(request.auth, Verb.SUBSCRIBE)
    found = Subscription.objects.filter(jurisdiction=place)[offset : offset + limit]
    return answer([_subscription(one) for one in found])


@endpoint(
    "POST",
    "/exchange/subscriptions",
    says=message("Subscribe to bundles of others."),
    needs=Verb.SUBSCRIBE,
    body=NewSubscription,
    answer=SubscriptionRow,
    status=201,
)
def subscribe(request: TokenRequest) -> HttpResponse:
    """Look there once a day; what is found waits for a person."""
    place = place_for(request.auth, Verb.SUBSCRIBE)
    form = filled(SubscriptionForm(fields_of(read_record(request, NewSubscription))))
    new = subscribing.add_subscription(
        jurisdiction=place, address=form.cleaned_data["address"], by=request.auth
    )
    return answer(_subscription(new), status=201)


@endpoint(
    "POST",
    "/exchange/subscriptions/{number}/fetch",
    says=message("Look for new bundles now."),
    needs=Verb.SUBSCRIBE,
    answer=SubscriptionRow,
)
def fetch_now(request: TokenRequest, number: int) -> HttpResponse:
    """In the background."""
    found = _subscription_for(request.auth, number, Verb.SUBSCRIBE)
    subscribing.fetch_soon(found, by=request.auth)
    return answer(_subscription(found))


@endpoint(
    "DELETE",
    "/exchange/subscriptions/{number}",
    says=message("End a subscription."),
    needs=Verb.SUBSCRIBE,
    status=204,
)
def unsubscribe(request: TokenRequest, number: int) -> HttpResponse:
    """Keep what came."""
    found = _subscription_for(request.auth, number, Verb.SUBSCRIBE)
    subscribing.remove_subscription(subscription=found, by=request.auth)
    return HttpResponse(status=204)


def _row(one: ReceivedBundle) -> ReceivedRow:
    return ReceivedRow(
        number=one.pk,
        jurisdiction=one.jurisdiction_id,
        kind=one.kind,
        key=one.key,
        version=one.version,
        title=one.title,
        publisher=one.publisher,
        licence=one.licence,
        fingerprint=one.fingerprint,
        sha256=one.sha256,
        source=one.source,
        state=str(one.state),
        translations=convert(one.translations, list[HowFar]),
        created=one.created,
        received_at=one.received_at,
        withdrawn_on=one.withdrawn_on,
        withdrawn_because=one.withdrawn_because,
        plan=one.plan_id,
    )


def _own(key: SigningKey) -> KeyRow:
    return KeyRow(
        number=None,
        publisher=key.publisher,
        public_key=key.public_key,
        fingerprint=key.fingerprint,
        since=key.made_at.date(),
    )


def _trusted(key: TrustedKey) -> KeyRow:
    return KeyRow(
        number=key.pk,
        publisher=key.publisher,
        public_key=key.public_key,
        fingerprint=key.fingerprint,
        since=key.trusted_on,
    )


def _subscription(one: Subscription) -> SubscriptionRow:
    return SubscriptionRow(
        number=one.pk,
        jurisdiction=one.jurisdiction_id,
        address=one.address,
        checked_at=one.checked_at,
        found=one.found,
        failure=str(one.words) if one.said else "",
        refused=[f"{name}: {said}" for name, said in one.refused_words],
    )
