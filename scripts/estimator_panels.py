"""This file knows what the estimators of panels say of a made-up city."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scripts.estimator_verdicts import Verdict, sums, verdict
from scripts.estimator_worlds import AFTER, BEFORE, MONTHS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scripts.estimator_worlds import Study

    FloatArray = NDArray[np.float64]

_QUARTERS = MONTHS // 3


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
    function, by place, and the interval is normal.
    """
    quarters = study.counts.reshape(len(study.counts), _QUARTERS, 3).sum(axis=2)
    start = BEFORE // 3
    change = quarters[:, start:].mean(axis=1) - quarters[:, start - 1]
    number, shares = _difference(change, study.treated)
    truth = study.true_difference / study.treated.sum() / (_QUARTERS - start)
    return verdict(number, float(np.square(shares).sum()), truth)


PANELS = {
    "DiD, Poisson": poisson_by_place,
    "DiD, least squares": least_squares_by_place,
    "Callaway-Sant'Anna": callaway_santanna,
}


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
