"""This file knows the address of the living page of parts."""

from django.urls import path

from forestall.web.design import views

urlpatterns = [path("", views.parts, name="design")]
