"""This file knows the app of training for Django."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Courses, skills of bodies, and what a plan still lacks."""

    name = "forestall.web.training"
    label = "training"
