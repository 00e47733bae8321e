"""This file knows the addresses of surveys."""

from django.urls import path

from forestall.web.surveys import views

urlpatterns = [
    path("", views.surveys, name="surveys"),
    path("new/", views.survey_add, name="survey-add"),
    path("<int:number>/", views.survey, name="survey"),
]
