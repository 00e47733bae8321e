"""This file knows the months of an interrupted series: which count, and on which side they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forestall._stats.regression import season_columns
from forestall.diagnosis.comparisons import months_not_covered
from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation.interruptions import Change
from forestall.languages import message

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    from forestall.evaluation.interruptions import Interruption
    from forestall.records import Counts

    FloatArray = NDArray[np.float64]

LEAST_INCIDENTS = 50
LEAST_BEFORE_WITH_SEASON, LEAST_BEFORE = 24, 12
LEAST_AFTER = {Change.LEVEL: 6, Change.LEVEL_AND_SLOPE: 12}


@dataclass(frozen=True, eq=False, kw_only=True)
class InterruptedMonths:
    """A series of months that a measure came into.

    Attributes
    ----------
    starts
        First day of every month, also of those left out.
    counts, exposure
        Incidents and exposure of every month.
    known
        Whether a month is used: covered, and not between the start and full effect.
    missing, settling
        Whether a month is not covered; whether it lies between the start and full effect.
    """

    starts: pd.DatetimeIndex
    counts: FloatArray
    exposure: FloatArray
    missing: NDArray[np.bool_]
    settling: NDArray[np.bool_]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Return which months are used."""
        return np.asarray(~(self.missing | self.settling))

    @property
    def numbers(self) -> FloatArray:
        """Return the number of each month, the first being 1."""
        return np.arange(1, len(self.starts) + 1, dtype=float)

    def season(self, harmonics: int) -> FloatArray:
        """Return the columns of the season; January is at the beginning of the circle."""
        months = np.asarray(self.starts.month, dtype=np.int64) - 1
        return season_columns(months, harmonics=harmonics)

    def first_at(self, day: pd.Timestamp) -> int:
        """Return the position of the first month that begins on or after a day."""
        return int(np.searchsorted(self.starts.to_numpy(), day.to_datetime64()))

    def up_to(self, position: int) -> InterruptedMonths:
        """Return the months before a position."""
        return InterruptedMonths(
            starts=self.starts[:position],
            counts=self.counts[:position],
            exposure=self.exposure[:position],
            missing=self.missing[:position],
            settling=np.zeros(position, dtype=bool),
        )


def read_months(
    counts: Counts, interruption: Interruption, exposure: ArrayLike | None
) -> InterruptedMonths:
    """Return the months of a series, after checking that they can answer.

    Raises
    ------
    CannotAnswer
        If the counts are not by month, or too few.
    InvalidRecords
        If the exposure is not one number above zero for each month.
    """
    if counts.periods is None or counts.periods.unit != "month":
        raise CannotAnswer(
            "An interrupted series needs incidents counted by month; count with period='month'."
        )
    per_month = counts.per_period()
    missing = months_not_covered(counts.periods, per_month)
    starts = counts.periods.starts
    exposed = _exposure(exposure, starts, np.asarray(counts.periods.days, dtype=float), missing)
    full = interruption.full_effect
    settling = np.asarray((starts >= interruption.first) & (starts < full))
    return InterruptedMonths(
        starts=starts,
        counts=per_month.astype(float),
        exposure=exposed,
        missing=missing,
        settling=settling,
    )


def check_long_enough(
    months: InterruptedMonths, interruption: Interruption, *, harmonics: int
) -> None:
    """Refuse a series that is too short, saying what is needed.

    Raises
    ------
    CannotAnswer
        If there are too few months before or after, or too few incidents.
    """
    start = months.first_at(interruption.full_effect)
    before, after = int(months.known[:start].sum()), int(months.known[start:].sum())
    needed = LEAST_BEFORE_WITH_SEASON if harmonics else LEAST_BEFORE
    if before < needed:
        raise CannotAnswer(
            message(_TOO_FEW_BEFORE if harmonics else _FEW_BEFORE, needed=needed, found=before)
        )
    needed = LEAST_AFTER[interruption.change]
    if after < needed:
        both = interruption.change is Change.LEVEL_AND_SLOPE
        raise CannotAnswer(
            message(_TOO_FEW_AFTER if both else _FEW_AFTER, needed=needed, found=after)
        )
    counted = int(months.counts[months.known].sum())
    if counted < LEAST_INCIDENTS:
        raise CannotAnswer(message(_TOO_FEW_INCIDENTS, needed=LEAST_INCIDENTS, found=counted))


_TOO_FEW_BEFORE = (
    "An interrupted series with a season needs {needed} months before the measure, but there are "
    "{found}. Without a season (harmonics=0) 12 will do."
)
_FEW_BEFORE = (
    "An interrupted series needs {needed} months before the measure, but there are {found}."
)
_TOO_FEW_AFTER = (
    "A change of level and slope needs {needed} months after the measure, but there are {found}. "
    "For a change of level alone 6 will do."
)
_FEW_AFTER = "A change of level needs {needed} months after the measure, but there are {found}."
_TOO_FEW_INCIDENTS = (
    "An interrupted series needs {needed} incidents, but there are {found}. Count a wider area or "
    "more kinds."
)


def _exposure(
    exposure: ArrayLike | None,
    starts: pd.DatetimeIndex,
    days: FloatArray,
    missing: NDArray[np.bool_],
) -> FloatArray:
    if exposure is None:
        return np.where(missing, 1.0, days)
    given = np.asarray(exposure, dtype=float)
    if given.shape != (len(starts),):
        raise InvalidRecords(
            f"The exposure needs one number for each of {len(starts)} months, "
            f"but there are {given.size}."
        )
    wrong = np.flatnonzero(~((given > 0) & np.isfinite(given)) & ~missing)
    if wrong.size:
        raise InvalidRecords(
            f"The exposure of a month is above zero, but of {wrong.size} months it is not; "
            f"the first is {starts[wrong[0]]:%Y-%m}."
        )
    return np.where(missing, 1.0, given)
