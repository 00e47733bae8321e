"""This file knows how well a mixture of places followed one place before the measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forestall.errors import CannotAnswer
from forestall.languages import Share, message

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.evaluation.synthetic.mixtures import Series

    FloatArray = NDArray[np.float64]

_MOST_OFF = 0.25


@dataclass(frozen=True, kw_only=True)
class FitBefore:
    """The mixture beside the place it stands for, over the periods before the measure.

    Attributes
    ----------
    periods
        How many there are.
    error
        Root mean square of the gaps (incidents or rates).
    error_share
        The same as a share of the mean of the place.
    times_chance
        The error as a multiple of that of chance (the root of the mean count); None for rates.
    off_share
        Sum of the mixture less that of the place, as a share of the latter.
    outside
        In how many periods the place lay above or below every comparison place.
    before
        Sum of the place over these periods.
    zero_share
        Share of these periods in which the place had nothing.
    """

    periods: int
    error: float
    error_share: float
    times_chance: float | None
    off_share: float
    outside: int
    before: float
    zero_share: float


def measure_fit(series: Series, expected: FloatArray, *, is_counted: bool) -> FitBefore:
    """Measure how far the mixture is from the place before the measure.

    Raises
    ------
    CannotAnswer
        If the place had nothing before.
    """
    own, others = series.outcomes[0, : series.first], series.outcomes[1:, : series.first]
    if own.sum() <= 0:
        raise CannotAnswer("The place with the measure had no incidents in the periods before it.")
    gaps = own - expected[: series.first]
    error = float(np.sqrt((gaps**2).mean()))
    return FitBefore(
        periods=series.first,
        error=error,
        error_share=error / float(own.mean()),
        times_chance=error / float(np.sqrt(own.mean())) if is_counted else None,
        off_share=float(-gaps.sum() / own.sum()),
        outside=int(((own > others.max(axis=0)) | (own < others.min(axis=0))).sum()),
        before=float(own.sum()),
        zero_share=float((own == 0).mean()),
    )


def check_fit(fit: FitBefore) -> None:
    """Raise if no mixture of the comparison places comes near the place.

    Raises
    ------
    CannotAnswer
        With how far the nearest is off.
    """
    if abs(fit.off_share) > _MOST_OFF:
        raise CannotAnswer(
            message(
                "No mixture of the comparison places comes near the place before the measure: the "
                "nearest is {share} off; give exposure=, or other places.",
                share=Share(abs(fit.off_share)),
            )
        )
