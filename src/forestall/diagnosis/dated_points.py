"""This file knows which incidents have a day and a point for questions of distance and days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall.diagnosis.given import check_incidents
from forestall.errors import CannotAnswer
from forestall.languages import Decimal, Message, message, plural_message
from forestall.query import fetch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from forestall.records import Incidents

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

MONTH = "known by month only"
NO_END = "no end"
NEGATIVE = "ends before it starts"
TOO_LONG = "interval too long"
NO_TIME = "no time of day"
NO_POINT = "no point"
# Half of a hundred-number block where eight of them make a mile (Chicago), in whole hundreds.
BLOCK_M = 100.0
_SECONDS_A_DAY = 86_400
_LONGEST_SECONDS = 2**30 - 2
_COLUMNS = (
    "incident_id", "starts_at", "ends_at", "time_precision", "x", "y", "location_precision",
)  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class DatedPoints:
    """Incidents with a time in whole units and a point in metres, by time and point.

    The order does not depend on that of the rows, so that random orders of the times do not either.

    Attributes
    ----------
    rows
        Position of each in the incidents as given.
    names
        Identifiers of the source where every incident has its own, else the positions.
    x, y
        Metres.
    times
        Whole days, or seconds when elapsed time was asked for.
    days
        Calendar days as dates.
    seconds_a_unit
        86,400, or 1.
    left_out
        Reason to number of incidents.
    without_end
        Incidents that were used and have no end.
    location_error_m
        How far from the truth a distance may be.
    """

    rows: IntArray
    names: NDArray[Any]
    x: FloatArray
    y: FloatArray
    times: IntArray
    days: NDArray[np.datetime64]
    seconds_a_unit: int
    left_out: Mapping[str, int]
    without_end: int
    location_error_m: float
    location_error_from: Message

    @property
    def size(self) -> int:
        """How many incidents can be used."""
        return int(self.rows.size)

    def most_units(self, days: IntArray) -> IntArray:
        """Return the largest time apart that counts as so many whole days apart."""
        if self.seconds_a_unit == 1:
            return np.asarray((days + 1) * _SECONDS_A_DAY - 1)
        return days


_TOO_LONG = "Elapsed time can be counted over 34 years at most; count calendar days instead."


def find_dated_points(
    incidents: Incidents,
    *,
    date: str,
    day_unit: str,
    longest_interval_days: float,
    location_error_m: float | None,
) -> DatedPoints:
    """Take the incidents that have a day and a point, and count the others by reason.

    Parameters
    ----------
    incidents
        With a time known to the day at least.
    date
        "start", "middle" or "end": which moment of an interval is the time of the incident.
    day_unit
        "calendar": midnights in between; "elapsed": whole periods of 24 hours, for which times
        must be known to the minute.
    longest_interval_days
        Incidents whose interval is longer are left out.
    location_error_m
        How far from the truth a distance may be; found from the records when None.

    Raises
    ------
    CannotAnswer
        If fewer than two incidents remain, or elapsed time spans more than 34 years.
    """
    if date not in {"start", "middle", "end"} or day_unit not in {"calendar", "elapsed"}:
        raise ValueError('The date is "start", "middle" or "end", days "calendar" or "elapsed".')
    if not longest_interval_days >= 0 or (location_error_m is not None and location_error_m < 0):
        raise ValueError("The longest interval and the location error are 0 or more.")
    check_incidents(incidents, or_counts=False)
    rows = fetch(incidents.table.select(*_COLUMNS)).to_pandas()
    reasons = _reasons(rows, date, day_unit, longest_interval_days)
    used = rows[reasons == ""]
    left_out = reasons[reasons != ""].value_counts()
    _check_enough(len(used), left_out, len(rows))
    moments = _moments(used, date)
    times = moments.astype("datetime64[s]" if day_unit == "elapsed" else "datetime64[D]")
    x, y = used["x"].to_numpy(float), used["y"].to_numpy(float)
    if day_unit == "elapsed" and np.ptp(times.astype(np.int64)) > _LONGEST_SECONDS:
        raise CannotAnswer(message(_TOO_LONG))
    order = np.lexsort([y, x, times])
    error, because = _location_error(used, location_error_m)
    return DatedPoints(
        rows=used.index.to_numpy(np.int64)[order],
        names=_names(used)[order],
        x=x[order],
        y=y[order],
        times=times.astype(np.int64)[order],
        days=moments.astype("datetime64[D]")[order],
        seconds_a_unit=1 if day_unit == "elapsed" else _SECONDS_A_DAY,
        left_out={str(reason): int(count) for reason, count in left_out.items()},
        without_end=int(used["ends_at"].isna().sum()),
        location_error_m=error,
        location_error_from=because,
    )


def left_out_caveats(points: DatedPoints, *, longest_interval_days: float) -> list[Message]:
    """Say how many incidents were left out, and which have no end."""
    said = [
        plural_message(*_LEFT_OUT[reason], count, days=Decimal(longest_interval_days, 0))
        for reason, count in points.left_out.items()
    ]
    if points.without_end:
        said.append(
            plural_message(
                "{count} incident has no last possible time and stands at its only one.",
                "{count} incidents have no last possible time and stand at their only one.",
                points.without_end,
            )
        )
    return said


def _reasons(rows: pd.DataFrame, date: str, day_unit: str, longest_days: float) -> pd.Series[str]:
    length = rows["ends_at"] - rows["starts_at"]
    missing = rows["ends_at"].isna()
    located = np.isfinite(rows["x"].to_numpy(float)) & np.isfinite(rows["y"].to_numpy(float))
    found = list(
        np.select(
            [
                rows["time_precision"] == "month",
                ~located,
                ~missing & (length < pd.Timedelta(0)),
                (rows["time_precision"] != "minute") & (day_unit == "elapsed"),
                missing & (date != "start"),
                ~missing & (length.dt.total_seconds() > longest_days * _SECONDS_A_DAY),
            ],
            [MONTH, NO_POINT, NEGATIVE, NO_TIME, NO_END, TOO_LONG],
            "",
        )
    )
    return pd.Series(found, index=rows.index)


def _check_enough(used: int, left_out: pd.Series[int], total: int) -> None:
    if used >= 2:
        return
    if total and left_out.get(MONTH, 0) == total:
        raise CannotAnswer(
            message(
                "These incidents are known by month only, so that nobody can say how many days "
                "lie between two of them; near repeats need days."
            )
        )
    raise CannotAnswer(
        message("Near repeats need incidents with a day and a point, and too few have both.")
    )


def _moments(used: pd.DataFrame, date: str) -> NDArray[np.datetime64]:
    starts = used["starts_at"].to_numpy("datetime64[s]")
    if date == "start":
        return starts
    ends = used["ends_at"].to_numpy("datetime64[s]")
    return np.asarray(ends if date == "end" else starts + (ends - starts) // 2)


def _names(used: pd.DataFrame) -> NDArray[Any]:
    names = used["incident_id"]
    if names.notna().all() and names.is_unique:
        return names.to_numpy(dtype=object)
    return used.index.to_numpy(dtype=object)


def _location_error(used: pd.DataFrame, given: float | None) -> tuple[float, Message]:
    if given is not None:
        return given, message(_ERROR_GIVEN)
    kinds = used["location_precision"].unique()
    shared = used["location_precision"].isin(["snapped", "area"])
    spacing = _spacing(used.loc[shared, ["x", "y"]]) if shared.any() else 0.0
    if "block" in kinds and spacing <= BLOCK_M:
        return BLOCK_M, message(_ERROR_BLOCK)
    return spacing, message(_ERROR_SPACING if shared.any() else _ERROR_NONE)


def _spacing(points: pd.DataFrame) -> float:
    """Return the median distance from a shared point to the nearest other one, in whole metres."""
    from scipy.spatial import cKDTree

    distinct = points.drop_duplicates().to_numpy(float)
    if len(distinct) < 2:
        return float("inf")
    nearest = np.asarray(cKDTree(distinct).query(distinct, k=2)[0])
    return float(np.ceil(np.median(nearest[:, 1])))


_ERROR_NONE = "Points are taken as exact."
_ERROR_GIVEN = "Distances are taken to be right within {error}, as was said in the call."
_ERROR_BLOCK = (
    "Points are moved within the block, so that distances are taken to be right within {error}."
)
_ERROR_SPACING = (
    "Points are moved to shared places, half of which lie within {error} of the next one; "
    "distances are taken to be right within that."
)
_LEFT_OUT = {
    MONTH: (
        "{count} incident is left out: its day is not known, only its month.",
        "{count} incidents are left out: their days are not known, only their months.",
    ),
    NO_POINT: (
        "{count} incident is left out: it has no point.",
        "{count} incidents are left out: they have no point.",
    ),
    NEGATIVE: (
        "{count} incident is left out: it ends before it starts.",
        "{count} incidents are left out: they end before they start.",
    ),
    NO_TIME: (
        "{count} incident is left out: its time of day is not known.",
        "{count} incidents are left out: their time of day is not known.",
    ),
    NO_END: (
        "{count} incident is left out: it has no last possible time.",
        "{count} incidents are left out: they have no last possible time.",
    ),
    TOO_LONG: (
        "{count} incident is left out: it may have happened over more than {days} days.",
        "{count} incidents are left out: they may have happened over more than {days} days.",
    ),
}
