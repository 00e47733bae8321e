"""This file knows what the estimators of panels say of a made-up city."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.errors import CannotAnswer
from forestall.evaluation.panels import Panel
from forestall.evaluation.synthetic import (
    Equality,
    estimate_synthetic_control,
    estimate_synthetic_difference_in_differences,
    estimate_with_matched_places,
    match_comparison_places,
)
from scripts.estimator_verdicts import Verdict, sums, verdict
from scripts.estimator_worlds import AFTER, BEFORE, MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from forestall.evaluation import Estimate, LogRatio
    from scripts.estimator_worlds import Study

    FloatArray = NDArray[np.float64]

MONTHS_TOGETHER = 3
PLACEBOS, AREAS = 30, 199


def poisson_by_place(study: Study) -> Verdict:
    """Return the Poisson difference in differences with fixed effects, clustered by place (CRV1).

    With one start it is the ratio of four sums, and its scores are shares of them.
    """
    before, after = sums(study)
    log, shares = 0.0, np.zeros(len(before))
    for sign, arm in ((1.0, study.treated), (-1.0, ~study.treated)):
        up, down = after[arm].sum(), before[arm].sum()
        log += sign * np.log((up / AFTER) / (down / BEFORE))
        shares[arm] = sign * (after[arm] / up - before[arm] / down)
    return _clustered(float(log), shares, study.log_ratio)


def least_squares_by_place(study: Study) -> Verdict:
    """Return the difference in differences of monthly counts, clustered by place (CRV1)."""
    before, after = sums(study)
    change = after / AFTER - before / BEFORE
    number, shares = _difference(change, study.treated)
    truth = study.true_difference / study.treated.sum() / AFTER
    return _clustered(number, shares, truth)


def callaway_santanna(study: Study) -> Verdict:
    """Return the average effect after Callaway & Sant'Anna, of quarters, one start.

    Every quarter after is set against the last one before; the error is that of the influence
    function, by place.
    """
    quarters = in_quarters(study.counts)
    start = BEFORE // MONTHS_TOGETHER
    change = quarters[:, start:].mean(axis=1) - quarters[:, start - 1]
    number, shares = _difference(change, study.treated)
    truth = study.true_difference / study.treated.sum() / (quarters.shape[1] - start)
    variance = float(np.square(shares).sum())
    return verdict(number, variance, truth, freedom=len(study.counts) - 1)


def synthetic_control(study: Study) -> Verdict | None:
    """Return the synthetic control of one treated place, of quarters; the other treated are out."""
    one = ~study.treated
    one[np.argmax(study.treated)] = True
    return _asked(study, lambda: estimate_synthetic_control(_panel(study, one)).effect)


def synthetic_differences(study: Study) -> Verdict | None:
    """Return the synthetic difference in differences, of quarters, with placebos."""
    everywhere = np.ones(len(study.treated), dtype=bool)
    return _asked(
        study,
        lambda: (
            estimate_synthetic_difference_in_differences(
                _panel(study, everywhere), draws=PLACEBOS, seed=1
            ).effect
        ),
    )


def matched_places(study: Study) -> Verdict | None:
    """Return the effect beside places that are nearly equal in every half-year before."""
    everywhere = np.ones(len(study.treated), dtype=bool)
    return _asked(
        study,
        lambda: (
            estimate_with_matched_places(
                match_comparison_places(
                    _panel(study, everywhere), equality=Equality.NEAR, periods_together=2
                ),
                draws=AREAS,
                seed=1,
            ).effect
        ),
    )


PANELS = {
    "DiD, Poisson": poisson_by_place,
    "DiD, least squares": least_squares_by_place,
    "Callaway-Sant'Anna": callaway_santanna,
}
MIXTURES = {
    "synthetic control": synthetic_control,
    "matched places": matched_places,
}
DIFFERENCES_OF_MIXTURES = {"synthetic DiD": synthetic_differences}


def in_quarters(counts: FloatArray) -> FloatArray:
    """Return sums of three months."""
    return np.asarray(counts.reshape(len(counts), -1, MONTHS_TOGETHER).sum(axis=2))


def _panel(study: Study, kept: NDArray[np.bool_]) -> Panel:
    quarters = in_quarters(study.counts[kept])
    there = np.zeros(quarters.shape, dtype=bool)
    there[study.treated[kept], BEFORE // MONTHS_TOGETHER :] = True
    return Panel(
        places=tuple(f"P{number:02d}" for number in np.flatnonzero(kept)),
        periods=pd.RangeIndex(quarters.shape[1]),
        outcome=quarters,
        treated=there,
        outcome_name="theft",
    )


def _asked(study: Study, estimate: Callable[[], Estimate[LogRatio]]) -> Verdict | None:
    """Return what an estimator says; None where it refuses to answer."""
    try:
        found = estimate()
    except CannotAnswer:
        return None
    assert found.p_value is not None
    holds = found.interval(0.95).holds(study.log_ratio)
    return Verdict(found.effect.number, found.p_value, holds=holds)


def _difference(change: FloatArray, treated: NDArray[np.bool_]) -> tuple[float, FloatArray]:
    """Return the difference of the mean changes, and the share of each place in its error."""
    number, shares = 0.0, np.zeros(len(change))
    for sign, arm in ((1.0, treated), (-1.0, ~treated)):
        number += sign * change[arm].mean()
        shares[arm] = (change[arm] - change[arm].mean()) / arm.sum()
    return float(number), shares


def _clustered(number: float, shares: FloatArray, truth: float) -> Verdict:
    places = len(shares)
    observations = places * MONTHS
    smaller = places / (places - 1) * (observations - 1) / (observations - MONTHS - 1)
    variance = smaller * float(np.square(shares).sum())
    return verdict(number, variance, truth, freedom=places - 1)
