"""This file knows the effect that lies between what was recorded and what other places let expect.

The error is that of the difference if there were no effect, learnt from placebos. With an effect
the recorded number varies more or less than that. For a ratio below 1 it varies less in incidents
but more as a share; each scale takes the larger of both errors (see `errors_with_effect`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall._stats.placebo import LEVELS
from forestall.errors import CannotAnswer
from forestall.estimates.effects import CountDifference, LogRatio, RateDifference
from forestall.estimates.estimates import E_co, Engine, ErrorKind, Estimate
from forestall.evaluation.panels import Measure
from forestall.languages import Message, message
from forestall.results import Interval

if TYPE_CHECKING:
    from forestall._stats.placebo import AmongPlacebos
    from forestall.estimates.estimates import Sample
    from forestall.evaluation.panels import Panel

_LEAST_EXPECTED = 5
FEW_INCIDENTS = 50


@dataclass(frozen=True, eq=False, kw_only=True)
class AgainstExpected:
    """Recorded and expected sums over the periods with the measure, and their error.

    Attributes
    ----------
    error
        Of the difference, if there were no effect, on the scale of the sums.
    halves
        Half-widths of intervals at 80, 95 and 99 % on the same scale.
    cells
        Over how many places and periods the sums go.
    """

    recorded: float
    expected: float
    error: float
    halves: tuple[float, ...]
    p_value: float
    degrees_of_freedom: float | None
    error_kind: ErrorKind
    cells: int

    def ratio(self, panel: Panel, sample: Sample, engine: Engine) -> Estimate[LogRatio]:
        """Return recorded over expected."""
        times, _ = errors_with_effect(self.recorded, self.expected)
        effect = LogRatio(math.log(self.recorded / self.expected))
        return self._estimate(effect, times, _RATIO, (panel, sample, engine))

    def difference(
        self, panel: Panel, sample: Sample, engine: Engine
    ) -> Estimate[CountDifference] | Estimate[RateDifference]:
        """Return recorded less expected: incidents, or rates on average."""
        if panel.measure is Measure.COUNTS:
            return self.incidents(panel, sample, engine)
        _, times = errors_with_effect(self.recorded, self.expected)
        mean = RateDifference((self.recorded - self.expected) / self.cells, per=panel.per)
        return self._estimate(mean, times / self.cells, _RATES, (panel, sample, engine))

    def incidents(self, panel: Panel, sample: Sample, engine: Engine) -> Estimate[CountDifference]:
        """Return recorded less expected incidents."""
        _, times = errors_with_effect(self.recorded, self.expected)
        effect = CountDifference(self.recorded - self.expected)
        return self._estimate(effect, times, _DIFFERENCE, (panel, sample, engine))

    def _estimate(
        self,
        effect: E_co,
        times: float,
        estimand: Message,
        parts: tuple[Panel, Sample, Engine],
    ) -> Estimate[E_co]:
        panel, sample, engine = parts
        number = effect.number
        intervals = tuple(
            Interval(low=number - half * times, high=number + half * times, level=level)
            for half, level in zip(self.halves, LEVELS, strict=False)
        )
        return Estimate(
            estimand=estimand,
            outcome=panel.outcome_name,
            effect=effect,
            standard_error=self.error * times,
            error_kind=self.error_kind,
            degrees_of_freedom=self.degrees_of_freedom,
            p_value=self.p_value,
            sample=sample,
            engine=engine,
            own_intervals=intervals,
        )


def errors_with_effect(recorded: float, expected: float) -> tuple[float, float]:
    """Return by what the error of the difference without effect is multiplied.

    The first is for the logarithm of the ratio, the second for the difference. Let V be the
    variance of the recorded sum without effect, W that of the expected one, and r the ratio. With
    the effect the recorded sum varies with r V, so that the difference has r V + W and the
    logarithm, nearly, (V / r + W) / expected². V + W times the squares used here is never less.

    Examples
    --------
    >>> errors_with_effect(50.0, 200.0)
    (0.01, 1.0)
    >>> errors_with_effect(400.0, 100.0)
    (0.01, 2.0)
    """
    return (
        1 / math.sqrt(expected * min(recorded, expected)),
        math.sqrt(max(1.0, recorded / expected)),
    )


def check_enough(recorded: float, expected: float, *, is_counted: bool) -> None:
    """Raise if the sums are too small for a ratio.

    Raises
    ------
    CannotAnswer
        If nothing was recorded with the measure, or almost nothing was expected.
    """
    least = _LEAST_EXPECTED if is_counted else 0.0
    if recorded <= 0 or expected <= least:
        raise CannotAnswer(
            "A ratio needs incidents with the measure and more than "
            f"{least:g} expected without it, but {recorded:g} were recorded and {expected:.1f} "
            "expected."
        )


def against_placebos(
    recorded: float,
    expected: float,
    *,
    among: AmongPlacebos,
    unit: float,
    placebos: int,
    cells: int,
) -> AgainstExpected:
    """Return an effect whose error comes from placebos, ``unit`` being that of their scale."""
    return AgainstExpected(
        recorded=recorded,
        expected=expected,
        error=among.spread * unit,
        halves=tuple(half * unit for half in among.halves),
        p_value=among.p_value,
        degrees_of_freedom=placebos,
        error_kind=ErrorKind.PERMUTATION,
        cells=cells,
    )


CHOSEN_AT_A_PEAK = (
    "Places chosen for many recent incidents would have had fewer anyway; that fall is in this "
    "effect too."
)
_RATIO = message("outcome with the measure over that expected from weighted comparison places")
_DIFFERENCE = message(
    "incidents with the measure less those expected from weighted comparison places"
)
_RATES = message("mean rate with the measure less that expected from weighted comparison places")
