"""This file knows the ways to estimate an effect from a panel of places, beside the planned one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pandas as pd

from forestall.diagnosis import Unanswered
from forestall.errors import CannotAnswer, ForestallError
from forestall.estimates.effects import LogRatio
from forestall.evaluation.panels import Panel, estimate_difference_in_differences
from forestall.evaluation.place_choice import PlaceChoice
from forestall.evaluation.programmes.found import Method
from forestall.evaluation.synthetic import (
    Equality,
    estimate_synthetic_control,
    estimate_with_matched_places,
    match_comparison_places,
)
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Callable

    from forestall.estimates.estimates import Estimate
    from forestall.evaluation.programmes.counted import Counted
    from forestall.evaluation.specification import EvaluationSpec, Outcome
    from forestall.results import Result

T = TypeVar("T")
_SEED = 20020724
# How many sums of months are matched: the more, the closer, if weights can do it.
_TOTALS = (8, 4, 2)


def answered(work: Callable[[], T]) -> T | Unanswered:
    """Return what was found, or the reason why there is no answer."""
    try:
        return work()
    except ForestallError as wrong:
        return Unanswered(reason=wrong.args[0])


def in_other_ways(
    spec: EvaluationSpec, outcome: Outcome, counted: Counted
) -> dict[Method, Result | Unanswered]:
    """Estimate the effect from the panel of places and months, in every way it admits."""
    panel = _panel(spec, outcome, counted)
    return {
        Method.PANEL: answered(lambda: estimate_difference_in_differences(panel)),
        Method.SYNTHETIC_CONTROL: answered(lambda: _synthetic(panel)),
        Method.MATCHED_PLACES: answered(lambda: _matched(panel, spec.places.chosen)),
    }


def ratio_of(found: Result | Unanswered) -> Estimate[LogRatio] | Unanswered:
    """Return the ratio that a result holds."""
    if isinstance(found, Unanswered):
        return found
    estimate = getattr(found, "effect", None)
    if estimate is None or not isinstance(estimate.effect, LogRatio):
        return Unanswered(reason=_NO_RATIO)
    return estimate  # type: ignore[no-any-return]


def _panel(spec: EvaluationSpec, outcome: Outcome, counted: Counted) -> Panel:
    """Return the months of both times; what lies between them is left out."""
    months = counted.within(spec.times.before) | counted.within(spec.times.after)
    periods = counted.months[months]
    after = np.asarray(periods >= pd.Timestamp(spec.times.after.first))
    return Panel(
        places=(*counted.ground.treated, *counted.ground.comparison),
        periods=periods,
        outcome=counted.matrix[:, months],
        treated=counted.is_treated[:, None] & after[None, :],
        outcome_name=outcome.name,
    )


def _synthetic(panel: Panel) -> Result:
    if panel.treated.any(axis=1).sum() > 1:
        raise CannotAnswer(_ONE_PLACE)
    return estimate_synthetic_control(panel)


def _matched(panel: Panel, chosen: PlaceChoice) -> Result:
    """Match on sums of months before, as many as weights can make equal or nearly so."""
    if chosen is PlaceChoice.RECENT_COUNTS:
        raise CannotAnswer(_AT_A_PEAK)
    for totals in _TOTALS:
        for equality in Equality:
            lots, together = _in_lots(panel, totals)
            with suppress(CannotAnswer):
                matched = match_comparison_places(
                    lots, periods_together=together, equality=equality
                )
                return estimate_with_matched_places(matched, seed=_SEED)
    raise CannotAnswer(_NO_MATCH)


def _in_lots(panel: Panel, totals: int) -> tuple[Panel, int]:
    """Return the panel with so many lots of months before, and the months of each."""
    before = int((~panel.treated.any(axis=0)).sum())
    together = -(-before // totals)
    first = before % together if before >= together else 0
    lots = replace(
        panel,
        periods=panel.periods[first:],
        outcome=panel.outcome[:, first:],
        treated=panel.treated[:, first:],
    )
    return lots, together


_ONE_PLACE = message("A synthetic control stands for one treated place, and there are several.")
_AT_A_PEAK = message(
    "Places chosen for many recent incidents would be matched to others at a peak of their own."
)
_NO_MATCH = message(
    "No mixture of comparison places is like the treated places before the measure."
)
_NO_RATIO = message("This method gives no ratio here.")
