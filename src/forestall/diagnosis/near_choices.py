"""This file knows the settings of a test of near repeats, and which of them do not go together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from forestall._stats.permuted import ALTERNATIVES
from forestall.diagnosis.near_bands import DayBand, DistanceBand, day_bands, distance_bands


@dataclass(frozen=True, kw_only=True)
class NearRepeatChoices:
    """The settings of `forestall.diagnosis.assess_near_repeats`, which explains them."""

    distance_breaks_m: tuple[float, ...]
    day_breaks: tuple[int, ...]
    permutations: int
    seed: int
    metric: str
    closed: str
    alternative: str
    same_place: str
    same_day: str
    date: str
    day_unit: str
    longest_interval_days: float | None
    location_error_m: float | None

    def __post_init__(self) -> None:
        if self.metric not in {"euclidean", "manhattan"}:
            raise ValueError('The metric is "euclidean" or "manhattan".')
        if self.alternative not in ALTERNATIVES:
            raise ValueError('The alternative is "greater", "less" or "two-sided".')
        if self.permutations < 0 or self.permutations != int(self.permutations):
            raise ValueError(f"Permutations are a whole number from 0, not {self.permutations}.")
        # Each raises what is wrong with its breaks, before anything is read.
        assert self.distances
        assert self.days

    @cached_property
    def distances(self) -> tuple[DistanceBand, ...]:
        """The bands of distance, the same place first when it stands apart."""
        return distance_bands(self.distance_breaks_m, same_place=self.same_place)

    @cached_property
    def days(self) -> tuple[DayBand, ...]:
        """The bands of days, the same day first when it stands apart."""
        return day_bands(self.day_breaks, closed=self.closed, same_day=self.same_day)

    @property
    def longest_days(self) -> float:
        """The longest interval in force: as given, or the width of the narrowest band."""
        if self.longest_interval_days is not None:
            return self.longest_interval_days
        return float(min(band.to_days - band.from_days for band in self.days if band.to_days))

    def call(self) -> str:
        """Return the call that these settings make."""
        said = ", ".join(
            f"{name}={list(value) if isinstance(value, tuple) else value!r}"
            for name, value in vars(self).items()
            if name not in {"distances", "days"}
        )
        return f"assess_near_repeats({said})"
