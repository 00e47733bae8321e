"""This file knows what is said, before any count, about a measure that is to be evaluated."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from forestall.estimates import estimates
    from forestall.evaluation.costs import Budget, DiscountSchedule, NotPriced
    from forestall.evaluation.costs.multipliers import RecordedToCommitted, Reporting
    from forestall.evaluation.costs.persistence import Persistence
    from forestall.evaluation.costs.unit_costs import UnitCost
    from forestall.evaluation.design_facts import OtherChange
    from forestall.evaluation.effects_register import Looked
    from forestall.evaluation.effects_to_look_for import UnintendedEffect
    from forestall.evaluation.place_choice import PlaceChoice
    from forestall.evaluation.specification.groups_part import AreaGroups
    from forestall.evaluation.specification.survey_part import SurveyPart


class Approach(StrEnum):
    """The sort of measure (2002/13, paragraph 6), or law enforcement, which lies outside it."""

    SOCIAL = "social development"
    COMMUNITY = "community"
    SITUATIONAL = "situational"
    REINTEGRATION = "reintegration"
    VICTIM_SUPPORT = "victim support"
    LAW_ENFORCEMENT = "law enforcement"


@dataclass(frozen=True, kw_only=True)
class Intervention:
    """What was done.

    Attributes
    ----------
    what, by
        The measure, and who carries it, in words.
    approach
        Which sort of measure; law enforcement is outside the Guidelines (2002/13, paragraph 3).
    since
        The day on which it came, or one for each stage.
    lag_months, settling_months
        Months until it can work, and months in which it was being put in place.
    evidence_key
        Its key in the catalogue of interventions, by which a synthesis finds it; empty if unknown.
    """

    what: str
    by: str
    approach: Approach
    since: tuple[date, ...]
    lag_months: int = 0
    settling_months: int = 0
    evidence_key: str = ""


@dataclass(frozen=True, kw_only=True)
class TreatedPlaces:
    """Where it was done, and what it is compared with.

    Attributes
    ----------
    file, code, name
        A file with areas and its columns; no file where incidents name their ``column``.
    column
        "district" or "area": the column of the incidents that names places.
    treated, comparison
        Codes of places; an empty comparison means all others.
    rings_m
        Widths of the rings around treated places in which incidents may have moved.
    chosen, how
        How the treated places were chosen: one of the words, and the story.
    """

    file: Path | None
    code: str | None
    name: str | None
    column: str
    treated: tuple[str, ...]
    comparison: tuple[str, ...]
    rings_m: tuple[float, ...]
    chosen: PlaceChoice
    how: str


@dataclass(frozen=True, kw_only=True)
class Times:
    """The days compared, and what else changed."""

    before: estimates.Span
    after: estimates.Span
    other_changes: tuple[OtherChange, ...] = ()

    @property
    def in_whole_months(self) -> Times:
        """Return the times without the days of months that they hold in part."""
        return replace(self, before=_whole_months(self.before), after=_whole_months(self.after))


def _whole_months(span: estimates.Span) -> estimates.Span:
    """Return the whole months of a span; the span itself where it holds none."""
    day = timedelta(days=1)
    end = span.last + day
    first = span.first if span.first.day == 1 else _next_month(span.first)
    last = end.replace(day=1) - day
    return replace(span, first=first, last=last) if first <= last else span


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What is counted.

    Attributes
    ----------
    name
        Its name in the report.
    offences
        Kinds as the source names them; all if empty.
    least_effect
        The smallest fall that would be worth having, as a share.
    """

    name: str
    offences: tuple[str, ...]
    least_effect: float


@dataclass(frozen=True, kw_only=True)
class HarmWeights:
    """Points of harm for one incident of each kind, with the index they are from."""

    index: str
    source: str
    points: Mapping[str, float]


@dataclass(frozen=True, eq=False, kw_only=True)
class CostPart:
    """What the measure cost, and what one crime of the primary outcome costs."""

    budget: Budget
    unit_cost: UnitCost
    schedule: DiscountSchedule
    persistence: Persistence
    gains: Mapping[str, float]
    multiplier: RecordedToCommitted | None
    reporting: Reporting
    not_priced: tuple[NotPriced, ...]
    first_year: int


@dataclass(frozen=True, kw_only=True)
class PlanReference:
    """The plan that was registered before the measure, and its checksum."""

    file: Path
    sha256: str


@dataclass(frozen=True, eq=False, kw_only=True)
class EvaluationSpec:
    """All that is said before any count is looked at.

    Attributes
    ----------
    is_placebo
        Whether the date is invented, to see what the method finds where there was no measure.
    outcomes
        The primary outcome first; the others are exploratory.
    findings, other_findings
        What is known of unintended effects, of the register and beyond it.
    analysis
        The part of the file that a plan binds, as plain values; `plan_of` makes its checksum.
    """

    title: str
    place: str
    question: str
    is_placebo: bool
    intervention: Intervention
    places: TreatedPlaces
    times: Times
    outcomes: tuple[Outcome, ...]
    harm: HarmWeights | None
    costs: CostPart | None
    plan: PlanReference | None
    analysis: Mapping[str, Any]
    survey: SurveyPart | None = None
    groups: AreaGroups | None = None
    findings: Mapping[UnintendedEffect, Looked] = field(default_factory=dict)
    other_findings: Mapping[str, Looked] = field(default_factory=dict)

    @property
    def primary(self) -> Outcome:
        """Return the outcome on which the verdict rests."""
        return self.outcomes[0]

    @property
    def is_outside_guidelines(self) -> bool:
        """Say whether the measure is law enforcement, which 2002/13, paragraph 3, leaves out."""
        return self.intervention.approach is Approach.LAW_ENFORCEMENT
