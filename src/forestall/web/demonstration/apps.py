"""This file knows the app of the demonstration for Django."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """A city that does not exist, for looking at a workspace before it is used."""

    name = "forestall.web.demonstration"
    label = "demonstration"
