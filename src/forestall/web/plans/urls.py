"""This file knows the addresses of plans and of their parts."""

from django.urls import path

from forestall.web.plans import views

urlpatterns = [
    path("", views.plans, name="plans"),
    path("<int:number>/", views.plan, name="plan"),
]
