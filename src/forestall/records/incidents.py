"""This file knows incidents as one lazy table: what is in it, and what a filter leaves."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from forestall import query
from forestall.errors import InvalidRecords
from forestall.languages import message
from forestall.records.store import open_manifest

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    import geopandas as gpd
    import pandas as pd
    import pyarrow as pa

    from forestall.records.manifest import Manifest

COLUMNS = (
    "incident_id",
    "source",
    "offence",
    "iccs",
    "starts_at",
    "ends_at",
    "time_precision",
    "x",
    "y",
    "longitude",
    "latitude",
    "location_precision",
    "place",
    "target",
    "area",
    "district",
    "context",
)


def open_incidents(store: str | os.PathLike[str]) -> Incidents:
    """Open an incident store for reading.

    An import that is running does not show: the table is the store as it was when opened.

    Raises
    ------
    InvalidStore
        If the folder is not a store, or a file is missing from it.

    Examples
    --------
    >>> open_incidents("no-such-folder")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidStore: An incident store is a folder with a manifest.json, but ...
    """
    folder = Path(store)
    manifest = open_manifest(folder)
    table = query.open_parquet([folder / part for part in manifest.parts]).select(*COLUMNS)
    return Incidents(table=table, manifest=manifest, store=folder)


@dataclass(frozen=True, eq=False, kw_only=True)
class Incidents:
    """Incidents as a lazy table; nothing is read until it is counted or collected.

    Attributes
    ----------
    table
        An Ibis table with the columns of the store, after all filters.
    manifest
        What is known about the store, before all filters.
    store
        Its folder; None when the incidents came from a DataFrame.
    since, until
        The days (both included) that a filter asked for.
    offences
        The offences that a filter asked for.
    """

    table: Any = field(repr=False)
    manifest: Manifest = field(repr=False)
    store: Path | None = None
    since: date | None = None
    until: date | None = None
    offences: tuple[str, ...] | None = None

    @property
    def crs(self) -> str:
        """Return the projection of ``x`` and ``y``, such as ``EPSG:27700``."""
        return self.manifest.crs

    @property
    def coverage(self) -> tuple[date, date]:
        """Return the first and last day that the incidents cover, both included."""
        first = date.fromisoformat(self.manifest.first_day)
        last = date.fromisoformat(self.manifest.last_day)
        return max(first, self.since or first), min(last, self.until or last)

    def filter(
        self,
        *,
        offences: str | Iterable[str] | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        within: Any = None,
    ) -> Incidents:
        """Keep the incidents of some offences, days or places.

        Parameters
        ----------
        offences
            Labels of the source, such as ``"Burglary"``.
        since, until
            First and last day, both included, as a date or as ``2019-01-31``. An incident
            belongs to the day on which it starts; one known by month to the first of it.
        within
            A shapely geometry in the projection of the store (`crs`), or areas or a
            GeoDataFrame in any CRS. A point on the boundary is within.

        Raises
        ------
        InvalidRecords
            If no incident has such an offence, a day cannot be read, or months would be cut.
        InvalidPlaces
            If the shape does not touch the extent of the incidents.
        """
        kept = self
        if offences is not None:
            kept = kept._of_offences([offences] if isinstance(offences, str) else list(offences))
        if since is not None or until is not None:
            kept = kept._between(_day(since), _day(until))
        if within is not None:
            from forestall.records.within import keep_within

            extent = kept.manifest.extent
            inside = keep_within(kept.table, within, crs=kept.crs, extent=extent)
            kept = replace(kept, table=inside)
        return kept

    def count_rows(self) -> int:
        """Return the number of incidents."""
        return int(query.fetch_value(self.table.count()))

    def to_pandas(self) -> pd.DataFrame:
        """Return the incidents as a DataFrame."""
        frame: pd.DataFrame = self.fetch().to_pandas()
        return frame

    def fetch(self) -> pa.Table:
        """Return the incidents as an Arrow table."""
        return query.fetch(self.table)

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        *,
        x: str,
        y: str,
        crs: str,
        starts_at: str,
        ends_at: str | None = None,
        offence: str | None = None,
        location: Literal["exact", "block", "snapped", "area"] = "exact",
    ) -> Incidents:
        """Make incidents from a DataFrame in memory.

        Parameters
        ----------
        frame
            One row per incident.
        x, y
            Columns with longitude and latitude, or with projected coordinates.
        crs
            What they are, such as ``EPSG:4326``.
        starts_at, ends_at
            Columns with local times. Midnight throughout means that only days are known.
        offence
            Column with the kind of offence.
        location
            How true the points are: "exact", moved within the "block", "snapped" to shared
            places, or the middle of an "area". Near repeats and densities look no closer.

        Raises
        ------
        InvalidRecords
            If a column is missing, or a row has no time or no possible point.
        """
        from forestall.records.frames import incidents_from_frame

        return incidents_from_frame(
            frame,
            x=x,
            y=y,
            crs=crs,
            starts_at=starts_at,
            ends_at=ends_at,
            offence=offence,
            location=location,
        )

    @classmethod
    def from_geodataframe(
        cls,
        frame: gpd.GeoDataFrame,
        *,
        starts_at: str,
        ends_at: str | None = None,
        offence: str | None = None,
        location: Literal["exact", "block", "snapped", "area"] = "exact",
    ) -> Incidents:
        """Make incidents from a GeoDataFrame of points, which brings its projection.

        Parameters
        ----------
        frame
            One row per incident, its geometry a point.
        starts_at, ends_at, offence, location
            As in `from_frame`.

        Raises
        ------
        InvalidRecords
            If a column or the projection is missing, or a row has no time or no point.

        Examples
        --------
        >>> import geopandas as gpd
        >>> thefts = gpd.GeoDataFrame({"day": ["2024-03-01", "2024-03-09"]},
        ...     geometry=gpd.points_from_xy([-0.14, -0.13], [51.54, 51.55]), crs="EPSG:4326")
        >>> incidents = Incidents.from_geodataframe(thefts, starts_at="day")
        >>> incidents.count_rows(), incidents.crs
        (2, 'EPSG:27700')
        """
        from forestall.records.geoframes import incidents_from_geodataframe

        return incidents_from_geodataframe(
            frame, starts_at=starts_at, ends_at=ends_at, offence=offence, location=location
        )

    def _of_offences(self, wanted: list[str]) -> Incidents:
        known = [offence.label for offence in self.manifest.offences]
        for label in wanted:
            if label not in known:
                raise InvalidRecords(
                    message(
                        "No incident has the offence “{label}”; there is: {known}.",
                        label=label,
                        known=", ".join(known),
                    )
                )
        return replace(
            self, table=self.table.filter(self.table.offence.isin(wanted)), offences=tuple(wanted)
        )

    def _between(self, since: date | None, until: date | None) -> Incidents:
        if since is not None and until is not None and since > until:
            raise InvalidRecords(
                message(
                    "The first day comes before the last one, but since is {since} and "
                    "until is {until}; they seem to be swapped.",
                    since=since,
                    until=until,
                )
            )
        kept = self.table
        if since is not None:
            kept = kept.filter(kept.starts_at >= _midnight(since))
        if until is not None:
            kept = kept.filter(kept.starts_at < _midnight(until + timedelta(days=1)))
        later = [day for day in (since, self.since) if day is not None]
        earlier = [day for day in (until, self.until) if day is not None]
        narrowed = replace(
            self, table=kept, since=max(later, default=None), until=min(earlier, default=None)
        )
        narrowed._check_period()
        return narrowed

    def _check_period(self) -> None:
        first, last = self.coverage
        if first > last:
            raise InvalidRecords(
                message(
                    "The incidents cover {first_day} to {last_day}, which has no day in "
                    "common with the days asked for.",
                    first_day=self.manifest.first_day,
                    last_day=self.manifest.last_day,
                )
            )
        if "month" not in self.manifest.time_precisions:
            return
        if first.day != 1 or (last + timedelta(days=1)).day != 1:
            raise InvalidRecords(
                message(
                    "These incidents are known by month only, so that a filter needs whole "
                    "months, but {first} to {last} was asked for.",
                    first=first,
                    last=last,
                )
            )


def _day(given: date | str | None) -> date | None:
    if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
        return given
    try:
        return date.fromisoformat(str(given)[:10])
    except ValueError:
        raise InvalidRecords(
            message("A day is written like 2019-01-31, but “{given}” was given.", given=given)
        ) from None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 -- local wall-clock time, no zone
