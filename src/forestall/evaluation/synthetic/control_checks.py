"""This file knows what a synthetic control finds at other dates, and without one of its donors.

Source: Abadie, Diamond & Hainmueller (2015), American Journal of Political Science 59.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.placebo import rank_among_placebos
from forestall._stats.simplex import simplex_weights
from forestall.evaluation.synthetic.mixtures import gaps_of_all

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.evaluation.synthetic.mixtures import Series
    from forestall.evaluation.synthetic.roles import Roles

    FloatArray = NDArray[np.float64]

_LEAST_BEFORE, _LEAST_AFTER, _MOST_DATES = 6, 3, 5


def dates_before(series: Series, roles: Roles) -> pd.DataFrame:
    """Return what is found at dates at which nothing was done: ``period``, ``ratio``, ``p_value``.

    Only periods before the measure are used; up to five dates of their later half, evenly spaced.
    """
    earliest = max(_LEAST_BEFORE, series.first // 2)
    dates = np.arange(earliest, series.first - _LEAST_AFTER + 1)
    chosen = np.unique(np.linspace(0, len(dates) - 1, _MOST_DATES).round().astype(int))
    rows = []
    for first in dates[chosen] if len(dates) else []:
        gaps = gaps_of_all(series.up_to(series.first, first=int(first)))
        recorded = series.outcomes[0, first : series.first].sum()
        expected = recorded - gaps.gaps[0, first:].sum()
        among = rank_among_placebos(float(gaps.standard[0]), gaps.standard[1:])
        rows.append(
            {
                "period": roles.panel.periods[first],
                "ratio": recorded / expected if expected > 0 else np.nan,
                "p_value": among.p_value,
            }
        )
    return pd.DataFrame(rows, columns=["period", "ratio", "p_value"])


def without_each_donor(series: Series, weights: FloatArray, roles: Roles) -> pd.DataFrame:
    """Return the effect without one donor: ``place``, ``weight``, ``ratio``; the heaviest first."""
    names, own = roles.names(roles.comparison), series.outcomes[0]
    rows = []
    for donor in np.argsort(-weights.round(9), kind="stable")[: int((weights > 0).sum())]:
        others = np.delete(series.outcomes[1:], donor, axis=0)
        mixed = simplex_weights(own[: series.first], others[:, : series.first].T)
        expected = float((mixed @ others)[series.first :].sum())
        recorded = float(own[series.first :].sum())
        ratio = recorded / expected if expected > 0 else np.nan
        rows.append({"place": names[donor], "weight": weights[donor], "ratio": ratio})
    return pd.DataFrame(rows, columns=["place", "weight", "ratio"])
