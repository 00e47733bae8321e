"""This file knows the app of organisations for Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations, jurisdictions and memberships."""

    name = "forestall.web.organisations"
    label = "organisations"
