"""This file knows how new bundles are looked for at an address or in a folder of the inbox.

What is found waits for a person. An address is fetched over https from the internet only; hosts
inside the network of the city have to be named in the configuration of the server.
"""

from __future__ import annotations

import time
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from forestall.errors import ForestallError, InvalidBundle, OlderBundle
from forestall.exchange.fetching import check_address, fetch_public
from forestall.exchange.manifest import MOST_BYTES
from forestall.exchange.subscriptions import bundles_in, fetch_announced, read_index
from forestall.languages import OwnWords, message
from forestall.web.audit.services import record
from forestall.web.exchange.models import ReceivedBundle, Subscription
from forestall.web.exchange.taking import receive_bundle
from forestall.web.operations.tasks import sentence_of, start_job
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from forestall.exchange.subscriptions import Index, IndexEntry
    from forestall.web.operations.models import Job
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person

FETCH = "bundles of others"
EVERY = timedelta(hours=20)
# At one look; the others come at the next one.
MOST_AT_ONCE = 20
MOST_TRIES = 100
MOST_SECONDS = 300
MOST_BYTES_AT_ONCE = 500_000_000
_INBOX = "inbox:"


@transaction.atomic
def add_subscription(*, jurisdiction: Jurisdiction, address: str, by: Person) -> Subscription:
    """Look for new bundles at an address from now on, and at once.

    Raises
    ------
    NotAllowed
        If the person may not.
    InvalidBundle
        If it is neither an address over https nor a folder of the inbox, or is there already.
    """
    check_may(by, Verb.SUBSCRIBE, jurisdiction)
    if address.startswith(_INBOX):
        _inbox_folder(address)
    else:
        check_address(address)
    try:
        with transaction.atomic():
            new = Subscription.objects.create(
                jurisdiction=jurisdiction, address=address, made_by=by
            )
    except IntegrityError:
        raise InvalidBundle(message("This place subscribes to it already.")) from None
    record("subscribe", by=by, about=f"subscription {new.pk}", jurisdiction=jurisdiction)
    fetch_soon(new, by=by)
    return new


@transaction.atomic
def remove_subscription(*, subscription: Subscription, by: Person) -> None:
    """Look there no longer; what came stays.

    Raises
    ------
    NotAllowed
        If the person may not.
    """
    check_may(by, Verb.SUBSCRIBE, subscription.jurisdiction)
    record(
        "unsubscribe",
        by=by,
        about=f"subscription {subscription.pk}",
        jurisdiction=subscription.jurisdiction,
    )
    subscription.delete()


def fetch_soon(subscription: Subscription, *, by: Person | None) -> Job:
    """Look there in the background.

    Raises
    ------
    NotAllowed
        If the person may not; None is the workspace itself.
    """
    if by is not None:
        check_may(by, Verb.SUBSCRIBE, subscription.jurisdiction)
    made = start_job(
        kind=FETCH, jurisdiction=subscription.jurisdiction, by=by, subscription=subscription.pk
    )
    Subscription.objects.filter(pk=subscription.pk).update(job=made)
    return made


def fetch_due() -> int:
    """Look at every subscription that nobody looked at for most of a day; return how many."""
    before = timezone.now() - EVERY
    due = Subscription.objects.exclude(checked_at__gt=before).select_related("jurisdiction")
    found = list(due)
    for one in found:
        fetch_soon(one, by=None)
    return len(found)


def look_at(subscription: Subscription) -> int:
    """Take in what is new at a subscription, and note what was found and refused; return how many.

    A bundle that is not whole, or that is refused, is noted with the reason; the others come in.
    So is that a look ended early. What was refused before and is not tried now stays noted, so that
    it comes last again.
    """
    tried: set[str] = set()
    told: dict[str, Any] = {"said": "", "said_values": {}, "refused": [], "found": 0}
    try:
        for name, read, source in _new_ones(subscription):
            if told["found"] >= MOST_AT_ONCE:
                raise _more()
            tried.add(name)
            try:
                told["found"] += _took(subscription, read(), source)
            except OlderBundle:
                continue
            except ForestallError as wrong:
                told["refused"].append({"name": name, **_kept(wrong)})
    except ForestallError as wrong:
        told |= _kept(wrong)
        told["refused"] += [one for one in subscription.refused if one["name"] not in tried]
    Subscription.objects.filter(pk=subscription.pk).update(checked_at=timezone.now(), **told)
    return int(told["found"])


