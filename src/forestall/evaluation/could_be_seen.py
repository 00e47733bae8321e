"""This file knows how large a fall had to be for an estimate to tell it from chance."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from scipy import stats

from forestall._stats.four_cells import minimum_detectable
from forestall.estimates.effects import LogRatio
from forestall.languages import Decimal, Message, Share, message
from forestall.results import Certainty

if TYPE_CHECKING:
    from forestall.estimates.estimates import Estimate

# A null result never stands without what could have been seen.
NOT_TOLD_ALONE = (Certainty.CHANCE, Certainty.SIGN)
_TEST_LEVEL, _POWER = 0.975, 0.80


def detectable_by(estimate: Estimate[Any]) -> float:
    """Return the smallest fall that a two-sided test at 5 % would find four times in five.

    A share fewer (0 to 1) for a ratio, else a number on the scale of the effect. The standard error
    is taken as it is; the estimate must have one.
    """
    assert estimate.standard_error is not None
    freedom = estimate.degrees_of_freedom
    law = stats.norm() if freedom is None else stats.t(freedom)
    reach = minimum_detectable(
        estimate.standard_error, quantiles=float(law.ppf(_TEST_LEVEL) + law.ppf(_POWER))
    )
    return -math.expm1(-reach) if isinstance(estimate.effect, LogRatio) else reach


def what_could_be_seen(estimate: Estimate[Any]) -> Message:
    """Say how large a fall had to be for such a comparison to find it."""
    if isinstance(estimate.effect, LogRatio):
        return message(_SHARE_SEEN, share=Share(detectable_by(estimate)))
    return message(_NUMBER_SEEN, number=Decimal(detectable_by(estimate), 0))


_SHARE_SEEN = "Such a comparison finds a fall four times in five only if it is of {share} or more."
_NUMBER_SEEN = (
    "Such a comparison finds a fall four times in five only if it is of {number} or more."
)
