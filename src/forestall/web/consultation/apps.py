"""This file knows the app of consultations for Django."""

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    """How residents and partners are asked about a plan."""

    name = "forestall.web.consultation"
    label = "consultation"

    def ready(self) -> None:
        """Tell plans of comments that wait for a reply."""
        from forestall.web.consultation.comments import unanswered_said
        from forestall.web.plans.replies_due import says_replies_due

        says_replies_due(unanswered_said)
