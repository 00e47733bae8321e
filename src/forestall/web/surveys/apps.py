"""This file knows the app of surveys for Django."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Surveys and their waves."""

    name = "forestall.web.surveys"
    label = "surveys"
