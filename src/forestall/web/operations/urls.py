"""This file knows the address at which the workspace says whether it works."""

from django.urls import path

from forestall.web.operations import views

urlpatterns = [path("", views.health, name="health")]
