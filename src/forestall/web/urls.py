"""This file knows the addresses of the workspace, one line for each of its parts."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from forestall.web.plans.decision_views import safeguards
from forestall.web.plans.follow_up_views import follow_up
from forestall.web.plans.home_views import home

handler400 = "forestall.web.design.errors.bad_request"
handler403 = "forestall.web.design.errors.forbidden"
handler404 = "forestall.web.design.errors.missing"
handler429 = "forestall.web.design.errors.too_many"
handler500 = "forestall.web.design.errors.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("forestall.web.people.urls")),
    path("account/tokens/", include("forestall.web.api.account_urls")),
    path("account/", include("forestall.web.people.account_urls")),
    path("organisation/", include("forestall.web.organisations.urls")),
    path("partners/", include("forestall.web.organisations.partner_urls")),
    path("directory/", include("forestall.web.directory.urls")),
    path("", include("forestall.web.training.urls")),
    path("assistance/", include("forestall.web.assistance.urls")),
    path("plans/", include("forestall.web.plans.urls")),
    path("plans/", include("forestall.web.indicators.urls")),
    path("data/", include("forestall.web.data.urls")),
    path("data/surveys/", include("forestall.web.surveys.urls")),
    path("diagnoses/", include("forestall.web.data.diagnosis_urls")),
    path("follow-up/", follow_up, name="follow_up"),
    path("safeguards/", safeguards, name="safeguards"),
    path("", include("forestall.web.consultation.urls")),
    path("returns/", include("forestall.web.returns.urls")),
    path("readings/", include("forestall.web.secretariat.urls")),
    path("", include("forestall.web.publishing.urls")),
    path("", include("forestall.web.exchange.urls")),
    path("audit/", include("forestall.web.audit.urls")),
    path("health/", include("forestall.web.operations.urls")),
    path("api/", include("forestall.web.api.urls")),
    path("design/", include("forestall.web.design.urls")),
]
