"""This file knows what every section of the report needs: the diagnosis, its safe tables, names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from forestall.diagnosis import Trend
from forestall.languages import Period, Text, message
from forestall.publication.base_lines import BaseLayers
from forestall.publication.drawing.intervals import choose_reach
from forestall.publication.report.words import kind_inside
from forestall.publication.stored.places import drawn_places
from forestall.records.kinds import ALL_CRIME, Kind
from forestall.records.readers.recipe import UNSTATED

if TYPE_CHECKING:
    import pandas as pd

    from forestall.diagnosis import Diagnosis
    from forestall.publication.protected import ProtectedDiagnosis
    from forestall.records import Places


@dataclass(frozen=True, eq=False, kw_only=True)
class Setting:
    """One diagnosis on its way to the page.

    Attributes
    ----------
    safe
        The tables as they may be published; all numbers of incidents come from here.
    place
        Name of the place, or "" when nobody gave one.
    made_on
        The day the report is made.
    command
        The command line that repeats it.
    base
        Streets and boundaries to draw on the maps for orientation.
    """

    diagnosis: Diagnosis
    safe: ProtectedDiagnosis
    place: str
    made_on: date
    command: str
    base: BaseLayers = field(default_factory=BaseLayers)

    @cached_property
    def _covered(self) -> pd.DataFrame:
        months = self.safe.months.frame
        covered = months[months["covered"].astype(bool)]
        return covered if len(covered) else months

    @cached_property
    def days(self) -> tuple[date, date]:
        """Return the first and last day to name.

        The edge of a file is where its first or last record happens to lie. A month that it
        reaches nearly to the end counts as covered everywhere, so it is named as a whole; days
        that somebody asked for are named as they are.
        """
        first, last = self.diagnosis.first_day, self.diagnosis.last_day
        manifest = self.diagnosis.manifest
        months_only = "month" in manifest.time_precisions
        starts, ends = first.replace(day=1), _last_of_month(last)
        if months_only or (
            first.isoformat() <= manifest.first_day and _nearly_whole(first, first - starts)
        ):
            first = starts
        if months_only or (
            last.isoformat() >= manifest.last_day and _nearly_whole(last, ends - last)
        ):
            last = ends
        return first, last

    @property
    def period(self) -> Period:
        """Return the time covered: months, or days where a month is not whole."""
        return Period(*self.days)

    @property
    def whole_months(self) -> bool:
        """Say whether the time covered begins and ends with a month."""
        first, last = self.days
        return first.day == 1 and last == _last_of_month(last)

    @property
    def months(self) -> int:
        """Return the number of months covered, those covered in part included."""
        first, last = self.days
        return 12 * (last.year - first.year) + last.month - first.month + 1

    @property
    def day_count(self) -> int:
        """Return the number of days covered."""
        first, last = self.days
        return (last - first).days + 1

    @cached_property
    def months_in_part(self) -> tuple[date, ...]:
        """Return the first days of the months at the edges that are covered in part."""
        first, last = self.days
        found = [first] if first.day != 1 else []
        found += [last] if last != _last_of_month(last) else []
        return tuple(dict.fromkeys(day.replace(day=1) for day in found))

    @cached_property
    def months_missing(self) -> tuple[date, ...]:
        """Return the first days of the months of the time covered that the file lacks."""
        first, last = self.days
        known = [
            date.fromisoformat(f"{text}-01") for text in self.diagnosis.manifest.months_missing
        ]
        return tuple(month for month in known if first.replace(day=1) <= month <= last)

    @cached_property
    def per_day(self) -> float | None:
        """Return incidents a day over the covered months that are shown; None if none is."""
        known = self._covered.dropna(subset=["per_day"])
        incidents, per_day = (known[name].astype(float) for name in ("incidents", "per_day"))
        days = (incidents / per_day.where(per_day > 0)).sum()
        return float(incidents.sum() / days) if days else None

    @cached_property
    def only_kind(self) -> str:
        """Return the label of the one kind, or "" when there are several or the file names none."""
        kinds = self.safe.offences.row_labels
        alone = len(kinds) == 1 and self.safe.apart_offences is None and kinds[0] != UNSTATED
        return str(kinds[0]) if alone else ""

    @property
    def several_kinds(self) -> bool:
        """Say whether the file tells kinds of crime apart."""
        return len(self.safe.offences.row_labels) > 1

    def kind(self, label: str) -> Kind:
        """Return a kind inside a sentence; all crime is the one kind, where there is only one."""
        if label == ALL_CRIME and self.only_kind:
            return kind_inside(self.only_kind)
        return kind_inside(label)

    @cached_property
    def source(self) -> Text:
        """Return who recorded what, where and when, and the licence."""
        manifest = self.diagnosis.manifest
        publisher = manifest.publisher or message("the file that was given")
        known = {
            "publisher": publisher,
            "period": self.period,
            "place": self.place,
            "licence": manifest.licence or "",
        }
        if self.place and manifest.licence:
            return message("Source: {publisher}, {place}, {period} ({licence}).", **known)
        if self.place:
            return message("Source: {publisher}, {place}, {period}.", **known)
        if manifest.licence:
            return message("Source: {publisher}, {period} ({licence}).", **known)
        return message("Source: {publisher}, {period}.", **known)

    @cached_property
    def places_words(self) -> Text:
        """Return what the places are, such as "squares of 500 m"."""
        places = self.diagnosis.places
        return places.label if places is not None else message("places")

    @cached_property
    def squares_words(self) -> Text:
        """Return what the places are called in short, such as "squares"."""
        from forestall.records import Areas, HexGrid

        if isinstance(self.diagnosis.places, Areas):
            return message("areas")
        return (
            message("hexagons")
            if isinstance(self.diagnosis.places, HexGrid)
            else message("squares")
        )

    @cached_property
    def interval_reach(self) -> float:
        """Return the end of the scale of all interval bars of the report."""
        trend = self.diagnosis.trend
        if not isinstance(trend, Trend):
            return choose_reach([])
        found = [c for c in (trend.comparison, trend.annual_change) if c is not None]
        limits = [limit for c in found for limit in (c.interval_95.low - 1, c.interval_95.high - 1)]
        return choose_reach(limits)

    @cached_property
    def drawn_places(self) -> Places | None:
        """Return the places as the map draws them, and as they are stored."""
        places = self.diagnosis.places
        return None if places is None else drawn_places(places)

    @cached_property
    def drawn_borders(self) -> Places | None:
        """Return areas to draw for orientation, where they are not the places themselves."""
        by_area = self.diagnosis.by_area
        areas = by_area.places if by_area is not None else None
        return None if areas is None or areas is self.diagnosis.places else drawn_places(areas)

    @property
    def snapped(self) -> bool:
        """Say whether the publisher moved the points."""
        return "snapped" in self.diagnosis.manifest.location_precisions


_COVERED = 0.9  # as in the diagnosis: a month counts as covered from here on


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _nearly_whole(day: date, missing: timedelta) -> bool:
    length = _last_of_month(day).day
    return length - missing.days >= _COVERED * length
