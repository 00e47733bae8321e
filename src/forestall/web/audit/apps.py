"""This file knows the app of the log for Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what when."""

    name = "forestall.web.audit"
    label = "audit"
