"""This file knows the app of design for Django."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """How pages look."""

    name = "forestall.web.design"
    label = "design"
