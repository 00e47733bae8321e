"""This file knows the app of operations for Django."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """How the workspace runs."""

    name = "forestall.web.operations"
    label = "operations"
