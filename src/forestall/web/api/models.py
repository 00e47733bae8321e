"""This file knows a token: how a program acts for a person, within limits that the person sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

from forestall.languages import Listing
from forestall.web.organisations.models import Jurisdiction
from forestall.web.organisations.roles import Role

if TYPE_CHECKING:
    from forestall.web.people.models import Person


class TokenQuerySet(models.QuerySet["Token"]):
    """What exists for a person."""

    def of(self, person: Person) -> TokenQuerySet:
        """Return the tokens that a person made; nobody sees those of others."""
        return self.filter(person=person)

    def valid(self) -> TokenQuerySet:
        """Return those that were neither revoked nor have ended, of people who may sign in."""
        return self.filter(
            revoked_at__isnull=True, ends_at__gt=timezone.now(), person__is_active=True
        )


class Token(models.Model):
    """A token; only its hash is kept.

    Attributes
    ----------
    name
        What the person calls it.
    jurisdiction, roles
        Where it counts, and for which roles of the person, as long as they have them.
    ends_at, revoked_at
        When it ends by itself, and when the person ended it.
    used_on
        The last day on which it was used; None if it never was.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="+")
    roles = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("made_at")),
                name="token_ends_after_it_was_made",
            )
        ]

    def __str__(self) -> str:
        """Return its number, never its name."""
        return f"token {self.pk}"

    @property
    def role_words(self) -> Listing:
        """Return the words for its roles."""
        return Listing(tuple(Role(one).words for one in self.roles))

    @property
    def is_valid(self) -> bool:
        """Return whether it was neither revoked nor has ended."""
        return self.revoked_at is None and self.ends_at > timezone.now()
