"""This file knows how one count of incidents becomes a whole diagnosis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from forestall.diagnosis.concentration import Concentration
    from forestall.diagnosis.group_changes import GroupChanges
    from forestall.diagnosis.hotspots import Hotspots
    from forestall.diagnosis.priorities import Priorities
    from forestall.diagnosis.rates import Rates
    from forestall.diagnosis.timing import Timing
    from forestall.diagnosis.trend import Trend
    from forestall.languages import Message
    from forestall.records import Counts, Manifest, Places


@dataclass(frozen=True, kw_only=True)
class Unanswered:
    """A question that these incidents cannot answer, and why."""

    reason: str

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason


@dataclass(frozen=True, kw_only=True)
class OffenceGroup:
    """A kind of offence in the diagnosis.

    Attributes
    ----------
    label
        As the source names it; the last may be "other kinds", several small ones together.
    counts_as_crime
        False for what is counted apart, such as anti-social behaviour.
    incidents
        Located or not, in the period.
    labels
        The source's labels in the group: one, but for "other kinds".
    tested
        Whether there were enough incidents to look for places that stand out.
    """

    label: str
    counts_as_crime: bool
    incidents: int
    labels: tuple[str, ...]
    tested: bool


@dataclass(frozen=True, eq=False, kw_only=True)
class Diagnosis:
    """What is known about the problem, and what cannot be known from these incidents.

    Attributes
    ----------
    manifest
        Where the incidents come from.
    place_name
        The place, when the records or the mapping name just one; else "".
    first_day, last_day
        Days covered, both included.
    offences
        All kinds, largest first, those counted apart last.
    crimes_total, apart_total
        Incidents that count as crime, and those that are counted apart.
    counts
        Place × month × offence, everything below is made from it.
    monthly
        ``period``, ``offence``, ``counts_as_crime``, ``incidents``: every month and kind, zeros
        included, located or not.
    trend, trends
        All crime; and each kind by label.
    group_changes, timing, concentration, hotspots, rates, priorities
        The results, or why there is none. ``concentration`` holds all crime and each kind.
    hotspots_by_group
        Label to places that stand out, for kinds with enough incidents.
    by_area
        Area × offence when areas were given.
    landmarks
        ``context`` (kind of place as published), ``incidents`` that count as crime; empty when the
        publisher names none.
    places
        The squares, hexagons or areas the incidents were counted in, or None.
    notes
        Choices that were made automatically.
    """

    manifest: Manifest
    place_name: str
    first_day: date
    last_day: date
    offences: tuple[OffenceGroup, ...]
    crimes_total: int
    apart_total: int
    counts: Counts
    monthly: pd.DataFrame
    trend: Trend | Unanswered
    trends: Mapping[str, Trend]
    group_changes: GroupChanges | Unanswered
    timing: Timing | Unanswered
    concentration: Concentration | Unanswered
    hotspots: Hotspots | Unanswered
    hotspots_by_group: Mapping[str, Hotspots]
    rates: Rates | Unanswered
    by_area: Counts | None
    landmarks: pd.DataFrame
    priorities: Priorities | Unanswered
    places: Places | None
    notes: tuple[Message, ...]
