"""This file knows the app of publications for Django."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """What a city publishes."""

    name = "forestall.web.publishing"
    label = "publishing"

    def ready(self) -> None:
        """Make the public site anew when a consultation changes."""
        from forestall.web.consultation.told_elsewhere import tells_of_consultations
        from forestall.web.publishing.services import refresh_site

        tells_of_consultations(refresh_site)
