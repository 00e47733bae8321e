"""This file knows the page that tells people and machines whether the workspace works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forestall.web.operations.health import measure_health

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say what works: a page for who asks for HTML, else JSON; status 503 if something does not."""
    found = measure_health()
    status = 200 if found.is_well else 503
    if request.accepts("text/html") and "text/html" in request.headers.get("Accept", ""):
        return render(request, "operations/health.html", {"health": found}, status=status)
    facts = {
        "well": found.is_well,
        "database": found.database,
        "worker": found.worker,
        "disk": found.disk,
        "free_mb": found.free_mb,
        "version": found.version,
    }
    return JsonResponse(facts, status=status)
