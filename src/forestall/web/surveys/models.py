"""This file knows how surveys are kept: each with its waves, and what their columns hold.

The answers lie in files (see `forestall.web.data.folders`); no answer of a person stands here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.urls import reverse

from forestall.web.organisations.models import Jurisdiction

if TYPE_CHECKING:
    from forestall.web.people.models import Person


class SurveyQuerySet(models.QuerySet["Survey"]):
    """What exists for a person."""

    def visible_to(self, person: Person) -> SurveyQuerySet:
        """Return the surveys of jurisdictions that the person sees."""
        return self.filter(jurisdiction__in=Jurisdiction.objects.visible_to(person))


class Survey(models.Model):
    """A survey that is held once or again and again, with the same questions.

    Attributes
    ----------
    weights, strata, clusters
        Columns that say how people were drawn; without strata or clusters they are empty.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="surveys")
    name = models.CharField(max_length=120)
    weights = models.CharField(max_length=120)
    strata = models.CharField(max_length=120, blank=True)
    clusters = models.CharField(max_length=120, blank=True)
    made_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="one_survey_a_name")
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("survey", args=[self.pk])


class SurveyWave(models.Model):
    """Answers that were given in one time.

    Attributes
    ----------
    file, sha256
        The file as it lies in the folder of the surveys.
    first_day, last_day
        When people were asked.
    people
        How many rows the file has.
    answers
        From the name of a column of codes to the codes that occur in it, the smallest first.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="waves")
    file = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    first_day = models.DateField()
    last_day = models.DateField()
    people = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["last_day"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["survey", "last_day"], name="one_wave_a_last_day"),
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("last_day")),
                name="a_wave_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        """Return its last day."""
        return f"{self.last_day}"
