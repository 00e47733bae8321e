"""This file knows the bands of distance and days in which pairs of incidents are counted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]

_LARGEST_BREAK_M = 60_000


@dataclass(frozen=True, kw_only=True)
class DistanceBand:
    """A band of distance; of the same place both ends are 0. ``number`` is that of the kernel."""

    number: int
    from_m: float
    to_m: float
    with_same_place: bool = False

    def can_be_told(self, error_m: float) -> bool:
        """Say whether both edges lie outside the error; 0 with the same place in is no edge."""
        inner = self.with_same_place or self.from_m >= error_m
        return inner and self.to_m >= error_m


@dataclass(frozen=True, kw_only=True)
class DayBand:
    """A band of days as given, and its first and last whole number of days."""

    from_days: int
    to_days: int
    first: int
    last: int


def listed_numbers(given: Any, *, what: str, example: str) -> tuple[Any, ...]:
    """Return breaks as plain numbers, or refuse what is no list of them.

    Examples
    --------
    >>> listed_numbers(np.arange(0, 300, 100), what="Distances", example="[0, 100]")
    (0, 100, 200)
    """
    numbers = np.asarray(given)
    if numbers.ndim != 1 or (numbers.size and numbers.dtype.kind not in "iuf"):
        raise ValueError(f"{what} are given as a list of numbers, such as {example}.")
    return tuple(numbers.tolist())


def distance_bands(breaks_m: Sequence[float], *, same_place: str) -> tuple[DistanceBand, ...]:
    """Return the bands, the same place first when it stands apart.

    Examples
    --------
    >>> [(band.number, band.from_m, band.to_m)
    ...     for band in distance_bands([0, 100, 200], same_place="apart")]
    [(0, 0.0, 0.0), (1, 0.0, 100.0), (2, 100.0, 200.0)]
    """
    breaks = [float(one) for one in breaks_m]
    whole = np.round(np.asarray(breaks) * 1000)
    if len(breaks) < 2 or not np.isfinite(breaks).all() or (np.diff(whole) <= 0).any():
        raise ValueError("Distances need two finite breaks or more, each above the one before it.")
    if breaks[0] < 0 or breaks[-1] > _LARGEST_BREAK_M:
        raise ValueError(f"Distances lie between 0 and {_LARGEST_BREAK_M:,} m.")
    if breaks[-1] < 1:
        raise ValueError(
            f"Distances are in metres, but the largest break given is {breaks[-1]:g}; it may be in "
            f"degrees or kilometres."
        )
    if same_place not in {"apart", "first_band"}:
        raise ValueError('The same place stands "apart" or in the "first_band".')
    if same_place == "first_band" and breaks[0] > 0:
        raise ValueError("The first band holds the same place only if it begins at 0.")
    ends = list(pairwise(breaks))
    if same_place == "first_band":
        return tuple(
            DistanceBand(number=number, from_m=low, to_m=high, with_same_place=number == 0)
            for number, (low, high) in enumerate(ends)
        )
    # Above 0 and below the first break there is a band of the kernel that nobody asks for.
    before = 2 if breaks[0] > 0 else 1
    return (
        DistanceBand(number=0, from_m=0.0, to_m=0.0),
        *(
            DistanceBand(number=number, from_m=low, to_m=high)
            for number, (low, high) in enumerate(ends, before)
        ),
    )


def day_bands(breaks: Sequence[int], *, closed: str, same_day: str) -> tuple[DayBand, ...]:
    """Return the bands, the same day first when it stands apart.

    Examples
    --------
    >>> [(band.first, band.last)
    ...     for band in day_bands([0, 7, 14], closed="left", same_day="first_band")]
    [(0, 6), (7, 13)]
    >>> [(band.first, band.last)
    ...     for band in day_bands([0, 7, 14], closed="right", same_day="apart")]
    [(0, 0), (1, 7), (8, 14)]
    """
    days = np.asarray(breaks, dtype=float)
    if days.size < 2 or not (days == np.round(days)).all() or (np.diff(days) <= 0).any():
        raise ValueError("Days need two whole breaks or more, each above the one before it.")
    if days[0] < 0 or days[-1] > np.iinfo(np.int32).max:
        raise ValueError("Days are 0 or more.")
    if closed not in {"left", "right"}:
        raise ValueError('A band is closed on the "left" or on the "right".')
    if same_day not in {"apart", "first_band", "left_out"}:
        raise ValueError('The same day is "apart", in the "first_band" or "left_out".')
    bands = [] if same_day != "apart" else [DayBand(from_days=0, to_days=0, first=0, last=0)]
    for low, high in pairwise(days.astype(int).tolist()):
        first, last = (low, high - 1) if closed == "left" else (low + 1, high)
        if low == 0:
            first = 0 if same_day == "first_band" else 1
        if last < first:
            raise ValueError(f"No whole number of days lies in the band from {low} to {high}.")
        bands.append(DayBand(from_days=low, to_days=high, first=first, last=last))
    return tuple(bands)


def cumulative_limits(bands: Sequence[DayBand]) -> IntArray:
    """Return the ascending numbers of days up to which pairs must be counted.

    Examples
    --------
    >>> cumulative_limits(day_bands([0, 7, 14], closed="left", same_day="left_out"))
    array([ 0,  6, 13])
    """
    wanted = {band.last for band in bands} | {band.first - 1 for band in bands if band.first > 0}
    return np.array(sorted(wanted), dtype=np.int64)


def in_bands(cumulative: IntArray, bands: Sequence[DayBand], *, axis: int) -> IntArray:
    """Return numbers by day band from numbers up to each of `cumulative_limits`."""
    limits = cumulative_limits(bands).tolist()
    along = np.moveaxis(cumulative, axis, -1)
    nothing = np.zeros_like(along[..., 0])
    parts = [
        along[..., limits.index(band.last)]
        - (along[..., limits.index(band.first - 1)] if band.first > 0 else nothing)
        for band in bands
    ]
    return np.asarray(np.moveaxis(np.stack(parts, axis=-1), -1, axis))
