"""This file knows from which source an indicator of a plan is measured, and what came of it.

The points of a series stand in the plan itself, which is exchanged and published. What stands here
says which of them were computed, when, from what, and what they were before.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from django.db import models

from forestall.plan.records import Measured
from forestall.web.data.models import Store
from forestall.web.plans.models import Plan
from forestall.web.surveys.models import Survey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.web.organisations.models import Jurisdiction


class SourceState(models.TextChoices):
    """How far the last computation is."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class IndicatorSource(models.Model):
    """Where the series of an objective comes from.

    Attributes
    ----------
    objective
        Key of the objective in the plan.
    store, survey
        One of them; None when it is gone.
    name
        What the source was called when it was linked.
    settings
        Of a store: ``offences``, ``areas``, ``area``, ``area_name``, ``period``, ``population``,
        ``population_source``, ``per``, ``threshold``. Of a survey: ``column``, ``codes`` (all
        that there were), ``wording``, ``counted``, ``no_answer``.
    failure
        Why the last computation came to nothing, in one sentence.
    told
        What has to be known with the series: last day of the data, the period that is cut off.
    measured_at, measured_from
        When it was last computed, and after what, such as "import 12".
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="indicator_sources")
    objective = models.CharField(max_length=80)
    store = models.ForeignKey(Store, on_delete=models.SET_NULL, related_name="+", null=True)
    survey = models.ForeignKey(Survey, on_delete=models.SET_NULL, related_name="+", null=True)
    name = models.CharField(max_length=120)
    settings = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=SourceState.choices, default=SourceState.WAITING.value
    )
    failure = models.TextField(blank=True)
    told = models.JSONField(default=dict)
    measured_at = models.DateTimeField(null=True)
    measured_from = models.CharField(max_length=40, blank=True)
    made_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "objective"], name="one_source_an_objective"),
            models.CheckConstraint(
                condition=models.Q(store__isnull=True) | models.Q(survey__isnull=True),
                name="a_store_or_a_survey",
            ),
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Return where it belongs."""
        return self.plan.jurisdiction


class ToldSeries(models.Model):
    """What was ever told of a store or a survey for an indicator; readers may remember it.

    Attributes
    ----------
    store, survey
        One of them.
    settings
        As in `IndicatorSource`, but only what decides on the numbers.
    digest
        SHA-256 of them.
    points
        From the last day of a period to the last number that was told of it; to what stood in its
        place where none ever was.
    """

    store = models.ForeignKey(
        Store, on_delete=models.CASCADE, related_name="told_series", null=True
    )
    survey = models.ForeignKey(
        Survey, on_delete=models.CASCADE, related_name="told_series", null=True
    )
    settings = models.JSONField()
    digest = models.CharField(max_length=64)
    points = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["store", "digest"], name="one_told_series"),
            models.UniqueConstraint(fields=["survey", "digest"], name="one_told_share"),
        ]

    def __str__(self) -> str:
        """Return its digest."""
        return self.digest

    @classmethod
    def remember(cls, source: IndicatorSource, points: Mapping[str, int | str]) -> None:
        """Keep what the series of a link told; a number that was told stays known."""
        told, digest = cls.of(source)
        one, _ = cls.objects.get_or_create(
            store_id=source.store_id,
            survey_id=source.survey_id,
            digest=digest,
            defaults={"settings": told},
        )
        new = {
            day: number
            for day, number in points.items()
            if isinstance(number, int) or not isinstance(one.points.get(day), int)
        }
        one.points = {**one.points, **new}
        one.save(update_fields=["points"])

    def is_of(self, source: IndicatorSource) -> bool:
        """Return whether a link tells this series."""
        own = (source.store_id, source.survey_id, self.of(source)[1])
        return (self.store_id, self.survey_id, self.digest) == own

    @staticmethod
    def of(source: IndicatorSource) -> tuple[dict[str, Any], str]:
        """Return what of the settings of a link decides on the numbers, and its SHA-256."""
        settings = source.settings
        if "column" in settings:
            told = {name: sorted(settings[name]) for name in ("counted", "no_answer")}
            told["column"] = settings["column"]
        else:
            told = {name: settings.get(name) for name in ("areas", "area", "period", "threshold")}
            told["offences"] = sorted(settings.get("offences") or ())
        text = json.dumps(told, sort_keys=True)
        return told, hashlib.sha256(text.encode()).hexdigest()


def lock_origin(origin: Store | Survey | None) -> None:
    """Let what is told of a store or a survey be decided by one after the other."""
    if origin is not None:
        type(origin).objects.select_for_update().filter(pk=origin.pk).first()


class IndicatorPoint(models.Model):
    """One period of a computed series, protected before it was kept.

    Attributes
    ----------
    first_day, last_day
        The period, both days included.
    value, low, high
        The number with its 95 % interval; None where it is not shown.
    hidden
        What stands in its place, such as "<5"; "" where the number is shown.
    people
        How many people answered, of a survey.
    written
        The point as it was written into the plan; None while it is not.
    earlier
        What it was before, the oldest first: ``value``, ``hidden``, ``until``, ``because``.
    """

    source = models.ForeignKey(IndicatorSource, on_delete=models.CASCADE, related_name="points")
    first_day = models.DateField()
    last_day = models.DateField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    hidden = models.CharField(max_length=20, blank=True)
    people = models.PositiveIntegerField(null=True)
    written: Any = models.JSONField(null=True)
    earlier = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar[list[str]] = ["last_day"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "last_day"], name="one_point_a_period")
        ]

    def __str__(self) -> str:
        """Return its last day."""
        return f"{self.last_day}"

    @property
    def as_written(self) -> Measured | None:
        """Return the point as it was written into the plan; None while it is not."""
        return None if self.written is None else msgspec.convert(self.written, Measured)
