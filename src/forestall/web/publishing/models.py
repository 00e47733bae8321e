"""This file knows what is kept of a publication: what it is, who prepared and who released it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from forestall.languages import Message, message
from forestall.web.data.models import SafetyDiagnosis
from forestall.web.operations.models import Job, JobState
from forestall.web.organisations.models import Jurisdiction, places_seen
from forestall.web.plans.models import Plan, PlanRevision

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.web.people.models import Person

MOST_TITLE = 300


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

    def of_the_same(self, release: Release) -> ReleaseQuerySet:
        """Return the publications of the same thing, the first one first.

        A plan and a diagnosis are the same by their number, an evaluation by its title.
        """
        found = self.filter(jurisdiction_id=release.jurisdiction_id, kind=release.kind)
        if release.plan_id is not None:
            found = found.filter(plan_id=release.plan_id)
        elif release.kind == Release.Kind.EVALUATION:
            found = found.filter(title=release.title)
        elif release.diagnosis_id is not None:
            found = found.filter(diagnosis_id=release.diagnosis_id)
        else:
            found = found.filter(source=release.source)
        return found.order_by("pk")


class Release(models.Model):
    """A publication of a plan, a diagnosis or an evaluation.

    Attributes
    ----------
    plan, revision
        Which plan, as it was at which revision; None for a report.
    diagnosis
        Which diagnosis of the workspace; None for everything else.
    source
        Folder of the report that is published, as seen from the folder of the workspace.
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
        EVALUATION = "evaluation"

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
    title = models.CharField(max_length=MOST_TITLE)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="publishing", null=True)
    revision = models.ForeignKey(
        PlanRevision, on_delete=models.PROTECT, related_name="+", null=True
    )
    diagnosis = models.ForeignKey(
        SafetyDiagnosis, on_delete=models.PROTECT, related_name="publishing", null=True
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
                condition=models.Q(
                    kind="plan", plan__isnull=False, revision__isnull=False, diagnosis__isnull=True
                )
                | (models.Q(kind="diagnosis", plan__isnull=True) & ~models.Q(source=""))
                | (
                    models.Q(kind="evaluation", plan__isnull=True, diagnosis__isnull=True)
                    & ~models.Q(source="")
                ),
                name="what_a_release_is_of",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(state="released", plan__isnull=False),
                name="one_release_a_plan",
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
    def kind_words(self) -> Message:
        """Return the word for its kind, translated when written."""
        return _KINDS[self.Kind(self.kind)]

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
    def has_preview(self) -> bool:
        """Return whether the preview is there; that of what nobody reads is removed one day."""
        return (self.preview / "index.html").is_file()

    @property
    def _folder(self) -> Path:
        return releases_folder() / str(self.pk)


def releases_folder() -> Path:
    """Return the folder in which each publication has one, named by its number."""
    home: Path = settings.HOME
    return home / "releases"


_STATES = {
    Release.State.PREPARING: message("being made"),
    Release.State.READY: message("waits for a second person"),
    Release.State.RELEASED: message("published"),
    Release.State.SUPERSEDED: message("replaced by a later one"),
    Release.State.WITHDRAWN: message("withdrawn"),
}
_KINDS = {
    Release.Kind.PLAN: message("Plan"),
    Release.Kind.DIAGNOSIS: message("Diagnosis"),
    Release.Kind.EVALUATION: message("Evaluation"),
}
