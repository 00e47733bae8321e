"""This file knows whether incidents near each other in place are also near in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from forestall._stats.multiplicity import adjust_holm
from forestall.diagnosis.dated_points import find_dated_points
from forestall.diagnosis.near_bands import listed_numbers
from forestall.diagnosis.near_choices import NearRepeatChoices
from forestall.diagnosis.near_counts import count_pairs, judged_columns
from forestall.diagnosis.near_repeat_caveats import LEVEL, near_repeat_caveats
from forestall.errors import CannotAnswer
from forestall.languages import Decimal, Message, Quantity, message, plural_message, say, say_plural
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt
    from numpy.typing import NDArray

    from forestall.diagnosis.near_bands import DayBand, DistanceBand
    from forestall.diagnosis.near_counts import PairCounts
    from forestall.records import Incidents

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

IN_ERROR = "location error"


@dataclass(frozen=True, eq=False, kw_only=True)
class NearRepeats(Result):
    """Pairs of incidents by distance and days between them, against chance (Knox's test).

    ``table`` has one row per band of distance and days: ``distance_from_m``, ``distance_to_m``
    (both 0: the same place), ``days_from``, ``days_to`` (both 0: the same day), ``observed``
    (pairs), ``expected`` and ``expected_sd`` (exact mean and standard deviation over all orders of
    the times), ``expected_median`` (of the random orders), ``ratio`` (observed / expected), ``z``,
    ``p_value``, ``p_max`` (allowing for all rows together) and ``reason``: "" or "location error"
    for rows that the records cannot answer, whose numbers are NaN.
    ``expected_median`` and ``p_max`` are NaN without permutations, ``ratio`` where nothing is
    expected, ``z`` and ``p_max`` where the number of pairs cannot vary.

    Attributes
    ----------
    permuted
        The number of pairs in each random order, shape (permutations, rows of the table).
    incidents_used
        Incidents with a day and a point.
    choices
        The settings in force, as in the call.
    location_error_m
        How far from the truth a distance may be.
    """

    permuted: FloatArray
    incidents_used: int
    choices: NearRepeatChoices
    location_error_m: float

    @property
    def standing_out(self) -> pd.DataFrame:
        """Rows beyond chance at 0.05, all together: by ``p_max``, else by Holm's adjustment."""
        judged = self.table[self.table["reason"] == ""]
        if self.choices.permutations:
            return judged[judged["p_max"] <= LEVEL]
        return judged[adjust_holm(judged["p_value"].to_numpy()) <= LEVEL]

    def summary(self) -> str:
        """Return how many bands stand out, and the nearest of them, in one plain sentence."""
        found, alternative = self.standing_out, self.choices.alternative
        if found.empty:
            return say(_NOTHING[alternative])
        row = found.iloc[0]
        return say_plural(
            *_FOUND[alternative],
            len(found),
            cells=int((self.table["reason"] == "").sum()),
            pairs=self._pairs_words(row),
            ratio=Decimal(float(row["ratio"]), 1),
        )

    def plot(self) -> alt.LayerChart:
        """Return the ratios by distance and days, those beyond chance outlined."""
        from forestall._charts import ratio_chart

        shown = self.table.assign(
            distance=[str(_distance_words(row)) for _, row in self.table.iterrows()],
            days=[str(_day_words(self._day_band(row))) for _, row in self.table.iterrows()],
            stands_out=self.table.index.isin(self.standing_out.index),
        )
        return ratio_chart(
            shown,
            x_title=say("Days between two incidents"),
            y_title=say("Distance between them"),
            title=say("Pairs, as a multiple of what chance gives"),
        )

    def _day_band(self, row: pd.Series[float]) -> DayBand:
        bands = self.choices.days
        return next(
            band for band in bands if (band.from_days, band.to_days) == (row.days_from, row.days_to)
        )

    def _pairs_words(self, row: pd.Series[float]) -> Message:
        band = self._day_band(row)
        where = "place" if row["distance_to_m"] == 0 else "near"
        values: dict[str, object] = {
            "low": float(row["distance_from_m"]),
            "high": Quantity(float(row["distance_to_m"]), "m"),
            "first": band.first,
            "last": band.last,
        }
        if band.last == 0:
            return message(_SAME_DAY[where], **values)
        if band.first == band.last:
            return plural_message(*_DAYS_APART[where], band.last, **values)
        return message(_FROM_TO_DAYS[where], **values)


def assess_near_repeats(
    incidents: Incidents,
    *,
    distance_breaks_m: Sequence[float],
    day_breaks: Sequence[int],
    permutations: int = 999,
    seed: int,
    metric: Literal["euclidean", "manhattan"] = "euclidean",
    closed: Literal["left", "right"] = "left",
    alternative: Literal["greater", "less", "two-sided"] = "greater",
    same_place: Literal["apart", "first_band"] = "apart",
    same_day: Literal["first_band", "apart", "left_out"] = "first_band",
    date: Literal["start", "middle", "end"] = "start",
    day_unit: Literal["calendar", "elapsed"] = "calendar",
    longest_interval_days: float | None = None,
    location_error_m: float | None = None,
) -> NearRepeats:
    """Assess whether incidents near in place are near in time more often than chance explains.

    All pairs of incidents are counted by distance and by days between them. Chance means that the
    times belong to the places in any order alike; the test draws such orders (Knox 1964).

    Parameters
    ----------
    incidents
        Incidents with a day and a point; select one kind of offence first.
    distance_breaks_m
        Breaks between bands in metres, such as ``[0, 100, 200]``. Distances are taken to the
        millimetre, so that a pair exactly on a break falls where ``closed`` says.
    day_breaks
        Breaks between bands in whole days, such as ``[0, 7, 14]``.
    permutations
        Random orders to draw; with 0 the p-values are a normal approximation at once.
    seed
        Where the random numbers start: the same seed gives the same table, on any machine and
        whatever the order of the rows.
    metric
        "euclidean" takes straight lines, "manhattan" the sum of the ways east and north.
    closed
        "left": a pair on a break belongs to the band above it (7 days to 7–13); "right": to the
        band below.
    alternative
        "greater" looks for more pairs than by chance, "less" for fewer, "two-sided" for both.
    same_place
        Pairs at distance 0 stand "apart" in rows of their own, or in the "first_band".
    same_day
        Pairs 0 days apart are in the "first_band", if that begins at 0, with either ``closed``;
        "apart" in rows of their own; or "left_out".
    date
        Which moment counts for an incident between two times. For "middle" and "end", incidents
        without an end are left out.
    day_unit
        "calendar" counts midnights between two incidents, "elapsed" whole periods of 24 hours.
    longest_interval_days
        Incidents that may have happened over more days are left out; the width of the narrowest
        band when None.
    location_error_m
        How far from the truth a distance may be. When None it is 0 for exact points, 100 m for
        points moved within the block, and for points moved to shared places the median distance
        from one to the next. Bands with an edge within it, the same place among them, stay empty.

    Raises
    ------
    CannotAnswer
        If days are not known, fewer than two incidents can be used, every band lies within the
        location error, or too many pairs are close.
    ValueError
        If a setting does not exist or breaks do not ascend.

    Notes
    -----
    Mean and spread are exact (Barton & David 1966). ``p_max`` compares each standardised number
    with the largest one in every random order (Westfall & Young 1993). The first call in an
    installation also compiles, which takes some seconds; the result is kept for later ones.

    Examples
    --------
    >>> from forestall.records import Incidents
    >>> thefts = pd.DataFrame({"x": [450_000.0, 450_030, 455_000, 455_000, 458_000],
    ...     "y": 520_000.0, "on": pd.to_datetime(
    ...     ["2024-01-01", "2024-01-03", "2024-03-01", "2024-03-02", "2024-05-01"])})
    >>> incidents = Incidents.from_frame(thefts, x="x", y="y", crs="EPSG:27700", starts_at="on")
    >>> found = assess_near_repeats(
    ...     incidents, distance_breaks_m=[0, 100], day_breaks=[0, 7], permutations=999, seed=1)
    >>> found.table[["distance_to_m", "days_to", "observed", "expected", "p_value"]]
       distance_to_m  days_to  observed  expected  p_value
    0            0.0        7       1.0       0.2    0.191
    1          100.0        7       1.0       0.2    0.198
    """
    choices = NearRepeatChoices(
        distance_breaks_m=listed_numbers(
            distance_breaks_m, what="Distances", example="[0, 100, 200]"
        ),
        day_breaks=listed_numbers(day_breaks, what="Days", example="[0, 7, 14]"),
        permutations=permutations,
        seed=seed,
        metric=metric,
        closed=closed,
        alternative=alternative,
        same_place=same_place,
        same_day=same_day,
        date=date,
        day_unit=day_unit,
        longest_interval_days=longest_interval_days,
        location_error_m=location_error_m,
    )
    return _assess(incidents, choices)


def _assess(incidents: Incidents, choices: NearRepeatChoices) -> NearRepeats:
    points = find_dated_points(
        incidents,
        date=choices.date,
        day_unit=choices.day_unit,
        longest_interval_days=choices.longest_days,
        location_error_m=choices.location_error_m,
    )
    error = points.location_error_m
    told = [band for band in choices.distances if band.can_be_told(error)]
    if not told:
        raise CannotAnswer(
            message(
                "Distances are right within {error} only, and every band of distance has an edge "
                "nearer than that; take wider bands, or name location_error_m if you know better.",
                error=Quantity(error, "m"),
            )
        )
    counted = count_pairs(points, told, choices)
    rows = _rows(choices)
    answered = np.array([band in told for band, _ in rows], dtype=bool)
    table = _table(rows, answered, counted, choices)
    permuted = np.full((choices.permutations, len(rows)), np.nan)
    permuted[:, answered] = counted.permuted
    return NearRepeats(
        table=table,
        caveats=near_repeat_caveats(
            points, choices, cells=int(answered.sum()), same_both=counted.same_place_and_day
        ),
        made_by=choices.call(),
        permuted=permuted,
        incidents_used=points.size,
        choices=choices,
        location_error_m=error,
    )


def _rows(choices: NearRepeatChoices) -> list[tuple[DistanceBand, DayBand]]:
    return [(distance, days) for distance in choices.distances for days in choices.days]


def _table(
    rows: Sequence[tuple[DistanceBand, DayBand]],
    answered: NDArray[np.bool_],
    counted: PairCounts,
    choices: NearRepeatChoices,
) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "distance_from_m": [distance.from_m for distance, _ in rows],
            "distance_to_m": [distance.to_m for distance, _ in rows],
            "days_from": [days.from_days for _, days in rows],
            "days_to": [days.to_days for _, days in rows],
        }
    )
    for name, numbers in judged_columns(counted, choices).items():
        table[name] = np.nan
        table.loc[answered, name] = numbers
    table["reason"] = np.where(answered, "", IN_ERROR)
    return table


