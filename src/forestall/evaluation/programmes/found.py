"""This file knows what an evaluation found: every part an answer, or the reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from forestall.estimates.effects import LogRatio
    from forestall.estimates.estimates import Estimate
    from forestall.evaluation.before_after import BeforeAfterComparison
    from forestall.evaluation.cells import Cells
    from forestall.evaluation.costs import CostsAndBenefits
    from forestall.evaluation.design_description import DesignDescription
    from forestall.evaluation.displacement import Displacement
    from forestall.evaluation.displacement_by_kind import DisplacementByKind
    from forestall.evaluation.effects_register import UnintendedEffects
    from forestall.evaluation.extra_variance import ExtraVariance
    from forestall.evaluation.group_effects import GroupEffects
    from forestall.evaluation.harm import HarmComparison
    from forestall.evaluation.interrupted_series import InterruptedSeries
    from forestall.evaluation.place_permutation import PlacePermutation
    from forestall.evaluation.programmes.plans import PlanCheck
    from forestall.evaluation.specification import EvaluationSpec, Outcome
    from forestall.evaluation.survey_comparison import SurveyComparison
    from forestall.languages import Message
    from forestall.records.manifest import Manifest
    from forestall.results import Result

NOBODY_ASKED = Unanswered(reason=message("No survey of before and after was given."))

NOT_BY_GROUP = Unanswered(reason=message("No groups of areas were given."))


class Method(StrEnum):
    """The ways in which the effect on an outcome is estimated, the planned one first."""

    FOUR_COUNTS = "four counts"
    INTERRUPTED_SERIES = "interrupted series"
    PANEL = "panel of places"
    CHOICES_OF_PLACES = "other choices of places"
    SYNTHETIC_CONTROL = "synthetic control"
    MATCHED_PLACES = "matched places"


@dataclass(frozen=True, kw_only=True)
class Specification:
    """One way to estimate the effect, with what it found or why it was not used."""

    method: Method
    found: Estimate[LogRatio] | Unanswered


@dataclass(frozen=True, eq=False, kw_only=True)
class OutcomeFindings:
    """What was found of one outcome.

    Attributes
    ----------
    months
        ``group`` ("treated", "comparison"), ``period`` (first of a whole month), ``incidents``.
    variance
        How much more than chance the counts vary, from the months; None if it cannot be told.
    others
        Results of further methods by their `Method`, each behind one of the specifications.
    ring_counts, kind_counts
        From `count_in_rings`; by "offence", "weekday" and "time_of_day" for kinds.
    p_holm
        The p-value of the comparison, allowing for all outcomes; None without one.
    """

    outcome: Outcome
    cells: Cells
    months: pd.DataFrame
    variance: ExtraVariance | None
    comparison: BeforeAfterComparison | Unanswered
    series: InterruptedSeries | Unanswered
    permutation: PlacePermutation | Unanswered
    others: Mapping[Method, Result | Unanswered]
    displacement: Displacement | Unanswered
    ring_counts: pd.DataFrame | None
    by_kind: Mapping[str, DisplacementByKind | Unanswered]
    kind_counts: Mapping[str, pd.DataFrame]
    specifications: tuple[Specification, ...]
    p_holm: float | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class ProgrammeEvaluation:
    """A finished evaluation; what is missing says why.

    Attributes
    ----------
    outcomes
        The primary one first.
    harm_cells
        Four counts of each kind that has a weight of harm.
    treated_places, comparison_places
        How many there are; ``near_places`` were left out because they lie within the rings.
    survey
        What people said before and after.
    groups
        The effect and the burden by group of areas.
    would_change
        What would change the verdict.
    treated_names
        Names of the treated places, in the order of the specification; empty if not known.
    """

    spec: EvaluationSpec
    plan: PlanCheck
    design: DesignDescription
    manifest: Manifest
    treated_places: int
    comparison_places: int
    near_places: int
    outcomes: tuple[OutcomeFindings, ...]
    harm: HarmComparison | Unanswered
    harm_cells: Mapping[str, Cells]
    register: UnintendedEffects
    costs: CostsAndBenefits | Unanswered
    caveats: tuple[Message, ...]
    would_change: tuple[Message, ...]
    survey: SurveyComparison | Unanswered = NOBODY_ASKED
    groups: GroupEffects | Unanswered = NOT_BY_GROUP
    treated_names: tuple[str, ...] = ()

    @property
    def primary(self) -> OutcomeFindings:
        """Return what was found of the outcome on which the verdict rests."""
        return self.outcomes[0]

    @property
    def headline(self) -> Estimate[LogRatio] | None:
        """Return the planned estimate of the primary outcome; None where there is none."""
        for one in self.primary.specifications:
            if one.method is Method.FOUR_COUNTS and not isinstance(one.found, Unanswered):
                return one.found
        return None
