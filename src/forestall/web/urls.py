"""This file knows the addresses of the workspace, one line for each of its parts."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("forestall.web.people.urls")),
    path("account/", include("allauth.urls")),
    path("organisation/", include("forestall.web.organisations.urls")),
    path("plans/", include("forestall.web.plans.urls")),
    path("", include("forestall.web.consultation.urls")),
    path("", include("forestall.web.publishing.urls")),
    path("audit/", include("forestall.web.audit.urls")),
    path("health/", include("forestall.web.operations.urls")),
    path("design/", include("forestall.web.design.urls")),
]
