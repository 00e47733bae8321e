"""This file knows what is kept of work in the background, and of the processes that do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

from forestall.errors import Cancelled
from forestall.languages import Message
from forestall.web.organisations.models import Jurisdiction, places_seen

if TYPE_CHECKING:
    from forestall.web.people.models import Person


class JobState(models.TextChoices):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = (JobState.QUEUED, JobState.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    """What exists for a person."""

    def visible_to(self, person: Person) -> JobQuerySet:
        """Return the jobs of jurisdictions that the person sees."""
        return self.filter(jurisdiction_id__in=places_seen(person))

    def open(self) -> JobQuerySet:
        """Return those that wait or run."""
        return self.filter(state__in=OPEN)


class Job(models.Model):
    """Work that a process beside the server does: an import, a diagnosis.

    Attributes
    ----------
    kind
        Under which name its function is registered.
    arguments, result
        What the function is given and what it returned; JSON.
    step, steps
        How many steps are done, of how many; 0 of 0 before the first report.
    said, said_values
        The last sentence on it, to be written in the language of the reader; see `words`.
    worker, heartbeat
        Which process does it, and when that process was last alive.
    attempt
        How often it was begun; more than once where a process died.
    """

    kind = models.CharField(max_length=40)
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="jobs")
    made_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    arguments = models.JSONField(default=dict)
    step = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    said = models.TextField(blank=True)
    said_values = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    worker = models.CharField(max_length=64, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=OPEN, ended_at__isnull=True)
                | (~models.Q(state__in=OPEN) & models.Q(ended_at__isnull=False)),
                name="a_job_that_ended_has_its_end",
            ),
            models.CheckConstraint(
                condition=models.Q(step__lte=models.F("steps")), name="no_step_after_the_last"
            ),
        ]

    def __str__(self) -> str:
        """Return its kind, number and state."""
        return f"{self.kind} {self.pk}, {self.state}"

    @property
    def is_open(self) -> bool:
        """Return whether it waits or runs."""
        return self.state in OPEN

    @property
    def words(self) -> Message:
        """Return what was last said on it, or why it failed; written when read."""
        return Message(self.said, self.said_values)

    def report(self, step: int, steps: int, said: Message) -> None:
        """Say how far the job is; called by its function after each step.

        Parameters
        ----------
        step
            How many steps are done.
        steps
            How many there are.
        said
            What is being done; its values are texts and numbers.

        Raises
        ------
        Cancelled
            If the job was cancelled meanwhile, or another process took it over. The function
            lets it pass: what it changed in its own transaction is then undone.
        """
        self.step, self.steps = step, steps
        self.said, self.said_values = said.text, dict(said.values)
        mine = Job.objects.filter(pk=self.pk, state=JobState.RUNNING, attempt=self.attempt)
        kept = mine.update(
            step=step,
            steps=steps,
            said=self.said,
            said_values=self.said_values,
            heartbeat=timezone.now(),
        )
        if not kept:
            raise Cancelled("The job was cancelled.")


class Worker(models.Model):
    """A process that does jobs, and when it was last alive."""

    key = models.CharField(max_length=64, unique=True)
    began_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return its key."""
        return self.key
