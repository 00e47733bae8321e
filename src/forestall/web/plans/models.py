"""This file knows how plans are kept: one document each, with every version of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from django.db import models
from django.urls import reverse

from forestall.plan.records import ActionPlan
from forestall.plan.states import PlanState
from forestall.web.organisations.models import Jurisdiction, places_seen

if TYPE_CHECKING:
    from forestall.languages import Message
    from forestall.web.people.models import Person


# What partners owe is followed from adoption until the plan is closed.
FOLLOWED = frozenset({PlanState.ADOPTED, PlanState.UNDER_WAY, PlanState.UNDER_REVIEW})


class PlanQuerySet(models.QuerySet["Plan"]):
    """What exists for a person."""

    def visible_to(self, person: Person) -> PlanQuerySet:
        """Return the plans of jurisdictions that the person sees."""
        return self.filter(jurisdiction_id__in=places_seen(person))

    def update(self, **kwargs: Any) -> int:
        """Change columns of many plans, but no document: its hash is written by `save` only."""
        if "document" in kwargs:
            raise ValueError("A document is changed by saving its plan, which writes its hash too.")
        return super().update(**kwargs)

    def followed(self) -> PlanQuerySet:
        """Return the plans whose duties are followed: since their adoption, and until they close.

        While a plan is revised and talked over again, the work that was agreed goes on.
        """
        at_work = [one.value for one in FOLLOWED]
        before = PlanRevision.objects.filter(plan=models.OuterRef("pk"), state__in=at_work)
        return self.filter(models.Q(state__in=at_work) | models.Exists(before)).exclude(
            state=PlanState.CLOSED
        )


class Plan(models.Model):
    """A plan as it is now.

    Attributes
    ----------
    document
        The plan as JSON, in the form that is exchanged between cities.
    digest
        Hash of the document, written with it, by which what was read of it is known again.
    revision
        Counts every saved change, from 1; the version in the document counts those that were
        consulted, adopted or revised.
    drafted_by
        Who began it; not one of the two who decide on its rights assessments.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="plans")
    document = models.TextField()
    digest = models.CharField(max_length=64, editable=False, default="")
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=20, choices=[(one.value, one.value) for one in PlanState])
    revision = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects = PlanQuerySet.as_manager()
    _read: tuple[str, ActionPlan] | None = None

    class Meta:
        ordering: ClassVar[list[str]] = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        """Return its title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its first page."""
        return reverse("plan", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the plan, and the hash of its document."""
        self.digest = digest_of(self.document)
        super().save(*args, **kwargs)

    @property
    def content(self) -> ActionPlan:
        """Return the plan as a record, which is read once from one document."""
        if self._read is None or self._read[0] is not self.document:
            self._read = (self.document, plan_of(self.document))
        return self._read[1]

    @property
    def state_words(self) -> Message:
        """Return the words for its state."""
        return PlanState(self.state).words


class PlanRevision(models.Model):
    """A plan as it was after one change."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.TextField()
    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    saved_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )
    what = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_revision_a_number")
        ]
        indexes: ClassVar[list[models.Index]] = [
            # Who changed what is read without the documents, which are long.
            models.Index(fields=["plan", "what", "saved_by"], name="who_changed_what")
        ]

    def __str__(self) -> str:
        """Return the plan and the number."""
        return f"{self.plan_id}, {self.number}"

    @property
    def state_words(self) -> Message:
        """Return the words for the state it was in."""
        return PlanState(self.state).words

    @property
    def content(self) -> ActionPlan:
        """Return the plan as a record."""
        return plan_of(self.document)


class Reminder(models.Model):
    """On which day a person was last sent a digest."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    def __str__(self) -> str:
        """Return the day."""
        return f"{self.on}"


def plan_of(document: str) -> ActionPlan:
    """Return the plan of a document."""
    return _DECODER.decode(document)


def digest_of(document: str) -> str:
    """Return the hash by which a document is known again (SHA-256)."""
    return hashlib.sha256(document.encode()).hexdigest()


_DECODER = msgspec.json.Decoder(ActionPlan)
