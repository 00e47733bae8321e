"""This file knows whether incidents moved nearby, or benefits spread there, ring by ring."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.four_cells import weighted_slope, without_zeros
from forestall.errors import CannotAnswer
from forestall.estimates.effects import LogRatio
from forestall.estimates.estimates import Estimate, Sample
from forestall.evaluation.at_variance import (
    at_variances,
    headline,
    scale_limit,
    variances_side_by_side,
)
from forestall.evaluation.before_after_caveats import caveats_of_counts
from forestall.evaluation.group_counts import (
    cells_of,
    cells_with_surroundings,
    check_group_counts,
    has_own_comparison,
    rings_around,
)
from forestall.evaluation.group_ratios import PLACES_AS_COMPARISON, ratio_of, ratio_row, ratios_of
from forestall.evaluation.place_choice import PlaceChoice
from forestall.evaluation.total_net_effect import TotalNetEffect, estimate_total_net_effect
from forestall.languages import Decimal, Message, Sentences, message, say
from forestall.results import Certainty, Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt

    from forestall.estimates.estimates import Span
    from forestall.evaluation.at_variance import AtVariance
    from forestall.evaluation.extra_variance import ExtraVariance

_LEAST_RINGS = 3
_PER_M = 100.0
_SURE = (Certainty.CLEAR, Certainty.PROBABLE)


@dataclass(frozen=True, eq=False, kw_only=True)
class Displacement(Result):
    """The change in treated places and in each ring around them, against the comparison.

    ``table`` has a row for the places (ring 0) and for each ring: ``ring``, ``inner_m``,
    ``outer_m`` (missing if not given), ``before``, ``after``, ``expected``, ``difference`` (below 0
    is fewer), ``ratio``, ``low``, ``high`` (95 %, at the variance that is told), ``p_value``
    (two-sided), ``detectable`` (the smallest fall found four times in five, as a share),
    ``certainty``.

    Attributes
    ----------
    profile
        Ring to its ratio at each variance of the counts.
    net
        The treated places and all rings together.
    trend
        How the ratio changes with each 100 m farther away; None with fewer than three rings.
    """

    profile: Mapping[int, tuple[AtVariance[LogRatio], ...]]
    net: TotalNetEffect
    trend: Estimate[LogRatio] | None

    def summary(self) -> str:
        """Return the net effect, what happened around the places, and how it goes with distance."""
        said: list[str | Message] = [self.net.summary(), self.around_in_words()]
        if self.trend is not None:
            said.append(self.trend_in_words())
        return str(Sentences(tuple(said)))

    def around_in_words(self) -> Message:
        """Say whether incidents moved around the places, or fewer were recorded there too."""
        told = headline(self.net.around)
        number = Decimal(abs(told.estimate.effect.number), 0)
        certainty = told.estimate.certainty
        if certainty in _SURE:
            text = _MOVED if told.estimate.effect.number > 0 else _SPREAD
            return message(text, number=number, certainty=certainty.words)
        return message(_UNKNOWN, detectable=Decimal(told.detectable, 0))

    def trend_in_words(self) -> Message:
        """Say how the change goes with the distance from the places."""
        if self.trend is None:
            return _NO_TREND
        if self.trend.certainty not in _SURE:
            return _NO_SURE_TREND
        rises = self.trend.effect.number > 0
        return message(_RISES if rises else _FALLS, certainty=self.trend.certainty.words)

    def plot(self) -> alt.LayerChart:
        """Return the ratio of each ring with its 95 % interval."""
        from forestall._charts import interval_chart

        shown = self.table.assign(where=[_name_of(row) for _, row in self.table.iterrows()])
        return interval_chart(
            shown, label="where", limit=scale_limit(shown), title=say("fewer | more")
        )


def assess_displacement(
    counts: pd.DataFrame,
    *,
    outcome: str,
    repeated: ExtraVariance | None = None,
    chosen: PlaceChoice = PlaceChoice.UNKNOWN,
    before: Span | None = None,
    after: Span | None = None,
) -> Displacement:
    """Assess whether incidents moved to the surroundings, or fewer were recorded there as well.

    Each ring is compared with the same ring of the comparison where it has incidents, else with the
    comparison places.

    Parameters
    ----------
    counts
        From `count_in_rings`, or any table with ``group`` ("treated" or "comparison"), ``ring`` (0
        for the places, 1 for the innermost), ``when`` ("before" or "after") and ``incidents``; with
        ``inner_m`` and ``outer_m`` there is a trend with distance.
    outcome
        What was counted.
    repeated, chosen
        As in `compare_before_after`.
    before, after
        The days of both times, kept in the record of each effect.

    Raises
    ------
    InvalidRecords
        If a column is missing or holds something else.
    CannotAnswer
        If there are no treated places, no ring or no comparison, or this has no incidents.

    Examples
    --------
    >>> rows = [("treated", 0, 200, 110), ("treated", 1, 180, 160), ("comparison", 0, 300, 310)]
    >>> counts = pd.DataFrame(
    ...     [(group, ring, when, number) for group, ring, *both in rows
    ...      for when, number in zip(("before", "after"), both)],
    ...     columns=["group", "ring", "when", "incidents"])
    >>> found = assess_displacement(counts, outcome="burglary")
    >>> found.table[["ring", "before", "after", "certainty"]].values.tolist()
    [[0, 200, 110, 'clear'], [1, 180, 160, 'cannot be told from chance']]
    >>> str(found.around_in_words())
    'Whether incidents moved nearby cannot be told; a change of fewer than 95 incidents could go
     unseen.'
    """
    check_group_counts(counts)
    around = rings_around(counts)
    if not around:
        raise CannotAnswer("Displacement needs at least one ring around the treated places.")
    caveats = _caveats(counts, around, chosen, repeated)
    profile = {
        ring: ratios_of(
            cells_of(counts, [ring]),
            estimand=_IN_RING,
            outcome=outcome,
            repeated=repeated,
            caveats=caveats,
        )
        for ring in (0, *around)
    }
    return Displacement(
        table=pd.DataFrame([_row(counts, ring, profile[ring]) for ring in profile]),
        caveats=caveats,
        made_by=f"assess_displacement(outcome={outcome!r}, chosen={chosen.name})",
        profile=profile,
        net=estimate_total_net_effect(
            replace(cells_with_surroundings(counts), before=before, after=after),
            outcome=outcome,
            repeated=repeated,
            chosen=chosen,
        ),
        trend=_trend(counts, around, outcome, repeated),
    )


def _row(
    counts: pd.DataFrame, ring: int, found: tuple[AtVariance[LogRatio], ...]
) -> dict[str, object]:
    inner, outer = _distances(counts, ring)
    return {
        "ring": ring,
        "inner_m": inner,
        "outer_m": outer,
        **ratio_row(cells_of(counts, [ring]), found),
    }


def _distances(counts: pd.DataFrame, ring: int) -> tuple[float, float]:
    if not {"inner_m", "outer_m"} <= set(counts.columns):
        return math.nan, math.nan
    rows = counts[(counts["group"] == "treated") & (counts["ring"] == ring)]
    return float(rows["inner_m"].iloc[0]), float(rows["outer_m"].iloc[0])


def _trend(
    counts: pd.DataFrame, around: list[int], outcome: str, repeated: ExtraVariance | None
) -> Estimate[LogRatio] | None:
    """Fit a line to the logarithms of the rings' own changes, weighted by their precision.

    Where all rings share one comparison, its change and its error lie in the intercept alone.
    """
    middles = np.array([np.mean(_distances(counts, ring)) for ring in around]) / _PER_M
    if len(around) < _LEAST_RINGS or not np.isfinite(middles).all():
        return None
    cells = [cells_of(counts, [ring]) for ring in around]
    shared = len({(one.comparison.before, one.comparison.after) for one in cells}) == 1
    fitted = [ratio_of(one) for one in cells]
    numbers = np.array([number for number, _ in fitted])
    spreads = np.array([variance for _, variance in fitted])
    if shared:
        four = np.array([without_zeros(one.counts()[:4]) for one in cells])
        spreads = (1 / four[:, :2]).sum(axis=1)
    slope = weighted_slope(middles, numbers, spreads)
    told = headline(
        at_variances(
            LogRatio(float(slope.number)),
            poisson_variance=float(slope.variance),
            variances=variances_side_by_side(repeated),
            estimand=_PER_100_M,
            outcome=outcome,
            sample=Sample(treated_places=1, comparison_places=1, observations=2 * len(around) + 2),
            method="weighted line through the rings",
        )
    )
    return told.estimate


def _caveats(
    counts: pd.DataFrame,
    around: list[int],
    chosen: PlaceChoice,
    repeated: ExtraVariance | None,
) -> tuple[Message, ...]:
    cells = cells_with_surroundings(counts)
    found = [_SAME_SHARE]
    if not all(has_own_comparison(counts, [ring]) for ring in around):
        found.append(PLACES_AS_COMPARISON)
    if len(around) > 1:
        found.append(_SEVERAL_RINGS)
    found.append(_NOT_BEYOND)
    return (*found, *caveats_of_counts(cells, chosen=chosen, repeated=repeated))


def _name_of(row: pd.Series[float]) -> str:
    if row["ring"] == 0:
        return say("treated places")
    if math.isnan(row["outer_m"]):
        return say("ring {number}", number=int(row["ring"]))
    return say("{inner} to {outer} m away", inner=int(row["inner_m"]), outer=int(row["outer_m"]))


_MOVED = (
    "Around the places, {number} more incidents were recorded than expected; {certainty}. Some may "
    "have moved there."
)
_SPREAD = (
    "Around the places, {number} fewer incidents were recorded than expected; {certainty}. The "
    "benefit may have spread."
)
_UNKNOWN = (
    "Whether incidents moved nearby cannot be told; a change of fewer than {detectable} incidents "
    "could go unseen."
)
_NO_TREND = message("A trend with distance needs at least three rings.")
_NO_SURE_TREND = message("No trend with distance can be told from chance.")
_RISES = (
    "The farther from the places, the more incidents there were against expectation; {certainty}."
)
_FALLS = (
    "The farther from the places, the fewer incidents there were against expectation; {certainty}."
)
_IN_RING = message("incidents in a ring over those expected from the comparison")
_PER_100_M = message("change of the ratio with each 100 m farther from the treated places")
_SAME_SHARE = message(
    "Without the measure, each ring is supposed to have changed by the same share as the "
    "comparison."
)
_SEVERAL_RINGS = message(
    "Several rings were looked at; about one in twenty would look probable by chance alone."
)
_NOT_BEYOND = message(
    "Incidents that moved beyond the rings, to other kinds or to other times are not in these "
    "counts."
)
