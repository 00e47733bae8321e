"""This file knows the app of national replies for Django."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """National replies to instruments, with every version of them."""

    name = "forestall.web.returns"
    label = "returns"
