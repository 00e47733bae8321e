"""This file knows what readers can subtract from a series: other series, and finished diagnoses.

Three ways give a hidden number away: months beside the quarter that they make up; parts beside
the whole they belong to, when the rest is small; a number that a diagnosis of the store hides.
What a series told before it was ended or linked anew stays known, so it counts as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from forestall.disclosure import PublishedSum
from forestall.errors import ForestallError
from forestall.web.data.findings import read_publication
from forestall.web.data.models import SafetyDiagnosis, WorkState
from forestall.web.indicators.counted_sets import counts_same
from forestall.web.indicators.counting import UNITS
from forestall.web.indicators.rests import beside_small_rests

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from forestall.disclosure import SafeTable
    from forestall.disclosure.safe_table import SafeCell
    from forestall.web.data.models import Store
    from forestall.web.indicators.counting import PeriodNumbers, StoreNumbers

Settings = dict[str, Any]
# How reports name small kinds that they put together.
_REST = "rest"


@dataclass(frozen=True)
class Asked:
    """What a series counts, and what other series of the same store or survey count.

    Attributes
    ----------
    settings
        As in `IndicatorSource`.
    others
        The settings of the others.
    ended
        The settings of series that were told once and are not computed any more.
    before
        Those of them all that were told before this one was: it yields to them, because what was
        told stays known.
    elsewhere
        What was told of other stores of the place, which may hold the same records.
    """

    settings: Settings
    others: Sequence[Settings] = field(default=())
    ended: Sequence[Settings] = field(default=())
    before: Sequence[Settings] = field(default=())
    elsewhere: Sequence[Settings] = field(default=())


def sums_told_by_others(asked: Asked, counted: PeriodNumbers) -> list[PublishedSum]:
    """Return the quarters and years that earlier series told of the same incidents.

    The series of months is then protected as a table with these totals.
    """
    own = asked.settings
    longer = {
        one["period"]
        for one in asked.before
        if _is_longer(one["period"], own["period"]) and counts_same(one, own)
    }
    return [
        PublishedSum(rows=[one.isoformat() for one in days])
        for unit in sorted(longer)
        for days in _whole_groups(counted, own["period"], unit)
    ]


def periods_told_by_others(
    store: Store, asked: Asked, counted: PeriodNumbers, numbers: StoreNumbers
) -> frozenset[date]:
    """Return the last days of the periods whose number would give a small one away.

    Raises
    ------
    ForestallError
        If another series cannot be counted.
    """
    found: set[date] = set()
    own = asked.settings
    ended = [one for one in (*asked.ended, *asked.elsewhere) if _can_be_counted(one, numbers)]
    found |= beside_small_rests(own, asked.others, numbers, ended=ended)
    for one in asked.before:
        if counts_same(one, own) and _is_longer(own["period"], one["period"]):
            found |= _small_ones_within(one, counted, numbers)
    for diagnosis in SafetyDiagnosis.objects.filter(
        store=store, state=WorkState.DONE.value
    ).select_related("jurisdiction"):
        try:
            tables = read_publication(diagnosis).tables
        except ForestallError:
            continue  # there is no report any more that could be read
        found |= _hidden_there(tables, asked.settings, counted)
    return frozenset(found)


def _can_be_counted(ended: Settings, numbers: StoreNumbers) -> bool:
    try:
        numbers.of(ended)
    except ForestallError:
        return False  # a kind or an area is gone since
    return True


def _small_ones_within(
    shorter: Settings, counted: PeriodNumbers, numbers: StoreNumbers
) -> set[date]:
    """Return the periods of which a shorter series told all but a small one."""
    known = numbers.of(shorter)
    small = [
        day
        for day, count in zip(known.last_days, known.counts, strict=True)
        if 0 < int(count) < shorter["threshold"]
    ]
    days = zip(counted.first_days, counted.last_days, strict=True)
    return {last for first, last in days if any(first <= day <= last for day in small)}


def _hidden_there(
    tables: Mapping[str, SafeTable], own: Settings, counted: PeriodNumbers
) -> set[date]:
    """Return the periods whose number, with a diagnosis, tells one that the diagnosis hides.

    A quarter or a year is withheld as soon as the diagnosis hides one of its months: readers would
    subtract the months that are shown.
    """
    table = tables.get("group_months" if own["offences"] else "months")
    if table is None:
        return set()
    days = zip(counted.first_days, counted.last_days, counted.counts, strict=True)
    return {
        last
        for first, last, count in days
        if _tells(table, own["offences"], list(pd.date_range(first, last, freq="MS")), int(count))
    }


def _tells(
    table: SafeTable, kinds: Sequence[str], period: Sequence[pd.Timestamp], count: int
) -> bool:
    rule = table.record.rule
    # Nothing exact can be taken from rounded numbers.
    least = rule.threshold if rule.rounding_base is None else 0
    known = table.column_labels if table.columns else table.row_labels
    months = [month for month in period if month in known]
    if table.columns is None:
        return _gives_away(
            [table.cell(month) for month in months], count, of=len(period), least=least
        )
    named = [kind for kind in kinds if kind in table.row_labels]
    cells = [table.cell(kind, month) for kind in named for month in months]
    if named and _gives_away(cells, count, of=len(named) * len(period), least=least):
        return True
    if len(named) == len(kinds) or _REST not in table.row_labels:
        return False
    # Kinds that the diagnosis put together: what they leave of it is small, or it is hidden.
    beside = count - sum(one.number or 0 for one in cells)
    return _gives_away(
        [table.cell(_REST, month) for month in months], beside, of=len(period), least=least
    )


def _gives_away(cells: Sequence[SafeCell], count: int, *, of: int, least: int) -> bool:
    """Return whether a count tells what some cells hide, or differs from their sum by few.

    Parameters
    ----------
    of
        How many cells the whole has; of a part of it, a sum says nothing.
    least
        The smallest difference that may be known.
    """
    if any(one.number is None for one in cells):
        return True
    if not cells or len(cells) < of:
        return False
    return 0 < abs(sum(one.number or 0 for one in cells) - count) < least


def _whole_groups(counted: PeriodNumbers, own: str, unit: str) -> Iterator[list[date]]:
    """Yield the last days of the periods that make up each whole longer one."""
    size = {"month": 1, "quarter": 3, "year": 12}
    groups: dict[int, list[date]] = {}
    for day in counted.last_days:
        month = day.year * 12 + day.month - 1
        groups.setdefault(month // size[unit], []).append(day)
    for days in groups.values():
        if len(days) == size[unit] // size[own]:
            yield days


def _is_longer(one: str, other: str) -> bool:
    return UNITS.index(one) > UNITS.index(other)
