"""This file knows which other units of a panel could have had the measure, and how it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from forestall._stats.panel_scores import (
    CountedOutcomes,
    Lots,
    MeasuredOutcomes,
    Outcomes,
    information_of,
)
from forestall._stats.place_ratios import ratio_of_places_and_months
from forestall._stats.start_lots import other_starts
from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation.panels.fixed_effects import NO_FIT, Model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from forestall.evaluation.panels.panel import Panel

    IntArray = NDArray[np.int64]


class PanelLots(NamedTuple):
    """Lots of courses, and whether these are all there are."""

    lots: Lots
    exact: bool


def draw_panel_lots(
    panel: Panel, *, strata: Mapping[str, str] | None, draws: int, seed: int
) -> PanelLots:
    """Hand out anew, within each stratum, when the measure was in force.

    Raises
    ------
    InvalidRecords
        If places of one unit of assignment had the measure at different times or lie in several
        strata, or a place has no stratum.
    """
    units = pd.factorize(np.array(panel.clusters, dtype=object))[0].astype(np.int64)
    courses, of_place = np.unique(panel.treated, axis=0, return_inverse=True)
    of_unit = _of_units(panel, units, of_place.reshape(-1), "had the measure at different times")
    numbers = np.zeros(len(of_unit), dtype=np.int64)
    if strata is not None:
        without = [place for place in panel.places if place not in strata]
        if without:
            raise InvalidRecords(
                f"Every place has a stratum, but {len(without)} of {len(panel.places)} have none; "
                f"the first is {without[0]}."
            )
        named = [strata[place] for place in panel.places]
        of_place = pd.factorize(np.array(named, dtype=object), use_na_sentinel=False)[0]
        numbers = _of_units(panel, units, of_place, "lie in several strata")
    found = other_starts(of_unit, numbers, draws=draws, seed=seed)
    return PanelLots(Lots(courses=courses, drawn=found.starts, units=units), found.exact)


def _of_units(panel: Panel, units: IntArray, of_place: IntArray, wrong: str) -> IntArray:
    found = np.zeros(units.max() + 1, dtype=np.int64)
    found[units] = of_place
    unlike = np.flatnonzero(found[units] != of_place)
    if unlike.size:
        raise InvalidRecords(
            "Places of one unit of assignment share the lot, but some "
            f"{wrong}; the first unit is {panel.clusters[unlike[0]]}."
        )
    return found


class Reading(NamedTuple):
    """Outcomes ready to be held against lots, and the effect in them."""

    outcomes: Outcomes
    effect: float
    information: float


def read_outcomes(panel: Panel, model: Model) -> Reading:
    """Return the outcomes with the effect of the model, by the model's own equations.

    Weights and exposures act as in the model; where nobody counted, the weight is 0.

    Raises
    ------
    CannotAnswer
        If the model has no effect.
    """
    known = ~np.isnan(panel.outcome)
    exposure = _filled(panel.exposure, known)
    weights = _filled(panel.weights, known)
    outcome = np.where(known, panel.outcome, 0.0)
    outcomes: Any
    if model is Model.POISSON:
        counts, exposed = outcome * weights, exposure * weights
        ratio = ratio_of_places_and_months(counts, panel.treated, exposed)
        if ratio is None:
            raise CannotAnswer(NO_FIT)
        outcomes, effect = CountedOutcomes(counts, exposed, panel.treated), ratio.log
    else:
        shown = np.divide(outcome, exposure, out=np.zeros_like(outcome), where=known)
        outcomes = MeasuredOutcomes(shown, weights, panel.treated)
        effect = outcomes.effect
    return Reading(
        outcomes, effect, information_of(outcomes.without(effect).weights, panel.treated)
    )


def _filled(given: Any, known: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.where(known, 1.0 if given is None else given, 0.0)
