"""This file knows the app of operations for Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OperationsConfig(AppConfig):
    """How the workspace runs."""

    name = "forestall.web.operations"
    label = "operations"

    def ready(self) -> None:
        """Find the jobs of all apps: each keeps them in its file ``jobs``."""
        autodiscover_modules("jobs")
