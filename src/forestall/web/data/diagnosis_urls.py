"""This file knows the addresses of diagnoses."""

from django.urls import path

from forestall.web.data import diagnosis_views as views

urlpatterns = [
    path("", views.diagnoses, name="diagnoses"),
    path("new/", views.diagnosis_choose, name="diagnosis-choose"),
    path("new/<int:number>/", views.diagnosis_add, name="diagnosis-add"),
    path("<int:number>/", views.diagnosis, name="diagnosis"),
    path("<int:number>/stop/", views.diagnosis_stop, name="diagnosis-stop"),
    path("<int:number>/again/", views.diagnosis_again, name="diagnosis-again"),
    path("<int:number>/report/", views.diagnosis_report, name="diagnosis-report"),
    path("<int:number>/report/<path:name>", views.diagnosis_report, name="diagnosis-file"),
    path("<int:number>/compare/<int:other>/", views.diagnosis_compare, name="diagnosis-compare"),
]
