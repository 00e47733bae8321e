"""This file knows what else could be asked of an interrupted series: other models, other dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.negative_binomial import fit_negative_binomial
from forestall._stats.regression import t_interval, t_p_value
from forestall.evaluation.interrupted_model import fit_model, measure_moved, terms_of
from forestall.evaluation.interruptions import Change, Interruption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from forestall.evaluation.interrupted_model import Fitted
    from forestall.evaluation.interrupted_months import InterruptedMonths

    FloatArray = NDArray[np.float64]

NEGATIVE_BINOMIAL = "negative binomial"
POISSON_INSTEAD = "Poisson, as no negative binomial fits"
_LEAST_PLACEBO_BEFORE, _LEAST_PLACEBO_AFTER = 12, 6


@dataclass(frozen=True, kw_only=True)
class RatioFound:
    """A ratio of incidents with the measure over those without it, as a logarithm."""

    log: float
    error: float
    freedom: int

    def row(self, model: str) -> dict[str, object]:
        """Return a row of the table of checks."""
        low, high = t_interval(self.log, self.error, degrees_of_freedom=self.freedom, level=0.95)
        return {
            "model": model,
            "ratio": np.exp(self.log),
            "low_95": np.exp(low),
            "high_95": np.exp(high),
            "p_value": self.p_value,
        }

    @property
    def p_value(self) -> float:
        """Return the two-sided p-value against no change."""
        return t_p_value(self.log, self.error, degrees_of_freedom=self.freedom)


def ratio_of(model: Fitted) -> RatioFound:
    """Return the ratio of incidents after the measure over those expected without it."""
    moved = measure_moved(model)
    variance, _ = model.variance(moved.ratio_gradient)
    return RatioFound(
        log=float(np.log(moved.with_measure / moved.without_measure)),
        error=float(np.sqrt(variance)),
        freedom=model.fit.degrees_of_freedom,
    )


def other_models(
    months: InterruptedMonths,
    interruption: Interruption,
    *,
    harmonics: int,
    lags: Sequence[int],
) -> pd.DataFrame:
    """Return the ratio by other models: ``model``, ``ratio``, ``low_95``, ``high_95``, ``p_value``.

    A model that cannot be fitted to these counts is left out.
    """
    rows = [_negative_binomial(months, interruption, harmonics)]
    other = Change.LEVEL if interruption.change is Change.LEVEL_AND_SLOPE else None
    tried: list[tuple[str, Interruption, int]] = []
    if other is not None:
        tried.append(("change of level alone", replace(interruption, change=other), harmonics))
    tried += [(f"season of {order} waves", interruption, order) for order in _orders(harmonics)]
    tried += [
        (f"effect {lag} months later", replace(interruption, lag_months=lag), harmonics)
        for lag in lags
        if lag != interruption.lag_months
    ]
    for name, changed, waves in tried:
        moved = _resettled(months, changed)
        model = fit_model(moved, changed, harmonics=waves)
        if model is not None and model.after.any():
            rows.append(ratio_of(model).row(name))
    return pd.DataFrame([row for row in rows if row is not None])


def placebo_dates(
    months: InterruptedMonths, interruption: Interruption, *, harmonics: int
) -> pd.DataFrame:
    """Return what the model finds at dates before the measure, when nothing had been done.

    One row per date: ``date``, ``ratio``, ``low_95``, ``high_95``, ``p_value``. The model looks for
    a change of level; only months before the measure are used.
    """
    last = months.first_at(interruption.first)
    earlier = months.up_to(last)
    known = np.flatnonzero(earlier.known)
    rows = []
    for position in known[_LEAST_PLACEBO_BEFORE : len(known) - _LEAST_PLACEBO_AFTER + 1]:
        date = months.starts[position]
        told = tuple(day for day in interruption.other_changes if day < months.starts[last - 1])
        placebo = Interruption(stages=(date,), change=Change.LEVEL, other_changes=told)
        model = fit_model(earlier, placebo, harmonics=harmonics)
        if model is not None:
            rows.append({"date": date, **ratio_of(model).row("placebo")})
    columns = ["date", "ratio", "low_95", "high_95", "p_value"]
    return pd.DataFrame(rows, columns=columns)


def _orders(harmonics: int) -> list[int]:
    return [order for order in (1, 2, 3) if harmonics and order != harmonics]


def _resettled(months: InterruptedMonths, interruption: Interruption) -> InterruptedMonths:
    settling = np.asarray(
        (months.starts >= interruption.first) & (months.starts < interruption.full_effect)
    )
    return replace(months, settling=settling)


def _negative_binomial(
    months: InterruptedMonths, interruption: Interruption, harmonics: int
) -> dict[str, object] | None:
    model = fit_model(months, interruption, harmonics=harmonics)
    if model is None:
        return None
    terms, known = terms_of(months, interruption, harmonics=harmonics), months.known
    fit = fit_negative_binomial(
        terms.design[known], months.counts[known], offset=np.log(months.exposure[known])
    )
    if fit is None:
        moved = measure_moved(model)
        variance = moved.ratio_gradient @ model.fit.unscaled_covariance @ moved.ratio_gradient
        log = np.log(moved.with_measure / moved.without_measure)
        name = POISSON_INSTEAD
    else:
        swapped = replace(model, fit=replace(model.fit, coefficients=fit.coefficients))
        moved = measure_moved(swapped)
        variance = moved.ratio_gradient @ fit.covariance @ moved.ratio_gradient
        log = np.log(moved.with_measure / moved.without_measure)
        name = NEGATIVE_BINOMIAL
    found = RatioFound(
        log=float(log), error=float(np.sqrt(variance)), freedom=model.fit.degrees_of_freedom
    )
    return found.row(name)
