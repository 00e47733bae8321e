"""This file knows the test of whether several effects are the same.

Source: Cochran (1954), Biometrics 10.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import stats

from forestall._stats.four_cells import without_zeros
from forestall.errors import CannotAnswer
from forestall.results import Certainty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from forestall.estimates.estimates import Estimate
    from forestall.evaluation.cells import BeforeAfter
    from forestall.evaluation.extra_variance import ExtraVariance

    FloatArray = NDArray[np.float64]

_CERTAINTIES = ((0.01, Certainty.CLEAR), (0.05, Certainty.PROBABLE), (0.20, Certainty.SIGN))


@dataclass(frozen=True, kw_only=True)
class EqualityTest:
    """A test of whether all groups have the same effect.

    Attributes
    ----------
    statistic
        Cochran's Q: squared distances from the mean effect, by their variances.
    degrees_of_freedom
        Groups less one.
    p_value
        Probability of so large a Q where all effects are the same.
    """

    statistic: float
    degrees_of_freedom: int
    p_value: float

    @property
    def certainty(self) -> Certainty:
        """Return how sure it is that effects differ."""
        return next((word for most, word in _CERTAINTIES if self.p_value <= most), Certainty.CHANCE)


def assess_equal_effects(effects: Sequence[Estimate[Any]]) -> EqualityTest:
    """Test whether independent effects on one scale are the same.

    Raises
    ------
    CannotAnswer
        If one has no standard error.
    """
    errors = np.array([standard_error_of(one) for one in effects])
    freedom = [one.degrees_of_freedom for one in effects if one.degrees_of_freedom is not None]
    return _test(
        np.array([one.effect.number for one in effects]),
        np.square(errors),
        min(freedom) if len(freedom) == len(effects) else None,
    )


def assess_equal_changes(groups: Sequence[BeforeAfter], variance: ExtraVariance) -> EqualityTest:
    """Test whether counts of several groups changed by the same ratio.

    This is the test of effects against one comparison that all groups share: it cancels.
    """
    changes = [_change(one) for one in groups]
    return _test(
        np.array([number for number, _ in changes]),
        variance.factor * np.array([chance for _, chance in changes]),
        variance.degrees_of_freedom,
    )


def standard_error_of(estimate: Estimate[Any]) -> float:
    """Return the standard error of an effect.

    Raises
    ------
    CannotAnswer
        If there is none, or it is 0.
    """
    if not estimate.standard_error:
        raise CannotAnswer(
            "Effects are compared by their standard errors, but one on "
            f"{estimate.outcome} has none."
        )
    return estimate.standard_error


def _test(numbers: FloatArray, variances: FloatArray, freedom: float | None) -> EqualityTest:
    weights = 1 / variances
    apart = numbers - weights @ numbers / weights.sum()
    statistic, groups_less_one = float(weights @ np.square(apart)), len(numbers) - 1
    p_value = (
        stats.chi2.sf(statistic, groups_less_one)
        if freedom is None
        else stats.f.sf(statistic / groups_less_one, groups_less_one, freedom)
    )
    return EqualityTest(
        statistic=statistic, degrees_of_freedom=groups_less_one, p_value=float(p_value)
    )


def _change(group: BeforeAfter) -> tuple[float, float]:
    """Return the logarithm of after over before, and its variance under chance."""
    before, after = without_zeros([group.before, group.after])
    days = math.log(group.after_days / group.before_days)
    return math.log(after / before) - days, float(1 / before + 1 / after)
