"""This file knows the ratio of four counts at each variance, and how a table shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forestall._stats.four_cells import log_ratio_of_ratios, without_zeros
from forestall.estimates.effects import LogRatio
from forestall.evaluation.at_variance import at_variances, headline, variances_side_by_side
from forestall.languages import message

if TYPE_CHECKING:
    from forestall.evaluation.at_variance import AtVariance
    from forestall.evaluation.cells import Cells
    from forestall.evaluation.extra_variance import ExtraVariance
    from forestall.languages import Message

PLACES_AS_COMPARISON = message(
    "A ring without such a ring in the comparison, or one without incidents, is compared with the "
    "comparison places themselves."
)


def ratio_of(cells: Cells) -> tuple[float, float]:
    """Return the logarithm of the ratio of four counts and its variance by chance alone."""
    four = without_zeros(cells.counts()[:4])
    found = log_ratio_of_ratios(four, four, np.ones(4))
    return float(found.number), float(found.variance)


def ratios_of(
    cells: Cells,
    *,
    estimand: Message,
    outcome: str,
    repeated: ExtraVariance | None,
    caveats: tuple[Message, ...] = (),
) -> tuple[AtVariance[LogRatio], ...]:
    """Return the ratio of four counts at each variance."""
    number, variance = ratio_of(cells)
    return at_variances(
        LogRatio(number),
        poisson_variance=variance,
        variances=variances_side_by_side(repeated),
        estimand=estimand,
        outcome=outcome,
        sample=cells.sample,
        method="relative incident rate ratio",
        caveats=caveats,
    )


def ratio_row(cells: Cells, found: tuple[AtVariance[LogRatio], ...]) -> dict[str, object]:
    """Return counts and ratio as the columns of a table, at the variance that is told."""
    told = headline(found)
    low, high = told.estimate.limits(0.95)
    four = without_zeros(cells.counts()[:4])
    expected = float(four[0] * four[3] / four[2])
    return {
        "before": cells.treated.before,
        "after": cells.treated.after,
        "expected": expected,
        "difference": cells.treated.after - expected,
        "ratio": told.estimate.effect.ratio,
        "low": low.ratio,
        "high": high.ratio,
        "p_value": told.estimate.p_value,
        "detectable": told.detectable,
        "certainty": told.estimate.certainty.value,
    }
