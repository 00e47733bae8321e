"""This file knows the app of the directory for Django."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Whom to ask in which country: offices and experts."""

    name = "forestall.web.directory"
    label = "directory"
