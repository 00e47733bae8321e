"""This file knows which months may be compared, and compares two numbers of incidents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from forestall._stats.poisson import compare_poisson_rates
from forestall.errors import CannotAnswer
from forestall.languages import (
    Listing,
    Message,
    Month,
    MonthPair,
    Share,
    Words,
    message,
    plural_message,
)
from forestall.results import Certainty, Interval, RatioComparison

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from forestall.records import Periods

YEAR_MONTHS = 12
LEAST_PAIRS = 6
LEAST_TO_COMPARE = 4
_COVERED = 0.9
_THIN = 0.15
_LEAST_SOLID = 3
_LEAST_BUSY = 20
_LEAST_SPREAD = 6
_LEAST_ALONE = 100
_HOLDS_ALL = 0.9
_LEVELS = (0.80, 0.95, 0.99)


class Comparison(StrEnum):
    """Which months stand against which."""

    LAST_YEAR = "last 12 months against the 12 before"
    TWIN_MONTHS = "months that have the same month a year before"
    EDGES = "last two months against the first two"


@dataclass(frozen=True, eq=False, kw_only=True)
class ComparedPeriods:
    """Two sets of months, as positions in the periods and as their first days.

    Attributes
    ----------
    kind
        How they were chosen; only `Comparison.EDGES` is a description without a season.
    before, after
        Positions in the periods.
    before_months, after_months
        First days of these months.
    before_days, after_days
        Days in them.
    """

    kind: Comparison
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    before_months: tuple[pd.Timestamp, ...]
    after_months: tuple[pd.Timestamp, ...]
    before_days: float
    after_days: float

    @property
    def before_words(self) -> Words:
        """Return the earlier months in words, to stand beside `after_words`."""
        if self.kind is Comparison.LAST_YEAR:
            return message("the 12 months before")
        if self.kind is Comparison.TWIN_MONTHS:
            return message("the same months a year before")
        return months_in_words(self.before_months)

    @property
    def after_words(self) -> Words:
        """Return the later months in words."""
        if self.kind is Comparison.EDGES:
            return months_in_words(self.after_months)
        return plural_message(
            "{month}",
            "the {count} months to {month}",
            len(self.after_months),
            month=Month(self.after_months[-1].date()),
        )

    def sums(self, per_month: NDArray[np.int64]) -> tuple[int, int]:
        """Return the incidents before and after."""
        return int(per_month[self.before].sum()), int(per_month[self.after].sum())


def choose_periods(periods: Periods, *, missing: NDArray[np.bool_]) -> ComparedPeriods:
    """Choose which months to compare, by what the file allows.

    With 24 months or more the last 12 stand against the 12 before; with 13 to 23 those months
    that have the same month a year before; with 4 to 12 the last two against the first two,
    which describes but cannot tell season from change. Missing months are left out, with their
    twin where they have one; years are compared only when two thirds of the months from the first
    to the last that are compared are covered. Otherwise only the last months without a gap count.

    Raises
    ------
    CannotAnswer
        If there are fewer than four months without a gap, or the periods are not months.
    """
    if periods.unit != "month":
        raise CannotAnswer(f"A comparison needs counts by month; these are by {periods.unit}.")
    known = np.flatnonzero(~missing)
    end = int(known[-1]) + 1 if known.size else 0
    after = np.arange(max(end - YEAR_MONTHS, YEAR_MONTHS), end)
    after = after[~missing[after] & ~missing[after - YEAR_MONTHS]]
    if after.size and mostly_covered(missing[after[0] - YEAR_MONTHS : end]):
        kind = Comparison.LAST_YEAR if after.size == YEAR_MONTHS else Comparison.TWIN_MONTHS
        return _compared(periods, kind, after - YEAR_MONTHS, after)
    latest = last_run(known)
    if latest.size < LEAST_TO_COMPARE:
        text = _TOO_FEW_IN_A_ROW if latest.size < known.size else _TOO_FEW
        raise CannotAnswer(message(text, there=message(_THERE[latest.size])))
    return _compared(periods, Comparison.EDGES, latest[:2], latest[-2:])


def last_run(positions: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the last of rising positions that follow each other without a gap.

    Examples
    --------
    >>> last_run(np.array([0, 1, 2, 7, 8])).tolist()
    [7, 8]
    """
    gaps = np.flatnonzero(np.diff(positions) > 1)
    return positions[gaps[-1] + 1 :] if gaps.size else positions


