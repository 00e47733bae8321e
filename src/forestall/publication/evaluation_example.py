"""This file knows a small made-up evaluation, for examples and tests of what is published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall.diagnosis import Unanswered
from forestall.evaluation import (
    BeforeAfter,
    Cells,
    Span,
    assess_displacement,
    assess_displacement_by_kind,
    compare_before_after,
    compare_harm_before_after,
    describe_design,
    estimate_extra_variance,
    estimate_interrupted_series,
    unintended_effects,
)
from forestall.evaluation.costs import PricedOutcome, example_of_gates, weigh_costs_and_benefits
from forestall.evaluation.design_facts import Arrival, DesignFacts, OtherChange
from forestall.evaluation.effects_register import Found, NotFound
from forestall.evaluation.effects_to_look_for import UnintendedEffect
from forestall.evaluation.place_choice import PlaceChoice
from forestall.evaluation.programmes.found import (
    Method,
    OutcomeFindings,
    ProgrammeEvaluation,
    Specification,
)
from forestall.evaluation.programmes.other_ways import answered
from forestall.evaluation.programmes.plans import PlanChange, PlanCheck, PlanRecord, plan_of
from forestall.evaluation.programmes.verdict import caveats_of, would_change
from forestall.evaluation.specification import (
    Approach,
    EvaluationSpec,
    HarmWeights,
    Intervention,
    Outcome,
    Times,
    TreatedPlaces,
)
from forestall.languages import message
from forestall.publication.example import example_incidents
from forestall.records import Counts, periods_between

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.evaluation import ExtraVariance, InterruptedSeries
    from forestall.publication.protected_evaluation import ToldEvaluation

BEFORE = Span(first=date(2021, 1, 1), last=date(2022, 12, 31))
AFTER = Span(first=date(2023, 1, 1), last=date(2024, 12, 31))
_MONTHS = pd.date_range("2021-01-01", "2024-12-01", freq="MS")
_POINTS = {"Burglary": 20.0, "Theft": 5.0}
# Kind to counts before and after: treated, comparison, around, around the comparison.
_KINDS: Mapping[str, tuple[tuple[int, int], ...]] = {
    "Burglary": ((240, 168), (610, 598), (180, 171), (205, 201)),
    "Theft": ((310, 322), (800, 815), (260, 270), (290, 300)),
    "Arson": ((6, 3), (14, 12), (2, 4), (7, 5)),
    "Criminal damage": ((90, 84), (240, 236), (75, 71), (88, 90)),
}
_RINGS = {1: ((70, 69), (80, 78)), 2: ((60, 54), (65, 64)), 3: ((50, 48), (60, 59))}


def example_specification(**changed: Any) -> EvaluationSpec:
    """Return the specification of made-up gates in a made-up town.

    Parameters
    ----------
    changed
        Fields that are other than usual.

    Examples
    --------
    >>> example_specification().title
    'Gates in the alleys of Hill Town'
    """
    usual: dict[str, Any] = {
        "title": "Gates in the alleys of Hill Town",
        "place": "Hill Town",
        "question": "Were there fewer burglaries where the gates were put up?",
        "is_placebo": False,
        "intervention": Intervention(
            what="Gates at the ends of 40 alleys, with keys for all who live there",
            by="The housing department with residents",
            approach=Approach.SITUATIONAL,
            since=(date(2023, 1, 1),),
        ),
        "places": TreatedPlaces(
            file=None,
            code=None,
            name=None,
            column="area",
            treated=("Harbour", "Old Quay"),
            comparison=("Mill Lane", "Station", "Upper Town"),
            rings_m=(100, 100, 100),
            chosen=PlaceChoice.RECENT_COUNTS,
            how="The council chose the two areas with most burglaries in 2022.",
        ),
        "times": Times(
            before=BEFORE,
            after=AFTER,
            other_changes=(OtherChange(on=date(2023, 9, 1), what="reports can be filed online"),),
        ),
        "outcomes": (Outcome(name="Burglary", offences=("Burglary",), least_effect=0.2),),
        "harm": HarmWeights(index="made-up points", source="made up", points=_POINTS),
        "costs": None,
        "plan": None,
        "analysis": {
            "primary outcome": "Burglary",
            "before": ["2021-01-01", "2022-12-31"],
            "after": ["2023-01-01", "2024-12-31"],
            "rings_m": [100, 100, 100],
        },
    }
    return EvaluationSpec(**{**usual, **changed})


def example_evaluation(
    *, kinds: Mapping[str, tuple[tuple[int, int], ...]] | None = None, **changed: Any
) -> ProgrammeEvaluation:
    """Return the evaluation of made-up gates; every count in it is made up.

    Parameters
    ----------
    kinds
        Kind to counts before and after: treated, comparison, around, around the comparison.
    changed
        Fields of the specification that are other than usual.

    Examples
    --------
    >>> example_evaluation().headline.summary().replace(chr(160), " ")
    'Burglary: 29 % fewer incidents (95 % interval: 43 % fewer incidents to 10 % fewer incidents);
     clear.'
    """
    spec = example_specification(**changed)
    counted = kinds or _KINDS
    primary = _primary(spec, counted)
    plan = _plan(spec)
    design = _design(spec)
    harm_cells = {kind: _cells(counted[kind]) for kind in _POINTS if kind in counted}
    harm = compare_harm_before_after(
        harm_cells, harm=_POINTS, outcome="made-up points", repeated=primary.variance
    )
    return ProgrammeEvaluation(
        spec=spec,
        plan=plan,
        design=design,
        manifest=example_incidents(kinds={"Burglary": 30}).manifest,
        treated_places=2,
        comparison_places=3,
        near_places=0,
        outcomes=(primary,),
        harm=harm,
        harm_cells=harm_cells,
        register=_register(),
        costs=_costs(primary),
        caveats=caveats_of(spec, plan, design, (primary,)),
        would_change=would_change(spec, primary),
    )


def example_plan() -> PlanRecord:
    """Return the plan of the made-up gates, with one design's power.

    Examples
    --------
    >>> example_plan().made_on.isoformat()
    '2022-11-01'
    """
    power = {"design": "four cells", "possible": True, "detectable": 0.24, "answers": False}
    return plan_of(example_specification(), made_on=date(2022, 11, 1), power=(power,))


def example_told() -> ToldEvaluation:
    """Return what may be told of the example.

    Examples
    --------
    >>> sorted(example_told().counts)[:2]
    ['evaluated_counts', 'harm_kinds']
    """
    from forestall.publication.protected_evaluation import told_in

    return told_in(example_evaluation(), rule="threshold-5")


def _primary(
    spec: EvaluationSpec, kinds: Mapping[str, tuple[tuple[int, int], ...]]
) -> OutcomeFindings:
    burglary = kinds["Burglary"]
    cells = _cells(burglary)
    months = _months(burglary)
    variance = estimate_extra_variance(
        months.assign(
            place=months["group"],
            when=np.where(months["period"] < "2023-01-01", "before", "after"),
        )
    )
    comparison = compare_before_after(
        cells, outcome="Burglary", repeated=variance, chosen=spec.places.chosen
    )
    series = answered(lambda: _series(spec, months))
    return OutcomeFindings(
        outcome=spec.primary,
        cells=cells,
        months=months,
        variance=variance,
        comparison=comparison,
        series=series,
        permutation=Unanswered(reason=_TOO_FEW_PLACES),
        others={},
        **_elsewhere(spec, kinds, variance),
        specifications=(
            Specification(method=Method.FOUR_COUNTS, found=comparison.ratio),
            Specification(
                method=Method.INTERRUPTED_SERIES,
                found=series if isinstance(series, Unanswered) else series.effect,
            ),
            Specification(
                method=Method.CHOICES_OF_PLACES, found=Unanswered(reason=_TOO_FEW_PLACES)
            ),
        ),
    )


def _elsewhere(
    spec: EvaluationSpec,
    kinds: Mapping[str, tuple[tuple[int, int], ...]],
    variance: ExtraVariance,
) -> dict[str, Any]:
    rings, by_kind = _ring_counts(kinds["Burglary"]), _kind_counts(kinds)
    return {
        "displacement": assess_displacement(
            rings,
            outcome="Burglary",
            repeated=variance,
            chosen=spec.places.chosen,
            before=BEFORE,
            after=AFTER,
        ),
        "ring_counts": rings,
        "by_kind": {
            "offence": assess_displacement_by_kind(
                by_kind, outcome="Burglary", aimed_at=["Burglary"], repeated=variance
            )
        },
        "kind_counts": {"offence": by_kind},
    }


def _series(spec: EvaluationSpec, months: pd.DataFrame) -> InterruptedSeries:
    return estimate_interrupted_series(
        Counts.from_frame(
            months.loc[months["group"] == "treated", ["period", "incidents"]],
            periods=periods_between(BEFORE.first, AFTER.last, unit="month"),
        ),
        outcome="Burglary",
        since=spec.intervention.since,
    )


_TOO_FEW_PLACES = message("Two treated places are too few to draw other choices of places.")


def _cells(counts: tuple[tuple[int, int], ...]) -> Cells:
    treated, comparison = (
        BeforeAfter(before=both[0], after=both[1], before_days=730, after_days=731)
        for both in counts[:2]
    )
    return Cells(
        treated=treated,
        comparison=comparison,
        before=BEFORE,
        after=AFTER,
        treated_places=2,
        comparison_places=3,
    )


def _months(counts: tuple[tuple[int, int], ...]) -> pd.DataFrame:
    """Spread the counts over the months, more in winter, so that they add up."""
    chance = np.random.default_rng(20020724)
    season = 1 + 0.2 * np.cos(2 * np.pi * np.arange(24) / 12)
    parts = []
    for group, both in zip(("treated", "comparison"), counts[:2], strict=True):
        numbers = np.concatenate(
            [chance.multinomial(number, season / season.sum()) for number in both]
        )
        parts.append(pd.DataFrame({"group": group, "period": _MONTHS, "incidents": numbers}))
    return pd.concat(parts, ignore_index=True)


def _ring_counts(counts: tuple[tuple[int, int], ...]) -> pd.DataFrame:
    rows = [
        (group, 0, np.nan, np.nan, when, number)
        for group, both in zip(("treated", "comparison"), counts[:2], strict=True)
        for when, number in zip(("before", "after"), both, strict=True)
    ]
    rows += [
        (group, ring, 100.0 * (ring - 1), 100.0 * ring, when, number)
        for ring, groups in _RINGS.items()
        for group, both in zip(("treated", "comparison"), groups, strict=True)
        for when, number in zip(("before", "after"), both, strict=True)
    ]
    columns = ["group", "ring", "inner_m", "outer_m", "when", "incidents"]
    return pd.DataFrame(rows, columns=columns)


def _kind_counts(kinds: Mapping[str, tuple[tuple[int, int], ...]]) -> pd.DataFrame:
    groups = (("treated", 0), ("comparison", 0), ("treated", 1), ("comparison", 1))
    return pd.DataFrame(
        [
            (group, ring, when, kind, number)
            for kind, counts in kinds.items()
            for (group, ring), both in zip(groups, counts, strict=True)
            for when, number in zip(("before", "after"), both, strict=True)
        ],
        columns=["group", "ring", "when", "kind", "incidents"],
    )


def _design(spec: EvaluationSpec) -> Any:
    return describe_design(
        DesignFacts(
            chosen=spec.places.chosen,
            arrival=Arrival.ONE_DATE,
            treated_places=2,
            comparison_places=3,
            periods_before=24,
            periods_after=24,
            incidents_per_period=5.0,
            other_changes=spec.times.other_changes,
            rings=3,
        ),
        expected_fall=spec.primary.least_effect,
    )


def _plan(spec: EvaluationSpec) -> PlanCheck:
    record = plan_of(spec, made_on=date(2022, 11, 1))
    changed = PlanChange(key="rings_m", planned="150, 150", done="100, 100, 100")
    return PlanCheck(record=record, changes=(changed,), is_late=False)


def _register() -> Any:
    return unintended_effects(
        {
            UnintendedEffect.FREE_ACCESS: Found(
                what="A path to the school is locked at night", how="Walk with residents"
            ),
            UnintendedEffect.FEAR: NotFound(how="Resident survey, 400 answers before and after"),
        }
    )


def _costs(primary: OutcomeFindings) -> Any:
    assert not isinstance(primary.comparison, Unanswered)
    given = example_of_gates()
    outcome: PricedOutcome = given["outcomes"]
    priced = replace(
        outcome,
        estimate=primary.comparison.difference,
        period_years=2.0,
    )
    return weigh_costs_and_benefits(**{**given, "outcomes": priced}, draws=2000)
