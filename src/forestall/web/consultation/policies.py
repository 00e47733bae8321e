"""This file knows how often one address may send something, without keeping the address.

What is counted is a hash of the address under a key that is made anew each day and kept in the
cache only: when the day is over, nobody can tell which address it was. Many people can share one
address, in a library or behind one router, so the limits leave room for them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from django.core import signing
from django.core.cache import cache
from django.utils import timezone

from forestall.errors import InvalidConsultation
from forestall.languages import message
from forestall.web.operations.limits import client_address

if TYPE_CHECKING:
    from django.http import HttpRequest

_A_DAY = 86_400
_PER_HOUR = {"comment": 12, "ranking": 40}
_SALT = "forestall.take-part"
FASTEST_SECONDS = 3


def check_not_too_often(request: HttpRequest, what: str) -> None:
    """Count one more sending of an address, and stop it beyond the limit of an hour.

    Raises
    ------
    InvalidConsultation
        If more came from there within the hour than people write.
    """
    key = f"sent-{what}-{timezone.now():%H}-{_hidden(_address(request))}"
    cache.add(key, 0, timeout=3600)
    try:
        count = cache.incr(key)
    except ValueError:  # it ended between the two calls
        count = 1
    if count > _PER_HOUR[what]:
        raise InvalidConsultation(
            message("Very much was sent from your connection. Please try again in an hour.")
        )


def stamp() -> str:
    """Return a signed note of the time at which a form was shown."""
    return signing.dumps(timezone.now().timestamp(), salt=_SALT)


def check_stamp(given: str) -> None:
    """Make sure that a form was shown to somebody, and that they had the time to read it.

    Raises
    ------
    InvalidConsultation
        If it was sent faster than a person can, or was never shown.
    """
    try:
        shown = signing.loads(given, salt=_SALT, max_age=_A_DAY)
    except signing.BadSignature:
        raise InvalidConsultation(
            message("This page was open for very long. Please send it once more.")
        ) from None
    if timezone.now().timestamp() - float(shown) < FASTEST_SECONDS:
        raise InvalidConsultation(
            message("That was very fast. Please read it once more, then send it again.")
        )


def _hidden(address: str) -> str:
    day = f"take-part-key-{timezone.now():%Y-%m-%d}"
    key = cache.get_or_set(day, lambda: secrets.token_hex(32), timeout=_A_DAY)
    return hmac.new(str(key).encode(), address.encode(), hashlib.sha256).hexdigest()[:32]


def _address(request: HttpRequest) -> str:
    """Return the address, of IPv6 the network that one household has."""
    address = client_address(request)
    return ":".join(address.split(":")[:4]) if ":" in address else address
