"""This file knows what must be said beside a trend, and why there may be none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis.comparisons import Comparison
from forestall.diagnosis.seasonal_model import LEAST_INCIDENTS
from forestall.languages import Decimal, Listing, Message, Month, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from forestall._stats.regression import QuasiPoissonFit
    from forestall.diagnosis.comparisons import ComparedPeriods
    from forestall.diagnosis.seasonal_model import MonthSeries


def model_caveats(
    series: MonthSeries, model: QuasiPoissonFit | None, dispersion: float, *, least_months: int
) -> list[Message]:
    """Say why there is no trend, or what its intervals and those of the comparison allow for."""
    said = []
    if model is None:
        said.append(_why_no_trend(series, least_months))
    if dispersion >= _VARIED:
        said.append(message(_VARIATION, times=Decimal(dispersion, 1)))
    else:
        said.append(message("Intervals cover chance only (Poisson counts)."))
    if model is not None:
        times = Decimal(max(1.0, model.dispersion), 1)
        said.append(message(_TREND_VARIATION, times=times))
    return said


def _why_no_trend(series: MonthSeries, least_months: int) -> Message:
    months = len(series.counts)
    if series.counts.sum() < LEAST_INCIDENTS:
        return message("{count} incidents are too few for a trend.", count=series.counts.sum())
    if months < least_months:
        return plural_message(
            "{count} month is too few for a trend; this section describes it only.",
            "{count} months are too few for a trend; this section describes them only.",
            months,
        )
    between = int(series.positions[-1] - series.positions[0]) + 1 - months
    if 3 * months < 2 * (months + between):
        return plural_message(
            "There is no trend, because {count} month is missing between the first and the last.",
            "There is no trend, because {count} months are missing between the first and the last.",
            between,
        )
    return message("There is no trend, because the incidents are too unevenly spread over months.")


def month_caveats(
    missing: NDArray[np.bool_],
    compared: ComparedPeriods | None,
    shifts: Sequence[pd.Timestamp],
) -> list[Message]:
    """Say which months are left out, and where the level stepped."""
    said = []
    if compared is not None and compared.kind is Comparison.EDGES:
        said.append(message("The file lacks the year before, so season and change look the same."))
    if missing.any():
        said.append(
            plural_message(
                "{count} month is not or only partly covered and is left out.",
                "{count} months are not or only partly covered and are left out.",
                int(missing.sum()),
            )
        )
    if shifts:
        when = Listing([Month(month.date()) for month in shifts])
        said.append(message(_SHIFTED, months=when))
    return said


_VARIED = 1.05
_VARIATION = "Intervals allow for month-to-month variation {times} times that of pure chance."
_TREND_VARIATION = (
    "The interval of the trend allows for variation {times} times that of pure chance, and for "
    "neighbouring months being alike."
)
_SHIFTED = (
    "The level stepped up or down around {months}; ask whether recording changed then. "
    "The change each year runs across the step."
)
