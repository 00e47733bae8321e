"""This file knows the app of data and diagnoses for Django."""

from django.apps import AppConfig


class DataConfig(AppConfig):
    """Stores, imports, areas and diagnoses."""

    name = "forestall.web.data"
    label = "data"
