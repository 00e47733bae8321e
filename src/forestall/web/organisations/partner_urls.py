"""This file knows the addresses of the pages on partners."""

from django.urls import path

from forestall.web.organisations import partner_views as views

urlpatterns = [
    path("", views.partners, name="partners"),
    path("add/", views.partner_add, name="partner_add"),
    path("missing/", views.partners_missing, name="partners_missing"),
    path("<int:number>/edit/", views.partner_edit, name="partner_edit"),
]
