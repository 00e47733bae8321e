"""This file knows the addresses of the pages on places and members."""

from django.urls import path

from forestall.web.organisations import views

urlpatterns = [
    path("", views.organisation, name="organisation"),
    path("places/<int:number>/add/", views.place_add, name="place_add"),
    path("<int:number>/invite/", views.member_invite, name="member_invite"),
    path("members/<int:number>/", views.member_role, name="member_role"),
    path("members/<int:number>/remove/", views.member_remove, name="member_remove"),
]
