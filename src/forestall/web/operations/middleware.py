"""This file knows what happens around every request: one line in the log, and how much may come."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

_log = logging.getLogger("forestall.requests")
_SLOW_MS = 1000


class RequestLog:
    """Logs method, route, status, time and the key of the person; never an address in full."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say how long it took."""
        began = time.perf_counter()
        response = self.get_response(request)
        ms = round((time.perf_counter() - began) * 1000, 1)
        match = request.resolver_match
        _log.log(
            logging.WARNING if ms > _SLOW_MS or response.status_code >= 500 else logging.INFO,
            "request",
            extra={
                "method": request.method if request.method in _METHODS else "other",
                "route": match.view_name if match else "",
                "status": response.status_code,
                "ms": ms,
                "person": _key(request),
            },
        )
        return response


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _key(request: HttpRequest) -> str:
    """Return the key of the person if somebody asked who it is; the log asks nothing itself."""
    return str(getattr(getattr(request, "_cached_user", None), "key", ""))