def mostly_covered(missing: NDArray[np.bool_]) -> bool:
    """Return whether at least two thirds of the months from the first to the last are covered."""
    known = np.flatnonzero(~missing)
    return bool(known.size) and 3 * known.size >= 2 * int(known[-1] - known[0] + 1)


def months_not_covered(periods: Periods, per_month: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which months are unknown: less than nine days in ten covered, or thin at an edge.

    Thin are the first or last months when each holds less than 15 % of the median of the year
    beside them and that median is at least 20. Files cut by another date than the start of the
    incident bring such stragglers.
    """
    partly = is_partly_covered(periods)
    positions = np.arange(periods.size)
    first, last = solid_months(per_month)
    return np.asarray(partly | (positions < first) | (positions >= last), dtype=bool)


def is_partly_covered(periods: Periods) -> NDArray[np.bool_]:
    """Return of which periods less than nine days in ten are covered."""
    return np.asarray(periods.days < _COVERED * periods.calendar_days, dtype=bool)


def solid_months(per_month: NDArray[np.int64]) -> tuple[int, int]:
    """Return where the months begin and end that are not thin at an edge, as in a slice.

    When one month, or two in a row, of more than six hold nine in ten of all incidents, and at
    least 100 each, the file is of these months and the others are stragglers.

    Examples
    --------
    >>> solid_months(np.array([1, 0, 3, 700, 720, 690, 710, 2]))
    (3, 7)
    >>> solid_months(np.array([1, 0, 0, 4, 900, 0, 3, 0, 8]))
    (4, 5)
    """
    alone = _months_alone(per_month)
    if alone is not None:
        return alone
    first, last = 0, len(per_month)
    while True:
        left, right = _thin_months(per_month[first:last]), _thin_months(per_month[first:last][::-1])
        if not left + right:
            return first, last
        first, last = first + left, last - right


def _months_alone(per_month: NDArray[np.int64]) -> tuple[int, int] | None:
    """Return the one month, or two in a row, that hold nearly all of a longer file."""
    if len(per_month) <= _LEAST_SPREAD:
        return None
    for held in (1, 2):
        together = np.convolve(per_month, np.ones(held, dtype=np.int64), mode="valid")
        start = int(together.argmax())
        enough = per_month[start : start + held].min() >= _LEAST_ALONE
        if enough and together[start] >= _HOLDS_ALL * per_month.sum():
            return start, start + held
    return None


def _thin_months(per_month: NDArray[np.int64]) -> int:
    """Return how many months at the start are thin."""
    largest = np.maximum.accumulate(per_month)
    for end in range(len(per_month) - _LEAST_SOLID, 0, -1):
        beside = float(np.median(per_month[end : end + YEAR_MONTHS]))
        if beside >= _LEAST_BUSY and largest[end - 1] < _THIN * beside:
            return end
    return 0


def variation_between_pairs(
    per_month: NDArray[np.int64], compared: ComparedPeriods, periods: Periods
) -> tuple[float, float]:
    """Return how much the change varies between months, and the degrees of freedom.

    Each month is set against its twin a year before. If only chance were at work, each would
    split alike; the dispersion is Pearson's chi-squared for that by its degrees of freedom, at
    least 1. Season and slow movement drop out. With fewer than six pairs, or two months against
    two others, it is 1.
    """
    before, after = per_month[compared.before], per_month[compared.after]
    some = before + after > 0
    freedom = int(some.sum()) - 1
    if compared.kind is Comparison.EDGES or freedom < LEAST_PAIRS - 1:
        return 1.0, np.inf
    totals = compared.sums(per_month)
    if min(totals) == 0:
        return 1.0, np.inf
    ratio = (totals[1] / compared.after_days) / (totals[0] / compared.before_days)
    days = np.asarray(periods.days, dtype=float)
    weight = ratio * days[compared.after]
    share = (weight / (weight + days[compared.before]))[some]
    both, later = (before + after)[some], after[some]
    misfit = np.square(later - both * share) / (both * share * (1 - share))
    dispersion = float(misfit.sum()) / freedom
    return (dispersion, float(freedom)) if dispersion > 1 else (1.0, np.inf)


def compare_rates(
    *,
    before: float,
    after: float,
    before_days: float,
    after_days: float,
    dispersion: float = 1.0,
    degrees_of_freedom: float = np.inf,
) -> RatioComparison:
    """Compare two numbers of incidents per day.

    Without extra dispersion the intervals and the two-sided p-value are those of the exact
    conditional binomial test; with it they are widened on the log scale.

    Examples
    --------
    >>> change = compare_rates(before=104, after=109, before_days=61, after_days=59)
    >>> round(change.ratio, 2), change.certainty.value
    (1.08, 'cannot be told from chance')
    """
    compared = {
        level: compare_poisson_rates(
            before,
            after,
            before_exposure=before_days,
            after_exposure=after_days,
            level=level,
            dispersion=dispersion,
            degrees_of_freedom=degrees_of_freedom,
        )
        for level in _LEVELS
    }
    intervals = {
        level: Interval(low=rates.low, high=rates.high, level=level)
        for level, rates in compared.items()
    }
    return RatioComparison(
        before_count=before,
        after_count=after,
        before_exposure=before_days,
        after_exposure=after_days,
        ratio=compared[0.95].ratio,
        interval_80=intervals[0.80],
        interval_95=intervals[0.95],
        interval_99=intervals[0.99],
        p_value=compared[0.95].p_value,
        dispersion=dispersion,
    )


_TOO_FEW = "A comparison needs at least four whole months; {there}."
_TOO_FEW_IN_A_ROW = "A comparison needs at least four whole months in a row; {there}."
_THERE = {
    0: "there is none",
    1: "there is one",
    2: "there are two",
    3: "there are three",
}


def months_in_words(months: tuple[pd.Timestamp, ...]) -> Words:
    r"""Return months as a list of up to two, or from the first to the last.

    Examples
    --------
    >>> import pandas as pd
    >>> months = tuple(pd.to_datetime(["2019-01-01", "2019-02-01"]))
    >>> str(months_in_words(months)).replace("\xa0", " ")
    'January and February 2019'
    """
    named = [Month(month.date()) for month in months]
    if len(months) == 2 and months[0].year == months[1].year:
        return MonthPair(months[0].date(), months[1].month)
    if len(named) <= 2:
        return Listing(named)
    return message("{first} to {last}", first=named[0], last=named[-1])


def change_sentence(what: Words, comparison: RatioComparison, compared: ComparedPeriods) -> Message:
    """Say how the later months stand against the earlier ones, and how sure that is.

    No count is written, for a sentence is not protected as a table is.
    """
    certainty = comparison.certainty
    values: dict[str, object] = {
        "what": what,
        "before": compared.before_words,
        "after": compared.after_words,
        "share": Share(abs(comparison.ratio - 1)) if np.isfinite(comparison.ratio) else "",
        "interval": comparison.in_words(),
        "certainty": certainty.words,
    }
    if certainty is Certainty.LITTLE_CHANGED:
        return message(_LITTLE_CHANGED, **values)
    if certainty is Certainty.CHANCE or not 0 < comparison.ratio < np.inf:
        return message(_BY_CHANCE, **values)
    return message(_FEWER if comparison.ratio < 1 else _MORE, **values)


_LITTLE_CHANGED = (
    "{what}: what was recorded a day in {after} is little changed against {before} ({interval})."
)
_BY_CHANCE = (
    "{what}: the difference a day between {before} and {after} cannot be told from chance "
    "({interval})."
)
_FEWER = (
    "{what}: in {after}, {share} fewer a day were recorded than in {before} "
    "({interval}); {certainty}."
)
_MORE = (
    "{what}: in {after}, {share} more a day were recorded than in {before} "
    "({interval}); {certainty}."
)


def _compared(
    periods: Periods, kind: Comparison, before: NDArray[np.int64], after: NDArray[np.int64]
) -> ComparedPeriods:
    days = np.asarray(periods.days, dtype=float)
    return ComparedPeriods(
        kind=kind,
        before=before,
        after=after,
        before_months=tuple(periods.starts[before]),
        after_months=tuple(periods.starts[after]),
        before_days=float(days[before].sum()),
        after_days=float(days[after].sum()),
    )
