"""This file knows the app of plans for Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans and their versions."""

    name = "forestall.web.plans"
    label = "plans"
