"""This file knows mixtures of places that follow one place before a measure, and placebos of them.

Source: Abadie, Diamond & Hainmueller (2010), Journal of the American Statistical Association 105,
with the outcomes of all periods before as the only predictors, all of the same weight.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.simplex import simplex_weights
from forestall.evaluation.panels import Measure
from forestall.evaluation.panels.loading import load_library

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.evaluation.synthetic.roles import Roles

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

_POOR_FIT = "Pre-treatment fit is poor"


@dataclass(frozen=True, eq=False, kw_only=True)
class Series:
    """Outcomes of places on the scale of the first one, and the least variance of each.

    Attributes
    ----------
    outcomes
        The treated place in the first row, comparison places below; where there is exposure, what
        each would have had with the exposure of the treated place.
    least_variance
        Of one period by chance alone, of each place: the mean of a count. A closer fit is one to
        noise. 0 for rates.
    first
        Column of the first period with the measure.
    """

    outcomes: FloatArray
    least_variance: FloatArray
    first: int

    def up_to(self, column: int, *, first: int) -> Series:
        """Return earlier periods, as if the measure had come in another one."""
        return Series(
            outcomes=self.outcomes[:, :column], least_variance=self.least_variance, first=first
        )

    def without(self, row: int) -> Series:
        """Return the others without one place."""
        return Series(
            outcomes=np.delete(self.outcomes, row, axis=0),
            least_variance=np.delete(self.least_variance, row),
            first=self.first,
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class Gaps:
    """Recorded less mixture: of each place in turn (rows) over all periods.

    ``standard`` is the mean gap after, in units of the root mean square of the gaps before, or of
    the error of chance where that is larger.
    """

    gaps: FloatArray
    scale: FloatArray
    first: int

    @property
    def standard(self) -> FloatArray:
        """Return the mean gap after in units of the error before."""
        return np.asarray(self.gaps[:, self.first :].mean(axis=1) / self.scale)

    def squared(self) -> tuple[FloatArray, FloatArray]:
        """Return mean squared gaps before and after."""
        squares = self.gaps**2
        return squares[:, : self.first].mean(axis=1), squares[:, self.first :].mean(axis=1)


def read_series(roles: Roles) -> Series:
    """Lay out the one treated place and those it is compared with."""
    rows = np.r_[roles.treated, roles.comparison]
    panel = roles.panel
    outcomes = panel.outcome[rows]
    chance = outcomes
    if panel.exposure is not None:
        share = panel.exposure[rows[0]] / panel.exposure[rows]
        outcomes = outcomes * share
        chance = outcomes * share
    before = chance[:, : roles.first]
    # One more incident, so that a place without any has an error too.
    least = (before.sum(axis=1) + 1) / roles.first
    if panel.measure is not Measure.COUNTS:
        least = np.zeros(len(rows))
    return Series(outcomes=outcomes, least_variance=least, first=roles.first)


def weigh_donors(series: Series) -> FloatArray:
    """Return the weights of the comparison places, by diff-diff."""
    count, width = series.outcomes.shape
    rows = pd.DataFrame(
        {
            "place": np.repeat(np.arange(count), width),
            "period": np.tile(np.arange(width), count),
            "outcome": series.outcomes.ravel(),
        }
    )
    rows["treated"] = ((rows["place"] == 0) & (rows["period"] >= series.first)).astype(int)
    library = load_library("diff_diff")
    method = library.SyntheticControl(
        v_method="custom", custom_v=np.ones(series.first), standardize="none"
    )
    with warnings.catch_warnings():
        # The fit is measured and told of in our own words.
        warnings.filterwarnings("ignore", message=_POOR_FIT, category=UserWarning)
        found = method.fit(rows, "outcome", "treated", "place", "period")
    weights = np.zeros(count - 1)
    for place, weight in found.donor_weights.items():
        weights[int(place) - 1] = weight
    return np.asarray(weights / weights.sum())


def gaps_of_all(series: Series, weights: FloatArray | None = None) -> Gaps:
    """Return the gaps of every place against a mixture of all others.

    ``weights`` are those of the treated place, where they are known already.
    The treated place is among the others of a placebo, as Abadie, Diamond & Hainmueller have it, so
    that every place is dealt with alike.
    """
    before = series.outcomes[:, : series.first]
    gaps = np.empty_like(series.outcomes)
    for row in range(len(series.outcomes)):
        others = np.delete(np.arange(len(series.outcomes)), row)
        mixed = simplex_weights(before[row], before[others].T)
        if row == 0 and weights is not None:
            _check_as_near(before[row], before[others], weights, mixed)
            mixed = weights
        gaps[row] = series.outcomes[row] - mixed @ series.outcomes[others]
    least = np.maximum(series.least_variance, 1e-12 * (1 + (before**2).mean(axis=1)))
    variance = np.maximum((gaps[:, : series.first] ** 2).mean(axis=1), least)
    return Gaps(gaps=gaps, scale=np.sqrt(variance), first=series.first)


def _check_as_near(
    own: FloatArray, others: FloatArray, weights: FloatArray, mixed: FloatArray
) -> None:
    """Assert that two exact methods come equally near, though their weights may differ."""
    near, also = (float(np.linalg.norm(own - one @ others)) for one in (weights, mixed))
    assert abs(near - also) <= 1e-4 * (1 + np.linalg.norm(own)), "Two methods disagree."
