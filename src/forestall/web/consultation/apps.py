"""This file knows the app of consultations for Django."""

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    """How residents and partners are asked about a plan."""

    name = "forestall.web.consultation"
    label = "consultation"

    def ready(self) -> None:
        """Tell plans of comments that wait for a reply, and what residents were asked about."""
        from forestall.web.consultation.asked import plan_asked_about
        from forestall.web.consultation.comments import unanswered_said
        from forestall.web.plans.asked_about import says_asked_about
        from forestall.web.plans.replies_due import says_replies_due

        says_replies_due(unanswered_said)
        says_asked_about(plan_asked_about)
