"""This file knows the app of publications for Django."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """What a city publishes."""

    name = "forestall.web.publishing"
    label = "publishing"
