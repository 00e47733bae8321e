"""This file knows which incidents lie near each other in place and time, and how they chain up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from forestall.diagnosis.dated_points import find_dated_points, left_out_caveats
from forestall.diagnosis.near_counts import too_many_pairs
from forestall.diagnosis.near_repeat_caveats import DATE, DAY_UNIT
from forestall.errors import CannotAnswer
from forestall.languages import Message, Quantity, Share, message, say, say_plural
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import NDArray

    from forestall.diagnosis.dated_points import DatedPoints
    from forestall.records import Incidents

    IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class NearRepeatPairs(Result):
    """Pairs of incidents close in place and time.

    ``table`` has one row per pair, by day: ``first``, ``next`` (identifiers of the source if every
    incident has its own, else the row), ``metres``, ``days``.

    Attributes
    ----------
    incidents_used
        Incidents with a day and a point.
    incidents_in_pairs
        Incidents that are in a pair or more.
    distance_m, days
        The largest distance and number of days between the two of a pair.
    """

    incidents_used: int
    incidents_in_pairs: int
    distance_m: float
    days: int

    def summary(self) -> str:
        """Return how many incidents lie near another one, in one plain sentence."""
        return say(
            "{near} of {total} incidents lie within {distance} and {days} days of another one.",
            near=self.incidents_in_pairs,
            total=self.incidents_used,
            distance=Quantity(self.distance_m, "m"),
            days=self.days,
        )

    def plot(self) -> alt.LayerChart:
        """Return the number of pairs by days between them."""
        from forestall._charts import bar_chart

        counted = self.table["days"].value_counts().reindex(range(self.days + 1), fill_value=0)
        rows = pd.DataFrame(
            {"days": [str(days) for days in counted.index], "pairs": counted.to_numpy()}
        )
        return bar_chart(rows, label="days", number="pairs", number_title=say("Pairs, by days"))


@dataclass(frozen=True, eq=False, kw_only=True)
class NearRepeatChains(Result):
    """Incidents joined into chains, each close in place and time to another one of its chain.

    ``table`` has one row per chain of two incidents or more, by first day: ``chain``,
    ``incidents``, ``first_day``, ``last_day``, ``duration_days``, ``x``, ``y`` (mean, metres),
    ``extent_m``
    (diagonal of the box around its points).

    Attributes
    ----------
    members
        ``chain`` and ``incident`` (identifier of the source if every incident has its own, else
        the row).
    incidents_used
        Incidents with a day and a point.
    distance_m, days
        The largest distance and number of days of a link.
    """

    members: pd.DataFrame
    incidents_used: int
    distance_m: float
    days: int

    def summary(self) -> str:
        """Return how many chains there are and what they hold, in one plain sentence."""
        if self.table.empty:
            return say("No incident follows another closely enough to make a chain.")
        return say_plural(
            "{count} chain holds {share} of {total} incidents; it has {most}.",
            "{count} chains hold {share} of {total} incidents; the longest has {most}.",
            len(self.table),
            share=Share(float(self.table["incidents"].sum()) / self.incidents_used),
            total=self.incidents_used,
            most=int(self.table["incidents"].max()),
        )

    def plot(self) -> alt.LayerChart:
        """Return the number of chains by how many incidents they hold."""
        from forestall._charts import bar_chart

        sizes = self.table["incidents"].value_counts().sort_index()
        rows = pd.DataFrame({"size": [str(size) for size in sizes.index], "chains": sizes.array})
        return bar_chart(
            rows, label="size", number="chains", number_title=say("Chains, by incidents in them")
        )


def find_near_repeat_pairs(
    incidents: Incidents,
    *,
    distance_m: float,
    days: int,
    metric: Literal["euclidean", "manhattan"] = "euclidean",
    date: Literal["start", "middle", "end"] = "start",
    day_unit: Literal["calendar", "elapsed"] = "calendar",
    longest_interval_days: float | None = None,
    location_error_m: float | None = None,
) -> NearRepeatPairs:
    """Find the pairs of incidents close to each other in place and time.

    Parameters
    ----------
    incidents
        Incidents with a day and a point.
    distance_m, days
        Largest distance and largest number of days between the two, both included.
    metric, date, day_unit, location_error_m
        As in `assess_near_repeats`.
    longest_interval_days
        Incidents that may have happened over more days are left out; ``days``, but at least 1,
        when None.

    Raises
    ------
    CannotAnswer
        If days are not known, fewer than two incidents can be used, distances are not right
        within ``distance_m``, or too many pairs are close.

    Examples
    --------
    >>> from forestall.records import Incidents
    >>> thefts = pd.DataFrame({"x": [450_000.0, 450_030, 455_000], "y": 520_000.0,
    ...     "on": pd.to_datetime(["2024-01-01", "2024-01-03", "2024-01-03"])})
    >>> incidents = Incidents.from_frame(thefts, x="x", y="y", crs="EPSG:27700", starts_at="on")
    >>> find_near_repeat_pairs(incidents, distance_m=200, days=7).table
       first  next  metres  days
    0      0     1    30.0     2
    """
    longest = max(days, 1) if longest_interval_days is None else longest_interval_days
    points = find_dated_points(
        incidents,
        date=date,
        day_unit=day_unit,
        longest_interval_days=longest,
        location_error_m=location_error_m,
    )
    first, second = _link(points, distance_m=distance_m, days=days, metric=metric)
    return NearRepeatPairs(
        table=_pair_table(points, first, second, metric),
        caveats=(message(_NOT_A_TEST), *_caveats(points, metric, date, day_unit, longest)),
        made_by=(
            f"find_near_repeat_pairs(distance_m={distance_m:g}, days={days}, metric='{metric}', "
            f"date='{date}', day_unit='{day_unit}', longest_interval_days={longest:g}, "
            f"location_error_m={location_error_m})"
        ),
        incidents_used=points.size,
        incidents_in_pairs=int(np.union1d(first, second).size),
        distance_m=distance_m,
        days=days,
    )


def find_near_repeat_chains(
    incidents: Incidents,
    *,
    distance_m: float,
    days: int,
    metric: Literal["euclidean", "manhattan"] = "euclidean",
    date: Literal["start", "middle", "end"] = "start",
    day_unit: Literal["calendar", "elapsed"] = "calendar",
    longest_interval_days: float | None = None,
    location_error_m: float | None = None,
) -> NearRepeatChains:
    """Find chains of incidents in which each is close to another one in place and time.

    Two incidents are in one chain if steps from pair to pair lead from one to the other, so that a
    chain may be longer and wider than a single step.

    Parameters
    ----------
    incidents
        Incidents with a day and a point.
    distance_m, days, metric, date, day_unit, longest_interval_days, location_error_m
        As in `find_near_repeat_pairs`, for a single step.

    Raises
    ------
    CannotAnswer
        As in `find_near_repeat_pairs`.

    Examples
    --------
    >>> from forestall.records import Incidents
    >>> thefts = pd.DataFrame({"x": [450_000.0, 450_150, 450_300, 455_000], "y": 520_000.0,
    ...     "on": pd.to_datetime(["2024-01-01", "2024-01-06", "2024-01-12", "2024-01-12"])})
    >>> incidents = Incidents.from_frame(thefts, x="x", y="y", crs="EPSG:27700", starts_at="on")
    >>> found = find_near_repeat_chains(incidents, distance_m=200, days=7)
    >>> found.table[["chain", "incidents", "duration_days", "extent_m"]]
       chain  incidents  duration_days  extent_m
    0      1          3             11     300.0
    """
    longest = max(days, 1) if longest_interval_days is None else longest_interval_days
    points = find_dated_points(
        incidents,
        date=date,
        day_unit=day_unit,
        longest_interval_days=longest,
        location_error_m=location_error_m,
    )
    first, second = _link(points, distance_m=distance_m, days=days, metric=metric)
    chained = _chain(points, first, second)
    return NearRepeatChains(
        table=_chain_table(chained),
        caveats=(
            message(_NOT_A_TEST),
            message(_CHAINS_GROW),
            *_caveats(points, metric, date, day_unit, longest),
        ),
        made_by=(
            f"find_near_repeat_chains(distance_m={distance_m:g}, days={days}, metric='{metric}', "
            f"date='{date}', day_unit='{day_unit}', longest_interval_days={longest:g}, "
            f"location_error_m={location_error_m})"
        ),
        members=chained[["chain", "incident"]],
        incidents_used=points.size,
        distance_m=distance_m,
        days=days,
    )


def _link(
    points: DatedPoints, *, distance_m: float, days: int, metric: str
) -> tuple[IntArray, IntArray]:
    """Return the earlier and the later incident of each close pair, by position in time."""
    from forestall._stats.pairs import (
        TooManyPairs,
        distance_edges,
        find_close_pairs,
        pairs_within_days,
    )

    _check_reach(points, distance_m, days, metric)
    edges = distance_edges([0, distance_m], closed="right", metric=metric, same_place="first_band")
    try:
        pairs = find_close_pairs(points.x, points.y, edges=edges, metric=metric)
    except TooManyPairs:
        raise too_many_pairs(distance_m) from None
    limit = int(points.most_units(np.array([days], dtype=np.int64))[0])
    one, other = pairs_within_days(pairs, points.times[pairs.order], limit)
    # Points are sorted by time, so that a lower position is never later.
    ends = np.sort(np.stack([pairs.order[one], pairs.order[other]]), axis=0)
    first, second = ends[:, np.lexsort([ends[1], ends[0]])]
    return first, second


def _check_reach(points: DatedPoints, distance_m: float, days: int, metric: str) -> None:
    if metric not in {"euclidean", "manhattan"}:
        raise ValueError('The metric is "euclidean" or "manhattan".')
    if not 0.001 <= distance_m <= 60_000 or days < 0 or days != int(days):
        raise ValueError(
            "A distance lies between 0.001 and 60,000 m, and days are a whole number from 0."
        )
    if distance_m < points.location_error_m:
        raise CannotAnswer(
            f"Distances are right within {points.location_error_m:g} m only, so that nobody can "
            f"say which incidents lie within {distance_m:g} m of each other; take a longer "
            f"distance, or name location_error_m if you know better."
        )


def _pair_table(
    points: DatedPoints, first: IntArray, second: IntArray, metric: str
) -> pd.DataFrame:
    across, along = (values[second] - values[first] for values in (points.x, points.y))
    metres = np.abs(across) + np.abs(along) if metric == "manhattan" else np.hypot(across, along)
    apart = points.times[second] - points.times[first]
    return pd.DataFrame(
        {
            "first": points.names[first],
            "next": points.names[second],
            "metres": metres.round(3),
            "days": apart // (86_400 // points.seconds_a_unit),
        }
    ).infer_objects()


def _chain(points: DatedPoints, first: IntArray, second: IntArray) -> pd.DataFrame:
    """Return one row per incident in a chain, chains numbered by their first incident."""
    links = coo_array((np.ones(first.size, dtype=bool), (first, second)), shape=(points.size,) * 2)
    _, label = connected_components(links, directed=False)
    chained = np.bincount(label)[label] > 1
    rows = pd.DataFrame(
        {
            "chain": pd.factorize(label[chained])[0] + 1,
            "incident": points.names[chained],
            "day": points.days[chained].astype("datetime64[s]"),
            "x": points.x[chained],
            "y": points.y[chained],
        }
    ).infer_objects()
    return rows.sort_values("chain", kind="stable", ignore_index=True)


def _chain_table(chained: pd.DataFrame) -> pd.DataFrame:
    by_chain = chained.groupby("chain")
    corners = by_chain.agg({"x": ["min", "max"], "y": ["min", "max"]})
    width = corners["x", "max"] - corners["x", "min"]
    height = corners["y", "max"] - corners["y", "min"]
    table = by_chain.agg(
        incidents=("day", "size"),
        first_day=("day", "min"),
        last_day=("day", "max"),
        x=("x", "mean"),
        y=("y", "mean"),
    )
    table["duration_days"] = (table["last_day"] - table["first_day"]).dt.days
    table["extent_m"] = np.hypot(width, height).round(3)
    columns = ["incidents", "first_day", "last_day", "duration_days", "x", "y", "extent_m"]
    return table[columns].reset_index()


def _caveats(
    points: DatedPoints, metric: str, date: str, day_unit: str, longest: float
) -> tuple[Message, ...]:
    said = [
        message(_METRIC[metric]),
        message(DAY_UNIT[day_unit]),
        message(DATE[date]),
        *left_out_caveats(points, longest_interval_days=longest),
        points.location_error_from.filled(error=Quantity(points.location_error_m, "m")),
    ]
    return tuple(said)


_NOT_A_TEST = (
    "Some incidents lie near each other by chance alone; assess_near_repeats tells how many more "
    "do."
)
_CHAINS_GROW = (
    "A chain grows step by step and may be longer and wider than one step; where incidents are "
    "dense, one chain can hold most of them."
)
_METRIC = {
    "euclidean": "Distances are straight lines; the largest distance and number of days count too.",
    "manhattan": (
        "Distances are the ways east and north added up; the largest distance and number of days "
        "count too."
    ),
}
