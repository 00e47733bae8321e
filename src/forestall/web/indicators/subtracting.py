"""This file knows what readers can subtract from a series: other series, and finished diagnoses.

What a series told before it was ended or linked anew stays known, so it counts as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from forestall.errors import ForestallError
from forestall.web.data.findings import read_publication
from forestall.web.data.models import SafetyDiagnosis, WorkState
from forestall.web.indicators.beside import periods_beside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from forestall.disclosure import SafeTable
    from forestall.disclosure.safe_table import SafeCell
    from forestall.web.data.models import Store
    from forestall.web.indicators.counting import PeriodNumbers, StoreNumbers

Settings = dict[str, Any]
# How reports name small kinds that they put together.
_REST = "rest"


@dataclass(frozen=True)
class ToldBefore:
    """What a series told, now or once.

    Attributes
    ----------
    settings
        As in `IndicatorSource`.
    points
        From the last day of a period to the number that was told, or to what stands in its place.
    """

    settings: Settings
    points: Mapping[date, int | str]


@dataclass(frozen=True)
class Asked:
    """What a series counts, and what readers were told of the same records.

    Attributes
    ----------
    settings
        As in `IndicatorSource`.
    told
        By any series of the place, also by this one.
    as_told
        What this one told, as in `ToldBefore`.
    """

    settings: Settings
    told: Sequence[ToldBefore] = field(default=())
    as_told: Mapping[date, int | str] = field(default_factory=dict)


def periods_told_by_others(
    store: Store, asked: Asked, counted: PeriodNumbers, numbers: StoreNumbers
) -> frozenset[date]:
    """Return the last days of the periods whose number would give a small one away.

    Raises
    ------
    ForestallError
        If the series cannot be counted.
    """
    found = periods_beside(asked.settings, asked.told, numbers, as_told=asked.as_told)
    for diagnosis in SafetyDiagnosis.objects.filter(
        store=store, state=WorkState.DONE.value
    ).select_related("jurisdiction"):
        try:
            tables = read_publication(diagnosis).tables
        except ForestallError:
            continue  # there is no report any more that could be read
        found |= _hidden_there(tables, asked.settings, counted)
    return frozenset(found)


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
