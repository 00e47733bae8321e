"""This file knows the addresses of data."""

from django.urls import path

from forestall.web.data import views

urlpatterns = [
    path("", views.data, name="data"),
    path("stores/new/", views.store_add, name="store-add"),
    path("stores/<int:number>/", views.store, name="store"),
    path("areas/new/", views.areas_add, name="areas-add"),
    path("imports/<int:number>/", views.import_, name="import"),
    path("imports/<int:number>/answer/", views.import_answer, name="import-answer"),
    path("imports/<int:number>/again/", views.import_again, name="import-again"),
    path("imports/<int:number>/stop/", views.import_stop, name="import-stop"),
    path("imports/<int:number>/drop/", views.import_drop, name="import-drop"),
    path("imports/<int:number>/rejected/", views.import_rejected, name="import-rejected"),
]
