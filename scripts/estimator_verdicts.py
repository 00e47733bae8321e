"""This file knows what each estimator says of a made-up city, without tables and sentences.

Where all places start in one month, most estimators have a closed form, so that thousands of cities
go through. A test holds each against the public function of its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.special import stdtr, stdtrit

from forestall._stats.assignments import other_assignments
from forestall._stats.four_cells import (
    difference_of_differences,
    log_ratio_of_ratios,
    pearson_dispersion,
    total_net_difference,
    without_zeros,
)
from forestall._stats.randomisation import FourSums, rank_p_value
from forestall._stats.regression import fit_quasi_poisson, season_columns
from forestall._stats.two_rates import e_test
from forestall.evaluation.interrupted_model import months_alike
from scripts.estimator_worlds import AFTER, BEFORE, LATER, MONTHS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scripts.estimator_worlds import Study

    FloatArray = NDArray[np.float64]

LOTS = 199
_NORMAL = 1e9


class Verdict(NamedTuple):
    """An estimate, how often so large a one comes by chance, and whether it holds the truth."""

    number: float
    p_value: float
    holds: bool


def verdict(number: float, variance: float, truth: float, *, freedom: float = _NORMAL) -> Verdict:
    """Return what follows from an estimate, its variance and Student's t; normal if not given."""
    error = np.sqrt(variance)
    p_value = 2 * float(stdtr(freedom, -abs(number) / error))
    return Verdict(
        number, p_value, holds=abs(number - truth) <= -float(stdtrit(freedom, 0.025)) * error
    )


def difference_at_chance(study: Study) -> Verdict:
    """Return the weighted displacement difference at the variance of chance."""
    return _difference(study, factor=1.0)


def difference_at_twice_chance(study: Study) -> Verdict:
    """Return the weighted displacement difference at twice the variance of chance."""
    return _difference(study, factor=2.0)


def difference_at_estimated(study: Study) -> Verdict:
    """Return the weighted displacement difference at the variance seen from month to month."""
    factor, freedom = _seen(study)
    return _difference(study, factor=factor, freedom=freedom)


def ratio_at_chance(study: Study) -> Verdict:
    """Return the relative incident rate ratio at the variance of chance."""
    return _ratio(study, factor=1.0)


def ratio_at_twice_chance(study: Study) -> Verdict:
    """Return the relative incident rate ratio at twice the variance of chance."""
    return _ratio(study, factor=2.0)


def ratio_at_estimated(study: Study) -> Verdict:
    """Return the relative incident rate ratio at the variance seen from month to month."""
    factor, freedom = _seen(study)
    return _ratio(study, factor=factor, freedom=freedom)


def treated_alone(study: Study) -> Verdict:
    """Return the change in the treated places by the E-test, with its interval."""
    before, after, _, _ = _cells(study)
    shorter = AFTER / BEFORE
    p_value = e_test(
        int(before), int(after), first_exposure=BEFORE, second_exposure=AFTER, variance="unpooled"
    )
    found = verdict(after - before * shorter, before * shorter**2 + after, study.true_difference)
    return found._replace(p_value=p_value)


def interrupted_series(study: Study) -> Verdict:
    """Return the change of level in the series of the treated places."""
    months = np.arange(MONTHS)
    design = np.column_stack(
        [np.ones(MONTHS), LATER, months, season_columns(months % 12 + 1)]
    ).astype(float)
    fit = fit_quasi_poisson(design, study.counts[study.treated].sum(axis=0))
    variance = max(
        fit.unscaled_covariance[1, 1] * max(1.0, fit.dispersion),
        fit.autocorrelated_covariance(lags=months_alike(MONTHS))[1, 1],
    )
    return verdict(
        float(fit.coefficients[1]), variance, study.log_ratio, freedom=MONTHS - design.shape[1]
    )


