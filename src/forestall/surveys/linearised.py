"""This file knows a share or a mean from a sample, its standard error and its interval.

Source: Taylor linearisation of a ratio (Binder 1983); the interval of a share on the logit scale
(Korn & Graubard 1999, *Analysis of Health Surveys*, section 3.6).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit, stdtrit

from forestall._stats.linearisation import clusters_less_strata, covariance_of_totals
from forestall.results import Interval

if TYPE_CHECKING:
    from forestall.surveys.design import BoolArray, FloatArray, SurveyDesign


@dataclass(frozen=True, kw_only=True)
class Linearised:
    """A ratio of two weighted totals, estimated for a part of a sample.

    Attributes
    ----------
    number, standard_error
        The ratio and its standard error.
    degrees_of_freedom, clusters
        Clusters less strata, and clusters, of those that the part has people in.
    answers
        People in it, unweighted.
    """

    number: float
    standard_error: float
    degrees_of_freedom: int
    clusters: int
    answers: int

    def interval(self, level: float = 0.95) -> Interval:
        """Return number ± t × standard error."""
        half = self._reach(level) * self.standard_error
        return Interval(low=self.number - half, high=self.number + half, level=level)

    def share_interval(self, level: float = 0.95) -> Interval:
        """Return the interval of a share between 0 and 1, made on the logit scale."""
        middle = float(logit(self.number))
        half = self._reach(level) * self.standard_error / (self.number * (1 - self.number))
        return Interval(
            low=float(expit(middle - half)), high=float(expit(middle + half)), level=level
        )

    def _reach(self, level: float) -> float:
        return float(stdtrit(self.degrees_of_freedom, 0.5 + level / 2))


def ratio_of(
    numerator: FloatArray, denominator: FloatArray, chosen: BoolArray
) -> tuple[float, FloatArray]:
    """Return the ratio of two totals over those chosen, and what each adds to its error."""
    total = float(denominator[chosen].sum())
    ratio = float(numerator[chosen].sum()) / total
    return ratio, np.where(chosen, (numerator - ratio * denominator) / total, 0.0)


def estimate_ratio(
    design: SurveyDesign, *, numerator: FloatArray, denominator: FloatArray, chosen: BoolArray
) -> Linearised:
    """Estimate the ratio of two weighted totals in a part of the sample."""
    strata, clusters = design.stratum_numbers, design.cluster_numbers
    number, scores = ratio_of(numerator, denominator, chosen)
    covariance = covariance_of_totals(
        scores[:, None], strata=strata, clusters=clusters, fractions=design.fractions
    )
    freedom, inside = clusters_less_strata(chosen, strata=strata, clusters=clusters)
    return Linearised(
        number=number,
        standard_error=math.sqrt(max(float(covariance[0, 0]), 0.0)),
        degrees_of_freedom=freedom,
        clusters=inside,
        answers=int(chosen.sum()),
    )
