"""This file knows the addresses of the pages on the log."""

from django.urls import path

from forestall.web.audit import views

urlpatterns = [
    path("", views.audit, name="audit"),
    path("check/", views.audit_check, name="audit_check"),
    path("export/<str:form>/", views.audit_export, name="audit_export"),
]
