"""This file knows how a measure is evaluated from its specification and the city's incidents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall._stats.multiplicity import adjust_holm
from forestall.diagnosis import Unanswered
from forestall.evaluation.costs import CountedBy, PricedOutcome, weigh_costs_and_benefits
from forestall.evaluation.design_description import describe_design
from forestall.evaluation.design_facts import Arrival, DesignFacts
from forestall.evaluation.harm import compare_harm_before_after
from forestall.evaluation.programmes.counted import count_places, ground_of
from forestall.evaluation.programmes.equity import compare_groups
from forestall.evaluation.programmes.found import NOBODY_ASKED, NOT_BY_GROUP, ProgrammeEvaluation
from forestall.evaluation.programmes.other_ways import answered
from forestall.evaluation.programmes.outcomes import find_outcome
from forestall.evaluation.programmes.plans import check_plan
from forestall.evaluation.programmes.side_effects import register_of
from forestall.evaluation.programmes.verdict import caveats_of, would_change
from forestall.evaluation.survey_comparison import compare_surveys_before_after
from forestall.languages import message

if TYPE_CHECKING:
    from forestall.estimates.estimates import Estimate
    from forestall.evaluation.cells import Cells
    from forestall.evaluation.costs import CostsAndBenefits
    from forestall.evaluation.design_description import DesignDescription
    from forestall.evaluation.group_effects import GroupEffects
    from forestall.evaluation.harm import HarmComparison
    from forestall.evaluation.programmes.counted import Ground
    from forestall.evaluation.programmes.found import OutcomeFindings
    from forestall.evaluation.specification import EvaluationSpec
    from forestall.evaluation.survey_comparison import SurveyComparison
    from forestall.records import Incidents

_DAYS_OF_A_YEAR = 365.25


def evaluate_programme(spec: EvaluationSpec, incidents: Incidents) -> ProgrammeEvaluation:
    """Evaluate a measure as its specification says, and in other ways beside it.

    The verdict rests on the primary outcome and the four counts, as the plan binds; all else is
    shown beside it and named exploratory.

    Parameters
    ----------
    spec
        From `read_specification`.
    incidents
        All incidents of the city; those of each outcome are chosen by the specification.

    Raises
    ------
    InvalidSpecification
        If a place is not there, or the plan is not the one that was registered.
    CannotAnswer
        If the incidents do not cover the times compared.

    Examples
    --------
    >>> from forestall.evaluation.specification import read_specification
    >>> from forestall.records import load_incidents
    >>> spec = read_specification("examples/placebo_evaluation/spec.toml")
    >>> with load_incidents(["examples/camden_burglary"]) as incidents:
    ...     found = evaluate_programme(spec, incidents)
    >>> found.treated_places, found.headline.certainty.value
    (12, 'cannot be told from chance')
    """
    plan = check_plan(spec)
    # Months are counted whole; days beyond them belong neither to the counts nor to their label.
    spec = replace(spec, times=spec.times.in_whole_months)
    ground = ground_of(spec, incidents)
    outcomes = _with_holm(
        tuple(find_outcome(spec, one, incidents, ground) for one in spec.outcomes)
    )
    harm_cells = _harm_cells(spec, incidents, ground)
    harm = _harm(spec, harm_cells, outcomes[0])
    costs, survey = _costs(spec, outcomes[0]), _survey(spec)
    design = _design(spec, ground, outcomes[0])
    return ProgrammeEvaluation(
        spec=spec,
        plan=plan,
        design=design,
        manifest=incidents.manifest,
        treated_places=len(ground.treated),
        comparison_places=len(ground.comparison),
        near_places=len(ground.near),
        treated_names=ground.treated_names,
        outcomes=outcomes,
        harm=harm,
        harm_cells=harm_cells,
        survey=survey,
        groups=_groups(spec, incidents, ground, outcomes[0]),
        register=register_of(spec, outcomes[0], harm, survey),
        costs=costs,
        caveats=caveats_of(spec, plan, design, outcomes),
        would_change=would_change(spec, outcomes[0]),
    )


def _with_holm(found: tuple[OutcomeFindings, ...]) -> tuple[OutcomeFindings, ...]:
    values = {
        place: one.comparison.ratio.p_value
        for place, one in enumerate(found)
        if not isinstance(one.comparison, Unanswered) and one.comparison.ratio.p_value is not None
    }
    adjusted = adjust_holm(list(values.values())) if values else np.array([])
    told = dict(zip(values, adjusted.tolist(), strict=True))
    return tuple(replace(one, p_holm=told.get(place)) for place, one in enumerate(found))


def _design(spec: EvaluationSpec, ground: Ground, primary: OutcomeFindings) -> DesignDescription:
    months, times = primary.months, spec.times
    treated = months[months["group"] == "treated"]
    before = treated[treated["period"] < np.datetime64(spec.intervention.since[0])]
    first, last = pd.Timestamp(times.after.first), pd.Timestamp(times.after.last)
    after = treated[treated["period"].between(first, last)]
    mean = float(before["incidents"].mean()) / len(ground.treated) if len(before) else 0.0
    return describe_design(
        DesignFacts(
            chosen=spec.places.chosen,
            arrival=Arrival.ONE_DATE if len(spec.intervention.since) == 1 else Arrival.STAGGERED,
            treated_places=len(ground.treated),
            comparison_places=len(ground.comparison),
            periods_before=len(before),
            periods_after=max(len(after), 1),
            incidents_per_period=mean or None,
            other_changes=times.other_changes,
            rings=len(spec.places.rings_m),
            dispersion=primary.variance.factor if primary.variance else 2.0,
        ),
        expected_fall=spec.primary.least_effect,
    )


def _harm_cells(spec: EvaluationSpec, incidents: Incidents, ground: Ground) -> dict[str, Cells]:
    if spec.harm is None:
        return {}
    return {
        kind: count_places(incidents.filter(offences=kind), ground, spec.places.column).cells(spec)
        for kind in spec.harm.points
    }


def _harm(
    spec: EvaluationSpec, cells: dict[str, Cells], primary: OutcomeFindings
) -> HarmComparison | Unanswered:
    if spec.harm is None:
        return Unanswered(reason=message("No weights of harm were given."))
    weights = spec.harm
    return answered(
        lambda: compare_harm_before_after(
            cells,
            harm=weights.points,
            outcome=weights.index,
            repeated=primary.variance,
            chosen=spec.places.chosen,
        )
    )


def _groups(
    spec: EvaluationSpec, incidents: Incidents, ground: Ground, primary: OutcomeFindings
) -> GroupEffects | Unanswered:
    offences = spec.primary.offences
    kept = incidents.filter(offences=offences) if offences else incidents

    def compared() -> GroupEffects:
        counted = count_places(kept, ground, spec.places.column)
        return compare_groups(spec, spec.primary, counted, primary.variance)

    return answered(compared) if spec.groups is not None else NOT_BY_GROUP


def _survey(spec: EvaluationSpec) -> SurveyComparison | Unanswered:
    if spec.survey is None:
        return NOBODY_ASKED
    survey = spec.survey
    return answered(
        lambda: compare_surveys_before_after(
            survey.before,
            survey.after,
            overlap=survey.overlap,
            treated=survey.treated,
            comparison=survey.comparison,
        )
    )


def _costs(spec: EvaluationSpec, primary: OutcomeFindings) -> CostsAndBenefits | Unanswered:
    if spec.costs is None:
        return Unanswered(reason=message("No costs were given."))
    if isinstance(primary.comparison, Unanswered):
        return Unanswered(reason=_NO_EXPECTED)
    both = primary.cells.comparison
    if not both.before or not both.after:
        return Unanswered(reason=_NO_EXPECTED)
    costs = spec.costs
    effect, expected = _effect_to_price(primary)
    return answered(
        lambda: weigh_costs_and_benefits(
            PricedOutcome(
                estimate=effect,
                expected=expected,
                unit_cost=costs.unit_cost,
                persistence=costs.persistence,
                counted_by=CountedBy.POLICE_RECORDS,
                gains=costs.gains,
                period_years=spec.times.after.days / _DAYS_OF_A_YEAR,
                first_year=costs.first_year,
                multiplier=costs.multiplier,
                reporting=costs.reporting,
            ),
            budget=costs.budget,
            schedule=costs.schedule,
            not_priced=costs.not_priced,
        )
    )


def _effect_to_price(primary: OutcomeFindings) -> tuple[Estimate[Any], float | None]:
    """Return the effect with displacement where that was counted, else the planned ratio."""
    if not isinstance(primary.displacement, Unanswered):
        return primary.displacement.net.estimate, None
    assert not isinstance(primary.comparison, Unanswered)
    cells = primary.cells
    expected = cells.treated.before * cells.comparison.after / cells.comparison.before
    return primary.comparison.ratio, expected


_NO_EXPECTED = message("Without an effect there is nothing to weigh costs against.")
