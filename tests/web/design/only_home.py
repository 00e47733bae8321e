"""Addresses of a workspace in which no part is installed but the first page."""

from django.urls import include, path

urlpatterns = [path("", include("forestall.web.people.urls"))]
