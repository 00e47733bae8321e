"""This file knows how one count of incidents becomes a whole diagnosis."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from forestall.diagnosis.concentration import measure_concentration
from forestall.diagnosis.counted import CountedOnce, OffenceGroup, count_once
from forestall.diagnosis.districts import count_by_district, name_areas
from forestall.diagnosis.group_changes import compare_groups
from forestall.diagnosis.groups import NOT_NAMED, counted_groups
from forestall.diagnosis.hotspots import find_hotspots
from forestall.diagnosis.priorities import rank_priorities
from forestall.diagnosis.rates import measure_rates
from forestall.diagnosis.recurrence import (
    assess_change_of_places,
    assess_near_repeats_by_kind,
    measure_places_kept,
)
from forestall.diagnosis.stragglers import leave_out_stragglers
from forestall.diagnosis.timing import measure_timing
from forestall.diagnosis.trend import measure_trend
from forestall.errors import CannotAnswer
from forestall.languages import message
from forestall.records import Areas, count_incidents
from forestall.records.progress import Reporter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from forestall.diagnosis.concentration import Concentration
    from forestall.diagnosis.concentration_over_time import ConcentrationOverTime
    from forestall.diagnosis.group_changes import GroupChanges
    from forestall.diagnosis.hotspots import Hotspots
    from forestall.diagnosis.pattern_change import PatternChange
    from forestall.diagnosis.priorities import Priorities
    from forestall.diagnosis.rates import Rates
    from forestall.diagnosis.recurrence import NearRepeatsByKind
    from forestall.diagnosis.stragglers import Stragglers
    from forestall.diagnosis.timing import Timing
    from forestall.diagnosis.trend import Trend
    from forestall.languages import Message, Text
    from forestall.records import Counts, Incidents, Manifest, Places
    from forestall.records.progress import Progress

_Answer = TypeVar("_Answer")
_PERMUTATIONS = 99_999


@dataclass(frozen=True, kw_only=True)
class Unanswered:
    """A question that these incidents cannot answer, and why."""

    reason: Text

    def __str__(self) -> str:
        """Return the reason."""
        return str(self.reason)


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
    near_repeats
        Whether another incident follows soon and nearby, for the largest kinds.
    pattern_change
        Whether the same months of two years have their crimes in the same places.
    places_kept
        Whether the same places hold half of the crimes each year.
    by_area
        Area × offence when areas were given.
    landmarks
        ``context`` (kind of place as published), ``incidents`` that count as crime; empty when the
        publisher names none.
    districts
        ``district``, ``offence``, ``incidents`` that count as crime, where the source names
        districts; else empty.
    districts_of_areas
        The districts in which each area that stands out mostly lies, by its letter.
    places
        The squares, hexagons or areas the incidents were counted in, or None.
    notes
        Choices that were made automatically.
    stragglers
        What began in months that the file hardly holds, which is in no number above; or None.
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
    near_repeats: NearRepeatsByKind | Unanswered
    pattern_change: PatternChange | Unanswered
    places_kept: ConcentrationOverTime | Unanswered
    rates: Rates | Unanswered
    by_area: Counts | None
    landmarks: pd.DataFrame
    districts: pd.DataFrame
    districts_of_areas: Mapping[str, tuple[str, ...]]
    priorities: Priorities | Unanswered
    places: Places | None
    notes: tuple[Message, ...]
    stragglers: Stragglers | None = None


def diagnose(
    incidents: Incidents,
    *,
    places: Places | None = None,
    cell_m: float | None = None,
    areas: Areas | None = None,
    population: str | None = None,
    weights: Mapping[str, float] | None = None,
    harm: Mapping[str, float] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Diagnosis:
    """Diagnose recorded incidents: what, when, where, how concentrated, for how many people.

    One scan counts the incidents by place, month and offence; the answers are made from these
    counts. Incidents in months that the file hardly holds are left out of all of them. What the
    incidents cannot answer is `Unanswered` with its reason.

    Parameters
    ----------
    places
        Where to count; squares around the incidents when None.
    cell_m
        Width of these squares in metres; see `choose_cell_m` for the rule when None.
    areas
        Areas for rates and tables by area.
    population
        Column of ``areas.population``; the first one when None.
    weights, harm
        See `rank_priorities`.
    progress
        Called with what is being done, before each step.

    Raises
    ------
    CannotAnswer
        If there is no incident.

    Examples
    --------
    >>> from forestall.records import Incidents
    >>> frame = pd.DataFrame({"x": [0.0, 10.0, 900.0], "y": [0.0, 10.0, 900.0],
    ...     "on": pd.to_datetime(["2024-01-01", "2024-01-15", "2024-02-03"])})
    >>> thefts = Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="on")
    >>> diagnosis = diagnose(thefts, cell_m=500)
    >>> diagnosis.crimes_total, str(diagnosis.timing)
    (3, 'The file gives no time of day, so there is no answer for hours and weekdays.')
    """
    reporter = Reporter(progress)
    reporter.say(message("Counting by place, month and kind"))
    incidents, stragglers = leave_out_stragglers(incidents)
    counted = count_once(incidents, places, cell_m, areas)
    rates = _rates(counted.by_area, population, counted.notes)
    reporter.say(message("Comparing months and hours"))
    answers = _when(incidents, counted)
    reporter.say(message("Looking for areas that stand out"))
    answers |= _where(counted)
    reporter.say(message("Looking for near repeats and for places that stay"))
    answers |= _again(incidents, counted, answers["trend"])
    return Diagnosis(
        **_what(incidents, counted),
        **answers,
        **_districts(incidents, counted, answers["hotspots"]),
        rates=rates,
        priorities=_answer(
            lambda: rank_priorities(
                totals=_totals(counted.groups, crime=True),
                apart=_totals(counted.groups, crime=False),
                changes=_known(answers["group_changes"]),
                concentration=_known(answers["concentration"]),
                weights=weights,
                harm=harm,
            )
        ),
        notes=tuple(counted.notes),
        stragglers=stragglers,
    )


def _what(incidents: Incidents, counted: CountedOnce) -> dict[str, Any]:
    first_day, last_day = incidents.coverage
    return {
        "manifest": incidents.manifest,
        "place_name": incidents.manifest.place_name or "",
        "first_day": first_day,
        "last_day": last_day,
        "offences": counted.groups,
        "crimes_total": sum(_totals(counted.groups, crime=True).values()),
        "apart_total": sum(_totals(counted.groups, crime=False).values()),
        "counts": counted.counts,
        "monthly": _monthly(counted.by_month),
        "landmarks": _landmarks(incidents, counted.groups),
    }


def _when(incidents: Incidents, counted: CountedOnce) -> dict[str, Any]:
    by_month = counted.by_month
    return {
        "trend": _answer(lambda: measure_trend(by_month.crimes())),
        "trends": _answers(
            counted.groups, lambda label: measure_trend(by_month.select(offence=label))
        ),
        "group_changes": _answer(lambda: compare_groups(by_month)),
        "timing": _answer(lambda: measure_timing(_crimes_only(incidents, counted.groups))),
    }


def _where(counted: CountedOnce) -> dict[str, Any]:
    by_place = counted.by_place
    tested = [group for group in counted.groups if group.tested]
    return {
        "concentration": _answer(lambda: measure_concentration(by_place)),
        "hotspots": _answer(lambda: _standing_out(by_place.crimes())),
        "hotspots_by_group": _answers(
            tested, lambda label: _standing_out(by_place.select(offence=label))
        ),
        "by_area": counted.by_area,
        "places": by_place.places,
    }


def _standing_out(by_place: Counts) -> Hotspots:
    # Few places hold most of what is recorded; the normal approximation would name too many.
    return find_hotspots(by_place, permutations=_PERMUTATIONS, randomisation="total")


def _again(incidents: Incidents, counted: CountedOnce, trend: Trend | Unanswered) -> dict[str, Any]:
    compared = None if isinstance(trend, Unanswered) else trend.compared
    crimes = counted.counts.crimes()
    return {
        "near_repeats": _answer(lambda: assess_near_repeats_by_kind(incidents, counted.groups)),
        "pattern_change": _answer(lambda: assess_change_of_places(crimes, compared)),
        "places_kept": _answer(lambda: measure_places_kept(crimes)),
    }


def _totals(groups: tuple[OffenceGroup, ...], *, crime: object) -> dict[str, int]:
    return {group.label: group.incidents for group in groups if group.counts_as_crime == crime}


def _crimes_only(incidents: Incidents, groups: tuple[OffenceGroup, ...]) -> Incidents:
    if all(group.counts_as_crime for group in groups) or any(
        group.label == NOT_NAMED for group in groups
    ):
        return incidents
    labels = [label for group in groups if group.counts_as_crime for label in group.labels]
    return incidents.filter(offences=labels)


def _rates(
    by_area: Counts | None, population: str | None, notes: list[Message]
) -> Rates | Unanswered:
    areas = by_area.places if by_area is not None else None
    if by_area is None or not isinstance(areas, Areas) or areas.population is None:
        return Unanswered(reason=message("No population figures were given."))
    if population is None:
        population = str(areas.population.columns[0])
        notes.append(message("Rates are per “{population}”.", population=population))
    column = population
    return _answer(lambda: measure_rates(by_area.crimes(), population=column))


def _districts(incidents: Incidents, counted: CountedOnce, hotspots: object) -> dict[str, Any]:
    crimes = _crimes_only(incidents, counted.groups)
    districts = count_by_district(crimes)
    places = None if districts.empty else counted.by_place.places
    return {
        "districts": districts,
        "districts_of_areas": name_areas(crimes, hotspots=hotspots, places=places),
    }


def _landmarks(incidents: Incidents, groups: tuple[OffenceGroup, ...]) -> pd.DataFrame:
    crimes = _crimes_only(incidents, groups)
    named = count_incidents(crimes, by="context").table.dropna(subset=["context"])
    ordered = named.sort_values(["incidents", "context"], ascending=[False, True])
    return pd.DataFrame(ordered[["context", "incidents"]].reset_index(drop=True))


def _monthly(by_month: Counts) -> pd.DataFrame:
    assert by_month.periods is not None
    parts = [
        pd.DataFrame(
            {
                "period": by_month.periods.starts,
                "offence": label,
                "counts_as_crime": crime,
                "incidents": by_month.per_period(offence=label),
            }
        )
        for label, crime in counted_groups(by_month)
    ]
    return pd.concat(parts, ignore_index=True)


def _answer(question: Callable[[], _Answer]) -> _Answer | Unanswered:
    try:
        return question()
    except CannotAnswer as reason:
        (sentence,) = reason.args
        return Unanswered(reason=sentence)


def _answers(
    groups: Sequence[OffenceGroup], question: Callable[[str], _Answer]
) -> dict[str, _Answer]:
    found = {group.label: _answer(partial(question, group.label)) for group in groups}
    return {label: known for label, known in found.items() if not isinstance(known, Unanswered)}


def _known(answer: _Answer | Unanswered) -> _Answer | None:
    return None if isinstance(answer, Unanswered) else answer
