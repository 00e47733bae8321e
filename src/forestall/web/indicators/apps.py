"""This file knows the app of indicators for Django."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Sources of indicators, and what was measured from them."""

    name = "forestall.web.indicators"
    label = "indicators"
