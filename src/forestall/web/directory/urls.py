"""This file knows the addresses of the directory."""

from django.urls import path

from forestall.web.directory import views

urlpatterns = [
    path("", views.directory, name="directory"),
    path("offices/add/", views.office_add, name="office-add"),
    path("offices/<int:number>/", views.office_edit, name="office-edit"),
    path("offices/<int:number>/remove/", views.office_remove, name="office-remove"),
    path("experts/", views.experts, name="experts"),
    path("experts/me/", views.oneself, name="expert-oneself"),
    path("experts/me/leave/", views.leave, name="expert-leave"),
]