def displacement(study: Study) -> Verdict:
    """Return the change around the treated places, and whether the net effect holds the truth."""
    factor, freedom = _seen(study)
    own = total_net_difference(*np.split(_cells(study), 2))
    near = total_net_difference(*np.split(_cells(study, study.around), 2))
    around = verdict(float(near.number), factor * float(near.variance), 0.0, freedom=freedom)
    net = verdict(
        float(own.number + near.number),
        factor * float(own.variance + near.variance),
        study.true_difference,
        freedom=freedom,
    )
    return around._replace(holds=net.holds)


def permutation(study: Study) -> Verdict:
    """Return the ratio among those of other choices of places."""
    lots = other_assignments(study.treated, study.strata, draws=LOTS, seed=_seed(study))
    drawn = FourSums(*sums(study), lots.treated).at(0.0)
    reach = -stdtrit(_NORMAL, 0.025) * float(drawn.std())
    return Verdict(
        float(drawn[0]), rank_p_value(drawn), holds=abs(drawn[0] - study.log_ratio) <= reach
    )


def trial(study: Study) -> Verdict:
    """Return the ratio among those of other lots, and whether the turned test holds the truth."""
    nothing = np.zeros(len(study.treated), dtype=np.int64)
    lots = other_assignments(study.treated, nothing, draws=LOTS, seed=_seed(study))
    statistic = FourSums(*sums(study), lots.treated)
    drawn = statistic.at(0.0)
    holds = rank_p_value(statistic.at(study.log_ratio)) > 0.05
    return Verdict(float(drawn[0]), rank_p_value(drawn), holds=holds)


FOUR_CELLS = {
    "WDD, chance": difference_at_chance,
    "WDD, 2 times": difference_at_twice_chance,
    "WDD, estimated": difference_at_estimated,
    "RIRR, chance": ratio_at_chance,
    "RIRR, 2 times": ratio_at_twice_chance,
    "RIRR, estimated": ratio_at_estimated,
}
OTHERS = {
    "treated alone (E-test)": treated_alone,
    "interrupted series": interrupted_series,
    "permutation of places": permutation,
    "trial by lot": trial,
    "displacement": displacement,
}


def sums(study: Study) -> tuple[FloatArray, FloatArray]:
    """Return the incidents of each place before, and after."""
    return study.counts[:, ~LATER].sum(axis=1), study.counts[:, LATER].sum(axis=1)


def _cells(study: Study, counts: FloatArray | None = None) -> FloatArray:
    """Return T0, T1, C0, C1."""
    held = study.counts if counts is None else counts
    halves = [held[:, when].sum(axis=1) for when in (~LATER, LATER)]
    return np.array([half[arm].sum() for arm in (study.treated, ~study.treated) for half in halves])


def _seen(study: Study) -> tuple[float, float]:
    """Return the variance seen from month to month, as a multiple of chance, and its freedom."""
    arms = np.stack([study.counts[arm].sum(axis=0) for arm in (study.treated, ~study.treated)])
    found = pearson_dispersion(arms[:, ~LATER], arms[:, LATER])
    return max(1.0, found.factor), found.degrees_of_freedom


def _difference(study: Study, *, factor: float, freedom: float = _NORMAL) -> Verdict:
    cells = _cells(study)
    longer, larger = BEFORE / AFTER, (~study.treated).sum() / study.treated.sum()
    found = difference_of_differences(cells, cells, [longer, 1, longer * larger, larger])
    return verdict(
        float(found.number),
        factor * float(found.variance),
        study.true_difference,
        freedom=freedom,
    )


def _ratio(study: Study, *, factor: float, freedom: float = _NORMAL) -> Verdict:
    cells = without_zeros(_cells(study))
    found = log_ratio_of_ratios(cells, cells, [BEFORE, AFTER, BEFORE, AFTER])
    return verdict(
        float(found.number), factor * float(found.variance), study.log_ratio, freedom=freedom
    )


def _seed(study: Study) -> int:
    """Return a seed that hangs on the counts alone."""
    return int(study.counts.sum())
