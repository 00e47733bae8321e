"""This file knows what a trial by lot found, analysed as it was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall import __version__
from forestall._stats.randomisation import FARTHEST_LOG, limits_by_turning, rank_p_value
from forestall._stats.regression import t_p_value
from forestall.estimates.effects import LogRatio
from forestall.estimates.estimates import Engine, ErrorKind, Estimate, Sample
from forestall.evaluation.could_be_seen import NOT_TOLD_ALONE, what_could_be_seen
from forestall.evaluation.place_months import read_place_months
from forestall.evaluation.trial_caveats import trial_caveats
from forestall.evaluation.trial_reading import TrialReading, read_parallel, read_wedge
from forestall.languages import Message, Sentences, message, say
from forestall.results import Interval, Result

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import altair as alt

    from forestall.evaluation.randomised_places import RandomisedPlaces
    from forestall.records import Counts

_LEVEL = 0.05
_LEVELS = (0.80, 0.95, 0.99)


@dataclass(frozen=True, eq=False, kw_only=True)
class TrialAnalysis(Result):
    """What a trial found, with every place counted where the lot put it.

    ``table`` has two rows, ``analysis`` "randomisation" and "clustered by place": ``ratio``,
    ``low_95``, ``high_95``, ``p_value`` (two-sided), ``standard_error`` (of the logarithm),
    ``places``.

    Attributes
    ----------
    effect
        Incidents with the measure over those without it; its p-value and intervals come from the
        lots that could have been drawn.
    by_place
        The same with standard errors clustered by place.
    attrition
        ``arm``, ``drawn``, ``analysed``: places by arm.
    lots, exact
        How many lots the effect was held against, and whether these are all there could be.
    least_p_value
        The smallest p-value (two-sided) that any of these lots could have given.
    """

    effect: Estimate[LogRatio]
    by_place: Estimate[LogRatio]
    attrition: pd.DataFrame
    lots: int
    exact: bool
    least_p_value: float

    def summary(self) -> str:
        """Return the effect in one plain sentence, and beside chance what could have been seen."""
        if not has_ends(self.effect.interval(0.95)):
            return say(
                "{outcome}: {effect}; {count} lots are too few for a 95 % interval; {certainty}.",
                outcome=self.effect.outcome,
                effect=self.effect.effect.in_words(),
                count=self.lots,
                certainty=self.effect.certainty.words,
            )
        told = self.effect.summary()
        # With too few lots no effect at all can be told from chance, which the caveats say.
        if self.effect.certainty in NOT_TOLD_ALONE and self.least_p_value <= _LEVEL:
            return str(Sentences((told, what_could_be_seen(self.by_place))))
        return told

    def plot(self) -> alt.LayerChart:
        """Return both analyses with their 95 % intervals."""
        from forestall._charts import interval_chart

        shown = pd.DataFrame(
            {
                "analysis": [say("by lots that could have been drawn"), say("clustered by place")],
                "low": self.table["low_95"],
                "ratio": self.table["ratio"],
                "high": self.table["high_95"],
            }
        )
        reach = float((shown[["low", "ratio", "high"]] - 1).abs().to_numpy().max())
        limit = min(max(np.ceil(reach * 5) / 5, 0.2), 1.0)
        return interval_chart(shown, label="analysis", limit=limit, title=say("fewer | more"))


def analyse_trial(
    trial: RandomisedPlaces,
    outcomes: pd.DataFrame | Counts,
    *,
    outcome: str,
    start: str | date | None = None,
    received: Iterable[str] | None = None,
    draws: int = 9_999,
    seed: int = 0,
) -> TrialAnalysis:
    """Analyse a trial as it was drawn, every place where the lot put it.

    The effect is the ratio of incidents after over before, treated against comparison; in a stepped
    wedge it is the fixed-effects Poisson ratio. It is held against the lots that could have been
    drawn by the same design (within blocks and pairs, and as balanced): all of them where they are
    few. Intervals hold the effects that this test does not turn down.

    Parameters
    ----------
    trial
        What `randomise_places` drew.
    outcomes
        Incidents by place and month, zeros included: ``place``, ``period``, ``incidents``; or
        counts by place and month. Without months before, the level after is compared.
    outcome
        What was counted.
    start
        Day on which the measure began; its first whole month counts. Not for a stepped wedge.
    received
        Places that in fact got the measure, if known. They are told, and change nothing else.
    draws, seed
        How many lots are drawn where not all are listed, and from which seed.

    Raises
    ------
    CannotAnswer
        If an arm has no places or incidents left.
    InvalidRecords
        If the incidents cannot be read.

    Examples
    --------
    >>> from forestall.evaluation import MatchedPairs, randomise_places
    >>> streets = pd.DataFrame({"place": list("ABCDEFGH"), "homes": [9, 9, 5, 5, 7, 7, 3, 3]})
    >>> drawn = randomise_places(streets, design=MatchedPairs(on=("homes",)), seed=7)
    >>> got = set(drawn.table.loc[drawn.table["arm"] == "treated", "place"])
    >>> found = analyse_trial(drawn, pd.DataFrame(
    ...     [(place, month, 10 if month < "2025-02" or place not in got else 6)
    ...      for place in "ABCDEFGH" for month in ("2025-01", "2025-02")],
    ...     columns=["place", "period", "incidents"]), outcome="burglary", start="2025-02-01")
    >>> round(found.effect.effect.ratio, 2), found.effect.p_value, found.lots, found.exact
    (0.6, 0.125, 16, True)
    """
    matrix = read_place_months(outcomes)
    if start is None:
        reading = read_wedge(trial, matrix, draws=draws, seed=seed)
    else:
        reading = read_parallel(trial, matrix, start=pd.Timestamp(start), draws=draws, seed=seed)
    intervals = _intervals(reading)
    caveats = trial_caveats(reading, trial, received=None if received is None else set(received))
    if not has_ends(intervals[_LEVELS.index(0.95)]):
        caveats = (*caveats, _NO_ENDS)
    effect = _by_lots(reading, outcome, intervals, caveats)
    by_place = _by_place(reading, outcome, caveats)
    return TrialAnalysis(
        table=pd.DataFrame(
            [_row("randomisation", effect, reading), _row("clustered by place", by_place, reading)]
        ),
        caveats=caveats,
        made_by=f"analyse_trial(trial={trial.fingerprint[:12]}, outcome={outcome!r}, "
        f"start={None if start is None else str(start)!r}, draws={draws}, seed={seed})",
        effect=effect,
        by_place=by_place,
        attrition=reading.attrition,
        lots=reading.lots,
        exact=reading.exact,
        least_p_value=reading.least_p_value,
    )


_NO_ENDS = message(
    "With so few lots the 95 % interval has no end; a thousandth and a thousandfold stand for its "
    "limits."
)
_ESTIMAND = message(
    "incidents in the places given the measure by lot over those expected without it"
)


def _intervals(reading: TrialReading) -> tuple[Interval, ...]:
    log = reading.ratio.log
    found = []
    for level in _LEVELS:
        low, high = limits_by_turning(reading.statistic, estimate=log, level=level)
        found.append(Interval(low=min(low, log), high=max(high, log), level=level))
    return tuple(found)


def has_ends(interval: Interval) -> bool:
    """Say whether an interval by lot ends; too few lots turn down no ratio, however far."""
    return interval.low > -FARTHEST_LOG and interval.high < FARTHEST_LOG


def _by_lots(
    reading: TrialReading,
    outcome: str,
    intervals: tuple[Interval, ...],
    caveats: tuple[Message, ...],
) -> Estimate[LogRatio]:
    statistics = reading.statistic.at(0.0)
    return Estimate(
        estimand=_ESTIMAND,
        outcome=outcome,
        effect=LogRatio(reading.ratio.log),
        standard_error=float(statistics.std()),
        error_kind=ErrorKind.PERMUTATION,
        p_value=rank_p_value(statistics),
        own_intervals=intervals,
        sample=_sample(reading),
        engine=Engine(
            method=f"randomisation inference, {reading.method}, {reading.lots} lots",
            software="forestall",
            version=__version__,
        ),
        caveats=caveats,
    )


def _by_place(
    reading: TrialReading, outcome: str, caveats: tuple[Message, ...]
) -> Estimate[LogRatio]:
    return Estimate(
        estimand=_ESTIMAND,
        outcome=outcome,
        effect=LogRatio(reading.ratio.log),
        standard_error=reading.ratio.error,
        error_kind=ErrorKind.CLUSTER,
        degrees_of_freedom=reading.freedom,
        p_value=t_p_value(
            reading.ratio.log, reading.ratio.error, degrees_of_freedom=reading.freedom
        ),
        sample=_sample(reading),
        engine=Engine(method=reading.method, software="forestall", version=__version__),
        caveats=caveats,
    )


def _sample(reading: TrialReading) -> Sample:
    return Sample(
        treated_places=reading.treated_places,
        comparison_places=reading.places - reading.treated_places,
        observations=reading.observations,
        incidents=reading.incidents,
    )


def _row(name: str, found: Estimate[LogRatio], reading: TrialReading) -> dict[str, object]:
    low, high = found.limits(0.95)
    return {
        "analysis": name,
        "ratio": found.effect.ratio,
        "low_95": low.ratio,
        "high_95": high.ratio,
        "p_value": found.p_value,
        "standard_error": found.standard_error,
        "places": reading.places,
    }
