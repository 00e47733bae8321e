"""This file knows the addresses of the JSON interface and of the page that explains it."""

from __future__ import annotations

from django.urls import URLPattern, path

from forestall.web.api import views
from forestall.web.api.interface import API
from forestall.web.api.refusals import in_one_shape

_PATTERNS, _APP, _NAMESPACE = API.urls
for _one in _PATTERNS:
    assert isinstance(_one, URLPattern)
    _one.callback = in_one_shape(_one.callback)

urlpatterns = [
    path("", views.explained, name="api-explained"),
    path("v1/", (_PATTERNS, _APP, _NAMESPACE)),
    path("v1/<path:_rest>", views.nothing),
]
