"""This file knows how plans are kept: one document each, with every version of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import msgspec
from django.db import models
from django.urls import reverse

from forestall.plan.records import ActionPlan
from forestall.plan.states import PlanState
from forestall.web.organisations.models import Jurisdiction

if TYPE_CHECKING:
    from forestall.languages import Message
    from forestall.web.people.models import Person


# What partners owe is followed from adoption until the plan is closed.
_FOLLOWED = frozenset({PlanState.ADOPTED, PlanState.UNDER_WAY, PlanState.UNDER_REVIEW})


class PlanQuerySet(models.QuerySet["Plan"]):
    """What exists for a person."""

    def visible_to(self, person: Person) -> PlanQuerySet:
        """Return the plans of jurisdictions that the person sees."""
        return self.filter(jurisdiction__in=Jurisdiction.objects.visible_to(person))

    def followed(self) -> PlanQuerySet:
        """Return the plans whose duties are followed: since their adoption, and until they close.

        While a plan is revised and talked over again, the work that was agreed goes on.
        """
        at_work = [one.value for one in _FOLLOWED]
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
    revision
        Counts every saved change, from 1; the version in the document counts those that were
        consulted, adopted or revised.
    drafted_by
        Who began it; not one of the two who decide on its rights assessments.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="plans")
    document = models.TextField()
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=20, choices=[(one.value, one.value) for one in PlanState])
    revision = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        """Return its title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its first page."""
        return reverse("plan", args=[self.pk])

    @property
    def content(self) -> ActionPlan:
        """Return the plan as a record."""
        return msgspec.json.decode(self.document, type=ActionPlan)

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
        return msgspec.json.decode(self.document, type=ActionPlan)


class Reminder(models.Model):
    """On which day a person was last sent a digest."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    def __str__(self) -> str:
        """Return the day."""
        return f"{self.on}"
