"""This file knows one entry of the log and its place in the chain.

Each entry carries the hash of the entry before it, so that a change or a gap shows.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from django.db import models

FIRST = "0" * 64


class AuditEntry(models.Model):
    """That somebody did something, to what, and when.

    Attributes
    ----------
    number
        From 1, without gaps.
    actor
        The key of the person, such as "member-7"; "workspace" for what it does by itself.
    verb, about
        What was done, and to which object, such as "plan 3".
    jurisdiction
        Number of the jurisdiction; None for what concerns the whole workspace.
    facts
        Names of fields and states; never what somebody wrote.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    verb = models.CharField(max_length=80)
    about = models.CharField(max_length=120)
    jurisdiction = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        """Return who did what."""
        return f"{self.number}: {self.actor} {self.verb} {self.about}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; what is in the log is never changed."""
        if self.pk is not None:
            raise ValueError("An entry of the audit log cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: what is in the log stays there."""
        raise ValueError("An entry of the audit log cannot be deleted.")

    def computed_hash(self) -> str:
        """Return the hash of what the entry says and of the hash before it (SHA-256)."""
        said = json.dumps(
            [
                self.number,
                self.at.isoformat(timespec="microseconds"),
                self.actor,
                self.verb,
                self.about,
                self.jurisdiction,
                self.facts,
                self.previous,
            ],
            ensure_ascii=False,
            sort_keys=True,
        )
        return hashlib.sha256(said.encode()).hexdigest()
