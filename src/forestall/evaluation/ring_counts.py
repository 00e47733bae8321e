"""This file knows how incidents are counted in rings, before and after, by kind where asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.query import fetch
from forestall.records import Counts

if TYPE_CHECKING:
    from datetime import date

    from forestall.estimates.estimates import Span
    from forestall.evaluation.rings import Rings
    from forestall.records import Incidents

WHEN = ("before", "after")
WEEKDAY, TIME_OF_DAY = "weekday", "time_of_day"
NOT_KNOWN = "not known"
_COLUMNS = ("offence", "iccs", "area", "district", "context")
_LONGEST_HOURS = 6
_COVERED = 0.9
_BANDS = ("00:00–05:59", "06:00–11:59", "12:00–17:59", "18:00–23:59")


def count_in_rings(
    incidents: Incidents | Counts,
    *,
    rings: Rings,
    before: Span,
    after: Span,
    by: str | None = None,
) -> pd.DataFrame:
    """Count incidents in treated places and rings, before and after.

    Parameters
    ----------
    incidents
        Incidents with points, or counts by the areas of the rings and by period.
    rings
        From `draw_rings`.
    before, after
        The days of both times, which do not overlap.
    by
        A kind that incidents may have moved to: "offence", "context" (such as the sort of target
        or premises that the source names), "iccs", "area", "district", "weekday" or "time_of_day";
        of counts one of the columns that they were counted by. A time of day counts where it is
        known to within six hours, by the middle of that.

    Returns
    -------
    pandas.DataFrame
        ``place``, ``group``, ``ring``, ``inner_m``, ``outer_m``, ``area_km2``, ``when``, ``kind``
        (if asked for), ``incidents`` and ``days`` (length of that time); a row for every
        combination, zeros included.

    Raises
    ------
    CannotAnswer
        If the times overlap, or the counts cannot be cut at these days.
    InvalidRecords
        If there is no such kind.

    Examples
    --------
    >>> from datetime import date
    >>> import geopandas as gpd, shapely
    >>> from forestall.evaluation import Span, draw_rings
    >>> from forestall.records import Incidents, areas_from_frame
    >>> places = areas_from_frame(gpd.GeoDataFrame({"code": ["A"]},
    ...     geometry=[shapely.box(449_000, 520_000, 449_200, 520_200)], crs="EPSG:27700"),
    ...     code="code")
    >>> thefts = Incidents.from_frame(pd.DataFrame({"x": [449_050, 449_250], "y": 520_050,
    ...     "at": pd.to_datetime(["2024-01-03", "2024-02-04"])}),
    ...     x="x", y="y", crs="EPSG:27700", starts_at="at")
    >>> counts = count_in_rings(thefts, rings=draw_rings(places, widths_m=[100]),
    ...     before=Span(first=date(2024, 1, 3), last=date(2024, 1, 31)),
    ...     after=Span(first=date(2024, 2, 1), last=date(2024, 2, 4)))
    >>> counts["incidents"].tolist()
    [1, 0, 0, 1]
    """
    if not (before.last < after.first or after.last < before.first):
        raise CannotAnswer(
            "The time before and the time after have no day in common, but these do."
        )
    found = []
    for when, span in zip(WHEN, (before, after), strict=True):
        if isinstance(incidents, Counts):
            rows = _of_counts(incidents, rings, span, by)
        else:
            rows = _of_incidents(incidents, rings, span, by)
        found.append(rows.assign(when=when))
    counts = _complete(pd.concat(found, ignore_index=True), rings, by)
    lengths = {"before": before.days, "after": after.days}
    return counts.assign(days=counts["when"].map(lengths))


def _of_incidents(incidents: Incidents, rings: Rings, span: Span, by: str | None) -> pd.DataFrame:
    if by not in {None, *_COLUMNS, WEEKDAY, TIME_OF_DAY}:
        raise InvalidRecords(
            f"Incidents are counted in rings by {', '.join((*_COLUMNS, WEEKDAY, TIME_OF_DAY))}, "
            f"but “{by}” was asked for."
        )
    _check_covered(span, *incidents.coverage)
    areas = rings.areas if rings.areas.crs == incidents.crs else rings.areas.to_crs(incidents.crs)
    kept = incidents.filter(since=span.first, until=span.last, within=areas)
    wanted = ["x", "y", *_columns_for(by)]
    rows: pd.DataFrame = fetch(kept.table.select(*dict.fromkeys(wanted))).to_pandas()
    position = areas.locate(rows["x"], rows["y"]).position
    inside = position >= 0
    places = areas.codes[position[inside]]
    kinds = _kinds(rows[inside], by)
    return pd.DataFrame({"place": places, "kind": kinds, "incidents": 1})


def _columns_for(by: str | None) -> list[str]:
    if by is None:
        return []
    return ["starts_at", "ends_at", "time_precision"] if by in (WEEKDAY, TIME_OF_DAY) else [by]


def _kinds(rows: pd.DataFrame, by: str | None) -> Any:
    if by is None:
        return ""
    if by not in (WEEKDAY, TIME_OF_DAY):
        return rows[by].fillna(NOT_KNOWN).astype(str).to_numpy()
    starts = pd.to_datetime(rows["starts_at"])
    ends = pd.to_datetime(rows["ends_at"]).fillna(starts)
    lasted = ends - starts
    if by == WEEKDAY:
        known = (rows["time_precision"] != "month") & (lasted <= pd.Timedelta(days=1))
        labels = starts.dt.day_of_week.map(dict(enumerate(_WEEKDAYS)))
    else:
        longest = pd.Timedelta(hours=_LONGEST_HOURS)
        known = (rows["time_precision"] == "minute") & (lasted <= longest)
        labels = ((starts + lasted / 2).dt.hour // 6).map(dict(enumerate(_BANDS)))
    return np.where(known & (lasted >= pd.Timedelta(0)), labels, NOT_KNOWN)


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _of_counts(counts: Counts, rings: Rings, span: Span, by: str | None) -> pd.DataFrame:
    if counts.places is None or counts.periods is None:
        raise CannotAnswer("Rings need counts by the areas of the rings and by period.")
    if by is not None and by not in counts.by:
        raise InvalidRecords(f"Counts are split by what they were counted by, which “{by}” is not.")
    if not set(counts.table["place"]) <= set(rings.areas.codes):
        raise CannotAnswer("Rings need counts by the areas of the rings; these have other places.")
    first, last = pd.Timestamp(span.first), pd.Timestamp(span.last)
    starts, ends = counts.periods.starts, counts.periods.ends - pd.Timedelta(days=1)
    _check_covered(span, starts[0].date(), ends[-1].date())
    inside = (starts >= first) & (ends <= last)
    cut = (starts <= last) & (ends >= first) & ~inside
    if cut.any():
        raise CannotAnswer(
            f"Counts by {counts.periods.unit} can be cut at the start of one only, not at "
            f"{span.first} to {span.last}."
        )
    rows = counts.table[counts.table["period"].isin(starts[inside])]
    kinds = "" if by is None else rows[by].fillna(NOT_KNOWN).astype(str)
    return pd.DataFrame(
        {"place": rows["place"], "kind": kinds, "incidents": rows["incidents"]}
    ).reset_index(drop=True)


def _check_covered(span: Span, first: date, last: date) -> None:
    """Refuse a time of which more than one day in ten lies outside the records."""
    covered = (min(span.last, last) - max(span.first, first)).days + 1
    if covered < _COVERED * span.days:
        raise CannotAnswer(
            f"Both times lie in the days that the records cover, {first} to {last}, "
            f"but {span.first} to {span.last} was asked for."
        )


def _complete(rows: pd.DataFrame, rings: Rings, by: str | None) -> pd.DataFrame:
    kinds = _order_of_kinds(rows["kind"], by)
    summed = rows.groupby(["place", "when", "kind"])["incidents"].sum()
    every = pd.MultiIndex.from_product(
        [rings.table["place"], WHEN, kinds], names=["place", "when", "kind"]
    )
    full = summed.reindex(every, fill_value=0).astype(np.int64).reset_index()
    described = rings.table[["place", "group", "ring", "inner_m", "outer_m", "area_km2"]]
    joined = described.merge(full, on="place", how="left")
    return joined.drop(columns="kind") if by is None else joined


def _order_of_kinds(kinds: pd.Series[str], by: str | None) -> list[str]:
    if by is None:
        return [""]
    seen = set(kinds)
    if by in (WEEKDAY, TIME_OF_DAY):
        order = (*(_WEEKDAYS if by == WEEKDAY else _BANDS), NOT_KNOWN)
        return [kind for kind in order if kind in seen]
    return sorted(seen)
