"""This file knows the effect in places beside matched ones, and how rare it is in other areas.

Source: Robbins, Saunders & Kilmer (2017), Journal of the American Statistical Association 112, for
placebo areas that are matched anew; Deville & Särndal (1992), Journal of the American Statistical
Association 87, for the error of calibrated totals.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall import __version__
from forestall._stats.calibration import calibrate
from forestall._stats.placebo import rank_among_placebos
from forestall.errors import CannotAnswer
from forestall.estimates.estimates import Engine
from forestall.evaluation.synthetic.expected_effects import (
    FEW_INCIDENTS,
    against_placebos,
    check_enough,
)
from forestall.evaluation.synthetic.matched_places import (
    effective_places,
    is_equal,
    least_effective_places,
)
from forestall.languages import Decimal, Message, Share, message, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import NDArray

    from forestall._stats.placebo import AmongPlacebos
    from forestall.estimates.effects import CountDifference, LogRatio
    from forestall.estimates.estimates import Estimate
    from forestall.evaluation.synthetic.matched_places import MatchedPlaces

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

_LEAST_PLACEBOS, _MANY_LOST, _CELLS_AT_ONCE = 19, 0.05, 2_000_000


@dataclass(frozen=True, eq=False, kw_only=True)
class MatchedEffect(Result):
    """The effect in treated places beside matched ones.

    ``table`` has one row per period: ``period``, ``recorded`` (in the treated places), ``expected``
    (in the weighted places), ``gap``, ``after``.

    Attributes
    ----------
    effect
        Recorded over expected, over all periods with the measure.
    difference
        Incidents recorded less expected.
    linear_error
        Standard error of the difference, without effect, from how the comparison places scatter
        around their totals before; the error in use is this times that of the placebo areas.
    placebos
        ``ratio`` and ``standard_difference`` (in units of the linear error) of each placebo area.
    unmatched
        How many placebo areas no weights could match; they are left out.
    """

    effect: Estimate[LogRatio]
    difference: Estimate[CountDifference]
    linear_error: float
    placebos: pd.DataFrame
    unmatched: int

    def summary(self) -> str:
        """Return the effect in one plain sentence."""
        return self.effect.summary()

    def plot(self) -> alt.LayerChart:
        """Return what was recorded and what the weighted places let expect."""
        from forestall._charts import path_chart

        return path_chart(
            self.table,
            titles={"recorded": say("recorded"), "expected": say("expected without the measure")},
        )


def estimate_with_matched_places(
    matched: MatchedPlaces, *, draws: int = 999, seed: int
) -> MatchedEffect:
    """Estimate an effect in treated places from matched comparison places.

    Placebo areas of as many comparison places are drawn at random and matched anew from the rest.
    The p-value is the rank of the standardised difference among theirs, both sides, the real one
    counted; intervals turn this test around.

    Parameters
    ----------
    matched
        From `match_comparison_places`.
    draws
        How many placebo areas to draw; if there are no more than these, all are used.
    seed
        Of the draws.

    Raises
    ------
    CannotAnswer
        If there are too few incidents, or fewer than 19 placebo areas that can be matched.

    Examples
    --------
    >>> from forestall.evaluation.synthetic import match_comparison_places
    >>> from forestall.evaluation.synthetic.example import example_panel
    >>> matched = match_comparison_places(example_panel(treated=8, places=200), periods_together=3)
    >>> found = estimate_with_matched_places(matched, seed=1)
    >>> round(found.effect.effect.ratio, 2), found.effect.p_value
    (0.62, 0.001)
    """
    roles = matched.roles
    outcomes = roles.panel.outcome
    weights = matched.weights["weight"].to_numpy()
    recorded = outcomes[roles.treated].sum(axis=0)
    expected = weights @ outcomes[roles.comparison]
    sums = float(recorded[roles.after].sum()), float(expected[roles.after].sum())
    check_enough(*sums, is_counted=True)
    own = _Area(weights[None], np.array([sums[0]]))
    pool = _Pool(matched)
    linear = float(pool.linear_errors(own)[0])
    placebos, unmatched = pool.placebos(_sets(matched, draws, seed))
    among = rank_among_placebos(
        (sums[0] - sums[1]) / linear, placebos["standard_difference"].to_numpy()
    )
    against = against_placebos(
        *sums,
        among=among,
        unit=linear,
        placebos=len(placebos),
        cells=roles.periods_after * len(roles.treated),
    )
    rows = np.r_[roles.treated, roles.comparison]
    parts = (roles.panel, roles.sample(incidents=float(outcomes[rows].sum())), _ENGINE)
    return MatchedEffect(
        table=_period_table(matched, recorded, expected),
        caveats=_caveats(matched, among, sums, (len(placebos), unmatched)),
        made_by=f"estimate_with_matched_places({matched.made_by}, draws={draws}, seed={seed})",
        effect=against.ratio(*parts),
        difference=against.incidents(*parts),
        linear_error=linear,
        placebos=placebos,
        unmatched=unmatched,
    )


@dataclass(frozen=True, eq=False)
class _Area:
    """Weights of comparison places (a row for each area), and what each area recorded after."""

    weights: FloatArray
    recorded: FloatArray


class _Pool:
    """The comparison places, from which placebo areas and their comparisons come."""

    def __init__(self, matched: MatchedPlaces) -> None:
        roles = matched.roles
        self.columns = matched.totals.of(roles.comparison)
        self.after = roles.panel.outcome[roles.comparison][:, roles.after].sum(axis=1)
        self.size, self.give = len(roles.treated), matched.equality.give
        spread = self.columns.std(axis=0)
        standard = (self.columns - self.columns.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
        self.design = np.column_stack([np.ones(len(standard)), standard])
        self.upper = np.triu_indices(self.design.shape[1])
        self.products = self.design[:, self.upper[0]] * self.design[:, self.upper[1]]

    def linear_errors(self, areas: _Area) -> FloatArray:
        """Return the error of recorded less expected of each area, were there no effect.

        Outcomes after are regressed on the totals, with the weights. What is left over in the
        weighted places (W) tells how the sum of so many places would vary that are like the
        treated ones, and how the weighted sum does: by ``sum w e²`` and ``sum w² e²``.
        """
        width = self.design.shape[1]
        cross = np.empty((len(areas.weights), width, width))
        flat = areas.weights @ self.products
        cross[:, self.upper[0], self.upper[1]] = flat
        cross[:, self.upper[1], self.upper[0]] = flat
        cross += 1e-9 * self.size * np.eye(width)
        sums = areas.weights @ (self.design * self.after[:, None])
        slopes = np.linalg.solve(cross, sums[:, :, None])[:, :, 0]
        left = self.after - slopes @ self.design.T
        variance = (areas.weights * (1 + areas.weights) * left**2).sum(axis=1)
        # One incident's worth, where what is left over happens to be nothing.
        return np.asarray(np.sqrt(np.maximum(variance, 1.0)))

    def placebos(self, sets: IntArray) -> tuple[pd.DataFrame, int]:
        """Match each set of places from the others; return them and how many could not be."""
        lots = np.array_split(sets, -(-len(sets) * len(self.columns) // _CELLS_AT_ONCE))
        found = [self._placebos(one) for one in lots if len(one)]
        table = pd.concat([one for one, _ in found], ignore_index=True)
        return table, sum(lost for _, lost in found)

    def _placebos(self, sets: IntArray) -> tuple[pd.DataFrame, int]:
        open_to = np.ones((len(sets), len(self.columns)), dtype=bool)
        open_to[np.arange(len(sets))[:, None], sets] = False
        aims = self.columns[sets].sum(axis=1)
        found = calibrate(self.columns, aims, size=self.size, open_to=open_to, give=self.give)
        # Placebo areas are held to what is asked of the treated places.
        least = least_effective_places(self.columns.shape[1], self.size)
        solved = is_equal(found, self.columns, aims, size=self.size)
        solved &= effective_places(found.weights) >= least
        area = _Area(found.weights[solved], self.after[sets[solved]].sum(axis=1))
        expected = area.weights @ self.after
        standard = (area.recorded - expected) / self.linear_errors(area)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(expected > 0, area.recorded / expected, np.nan)
        table = pd.DataFrame({"ratio": ratio, "standard_difference": standard})
        return table, int((~solved).sum())


def _sets(matched: MatchedPlaces, draws: int, seed: int) -> IntArray:
    """Return sets of comparison places, as many in each as there are treated places."""
    places, size = len(matched.weights), len(matched.roles.treated)
    if places < 2 * size:
        raise CannotAnswer(
            f"Placebo areas of {size} places need at least {2 * size} comparison places, but there "
            f"are {places}."
        )
    if comb(places, size) <= draws:
        return np.array(list(itertools.combinations(range(places), size)), dtype=np.int64)
    generator = np.random.default_rng(seed)
    return np.stack([generator.choice(places, size, replace=False) for _ in range(draws)])


def _period_table(
    matched: MatchedPlaces, recorded: FloatArray, expected: FloatArray
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": matched.roles.panel.periods,
            "recorded": recorded,
            "expected": expected,
            "gap": recorded - expected,
            "after": np.arange(len(recorded)) >= matched.roles.first,
        }
    )


def _caveats(
    matched: MatchedPlaces,
    among: AmongPlacebos,
    sums: tuple[float, float],
    areas: tuple[int, int],
) -> tuple[Message, ...]:
    used, lost = areas
    if used < _LEAST_PLACEBOS:
        raise CannotAnswer(
            f"At least {_LEAST_PLACEBOS} placebo areas must be matched, but {used} could be; use "
            "equality=Equality.NEAR, or more periods_together."
        )
    said = [*matched.caveats, message(_PLACEBOS, count=used, least=Decimal(1 / (used + 1), 3))]
    said.append(message(_SCATTERED))
    if lost > _MANY_LOST * (used + lost):
        said.append(message(_LOST, share=Share(lost / (used + lost))))
    if not among.by_rank[2]:
        said.append(message(_NO_99))
    if min(sums) < FEW_INCIDENTS:
        said.append(message(_FEW, most=FEW_INCIDENTS))
    return tuple(said)


_ENGINE = Engine(
    method="matched places by entropy, permutation of areas",
    software="forestall",
    version=__version__,
)
_PLACEBOS = (
    "The effect is ranked among {count} placebo areas, so that no p-value can be below {least}."
)
_SCATTERED = (
    "Placebo areas are scattered places; neighbouring treated places share more chance, and the "
    "effect is then less sure than it looks."
)
_LOST = (
    "{share} of placebo areas could not be matched and are left out; the treated places are ranked "
    "among the others only."
)
_NO_99 = (
    "For a 99 % interval 99 placebo areas are needed; this one supposes that differences without "
    "an effect are bell-shaped."
)
_FEW = (
    "Fewer than {most} incidents were recorded or expected with the measure; chance alone moves "
    "such numbers much."
)
