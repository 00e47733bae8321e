"""This file knows how a request shows its token, and how often a token may ask."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from forestall.web.api.services import acting_by, token_of

if TYPE_CHECKING:
    from forestall.web.organisations.limits import Limits
    from forestall.web.people.models import Person

_MINUTE = 60


class TokenRequest(HttpRequest):
    """A request with a valid token; `auth` is the person within the limits of the token."""

    auth: Person


class ByToken(HttpBearer):
    """Knows a person by the header ``Authorization: Bearer …``; cookies say nothing here."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """Return the person within the limits of the token; None where it is not valid."""
        found = token_of(token)
        return acting_by(found) if found is not None else None


class OftenEnough(BaseThrottle):
    """Counts the requests of a token in each minute of the clock."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Return whether the token may ask once more in this minute."""
        limits: Limits = request.auth.limits  # type: ignore[attr-defined]
        key = f"api:{limits.token}:{int(time.time()) // _MINUTE}"
        if cache.add(key, 1, 2 * _MINUTE):
            return True
        try:
            asked = cache.incr(key)
        except ValueError:  # thrown out of the cache meanwhile
            return True
        return bool(asked <= settings.API_REQUESTS_A_MINUTE)

    def wait(self) -> float:
        """Return the seconds until the next minute."""
        return _MINUTE - time.time() % _MINUTE


def limits_of(person: Person) -> Limits:
    """Return the limits of a person who acts by a token."""
    assert person.limits is not None
    return person.limits
