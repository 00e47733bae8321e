"""This file knows the app of people for Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People who sign in."""

    name = "forestall.web.people"
    label = "people"
