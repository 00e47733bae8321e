"""This file knows whether it happens again soon and nearby, and in the same places as before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis.comparisons import Comparison, is_partly_covered
from forestall.diagnosis.concentration_over_time import measure_concentration_over_time
from forestall.diagnosis.groups import NOT_NAMED, is_mixed
from forestall.diagnosis.margins import without_periods
from forestall.diagnosis.near_repeats import assess_near_repeats
from forestall.diagnosis.pattern_change import assess_pattern_change
from forestall.errors import CannotAnswer
from forestall.languages import message
from forestall.records import Counts, periods_between

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from forestall.diagnosis.comparisons import ComparedPeriods
    from forestall.diagnosis.concentration_over_time import ConcentrationOverTime
    from forestall.diagnosis.counted import OffenceGroup
    from forestall.diagnosis.near_repeats import NearRepeats
    from forestall.diagnosis.pattern_change import PatternChange
    from forestall.records import Incidents, Manifest

LEAST_TO_PAIR = 100
MOST_KINDS = 4
MOST_MONTHS = 24
DAY_BREAKS = (0, 7, 14, 28)
# Points that were moved within a block are too far off for bands of 100 m.
EXACT_BREAKS_M = (0.0, 100.0, 200.0, 400.0)
MOVED_BREAKS_M = (0.0, 200.0, 400.0, 800.0)
PERMUTATIONS = 999
SEED = 1
LEAST_YEARS = 3
YEAR_SAMPLES = 49
# With fewer, a share of places or of incidents is a matter of one or two of them.
LEAST_PLACES = 10
LEAST_INCIDENTS = 50


@dataclass(frozen=True, kw_only=True)
class NearRepeatsByKind:
    """Near repeats of the largest kinds of crime, each by itself.

    Attributes
    ----------
    by_kind
        Label to result, the largest kind first.
    first_day
        The first day that was looked at.
    """

    by_kind: Mapping[str, NearRepeats]
    first_day: date


def assess_near_repeats_by_kind(
    incidents: Incidents, groups: Sequence[OffenceGroup]
) -> NearRepeatsByKind:
    """Assess near repeats of the largest kinds of crime in the last two years of the records.

    Kinds are not mixed: that one theft follows another says nothing about burglary. A kind that
    cannot be answered, such as one with few incidents in these years, is left out.

    Parameters
    ----------
    incidents
        All kinds; months that the file hardly holds are left out already.
    groups
        The kinds, largest first.

    Raises
    ------
    CannotAnswer
        If the records give months only, no kind has enough incidents, or none can be answered; the
        reason is that of the largest kind.
    """
    if set(incidents.manifest.time_precisions) == {"month"}:
        raise CannotAnswer(
            message("The file gives months only, so nobody can say how many days lie between two.")
        )
    wanted = [group for group in groups if _is_large(group)]
    if not wanted:
        raise CannotAnswer(
            message(
                "At least {least} incidents of one kind are needed to say this.",
                least=LEAST_TO_PAIR,
            )
        )
    first_day = _latest_start(incidents)
    found, reasons = {}, []
    for group in wanted[:MOST_KINDS]:
        chosen = incidents.filter(offences=list(group.labels), since=first_day)
        try:
            found[group.label] = assess_near_repeats(
                chosen,
                distance_breaks_m=_breaks(incidents.manifest),
                day_breaks=DAY_BREAKS,
                permutations=PERMUTATIONS,
                seed=SEED,
            )
        except CannotAnswer as reason:
            reasons.append(reason)
    if not found:
        raise reasons[0]
    return NearRepeatsByKind(by_kind=found, first_day=first_day)


def assess_change_of_places(counts: Counts, compared: ComparedPeriods | None) -> PatternChange:
    """Assess whether the same months of two years have their crimes in the same places.

    Parameters
    ----------
    counts
        Crimes by place and month.
    compared
        The months that the change over time compares; None when there are none.

    Raises
    ------
    CannotAnswer
        If there are no two years to compare, or too few places or crimes in them.
    """
    if compared is None or compared.kind is Comparison.EDGES:
        raise CannotAnswer(
            message(
                "Places are compared between the same months of two years; the file is too short."
            )
        )
    before, after = (
        without_periods(counts.select(period=list(months)))
        for months in (compared.before_months, compared.after_months)
    )
    _check_enough([before.per_place(), after.per_place()])
    return assess_pattern_change(before, after, seed=SEED)


def measure_places_kept(counts: Counts) -> ConcentrationOverTime:
    """Measure whether it is the same places that hold half of the crimes each year.

    A year is whole when each of its months is covered, by the rule of the other comparisons.

    Parameters
    ----------
    counts
        Crimes by place and month.

    Raises
    ------
    CannotAnswer
        If fewer than three calendar years are covered wholly, or there are too few places or
        crimes in them.
    """
    by_year = _by_year(counts)
    assert by_year.periods is not None
    whole = by_year.periods.starts[by_year.periods.is_whole]
    if len(whole) < LEAST_YEARS:
        raise CannotAnswer(
            message(
                "This needs at least {least} whole calendar years; the file covers {count}.",
                least=LEAST_YEARS,
                count=len(whole),
            )
        )
    _check_enough([by_year.select(period=year).per_place() for year in whole])
    return measure_concentration_over_time(by_year, samples=YEAR_SAMPLES, seed=SEED)


def _is_large(group: OffenceGroup) -> bool:
    mixed = len(group.labels) > 1 or group.label == NOT_NAMED or is_mixed(group.label)
    return group.counts_as_crime and not mixed and group.incidents >= LEAST_TO_PAIR


def _latest_start(incidents: Incidents) -> date:
    """Return the first day of the last two years, or of the records where they are shorter."""
    first, last = incidents.coverage
    start = pd.Timestamp(last).to_period("M") - (MOST_MONTHS - 1)
    return max(first, start.start_time.date())


def _breaks(manifest: Manifest) -> tuple[float, ...]:
    return EXACT_BREAKS_M if set(manifest.location_precisions) == {"exact"} else MOVED_BREAKS_M


def _check_enough(per_place: Sequence[NDArray[np.int64]]) -> None:
    """Refuse periods with few incidents in places, or few places with any in all of them."""
    few_places = int((np.sum(per_place, axis=0) > 0).sum()) < LEAST_PLACES
    if few_places or min(int(numbers.sum()) for numbers in per_place) < LEAST_INCIDENTS:
        raise CannotAnswer(
            message(
                "This needs at least {places} places with records and {incidents} located "
                "incidents in each of the periods that are compared.",
                places=LEAST_PLACES,
                incidents=LEAST_INCIDENTS,
            )
        )


def _by_year(counts: Counts) -> Counts:
    assert counts.periods is not None
    assert counts.places is not None
    months = counts.periods
    years = periods_between(months.starts[0], months.ends[-1] - pd.Timedelta(days=1), unit="year")
    year = pd.DatetimeIndex(months.starts).to_period("Y").start_time
    position = years.positions(year)
    days = np.where(is_partly_covered(months), months.days, months.calendar_days)
    covered = np.zeros(years.size, dtype=np.int64)
    np.add.at(covered, position, days)
    table = counts.table.assign(
        period=years.starts[position[months.positions(counts.table["period"])]]
    )
    summed = table.groupby(["place", "period"], observed=True)["incidents"].sum().reset_index()
    return replace(
        Counts.from_frame(summed, places=counts.places, periods=replace(years, days=covered)),
        apart=counts.apart.iloc[:0],
    )
