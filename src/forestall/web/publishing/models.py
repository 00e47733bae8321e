"""This file knows what is kept of a publication: what it is, who prepared and who released it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from forestall.languages import Message, message
from forestall.web.operations.models import Job, JobState
from forestall.web.organisations.models import Jurisdiction, places_seen
from forestall.web.plans.models import Plan, PlanRevision

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.web.people.models import Person


class ReleaseQuerySet(models.QuerySet["Release"]):
    """What exists for whom."""

    def visible_to(self, person: Person) -> ReleaseQuerySet:
        """Return the publications of jurisdictions that the person sees."""
        return self.filter(jurisdiction_id__in=places_seen(person))

    def told(self) -> ReleaseQuerySet:
        """Return those of which the public site tells, the latest first."""
        return self.filter(state__in=(Release.State.RELEASED, Release.State.WITHDRAWN)).order_by(
            "-released_at", "-pk"
        )


class Release(models.Model):
    """A publication of a plan or a diagnosis.

    Attributes
    ----------
    plan, revision
        Which plan, as it was at which revision; None for a diagnosis.
    source
        Folder of the report of a diagnosis, as seen from the folder of the workspace.
    languages, formats
        In which it is made, the first language at the root of its folder.
    address
        Of the workspace, for links to pages on which people take part.
    job
        The work in the background that makes it.
    reason
        Why it was withdrawn; everybody reads it.
    """

    class Kind(models.TextChoices):
        """What is published."""

        PLAN = "plan"
        DIAGNOSIS = "diagnosis"

    class State(models.TextChoices):
        """How far it is."""

        PREPARING = "preparing"
        READY = "ready"
        RELEASED = "released"
        SUPERSEDED = "superseded"
        WITHDRAWN = "withdrawn"

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="publishing"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=300)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="publishing", null=True)
    revision = models.ForeignKey(
        PlanRevision, on_delete=models.PROTECT, related_name="+", null=True
    )
    source = models.CharField(max_length=300, blank=True)
    languages = models.JSONField(default=list)
    formats = models.JSONField(default=list)
    address = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARING)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True)
    prepared_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)
    released_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    released_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(released_by__isnull=True, released_at__isnull=True)
                | models.Q(released_by__isnull=False, released_at__isnull=False),
                name="who_released_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(released_by__isnull=True)
                | ~models.Q(released_by=models.F("prepared_by")),
                name="two_people_before_a_release",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True, reason="")
                | (
                    models.Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                    & ~models.Q(reason="")
                ),
                name="who_withdrew_when_and_why",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="plan", plan__isnull=False, revision__isnull=False)
                | (models.Q(kind="diagnosis", plan__isnull=True) & ~models.Q(source="")),
                name="what_a_release_is_of",
            ),
        ]

    def __str__(self) -> str:
        """Return its title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("release", args=[self.pk])

    @property
    def words(self) -> Message:
        """Return the words for its state, translated when written."""
        return _STATES[self.State(self.state)]

    @property
    def failed(self) -> bool:
        """Return whether the work that makes it ended without it."""
        return (
            self.state == self.State.PREPARING
            and self.job is not None
            and self.job.state in (JobState.FAILED, JobState.CANCELLED)
        )

    @property
    def content(self) -> Path:
        """Return the folder with what is published."""
        return self._folder / "content"

    @property
    def preview(self) -> Path:
        """Return the folder with the whole site as it will be."""
        return self._folder / "preview"

    @property
    def _folder(self) -> Path:
        home: Path = settings.HOME
        return home / "releases" / str(self.pk)


_STATES = {
    Release.State.PREPARING: message("being made"),
    Release.State.READY: message("waits for a second person"),
    Release.State.RELEASED: message("released"),
    Release.State.SUPERSEDED: message("replaced by a later one"),
    Release.State.WITHDRAWN: message("withdrawn"),
}
