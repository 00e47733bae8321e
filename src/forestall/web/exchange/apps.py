"""This file knows the app of the exchange for Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Bundles that are given to others, and those of others."""

    name = "forestall.web.exchange"
    label = "exchange"
