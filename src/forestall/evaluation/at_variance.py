"""This file knows an effect under several variances of the counts, side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from scipy import stats

from forestall import __version__
from forestall.estimates.effects import LogRatio
from forestall.estimates.estimates import E_co, Engine, ErrorKind, Estimate
from forestall.evaluation.could_be_seen import NOT_TOLD_ALONE, detectable_by, what_could_be_seen
from forestall.evaluation.extra_variance import VarianceSource, assumed_variances
from forestall.languages import Sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from forestall.estimates.estimates import Sample
    from forestall.evaluation.extra_variance import ExtraVariance
    from forestall.languages import Message

_HEADLINE_FACTOR = 2.0


@dataclass(frozen=True, kw_only=True)
class AtVariance(Generic[E_co]):
    """One effect at one variance of the counts.

    Attributes
    ----------
    variance
        How many times that of chance it is.
    estimate
        The effect with the standard error that follows.
    detectable
        The smallest fall that a two-sided test at 5 % would find four times in five: incidents (or
        points) fewer, or the share fewer (0 to 1) where the effect is a ratio.
    """

    variance: ExtraVariance
    estimate: Estimate[E_co]
    detectable: float

    def row(self, measure: str) -> dict[str, object]:
        """Return it as a row of a table; a ratio is written as a ratio, not as a logarithm."""
        shown = math.exp if isinstance(self.estimate.effect, LogRatio) else float
        wide, usual = self.estimate.interval(0.95), self.estimate.interval(0.90)
        return {
            "measure": measure,
            "phi": self.variance.factor,
            "phi_source": self.variance.source.value,
            "effect": shown(self.estimate.effect.number),
            "standard_error": self.estimate.standard_error,
            "low_90": shown(usual.low),
            "high_90": shown(usual.high),
            "low_95": shown(wide.low),
            "high_95": shown(wide.high),
            "p_value": self.estimate.p_value,
            "detectable": self.detectable,
            "certainty": self.estimate.certainty.value,
        }

    def what_could_be_seen(self) -> Message:
        """Say how large a fall had to be for such a comparison to find it."""
        return what_could_be_seen(self.estimate)


def variances_side_by_side(estimated: ExtraVariance | None) -> tuple[ExtraVariance, ...]:
    """Return 1, the estimate where there is one, 2 and 4."""
    chance, *larger = assumed_variances()
    return (chance, *(() if estimated is None else (estimated,)), *larger)


def at_variances(
    effect: E_co,
    *,
    poisson_variance: float,
    variances: Sequence[ExtraVariance],
    estimand: Message,
    outcome: str,
    sample: Sample,
    method: str,
    caveats: tuple[Message, ...] = (),
) -> tuple[AtVariance[E_co], ...]:
    """Return one effect at each variance of the counts."""
    found = []
    for variance in variances:
        error = math.sqrt(poisson_variance * variance.factor)
        freedom = variance.degrees_of_freedom
        estimate = Estimate(
            estimand=estimand,
            outcome=outcome,
            effect=effect,
            standard_error=error,
            error_kind=_kind_of(variance),
            degrees_of_freedom=freedom,
            p_value=_two_sided(effect.number, error, freedom),
            sample=sample,
            engine=Engine(method=method, software="forestall", version=__version__),
            caveats=caveats,
        )
        found.append(
            AtVariance(variance=variance, estimate=estimate, detectable=detectable_by(estimate))
        )
    return tuple(found)


def headline(found: Sequence[AtVariance[E_co]]) -> AtVariance[E_co]:
    """Return the one to be told: the estimated variance, else twice that of chance.

    Chance alone is never told by itself, because real counts vary more: of shooting victims in New
    York, by month and precinct, half vary more than twice as much (decision 17).
    """
    estimated = [at for at in found if at.variance.source is VarianceSource.ESTIMATED]
    assumed = [at for at in found if at.variance.factor == _HEADLINE_FACTOR]
    return (estimated or assumed)[0]


def summary_of(found: Sequence[AtVariance[E_co]]) -> str:
    """Return the effect, what its interval allows for, and beside chance what could be seen."""
    told = headline(found)
    said: list[str | Message] = [told.estimate.summary(), told.variance.in_words()]
    if told.estimate.certainty in NOT_TOLD_ALONE:
        said.append(told.what_could_be_seen())
    return str(Sentences(tuple(said)))


def scale_limit(rows: pd.DataFrame) -> float:
    """Return the end of the axis of a chart of ratios, as a change: 0.3, 0.6 or 1.

    Examples
    --------
    >>> import pandas as pd
    >>> scale_limit(pd.DataFrame({"low": [0.7, 0.6], "high": [1.1, 0.9]}))
    0.6
    """
    farthest = float((rows[["low", "high"]] - 1).abs().to_numpy().max())
    return next((limit for limit in (0.3, 0.6) if farthest <= limit), 1.0)


def _kind_of(variance: ExtraVariance) -> ErrorKind:
    chance = variance.source is VarianceSource.CHANCE
    return ErrorKind.POISSON if chance else ErrorKind.QUASI_POISSON


def _two_sided(number: float, error: float, freedom: float | None) -> float:
    if error == 0:
        return 1.0
    distance = -abs(number) / error
    tail = stats.norm.cdf(distance) if freedom is None else stats.t.cdf(distance, freedom)
    return min(1.0, 2 * float(tail))
