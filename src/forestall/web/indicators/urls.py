"""This file knows the addresses of sources of indicators, below those of plans."""

from django.urls import path

from forestall.web.indicators import views

urlpatterns = [
    path("<int:number>/sources/<slug:objective>/", views.source, name="plan-source"),
    path(
        "<int:number>/sources/<slug:objective>/store/<int:store>/",
        views.link_store,
        name="plan-source-store",
    ),
    path(
        "<int:number>/sources/<slug:objective>/survey/<int:survey>/",
        views.link_survey,
        name="plan-source-survey",
    ),
    path("<int:number>/sources/<slug:objective>/again/", views.again, name="plan-source-again"),
    path("<int:number>/sources/<slug:objective>/remove/", views.unlink, name="plan-source-remove"),
]
