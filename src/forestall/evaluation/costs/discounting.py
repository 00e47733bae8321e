"""This file knows how much a later year counts: discount schedules, data with a source each."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from forestall.errors import InvalidMoney
from forestall.evaluation.costs.unit_costs import Confidence
from forestall.languages import Listing, message

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TABLE = Path(__file__).parent / "data" / "discount_schedules.csv"


@dataclass(frozen=True)
class RateBand:
    """A yearly rate and the years it holds for; no last year means for ever."""

    first_year: int
    last_year: int | None
    rate: float


@dataclass(frozen=True, kw_only=True)
class DiscountSchedule:
    """Yearly rates for real amounts, by bands of years.

    Attributes
    ----------
    name, title
        The short name, and what readers see.
    bands
        Without gaps, from year 1.
    source, confidence
        Where the rates were read, and how far that can be trusted.
    """

    name: str
    title: str
    bands: tuple[RateBand, ...]
    source: str
    confidence: Confidence

    def __post_init__(self) -> None:
        if not (self.title and self.source):
            raise InvalidMoney(message("A discount schedule needs a title and a source."))
        joined = all(one.last_year == two.first_year - 1 for one, two in pairwise(self.bands))
        if not self.bands or self.bands[0].first_year != 1 or not joined:
            raise InvalidMoney(
                message("Bands of a discount schedule begin at year 1 and leave no gap.")
            )
        if not all(0 <= band.rate < 1 for band in self.bands):
            raise InvalidMoney(
                message("Discount rates are fractions from 0 to below 1, such as 0.035.")
            )

    def rate(self, year: int) -> float:
        """Return the rate from the year before to this one.

        Raises
        ------
        InvalidMoney
            If the schedule does not reach so far.
        """
        for band in self.bands:
            if year >= band.first_year and (band.last_year is None or year <= band.last_year):
                return band.rate
        raise InvalidMoney(
            message("“{title}” has no rate for year {year}.", title=self.title, year=year)
        )


def discount_factors(schedule: DiscountSchedule, *, years: int) -> NDArray[np.float64]:
    """Return what one unit of money in each year is worth in year 0, whose factor is 1.

    Parameters
    ----------
    schedule
        The rates.
    years
        How many years, year 0 included.

    Raises
    ------
    InvalidMoney
        If the schedule does not reach so far.

    Examples
    --------
    >>> discount_factors(discount_schedule("green-book"), years=3).round(4).tolist()
    [1.0, 0.9662, 0.9335]
    """
    if years < 1:
        raise ValueError("There is at least one year.")
    rates = np.array([schedule.rate(year) for year in range(1, years)])
    return np.cumprod(np.concatenate([[1.0], 1 / (1 + rates)]))


def discount_schedule(name: str) -> DiscountSchedule:
    """Return a schedule that comes with the package: green-book, green-book-health or wsipp.

    Each says where it was read; the last two are not from a primary source.

    Raises
    ------
    InvalidMoney
        If there is no such schedule.

    Examples
    --------
    >>> discount_schedule("wsipp").confidence
    <Confidence.UNVERIFIED: 'unverified'>
    """
    known = _schedules()
    if name not in known:
        raise InvalidMoney(
            message(
                "There is no discount schedule “{name}”; there are {known}, or your own.",
                name=name,
                known=Listing(tuple(known)),
            )
        )
    return known[name]


def own_schedule(rate: float, *, title: str, source: str) -> DiscountSchedule:
    """Make a schedule with one rate for all years.

    Examples
    --------
    >>> half = own_schedule(0.05, title="City rules", source="Finance rules 2024, section 3")
    >>> half.rate(10)
    0.05
    """
    return DiscountSchedule(
        name="own",
        title=title,
        bands=(RateBand(1, None, rate),),
        source=source,
        confidence=Confidence.OWN,
    )


@cache
def _schedules() -> dict[str, DiscountSchedule]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        name: DiscountSchedule(
            name=name,
            title=of_it[0]["title"],
            bands=tuple(
                RateBand(
                    int(row["first_year"]),
                    int(row["last_year"]) if row["last_year"] else None,
                    float(row["rate"]),
                )
                for row in of_it
            ),
            source=of_it[0]["source"],
            confidence=Confidence(of_it[0]["confidence"]),
        )
        for name in dict.fromkeys(row["name"] for row in rows)
        if (of_it := [row for row in rows if row["name"] == name])
    }
