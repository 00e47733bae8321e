"""Addresses of a workspace in which no part is installed but the first page."""

from django.urls import include, path

from forestall.web.plans.home_views import home

urlpatterns = [path("", home, name="home"), path("", include("forestall.web.people.urls"))]
