"""This file knows the records of stores, imports, files of areas and diagnoses.

The incidents themselves lie in files (see `forestall.web.data.folders`); what stands here says
which there are, who brought them, and what became of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from django.db import models
from django.urls import reverse

from forestall.languages import Message, in_language, message
from forestall.web.organisations.models import Jurisdiction, places_seen

if TYPE_CHECKING:
    from forestall.web.people.models import Person

One = TypeVar("One", bound=models.Model)


class InJurisdictionQuerySet(models.QuerySet[One]):
    """What exists for a person."""

    def visible_to(self, person: Person) -> InJurisdictionQuerySet[One]:
        """Return what belongs to jurisdictions that the person sees."""
        return self.filter(jurisdiction_id__in=places_seen(person))


class WorkState(models.TextChoices):
    """How far an import or a diagnosis is; a failed or stopped one changed nothing."""

    WAITING = "waiting"
    ASKS = "asks"
    DONE = "done"
    FAILED = "failed"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _STATES[self.value]


_STATES = {
    "waiting": message("waits its turn"),
    "queued": message("waits its turn"),
    "running": message("under way"),
    "asks": message("needs your answers"),
    "done": message("done"),
    "failed": message("not done"),
    "cancelled": message("stopped"),
}
_CHIPS = {"done": "ok", "failed": "stop", "asks": "care"}


class Store(models.Model):
    """Incidents of one publisher and form, kept together.

    Attributes
    ----------
    mapping
        What the columns mean, as TOML, once somebody said it; empty for a known publisher.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="stores")
    name = models.CharField(max_length=120)
    mapping = models.TextField(blank=True)
    made_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = InJurisdictionQuerySet["Store"].as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="one_store_a_name")
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class Work(models.Model):
    """Something that a process beside the server does for a jurisdiction.

    Attributes
    ----------
    job
        The work in the background; None before it is queued.
    failure
        Why it was not done, in one sentence.
    """

    state = models.CharField(
        max_length=10, choices=WorkState.choices, default=WorkState.WAITING.value
    )
    job = models.ForeignKey(
        "operations.Job", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    failure = models.TextField(blank=True)
    made_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        """Return whether it waits or is under way."""
        waits = self.state == WorkState.WAITING.value
        return waits and (self.job is None or self.job.is_open)

    @property
    def shown_state(self) -> str:
        """Return how far it is: what it says itself once it ended, else what its job says."""
        if self.state != WorkState.WAITING.value or self.job is None:
            return self.state
        return "waiting" if self.job.state == "done" else self.job.state

    @property
    def state_words(self) -> Message:
        """Return the state in words, translated when written."""
        return _STATES[self.shown_state]

    @property
    def chip(self) -> str:
        """Return the kind of its chip."""
        return _CHIPS.get(self.shown_state, "now")

    @property
    def reason(self) -> str:
        """Return why it was not done; empty where there is nothing to say."""
        if self.failure:
            return self.failure
        if self.shown_state == "failed" and self.job is not None:
            return str(self.job.words)
        return ""


class FileImport(Work):
    """Files that were brought, and what became of their rows.

    Attributes
    ----------
    files
        Names of the files as they lie in its folder, and how they are shown.
    settings
        Time zone, whether to leave out columns on persons.
    questions
        What has to be asked about the columns, where the publisher is not known.
    outcome
        Figures of the import: rows, reasons with counts, checksums, warnings as codes.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="imports")
    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="imports")
    files = models.JSONField(default=list)
    settings = models.JSONField(default=dict)
    mapping = models.TextField(blank=True)
    questions = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)

    objects = InJurisdictionQuerySet["FileImport"].as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        """Return its number."""
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("import", args=[self.pk])


class AreaFile(models.Model):
    """A file with areas, for tables by area and, with a population, for rates."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="area_files"
    )
    name = models.CharField(max_length=120)
    file = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=120, blank=True)
    name_column = models.CharField(max_length=120, blank=True)
    population = models.CharField(max_length=120, blank=True)
    areas = models.PositiveIntegerField()
    made_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = InJurisdictionQuerySet["AreaFile"].as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class SafetyDiagnosis(Work):
    """A diagnosis of a store, asked for by somebody, and its report once it is made.

    Attributes
    ----------
    options
        First and last day, kinds, languages, further formats, name of the place.
    first_day, last_day
        The days that the finished report is about.
    said
        Title, findings and figures of the finished report, in each language; all protected.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="diagnoses"
    )
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="diagnoses")
    areas = models.ForeignKey(
        AreaFile, on_delete=models.SET_NULL, related_name="diagnoses", null=True, blank=True
    )
    options = models.JSONField(default=dict)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    said = models.JSONField(default=dict)

    objects = InJurisdictionQuerySet["SafetyDiagnosis"].as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        verbose_name_plural = "safety diagnoses"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(state="done")
                | models.Q(first_day__isnull=False, last_day__isnull=False),
                name="a_finished_diagnosis_has_its_days",
            )
        ]

    def __str__(self) -> str:
        """Return its number."""
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("diagnosis", args=[self.pk])

    @property
    def title(self) -> str:
        """Return what it is called: by the report once there is one, else by its store."""
        return in_language(self.said.get("title", {})) or self.store.name

    @property
    def findings(self) -> list[str]:
        """Return the findings of the report, in the language in force."""
        return [in_language(one) for one in self.said.get("findings", [])]
