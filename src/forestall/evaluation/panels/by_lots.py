"""This file knows how rare the effect in a panel is when other places might have been treated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from forestall import __version__
from forestall._stats.panel_scores import PanelScores
from forestall._stats.randomisation import FARTHEST_LOG, limits_by_turning, rank_p_value
from forestall.errors import CannotAnswer
from forestall.estimates.estimates import Engine, ErrorKind, Estimate, Sample
from forestall.evaluation.panels.differences import effect_of, rows_compared, usual_model
from forestall.evaluation.panels.fixed_effects import Model
from forestall.evaluation.panels.panel import Measure
from forestall.evaluation.panels.panel_lots import PanelLots, draw_panel_lots, read_outcomes
from forestall.evaluation.place_choice import PlaceChoice
from forestall.evaluation.place_permutation import (
    COARSE,
    LEAST_ASSIGNMENTS,
    NEEDS_STRATA,
    NOT_BY_LOT,
    TOO_FEW,
)
from forestall.languages import Message, message, say, say_plural
from forestall.results import Interval, Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt
    from numpy.typing import NDArray

    from forestall.evaluation.panels.panel import Panel
    from forestall.evaluation.panels.panel_lots import Reading

_LEVELS, _BINS = (0.80, 0.95, 0.99), 40
# With several starts a look costs tens of times more; so many lots bear the limits well enough.
_LOTS_OF_SEVERAL_STARTS = 2_000
# Limits of differences are looked for so many standard deviations away, at the most.
_FARTHEST_ERRORS = 20.0


@dataclass(frozen=True, eq=False, kw_only=True)
class PanelByLots(Result):
    """The effect in a panel among those that other lots would have given.

    ``table`` shows how the statistic is spread over all lots, in stretches of equal length:
    ``low``, ``high`` (studentised scores; below 0 is fewer), ``lots``.

    Attributes
    ----------
    effect
        The difference in differences; its two-sided p-value and its intervals come from the lots.
    statistic
        The studentised score of the lot that was drawn.
    lots, exact
        How many lots there are, the drawn one included, and whether these are all there could be.
    model
        How the outcome is modelled.
    """

    effect: Estimate[Any]
    statistic: float
    lots: int
    exact: bool
    model: Model

    def summary(self) -> str:
        """Return the effect, and how many lots would have given as large a one."""
        assert self.effect.p_value is not None
        return say_plural(
            *_AS_FAR,
            round(self.effect.p_value * self.lots),
            every=self.lots,
            effect=self.effect.effect.in_words(),
        )

    def plot(self) -> alt.LayerChart:
        """Return the statistics of all lots, and that of the drawn one."""
        from forestall._charts import lots_chart

        return lots_chart(
            self.table, drawn=self.statistic, x_title=say("fewer | more"), y_title=say("lots")
        )


def assess_panel_by_lots(
    panel: Panel,
    *,
    chosen: PlaceChoice,
    strata: Mapping[str, str] | None = None,
    model: Model | None = None,
    draws: int = 9_999,
    seed: int,
) -> PanelByLots:
    """Hold the difference in differences against those of other lots.

    Each lot gives the places of the panel their times with the measure anew: as many places, the
    same starts. Units of assignment (``panel.groups``) stay together, and only units of one stratum
    change roles. If places were chosen by lot, the test is exact however few places there are and
    however outcomes depend on each other over time. The statistic is studentised by unit.

    Parameters
    ----------
    panel
        Places over periods, with exposure and weights where it has any.
    chosen
        How the treated places were chosen. Where not by lot, this is a comparison with placebos.
    strata
        Stratum, block or pair of each place, where the lot was drawn within these.
    model
        As in `estimate_difference_in_differences`; Poisson for counts and rates if None.
    draws
        How many lots to draw where there are more than these; else all are used.
    seed
        Of the draws.

    Raises
    ------
    CannotAnswer
        If fewer than 20 lots are possible, places chosen for many recent incidents would be
        shuffled without strata, the panel has covariates, or there is nothing to compare.
    InvalidRecords
        If places of one unit had the measure at different times, or a place has no stratum.

    Examples
    --------
    >>> from forestall.evaluation.panels import panel_from_frame
    >>> rows = [(place, year, 8 if place in "abcd" and year > 3 else 16 + "abcdefgh".index(place))
    ...     for place in "abcdefgh" for year in range(1, 7)]
    >>> frame = pd.DataFrame(rows, columns=["place", "year", "thefts"])
    >>> frame["since"] = frame["place"].isin(list("abcd")) * 4
    >>> found = assess_panel_by_lots(
    ...     panel_from_frame(frame, outcome="thefts", period="year", since="since"),
    ...     chosen=PlaceChoice.RANDOM, seed=1)
    >>> round(found.effect.effect.ratio, 2), round(found.effect.p_value, 4), found.lots
    (0.46, 0.0286, 70)
    """
    chosen_model = model or usual_model(panel)
    _check(panel, chosen, strata)
    rows_compared(panel, chosen_model)
    reading = read_outcomes(panel, chosen_model)
    drawn = draw_panel_lots(panel, strata=strata, draws=draws, seed=seed)
    every = len(drawn.lots.drawn)
    if every < LEAST_ASSIGNMENTS:
        raise CannotAnswer(message(TOO_FEW, least=LEAST_ASSIGNMENTS, found=every))
    held = _hold(reading, drawn, chosen_model)
    caveats = _caveats(panel, chosen, drawn, has_no_limit=held.has_no_limit)
    return PanelByLots(
        table=_bins(held.statistics),
        caveats=caveats,
        made_by=f"assess_panel_by_lots(chosen={chosen.name}, model={chosen_model.name}, "
        f"draws={draws}, seed={seed})",
        effect=_estimate(panel, chosen_model, held, caveats),
        statistic=float(held.statistics[0]),
        lots=every,
        exact=drawn.exact,
        model=chosen_model,
    )


def _check(panel: Panel, chosen: PlaceChoice, strata: Mapping[str, str] | None) -> None:
    if panel.covariates:
        raise CannotAnswer(_NO_COVARIATES)
    if chosen is PlaceChoice.RECENT_COUNTS and strata is None:
        raise CannotAnswer(NEEDS_STRATA)


class _Rescaled:
    """Differences in steps that fit the search for limits of logarithms, around the estimate."""

    def __init__(self, scores: PanelScores, centre: float, step: float) -> None:
        self._scores, self._centre, self._step = scores, centre, step

    def at(self, steps: float) -> NDArray[np.float64]:
        return self._scores.at(self._centre + steps * self._step)


class _Held(NamedTuple):
    """An effect held against lots; the error is on its scale."""

    effect: float
    error: float
    statistics: NDArray[np.float64]
    intervals: tuple[Interval, ...]
    has_no_limit: bool


def _hold(reading: Reading, drawn: PanelLots, model: Model) -> _Held:
    scores = PanelScores(reading.outcomes, drawn.lots)
    number = reading.effect
    error = scores.spread(number) / reading.information
    few = scores
    if len(drawn.lots.courses) > 2:
        first = drawn.lots._replace(drawn=drawn.lots.drawn[:_LOTS_OF_SEVERAL_STARTS])
        few = PanelScores(reading.outcomes, first)
    centre, step = 0.0, 1.0
    if model is not Model.POISSON:
        centre, step = number, max(error, 1e-12) * _FARTHEST_ERRORS / FARTHEST_LOG
    statistic, intervals, farthest = _Rescaled(few, centre, step), [], 0.0
    for level in _LEVELS:
        limits = limits_by_turning(statistic, estimate=(number - centre) / step, level=level)
        farthest = max(farthest, *(abs(limit) for limit in limits))
        low, high = (centre + step * limit for limit in limits)
        intervals.append(Interval(low=min(low, number), high=max(high, number), level=level))
    return _Held(number, error, scores.at(0.0), tuple(intervals), farthest >= FARTHEST_LOG)


def _estimate(
    panel: Panel, model: Model, held: _Held, caveats: tuple[Message, ...]
) -> Estimate[Any]:
    effect, estimand = effect_of(panel, model, held.effect)
    treated = int(panel.treated.any(axis=1).sum())
    return Estimate(
        estimand=estimand,
        outcome=panel.outcome_name,
        effect=effect,
        standard_error=held.error,
        error_kind=ErrorKind.PERMUTATION,
        p_value=rank_p_value(held.statistics),
        own_intervals=held.intervals,
        sample=Sample(
            treated_places=treated,
            comparison_places=len(panel.places) - treated,
            observations=int((~np.isnan(panel.outcome)).sum()),
            incidents=float(np.nansum(panel.outcome)) if panel.measure is Measure.COUNTS else None,
        ),
        engine=Engine(
            method=f"randomisation inference, {model.value}, {len(held.statistics)} lots",
            software="forestall",
            version=__version__,
        ),
        caveats=caveats,
    )


def _bins(statistics: NDArray[np.float64]) -> pd.DataFrame:
    lots, edges = np.histogram(statistics, bins=_BINS)
    return pd.DataFrame({"low": edges[:-1], "high": edges[1:], "lots": lots})


def _caveats(
    panel: Panel, chosen: PlaceChoice, drawn: PanelLots, *, has_no_limit: bool
) -> tuple[Message, ...]:
    found = [] if chosen is PlaceChoice.RANDOM else [NOT_BY_LOT]
    every = len(drawn.lots.drawn)
    if drawn.exact and every < 1000:
        found.append(message(COARSE, number=every))
    if has_no_limit:
        found.append(_NO_LIMIT)
    if np.isnan(panel.outcome).any():
        found.append(_MISSING)
    found.append(_ALIKE)
    return tuple(found)


_AS_FAR = (
    "{effect} in the treated places; {count} of {every} lots, the real one included, "
    "differs as much.",
    "{effect} in the treated places; {count} of {every} lots, the real one included, "
    "differ as much.",
)
_NO_COVARIATES = message(
    "Other lots are compared without covariates; leave the covariates out of the panel."
)
_NO_LIMIT = message(
    "There are too few lots for some of the limits; these are as far away as was looked."
)
_MISSING = message(
    "Some outcomes are not known; they are taken to be unknown whatever the lot had been."
)
_ALIKE = message("The interval supposes that the measure worked alike in all treated places.")
