"""This file knows how incidents are counted once for a whole diagnosis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.diagnosis.areas_fit import check_areas_fit
from forestall.diagnosis.cell_size import (
    FEW_SQUARES,
    choose_cell_m,
    is_moved,
    narrow_for_few,
)
from forestall.diagnosis.groups import OTHER_KINDS, counted_groups, group_words
from forestall.diagnosis.margins import (
    name_the_unnamed,
    put_together,
    without_periods,
    without_places,
)
from forestall.errors import CannotAnswer
from forestall.languages import message
from forestall.records import Areas, count_incidents, square_grid

if TYPE_CHECKING:
    from forestall.languages import Message
    from forestall.records import Counts, Incidents, Places

MOST_GROUPS = 15
LEAST_TO_TEST = 50


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
class CountedOnce:
    """The counts of a diagnosis and what was chosen on the way."""

    counts: Counts
    by_month: Counts
    by_place: Counts
    by_area: Counts | None
    groups: tuple[OffenceGroup, ...]
    notes: list[Message]


def count_once(
    incidents: Incidents, places: Places | None, cell_m: float | None, areas: Areas | None
) -> CountedOnce:
    """Count by place, month and kind in one scan, and by area in another when areas are given."""
    notes: list[Message] = []
    places = places or _squares(incidents, cell_m, notes)
    counts = count_incidents(incidents, places=places, period="month", by="offence")
    check_areas_fit(counts, incidents)
    counts = name_the_unnamed(counts)
    counts, small = _few_groups(counts, notes)
    by_month = without_places(counts)
    return CountedOnce(
        counts=counts,
        by_month=by_month,
        by_place=without_periods(counts),
        by_area=_count_by_area(incidents, areas, counts, small),
        groups=_offence_groups(by_month, small),
        notes=notes,
    )


def _squares(incidents: Incidents, cell_m: float | None, notes: list[Message]) -> Places:
    found = incidents.count_rows()
    if not found:
        raise CannotAnswer(message("A diagnosis needs incidents, but none is left."))
    if cell_m is None:
        return _chosen_squares(incidents, found, notes)
    squares = square_grid(incidents, cell_m=cell_m)
    notes.extend(squares.notes)
    return squares


def _chosen_squares(incidents: Incidents, found: int, notes: list[Message]) -> Places:
    cell_m, why = choose_cell_m(incidents.manifest, found)
    squares = square_grid(incidents, cell_m=cell_m)
    # A record puts nine squares at risk at most, so with more of them there are enough records.
    if is_moved(incidents.manifest) and squares.size < 9 * FEW_SQUARES:
        per_square = count_incidents(incidents, places=squares).per_place()
        narrower = narrow_for_few(int((per_square > 0).sum()), int(per_square.sum()))
        if narrower is not None:
            cell_m, why = narrower
            squares = square_grid(incidents, cell_m=cell_m)
    notes.extend([why, *squares.notes])
    return squares


def _few_groups(counts: Counts, notes: list[Message]) -> tuple[Counts, tuple[str, ...]]:
    """Put the smallest kinds of crime together when there are too many to read."""
    labels = [label for label, crime in counted_groups(counts) if crime]
    small = tuple(labels[MOST_GROUPS - 1 :]) if len(labels) > MOST_GROUPS else ()
    if not small:
        return counts, ()
    notes.append(
        message(
            "The {count} smallest kinds are shown together as “{name}”.",
            count=len(small),
            name=group_words(OTHER_KINDS),
        )
    )
    return put_together(counts, small), small


def _offence_groups(counts: Counts, small: tuple[str, ...]) -> tuple[OffenceGroup, ...]:
    totals = counts.table.groupby("offence", observed=True)["incidents"].sum()
    return tuple(
        OffenceGroup(
            label=label,
            counts_as_crime=crime,
            incidents=int(totals[label]),
            labels=small if label == OTHER_KINDS else (label,),
            tested=int(totals[label]) >= LEAST_TO_TEST,
        )
        for label, crime in counted_groups(counts)
    )


def _count_by_area(
    incidents: Incidents,
    areas: Areas | None,
    counts: Counts,
    small: tuple[str, ...],
) -> Counts | None:
    if areas is None:
        return counts if isinstance(counts.places, Areas) else None
    by_area = count_incidents(incidents, places=areas, period="month", by="offence")
    check_areas_fit(by_area, incidents)
    by_area = name_the_unnamed(by_area)
    return put_together(by_area, small) if small else by_area
