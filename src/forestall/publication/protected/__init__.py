"""This file knows every table of a diagnosis that leaves, protected under one rule.

Tables that add up to each other are protected together: kinds by month with both totals, map
squares with the totals of the areas that stand out. A number that can be worked out from two
tables would not be protected by hiding it in one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from forestall.disclosure import SafeTable, protect_count
from forestall.publication.protected.areas import (
    protect_area_kinds,
    protect_areas,
    protect_district_kinds,
    protect_rates,
)
from forestall.publication.protected.concentration import protect_concentration, protect_curve
from forestall.publication.protected.hours import protect_day, protect_week
from forestall.publication.protected.kinds import protect_kinds, protect_priorities
from forestall.publication.protected.months import (
    protect_changes,
    protect_kind_months,
    protect_months,
    protect_season,
)
from forestall.publication.protected.places import (
    protect_landmarks,
    protect_squares,
    protect_standing_out,
)
from forestall.publication.protected.recurrence import (
    protect_near_repeats,
    protect_pattern_change,
    protect_places_kept,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.diagnosis import Diagnosis, OffenceGroup
    from forestall.disclosure import DisclosureRule, SafeCount


@dataclass(frozen=True, eq=False, kw_only=True)
class ProtectedDiagnosis:
    """The tables of a diagnosis as they may be published; None where there is nothing to show.

    Attributes
    ----------
    crimes, apart
        All that counts as crime, and all that is counted apart.
    offences, apart_offences
        Kinds with their ``share``.
    months, apart_months
        ``period`` with ``per_day`` and ``average_12``.
    group_months
        Kind by month with ``per_day``; small kinds together in the row ``REST``.
    changes
        Kind by side ("before", "after") with the comparison.
    season
        ``month`` of the year with ``factor``, ``low``, ``high``.
    week, day
        Weekday by hour; and six parts of the day, where the week has too few in each hour.
    squares
        Place by area that stands out; the column totals are the areas.
    standing_out
        The areas that stand out whose totals can be shown.
    landmarks
        Kinds of place as published.
    near_repeats
        Band of distance and days of each kind, with the pairs of incidents in it.
    pattern_change
        Places whose share rose, fell or did neither, with their incidents.
    places_kept
        Year with the number of places that hold half of it, and the share of them that stayed.
    concentration, curve
        Kind with its measures; step by kind with both shares.
    areas, area_offences
        Area with its share; kind by area.
    district_offences
        Kind by the districts that the source names.
    rates
        Area with its rate, interval and limits.
    priorities
        Kind with the criteria and the attention they add up to.
    """

    rule: DisclosureRule
    crimes: SafeCount
    apart: SafeCount
    offences: SafeTable
    apart_offences: SafeTable | None
    months: SafeTable
    apart_months: SafeTable | None
    group_months: SafeTable | None
    changes: SafeTable | None
    season: SafeTable | None
    week: SafeTable | None
    day: SafeTable | None
    squares: SafeTable | None
    standing_out: SafeTable | None
    landmarks: SafeTable | None
    near_repeats: SafeTable | None
    pattern_change: SafeTable | None
    places_kept: SafeTable | None
    concentration: SafeTable | None
    curve: SafeTable | None
    areas: SafeTable | None
    area_offences: SafeTable | None
    district_offences: SafeTable | None
    rates: SafeTable | None
    priorities: SafeTable | None

    @property
    def tables(self) -> dict[str, SafeTable]:
        """Return every table by the name of its file."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: table for name, table in found.items() if isinstance(table, SafeTable)}


def protect_diagnosis(diagnosis: Diagnosis, *, rule: DisclosureRule) -> ProtectedDiagnosis:
    """Protect every table of a diagnosis.

    Raises
    ------
    UnsafeToPublish
        If a table that the report needs cannot be protected.

    Examples
    --------
    >>> from forestall.disclosure import rule_named
    >>> from forestall.publication.example import example_diagnosis
    >>> safe = protect_diagnosis(example_diagnosis(), rule=rule_named("threshold-5"))
    >>> safe.offences.cell_text("Arson"), safe.offences.cell_text("Burglary")
    ('<5', '260')
    """
    kinds = [group for group in diagnosis.offences if group.counts_as_crime]
    apart = [group for group in diagnosis.offences if not group.counts_as_crime]
    offences = protect_kinds(kinds, rule=rule)
    months = protect_months(diagnosis, kinds, rule=rule)
    group_months = protect_kind_months(diagnosis, kinds, offences, months, rule=rule)
    squares = protect_squares(diagnosis, rule=rule)
    apart_offences = protect_kinds(apart, rule=rule) if apart else None
    apart_months = protect_months(diagnosis, apart, rule=rule) if apart else None
    changes = protect_changes(
        diagnosis.group_changes, group_months, rule=rule, apart_months=apart_months
    )
    concentration = protect_concentration(
        diagnosis, rule=rule, squares=squares, kinds=[offences, apart_offences]
    )
    priorities = protect_priorities(
        diagnosis.priorities, offences, rule=rule, changes=changes, concentration=concentration
    )
    return ProtectedDiagnosis(
        rule=rule,
        crimes=protect_count(diagnosis.crimes_total, rule=rule),
        apart=protect_count(diagnosis.apart_total, rule=rule),
        offences=offences,
        apart_offences=apart_offences,
        months=months,
        apart_months=apart_months,
        group_months=group_months,
        changes=changes,
        season=protect_season(diagnosis, rule=rule, months=months),
        week=protect_week(diagnosis.timing, rule=rule),
        day=protect_day(diagnosis.timing, rule=rule),
        squares=squares,
        standing_out=protect_standing_out(diagnosis.hotspots, squares, rule=rule),
        landmarks=protect_landmarks(diagnosis.landmarks, rule=rule, total=diagnosis.crimes_total),
        **_again(diagnosis, offences, months, rule=rule),
        concentration=concentration,
        curve=protect_curve(diagnosis, rule=rule, squares=squares, shown=concentration),
        **_by_area(diagnosis, kinds, rule=rule),
        priorities=priorities,
    )


def _again(
    diagnosis: Diagnosis, offences: SafeTable, months: SafeTable, *, rule: DisclosureRule
) -> dict[str, SafeTable | None]:
    return {
        "near_repeats": protect_near_repeats(diagnosis, offences, rule=rule),
        "pattern_change": protect_pattern_change(diagnosis, months, rule=rule),
        "places_kept": protect_places_kept(diagnosis, months, rule=rule),
    }


def _by_area(
    diagnosis: Diagnosis, kinds: Sequence[OffenceGroup], *, rule: DisclosureRule
) -> dict[str, SafeTable | None]:
    areas = protect_areas(diagnosis, rule=rule)
    return {
        "areas": areas,
        "area_offences": protect_area_kinds(diagnosis, kinds, areas, rule=rule),
        "district_offences": protect_district_kinds(diagnosis, kinds, rule=rule),
        "rates": protect_rates(diagnosis.rates, areas, rule=rule),
    }
