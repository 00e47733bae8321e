"""This file knows how often one sender may post to a page that everybody can reach."""

from __future__ import annotations

import time
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from forestall.web.design.errors import too_many

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]


def limited(name: str, *, most: int, seconds: int) -> Callable[[View], View]:
    """Let one sender post to a view so often and no more; then answer 429 until the time is over.

    ::

        @limited("comment", most=5, seconds=600)
        def comment(request): ...

    A sender is a person who signed in, else an address; of an address only a keyed hash is kept,
    and only for that time. Addresses of IPv6 count by their first 64 bits, which are one household.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and _count(request, name, seconds) > most:
                response = too_many(request)
                response.headers["Retry-After"] = str(seconds)
                return response
            return view(request, *args, **kwargs)

        return guarded

    return guard


def _count(request: HttpRequest, name: str, seconds: int) -> int:
    """Count this post, and return how many there were from its sender in this span of time."""
    span = int(time.time()) // seconds
    sender = salted_hmac("forestall.limits", _sender(request), algorithm="sha256").hexdigest()
    key = f"limit:{name}:{span}:{sender[:32]}"
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key))
    except ValueError:
        # It ended between the two lines.
        return 1


def _sender(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return str(request.user.pk)
    address = client_address(request)
    return ":".join(address.split(":")[:4]) if ":" in address else address


def client_address(request: HttpRequest) -> str:
    """Return the address of the sender: the last one that a proxy of ours has written down.

    What stands before it can be invented by the sender. Without a proxy it is who connected.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if proxies and len(forwarded) >= proxies and forwarded[-proxies].strip():
        return forwarded[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
