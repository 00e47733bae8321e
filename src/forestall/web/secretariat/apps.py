"""This file knows the app of readings of many replies for Django."""

from django.apps import AppConfig


class SecretariatConfig(AppConfig):
    """Replies of many states, read together."""

    name = "forestall.web.secretariat"
    label = "secretariat"
