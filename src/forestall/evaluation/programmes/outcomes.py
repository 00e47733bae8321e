"""This file knows how the effect on one outcome is estimated in every way that its places admit."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import Unanswered
from forestall.errors import CannotAnswer
from forestall.evaluation.before_after import BeforeAfterComparison, compare_before_after
from forestall.evaluation.displacement import assess_displacement
from forestall.evaluation.displacement_by_kind import assess_displacement_by_kind
from forestall.evaluation.extra_variance import estimate_extra_variance
from forestall.evaluation.group_counts import cells_with_surroundings
from forestall.evaluation.interrupted_series import InterruptedSeries, estimate_interrupted_series
from forestall.evaluation.place_permutation import PlacePermutation, permute_places
from forestall.evaluation.programmes.counted import count_places
from forestall.evaluation.programmes.found import Method, OutcomeFindings, Specification
from forestall.evaluation.programmes.other_ways import answered, in_other_ways, ratio_of
from forestall.evaluation.ring_counts import NOT_KNOWN, count_in_rings
from forestall.languages import message
from forestall.records import Counts, periods_between

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.estimates.effects import LogRatio
    from forestall.estimates.estimates import Estimate, Span
    from forestall.evaluation.cells import BeforeAfter, Cells
    from forestall.evaluation.displacement import Displacement
    from forestall.evaluation.displacement_by_kind import DisplacementByKind
    from forestall.evaluation.extra_variance import ExtraVariance
    from forestall.evaluation.programmes.counted import Counted, Ground
    from forestall.evaluation.specification import EvaluationSpec, Outcome
    from forestall.records import Incidents
    from forestall.results import Result

KINDS = ("offence", "weekday", "time_of_day")
_SEED = 20020724


def find_outcome(
    spec: EvaluationSpec, outcome: Outcome, incidents: Incidents, ground: Ground
) -> OutcomeFindings:
    """Estimate the effect on one outcome: as planned first, then in other ways beside it."""
    kept = incidents.filter(offences=outcome.offences) if outcome.offences else incidents
    counted = count_places(kept, ground, spec.places.column)
    _check_covered(counted, spec)
    work = _Work(spec, outcome, counted)
    rings = _ring_counts(spec, kept, ground)
    cells = counted.cells(spec)
    if rings is not None:
        cells = _with_surroundings(cells, rings)
    variance = _known(answered(work.variance))
    comparison = answered(lambda: work.comparison(cells, variance))
    series, permutation = answered(work.series), answered(work.permutation)
    others = in_other_ways(spec, outcome, counted)
    kind_counts = _kind_counts(spec, incidents, ground)
    return OutcomeFindings(
        outcome=outcome,
        cells=cells,
        months=counted.by_group(),
        variance=variance,
        comparison=comparison,
        series=series,
        permutation=permutation,
        others=others,
        displacement=_displacement(work, rings, variance),
        ring_counts=rings,
        by_kind={
            kind: answered(partial(work.by_kind, counts, kind, variance))
            for kind, counts in kind_counts.items()
        },
        kind_counts=kind_counts,
        specifications=_specifications(comparison, series, permutation, others),
    )


class _Work:
    def __init__(self, spec: EvaluationSpec, outcome: Outcome, counted: Counted) -> None:
        self._spec, self._outcome, self._counted = spec, outcome, counted

    def variance(self) -> ExtraVariance:
        months = self._counted.by_group().rename(columns={"group": "place"})
        when = np.select(
            [np.tile(self._counted.within(span), 2) for span in self._spans],
            ["before", "after"],
            "",
        )
        return estimate_extra_variance(months.assign(when=when)[when != ""])

    def comparison(self, cells: Cells, variance: ExtraVariance | None) -> BeforeAfterComparison:
        return compare_before_after(
            cells,
            outcome=self._outcome.name,
            repeated=variance,
            chosen=self._spec.places.chosen,
        )

    def series(self) -> InterruptedSeries:
        done, times = self._spec.intervention, self._spec.times
        rows = self._counted.by_group()
        last = min(self._counted.months[-1], pd.Timestamp(times.after.last))
        treated = rows[(rows["group"] == "treated") & (rows["period"] <= last)]
        months = periods_between(
            self._counted.months[0], last + pd.offsets.MonthEnd(0), unit="month"
        )
        return estimate_interrupted_series(
            Counts.from_frame(treated[["period", "incidents"]], periods=months),
            outcome=self._outcome.name,
            since=done.since,
            lag_months=done.lag_months,
            settling_months=done.settling_months,
            other_changes=tuple(change.on for change in times.other_changes),
        )

    def permutation(self) -> PlacePermutation:
        before, after = (self._counted.within(span) for span in self._spans)
        return permute_places(
            pd.DataFrame(
                {
                    "place": [*self._counted.ground.treated, *self._counted.ground.comparison],
                    "treated": self._counted.is_treated,
                    "before": self._counted.matrix[:, before].sum(axis=1).astype(int),
                    "after": self._counted.matrix[:, after].sum(axis=1).astype(int),
                }
            ),
            outcome=self._outcome.name,
            chosen=self._spec.places.chosen,
            seed=_SEED,
        )

    def displacement(self, rings: pd.DataFrame, variance: ExtraVariance | None) -> Displacement:
        return assess_displacement(
            rings,
            outcome=self._outcome.name,
            repeated=variance,
            chosen=self._spec.places.chosen,
            before=self._spec.times.before,
            after=self._spec.times.after,
        )

    def by_kind(
        self, counts: pd.DataFrame, kind: str, variance: ExtraVariance | None
    ) -> DisplacementByKind:
        kinds = set(counts["kind"])
        if kinds <= {NOT_KNOWN}:
            raise CannotAnswer(_NOT_RECORDED)
        if len(kinds) < 2:
            raise CannotAnswer(_ONE_KIND)
        aims = self._outcome.offences if kind == "offence" else ()
        return assess_displacement_by_kind(
            counts,
            outcome=self._outcome.name,
            aimed_at=[one for one in aims if one in kinds],
            repeated=variance,
        )

    @property
    def _spans(self) -> tuple[Span, Span]:
        return self._spec.times.before, self._spec.times.after


def _check_covered(counted: Counted, spec: EvaluationSpec) -> None:
    for words, span in (("before", spec.times.before), ("after", spec.times.after)):
        if not counted.within(span).any():
            raise CannotAnswer(
                f"The time {words} ({span.first} to {span.last}) holds no whole month that the "
                f"incidents cover; they cover {counted.months[0]:%Y-%m} to "
                f"{counted.months[-1]:%Y-%m}."
            )
        first, last = pd.Timestamp(span.first), pd.Timestamp(span.last)
        if first < counted.months[0] or last > counted.months[-1] + pd.offsets.MonthEnd(0):
            raise CannotAnswer(
                f"The time {words} runs from {span.first} to {span.last}, but whole months are "
                f"covered from {counted.months[0]:%Y-%m} to {counted.months[-1]:%Y-%m} only."
            )


def _known(found: ExtraVariance | Unanswered) -> ExtraVariance | None:
    return None if isinstance(found, Unanswered) else found


def _ring_counts(spec: EvaluationSpec, incidents: Incidents, ground: Ground) -> pd.DataFrame | None:
    if ground.rings is None:
        return None
    return count_in_rings(
        incidents, rings=ground.rings, before=spec.times.before, after=spec.times.after
    )


def _kind_counts(
    spec: EvaluationSpec, incidents: Incidents, ground: Ground
) -> Mapping[str, pd.DataFrame]:
    """Count every kind of incident in the rings, not only those that the outcome holds."""
    if ground.rings is None:
        return {}
    return {
        kind: count_in_rings(
            incidents,
            rings=ground.rings,
            before=spec.times.before,
            after=spec.times.after,
            by=kind,
        )
        for kind in KINDS
    }


def _with_surroundings(cells: Cells, rings: pd.DataFrame) -> Cells:
    around = cells_with_surroundings(rings)

    def as_long(group: BeforeAfter | None) -> BeforeAfter | None:
        if group is None:
            return None
        days = cells.treated
        return replace(group, before_days=days.before_days, after_days=days.after_days)

    return replace(
        cells,
        buffer=as_long(around.buffer),
        buffer_comparison=as_long(around.buffer_comparison),
    )


def _displacement(
    work: _Work, rings: pd.DataFrame | None, variance: ExtraVariance | None
) -> Displacement | Unanswered:
    if rings is None:
        return Unanswered(reason=_NO_RINGS)
    return answered(lambda: work.displacement(rings, variance))


def _specifications(
    comparison: BeforeAfterComparison | Unanswered,
    series: InterruptedSeries | Unanswered,
    permutation: PlacePermutation | Unanswered,
    others: Mapping[Method, Result | Unanswered],
) -> tuple[Specification, ...]:
    def of(method: Method, found: Estimate[LogRatio] | Unanswered) -> Specification:
        return Specification(method=method, found=found)

    return (
        of(
            Method.FOUR_COUNTS,
            comparison if isinstance(comparison, Unanswered) else comparison.ratio,
        ),
        of(
            Method.INTERRUPTED_SERIES,
            series if isinstance(series, Unanswered) else series.effect,
        ),
        of(
            Method.CHOICES_OF_PLACES,
            permutation if isinstance(permutation, Unanswered) else permutation.direct,
        ),
        *(of(method, ratio_of(found)) for method, found in others.items()),
    )


_NOT_RECORDED = message("The records do not say this, or not closely enough.")
_ONE_KIND = message("These incidents are of one kind only.")
_NO_RINGS = message("No rings were drawn, so that displacement was not looked for.")
