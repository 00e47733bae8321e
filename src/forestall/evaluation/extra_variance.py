"""This file knows how much more counts vary than chance alone: estimated, or assumed and varied."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from forestall._stats.four_cells import pearson_dispersion
from forestall.errors import CannotAnswer, InvalidRecords
from forestall.languages import Decimal, Message, message

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

ASSUMED = (1.0, 2.0, 4.0)
LEAST_FREEDOM = 4
_COLUMNS = ("place", "period", "when", "incidents")
_WHEN = ("before", "after")


class VarianceSource(StrEnum):
    """Where the variance of the counts comes from."""

    CHANCE = "chance alone"
    ESTIMATED = "estimated"
    ASSUMED = "assumed"


@dataclass(frozen=True, kw_only=True)
class ExtraVariance:
    """How many times the variance of counts is that of independent Poisson counts (phi).

    Attributes
    ----------
    factor
        Never below 1.
    source
        Where it comes from.
    degrees_of_freedom
        Of the estimate; None where it is not estimated.
    unclipped
        The estimate before it was raised to 1.
    """

    factor: float
    source: VarianceSource
    degrees_of_freedom: int | None = None
    unclipped: float | None = None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.factor) and self.factor >= 1):
            raise ValueError(f"The variance factor is 1 or more, but it is {self.factor}.")

    def in_words(self) -> Message:
        """Return where the variance comes from, in one plain sentence."""
        factor = Decimal(self.factor, 1)
        if self.source is VarianceSource.ESTIMATED:
            return message(
                "Counts from period to period vary {factor} times as much as chance alone would "
                "have them; the intervals allow for that.",
                factor=factor,
            )
        if self.source is VarianceSource.CHANCE:
            return message("The intervals allow for chance alone.")
        return message(
            "How much more than chance the counts vary is not known; {factor} times is assumed.",
            factor=factor,
        )


def assumed_variances() -> tuple[ExtraVariance, ...]:
    """Return the factors 1, 2 and 4, to be shown side by side."""
    return tuple(
        ExtraVariance(
            factor=factor,
            source=VarianceSource.CHANCE if factor == 1 else VarianceSource.ASSUMED,
        )
        for factor in ASSUMED
    )


def estimate_extra_variance(repeated: pd.DataFrame) -> ExtraVariance:
    """Estimate how much more counts vary than chance, from counts of several periods.

    Pearson's chi-squared of a quasi-Poisson difference in differences by its degrees of freedom:
    each place has a level before and one after, and what all places share in a period drops out.
    With two rows, treated and comparison, that is the variance of their comparison; with one row
    for each of several places it is that of a place like them.

    The comparison should be of about the size of the treated places. Variance that lasts longer
    than a period, as when a place has a good year, is not seen and not allowed for.

    Parameters
    ----------
    repeated
        ``place`` (or group of places), ``period``, ``when`` ("before" or "after") and
        ``incidents``. A combination of place and period without a row counts as none.

    Raises
    ------
    InvalidRecords
        If a column is missing or holds something else.
    CannotAnswer
        If there are too few periods or places, fewer than four degrees of freedom.

    Examples
    --------
    >>> import pandas as pd
    >>> months = pd.DataFrame({
    ...     "place": ["treated"] * 6 + ["comparison"] * 6, "period": list(range(6)) * 2,
    ...     "when": (["before"] * 3 + ["after"] * 3) * 2,
    ...     "incidents": [10, 20, 10, 8, 8, 8, 20, 10, 20, 9, 9, 9]})
    >>> found = estimate_extra_variance(months)
    >>> found.factor, found.degrees_of_freedom
    (2.25, 4)
    """
    _check(repeated)
    before, after = (_table(repeated[repeated["when"] == when]) for when in _WHEN)
    found = pearson_dispersion(before, after)
    if found.degrees_of_freedom < LEAST_FREEDOM:
        raise CannotAnswer(
            message(
                "Extra variance is estimated with at least {least} degrees of freedom, "
                "but these periods and places leave {found}.",
                least=LEAST_FREEDOM,
                found=found.degrees_of_freedom,
            )
        )
    return ExtraVariance(
        factor=max(1.0, round(found.factor, 12)),
        source=VarianceSource.ESTIMATED,
        degrees_of_freedom=found.degrees_of_freedom,
        unclipped=found.factor,
    )


def _table(rows: pd.DataFrame) -> NDArray[np.float64]:
    if rows.empty:
        return np.zeros((0, 0))
    wide = rows.pivot_table(
        index="place", columns="period", values="incidents", aggfunc="sum", fill_value=0
    )
    return wide.to_numpy(dtype=float)


def _check(repeated: pd.DataFrame) -> None:
    missing = [column for column in _COLUMNS if column not in repeated.columns]
    if missing:
        raise InvalidRecords(
            f"Repeated counts need the columns place, period, when and incidents, "
            f"but there is no “{missing[0]}”."
        )
    other = np.flatnonzero(~repeated["when"].isin(_WHEN).to_numpy())
    if other.size:
        raise InvalidRecords(
            f"The column “when” says before or after, but {other.size} rows say something else; "
            f"the first is row {other[0]}."
        )
    numbers = repeated["incidents"].to_numpy(dtype=float)
    wrong = np.flatnonzero(~((numbers >= 0) & (numbers == np.floor(numbers))))
    if wrong.size:
        raise InvalidRecords(
            f"Incidents are whole numbers from 0, but {wrong.size} of {len(repeated)} rows have "
            f"another value; the first is row {wrong[0]}."
        )
