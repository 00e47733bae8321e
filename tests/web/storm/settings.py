"""This file knows the settings of a workspace under load: the real ones, with two pages more."""

from __future__ import annotations

from forestall.web.settings import *  # noqa: F403
from forestall.web.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.web.storm"]
ROOT_URLCONF = "tests.web.storm.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
