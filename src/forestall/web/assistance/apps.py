"""This file knows the app of technical assistance for Django."""

from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    """Needs and offers of assistance, how they are matched, and the missions that follow."""

    name = "forestall.web.assistance"
    label = "assistance"

    def ready(self) -> None:
        """Tell the first page and the digest what of assistance waits for somebody."""
        from forestall.web.assistance.waiting import assistance_waiting
        from forestall.web.plans.also_waiting import also_waits

        also_waits(assistance_waiting)
