"""This file knows the app of consultations for Django."""

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    """How residents and partners are asked about a plan."""

    name = "forestall.web.consultation"
    label = "consultation"