def _distance_words(row: pd.Series[float]) -> Message:
    if row["distance_to_m"] == 0:
        return message("same place")
    return message(
        "{low} to {high}",
        low=float(row["distance_from_m"]),
        high=Quantity(float(row["distance_to_m"]), "m"),
    )


def _day_words(band: DayBand) -> Message:
    if band.last == 0:
        return message("same day")
    if band.first == band.last:
        return plural_message("{count} day", "{count} days", band.last)
    return message("{first} to {last} days", first=band.first, last=band.last)


_SAME_DAY = {
    "place": "at the same place on the same day",
    "near": "{low} to {high} apart on the same day",
}
_DAYS_APART = {
    "place": ("at the same place, {count} day apart", "at the same place, {count} days apart"),
    "near": ("{low} to {high} and {count} day apart", "{low} to {high} and {count} days apart"),
}
_FROM_TO_DAYS = {
    "place": "at the same place, {first} to {last} days apart",
    "near": "{low} to {high} and {first} to {last} days apart",
}
_NOTHING = {
    "greater": "No combination of distance and days holds more pairs than chance explains.",
    "less": "No combination of distance and days holds fewer pairs than chance explains.",
    "two-sided": (
        "No combination of distance and days holds more or fewer pairs than chance explains."
    ),
}
_FOUND = {
    "greater": (
        "{count} of {cells} combinations of distance and days holds more pairs of incidents than "
        "chance explains ({pairs}): {ratio} times as many as expected.",
        "{count} of {cells} combinations of distance and days hold more pairs of incidents than "
        "chance explains; the nearest ({pairs}) {ratio} times as many as expected.",
    ),
    "less": (
        "{count} of {cells} combinations of distance and days holds fewer pairs of incidents than "
        "chance explains ({pairs}): {ratio} times as many as expected.",
        "{count} of {cells} combinations of distance and days hold fewer pairs of incidents than "
        "chance explains; the nearest ({pairs}) {ratio} times as many as expected.",
    ),
    "two-sided": (
        "{count} of {cells} combinations of distance and days holds more or fewer pairs of "
        "incidents than chance explains ({pairs}): {ratio} times as many as expected.",
        "{count} of {cells} combinations of distance and days hold more or fewer pairs of "
        "incidents than chance explains; the nearest ({pairs}) {ratio} times as many as expected.",
    ),
}
