"""This file knows the addresses of publications and of the public sites."""

from django.urls import path

from forestall.web.publishing import report_views, views

urlpatterns = [
    path("publishing/", views.releases, name="publishing"),
    path("publishing/prepare/<int:number>/", views.release_prepare, name="release-prepare"),
    path(
        "publishing/prepare/diagnosis/<int:number>/",
        report_views.diagnosis_prepare,
        name="diagnosis-prepare",
    ),
    path(
        "publishing/prepare/evaluation/<int:number>/",
        report_views.evaluation_prepare,
        name="evaluation-prepare",
    ),
    path("publishing/<int:number>/", views.release, name="release"),
    path("publishing/<int:number>/preview/", views.release_preview, name="release-preview"),
    path(
        "publishing/<int:number>/preview/<path:inside>",
        views.release_preview,
        name="release-preview-file",
    ),
    path("publishing/<int:number>/release/", views.release_publish, name="release-publish"),
    path("publishing/<int:number>/withdraw/", views.release_withdraw, name="release-withdraw"),
    path("public/", views.public_sites, name="public"),
    path("public/<slug:city>/", views.public_file, name="public-site"),
    path("public/<slug:city>/<path:inside>", views.public_file, name="public-file"),
]
