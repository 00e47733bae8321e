"""This file knows how a bundle of others comes in: looked at, decided on by a person, then used.

Nothing of a bundle is kept that is not whole. Its bytes are looked at again each time they are
read, so that what is changed on the disk is found as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from msgspec import to_builtins

from forestall.errors import ChangedKey, InvalidBundle
from forestall.exchange.keys import fingerprint_of
from forestall.exchange.manifest import Kind
from forestall.exchange.opening import older_than, with_other_contents
from forestall.exchange.trust import KnownKey, KnownKeys, Trust, trust_in
from forestall.exchange.verifying import bundle_from, read_bundle
from forestall.languages import message
from forestall.web.audit.services import record
from forestall.web.exchange.folders import received_file, received_place
from forestall.web.exchange.models import ReceivedBundle, SigningKey, TrustedKey
from forestall.web.organisations.in_turn import wait_for_turn
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.plans.beginning import plan_of_file
from forestall.web.plans.services import add_plan
from forestall.whole_files import write_whole

if TYPE_CHECKING:
    from forestall.exchange.manifest import Manifest
    from forestall.exchange.verifying import Bundle
    from forestall.web.exchange.models import ReceivedQuerySet, Subscription
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person
    from forestall.web.plans.models import Plan

MOST_WAITING = 200
State = ReceivedBundle.State


def receive_bundle(
    read: bytes,
    *,
    jurisdiction: Jurisdiction,
    source: str,
    by: Person | None,
    subscription: Subscription | None = None,
) -> tuple[ReceivedBundle, bool]:
    """Look at the bytes of a bundle, keep it for a decision, and say whether it is new here.

    Parameters
    ----------
    source
        The name of its file, or the web address that it was fetched from.
    by
        Who brought it; None for a subscription.

    Raises
    ------
    NotAllowed
        If the person may not take bundles in.
    OlderBundle
        If a later version is there.
    InvalidBundle
        If it is not whole, its publisher is known with another key, the same version is there with
        other contents, or too many wait for a decision. Nothing of it is kept then.
    """
    if by is not None:
        check_may(by, Verb.TAKE_BUNDLE, jurisdiction)
    bundle = bundle_from(read)
    with transaction.atomic():
        wait_for_turn(jurisdiction)
        trust_here(bundle.manifest, jurisdiction)
        there = _there(bundle, jurisdiction)
        if there is not None:
            if not received_file(there).is_file():  # it was declined or replaced long ago
                write_whole(received_file(there), read)
            return there, False
        waiting = ReceivedBundle.objects.filter(jurisdiction=jurisdiction, state=State.WAITING)
        if waiting.count() >= MOST_WAITING:
            raise InvalidBundle(
                message(
                    "{most} bundles wait for a decision here; decide on some first.",
                    most=MOST_WAITING,
                )
            )
        write_whole(received_place(jurisdiction, bundle.sha256), read)
        new = _kept(bundle, jurisdiction, source[:700], by, subscription)
        record(
            "receive bundle",
            by=by,
            about=f"received bundle {new.pk}",
            jurisdiction=jurisdiction,
            kind=new.kind,
            version=new.version,
            fingerprint=new.fingerprint,
        )
    return new, True


def trust_here(manifest: Manifest, place: Jurisdiction) -> Trust:
    """Say whether the key of a bundle is known in a place for its publisher.

    Raises
    ------
    ChangedKey
        If the publisher is known with another key, or the key under another name.
    """
    keys = [
        KnownKey(publisher=one.publisher, public_key=one.public_key, since=one.trusted_on)
        for one in TrustedKey.objects.filter(jurisdiction=place)
    ]
    keys += [
        KnownKey(publisher=one.publisher, public_key=one.public_key, since=one.made_at.date())
        for one in SigningKey.objects.filter(jurisdiction=place)
    ]
    try:
        return trust_in(manifest, KnownKeys(keys=tuple(keys)))
    except ChangedKey:
        raise ChangedKey(
            message(
                "The key {fingerprint} and the name “{publisher}” do not belong together as they "
                "are known here. Ask “{publisher}” by another way; if its key did change, end the "
                "trust in the old one first.",
                publisher=manifest.publisher,
                fingerprint=fingerprint_of(manifest.public_key),
            )
        ) from None


def contents_of(received: ReceivedBundle) -> Bundle:
    """Return what a bundle holds, looked at once more.

    Raises
    ------
    InvalidBundle
        If its file is missing or was changed.
    """
    file = received_file(received)
    if not file.is_file():
        raise InvalidBundle(message("Its file is no longer here; bring it once more."))
    bundle = read_bundle(file)
    if bundle.sha256 != received.sha256:
        raise InvalidBundle(message("This is not the bundle that came; its file was changed."))
    return bundle


@transaction.atomic
def accept_bundle(*, received: ReceivedBundle, compared: str, by: Person) -> ReceivedBundle:
    """Use a bundle here; earlier versions of it give way.

    Parameters
    ----------
    compared
        The fingerprint that the person compared by another way; needed for a key that is new here.

    Raises
    ------
    NotAllowed
        If the person may not take bundles in.
    OlderBundle
        If a later version is used here.
    InvalidBundle
        If it is used already or replaced, is no longer whole, or its key is not compared or not
        that of its publisher.
    """
    check_may(by, Verb.TAKE_BUNDLE, received.jurisdiction)
    wait_for_turn(received.jurisdiction)
    locked = ReceivedBundle.objects.select_for_update().get(pk=received.pk)
    if locked.state not in (State.WAITING, State.DECLINED):
        raise InvalidBundle(
            message("There is nothing to decide: it is in state “{state}”.", state=locked.words)
        )
    manifest = contents_of(locked).manifest
    newest = _newest_used(locked)
    if newest > locked.version:
        raise older_than(manifest, newest)
    if trust_here(manifest, locked.jurisdiction) is Trust.FIRST_USE:
        if compared.split() != locked.fingerprint.split():
            raise InvalidBundle(
                message("Compare the fingerprint with the publisher by another way first.")
            )
        _trust(locked, by)
    _older_ones(locked).update(state=State.SUPERSEDED)
    return _decided(locked, State.ACCEPTED, "accept bundle", by)


@transaction.atomic
def decline_bundle(*, received: ReceivedBundle, by: Person) -> ReceivedBundle:
    """Do not use a bundle, or no longer.

    Raises
    ------
    NotAllowed
        If the person may not take bundles in.
    InvalidBundle
        If it was declined or replaced before.
    """
    check_may(by, Verb.TAKE_BUNDLE, received.jurisdiction)
    wait_for_turn(received.jurisdiction)
    locked = ReceivedBundle.objects.select_for_update().get(pk=received.pk)
    if locked.state not in (State.WAITING, State.ACCEPTED):
        raise InvalidBundle(
            message("There is nothing to decide: it is in state “{state}”.", state=locked.words)
        )
    return _decided(locked, State.DECLINED, "decline bundle", by)


@transaction.atomic
def begin_plan_from(*, received: ReceivedBundle, by: Person) -> Plan:
    """Begin a draft here from a plan of others; decisions of their people do not count here.

    Raises
    ------
    NotAllowed
        If the person may not change plans there.
    InvalidBundle
        If it is no plan, is not used here, or is no longer whole.
    """
    check_may(by, Verb.EDIT_PLAN, received.jurisdiction)
    wait_for_turn(received.jurisdiction)
    locked = ReceivedBundle.objects.select_for_update().get(pk=received.pk)
    if locked.kind != Kind.PLAN.value or locked.state != State.ACCEPTED:
        raise InvalidBundle(message("A draft begins from a plan that is used here."))
    content = plan_of_file(contents_of(locked).files[Kind.PLAN.main_file])
    plan = add_plan(content=content, jurisdiction=locked.jurisdiction, by=by)
    locked.plan = plan
    locked.save(update_fields=["plan"])
    record(
        "begin plan from bundle",
        by=by,
        about=f"received bundle {locked.pk}",
        jurisdiction=locked.jurisdiction,
        plan=plan.pk,
    )
    return plan


@transaction.atomic
def forget_key(*, trusted: TrustedKey, by: Person) -> None:
    """End the trust in a key; what came with it before stays.

    Raises
    ------
    NotAllowed
        If the person may not take bundles in.
    """
    check_may(by, Verb.TAKE_BUNDLE, trusted.jurisdiction)
    record(
        "end trust in key",
        by=by,
        about=f"place {trusted.jurisdiction_id}",
        jurisdiction=trusted.jurisdiction,
        fingerprint=trusted.fingerprint,
    )
    trusted.delete()


def _there(bundle: Bundle, place: Jurisdiction) -> ReceivedBundle | None:
    """Return the same bundle where it came before."""
    manifest = bundle.manifest
    same = ReceivedBundle.objects.filter(
        jurisdiction=place, public_key=manifest.public_key, key=manifest.key
    )
    found = same.filter(version=manifest.version).first()
    if found is not None:
        if found.sha256 != bundle.sha256:
            raise with_other_contents(manifest)
        return found
    newest = same.order_by("-version").values_list("version", flat=True).first() or 0
    if newest > manifest.version:
        raise older_than(manifest, newest)
    return None


def _kept(
    bundle: Bundle,
    place: Jurisdiction,
    source: str,
    by: Person | None,
    subscription: Subscription | None,
) -> ReceivedBundle:
    manifest = bundle.manifest
    new = ReceivedBundle.objects.create(
        jurisdiction=place,
        kind=manifest.kind.value,
        key=manifest.key,
        version=manifest.version,
        title=manifest.title,
        publisher=manifest.publisher,
        licence=manifest.licence,
        translations=to_builtins(manifest.translations),
        public_key=manifest.public_key,
        created=manifest.created,
        sha256=bundle.sha256,
        source=source,
        subscription=subscription,
        received_by=by,
    )
    _older_ones(new).filter(state=State.WAITING).update(state=State.SUPERSEDED)
    return new


def _older_ones(one: ReceivedBundle) -> ReceivedQuerySet:
    return ReceivedBundle.objects.filter(
        jurisdiction_id=one.jurisdiction_id,
        public_key=one.public_key,
        key=one.key,
        version__lt=one.version,
    )


def _newest_used(one: ReceivedBundle) -> int:
    used = ReceivedBundle.objects.filter(
        jurisdiction_id=one.jurisdiction_id,
        public_key=one.public_key,
        key=one.key,
        state=State.ACCEPTED,
    )
    return used.order_by("-version").values_list("version", flat=True).first() or 0


def _trust(received: ReceivedBundle, by: Person) -> None:
    TrustedKey.objects.create(
        jurisdiction=received.jurisdiction,
        publisher=received.publisher,
        public_key=received.public_key,
        trusted_by=by,
        trusted_on=timezone.localdate(),
    )
    record(
        "trust key",
        by=by,
        about=f"received bundle {received.pk}",
        jurisdiction=received.jurisdiction,
        fingerprint=received.fingerprint,
    )


def _decided(received: ReceivedBundle, state: str, verb: str, by: Person) -> ReceivedBundle:
    received.state = state
    received.decided_by, received.decided_at = by, timezone.now()
    received.save(update_fields=["state", "decided_by", "decided_at"])
    record(
        verb,
        by=by,
        about=f"received bundle {received.pk}",
        jurisdiction=received.jurisdiction,
        kind=received.kind,
        version=received.version,
    )
    return received
