"""This file knows addresses that fail, for the tests of the log."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from forestall.web import urls
from forestall.web.operations.limits import limited
from forestall.web.urls import handler500

__all__ = ["handler500", "urlpatterns"]


def fail(request, name):
    raise ValueError(f"No such person: {name}, {request.POST.get('text')}")


@limited("comment", most=2, seconds=1000)
def comment(request):
    from django.http import HttpResponse

    return HttpResponse("kept")


urlpatterns: list[URLPattern | URLResolver] = [
    *urls.urlpatterns,
    path("fail/<str:name>/", fail, name="fail"),
    path("comment/", comment, name="comment"),
]