def _took(subscription: Subscription, read: bytes, source: str) -> int:
    """Take a bundle in; return 1 where it is new."""
    _, is_new = receive_bundle(
        read,
        jurisdiction=subscription.jurisdiction,
        source=source,
        by=None,
        subscription=subscription,
    )
    return int(is_new)


def _new_ones(subscription: Subscription) -> Iterator[tuple[str, Callable[[], bytes], str]]:
    """Yield the name of each bundle that is not here, how it is read, and where it is from.

    Raises
    ------
    InvalidBundle
        If there is no index, or a host offers more than are tried in one look.
    """
    if subscription.address.startswith(_INBOX):
        for file in bundles_in(_inbox_folder(subscription.address)):
            yield file.name, partial(_read, file), f"{subscription.address}/{file.name}"
        return
    until = time.monotonic() + MOST_SECONDS
    fetching = partial(fetch_public, private=frozenset(settings.EXCHANGE_HOSTS))
    index = read_index(subscription.address, fetching=fetching)
    _note_withdrawn(subscription, index)
    left = MOST_BYTES_AT_ONCE
    for tries, one in enumerate(_in_turn(subscription, index)):
        left -= one.size
        if tries >= MOST_TRIES or left < 0 or time.monotonic() > until:
            raise _more()
        read = partial(fetch_announced, subscription.address, one, fetching=fetching)
        yield one.name, read, urljoin(subscription.address, one.name)


def _in_turn(subscription: Subscription, index: Index) -> list[IndexEntry]:
    """Return what an index announces that is not here, nor a later version of it.

    What was refused the last time comes last, so that it keeps nothing else away.
    """
    of_place = ReceivedBundle.objects.filter(jurisdiction=subscription.jurisdiction)
    here: set[str] = set()
    newest: dict[tuple[str, str], int] = {}
    for had in of_place.order_by("version").only("sha256", "public_key", "key", "version"):
        here.add(had.sha256)
        newest[had.public_key, had.key] = had.version
    new = [
        one
        for one in index.bundles
        if one.sha256 not in here and one.version >= newest.get((one.public_key, one.key), 0)
    ]
    refused = {one["name"] for one in subscription.refused}
    return sorted(new, key=lambda one: (one.name in refused, one.key, one.version))


def _more() -> InvalidBundle:
    return InvalidBundle(message("There are more bundles; they are tried the next time."))


def _note_withdrawn(subscription: Subscription, index: Index) -> None:
    """Note what an index says was taken back, of the bundles that came from this index."""
    here = {
        (one.public_key, one.key, one.version): one
        for one in subscription.received.filter(withdrawn_on=None)
    }
    for told in index.withdrawn:
        one = here.get((told.public_key, told.key, told.version))
        if one is not None:
            one.withdrawn_on = told.on
            one.withdrawn_because = str(OwnWords({"": told.reason}))[:500]
            one.save(update_fields=["withdrawn_on", "withdrawn_because"])


def _inbox_folder(address: str) -> Path:
    """Return the folder of the inbox that is meant; nothing outside of it."""
    if settings.INBOX is None:
        raise InvalidBundle(message("This server has no inbox; name an address with https."))
    inbox = Path(settings.INBOX).resolve()
    try:
        folder = (inbox / address.removeprefix(_INBOX).strip("/")).resolve()
        there = folder.is_relative_to(inbox) and folder.is_dir()
    except (OSError, ValueError):  # signs that no path has
        there = False
    if not there:
        raise InvalidBundle(message("There is no such folder in the inbox of the server."))
    return folder


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError:
        raise InvalidBundle(message("{name} cannot be read.", name=file.name)) from None


def _kept(wrong: ForestallError) -> dict[str, Any]:
    said = sentence_of(wrong)
    return {"said": said.text, "said_values": dict(said.values)}
