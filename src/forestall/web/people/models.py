"""This file knows a person who signs in; no more is kept than signing in needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

if TYPE_CHECKING:
    from forestall.web.organisations.limits import Limits


class PersonManager(BaseUserManager["Person"]):
    """Makes people."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Return a new person; without a password they can sign in by a link only."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in by an address.

    Attributes
    ----------
    email
        To sign in and to be reminded.
    shown_as
        What colleagues see, such as a function; never shown to the public.
    language
        Tag of the language of the pages; empty to follow the browser.
    digest
        How often reminders are sent.
    limits
        What narrows their rights in this request; None for somebody who signed in. Never kept.
    """

    class Digest(models.TextChoices):
        """How often reminders are sent."""

        NEVER = "never"
        DAILY = "daily"
        WEEKLY = "weekly"

    email = models.EmailField(unique=True)
    shown_as = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, blank=True)
    digest = models.CharField(max_length=10, choices=Digest.choices, default=Digest.WEEKLY)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    limits: Limits | None = None

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        """Return what colleagues see."""
        return self.shown_as or f"member-{self.pk}"

    @property
    def key(self) -> str:
        """Return a key that tells two people apart and nobody who they are."""
        return f"member-{self.pk}"
