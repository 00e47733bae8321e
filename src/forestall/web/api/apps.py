"""This file knows the app of the JSON interface for Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Tokens, and the addresses under /api/v1/."""

    name = "forestall.web.api"
    label = "api"
