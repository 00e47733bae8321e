"""This file knows the addresses of plans and of their parts."""

from django.urls import path

from forestall.web.plans import (
    decision_views,
    edit_views,
    move_views,
    over_views,
    taking_views,
    views,
)

urlpatterns = [
    path("", views.plans, name="plans"),
    path("begin/", move_views.begin, name="plan-begin"),
    path("<int:number>/", views.plan, name="plan"),
    path("<int:number>/plan.json", views.file, name="plan-file"),
    path("<int:number>/parts/<path:where>/", views.part, name="plan-part"),
    path("<int:number>/edit/", edit_views.edit_head, name="plan-edit-head"),
    path("<int:number>/edit/<path:where>/", edit_views.edit, name="plan-edit"),
    path("<int:number>/add/<path:where>/", edit_views.add, name="plan-add"),
    path("<int:number>/take/<slug:problem>/", taking_views.take, name="plan-take"),
    path("<int:number>/remove/<path:where>/", edit_views.remove, name="plan-remove"),
    path("<int:number>/decide/<slug:action>/", decision_views.decide, name="plan-decide"),
    path("<int:number>/move/<slug:to>/", move_views.take, name="plan-move"),
    path("<int:number>/timetable/", over_views.timetable, name="plan-timetable"),
    path("<int:number>/roles/", over_views.roles, name="plan-roles"),
    path("<int:number>/money/", over_views.money, name="plan-money"),
    path("<int:number>/accountability/", over_views.accountability, name="plan-accountability"),
    path("<int:number>/provisions/", over_views.provisions, name="plan-provisions"),
    path("<int:number>/versions/", move_views.versions, name="plan-versions"),
    path("<int:number>/versions/difference/", move_views.difference, name="plan-difference"),
]
