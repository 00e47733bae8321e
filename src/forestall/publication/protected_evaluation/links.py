"""This file knows which numbers of an evaluation are sums of others, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from forestall.disclosure import Link, search_differences
from forestall.publication.evaluation_labels import (
    AROUND,
    AROUND_COMPARISON,
    COMPARISON,
    TREATED,
    WHEN,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from forestall.disclosure import SafeTable
    from forestall.disclosure.differences import Difference
    from forestall.evaluation.programmes.found import OutcomeFindings

Labels = dict[str, "Hashable"]
_OUTSIDE = "everything else"


def what_follows(
    tables: Mapping[str, SafeTable],
    found: OutcomeFindings,
    *,
    step: int,
    more: Iterable[Link] = (),
) -> tuple[Difference, ...]:
    """Return the hidden numbers that a reader of these tables could work out.

    Parameters
    ----------
    tables
        By name, as `ProtectedEvaluation.tables`.
    step
        Months that one row of the series joins.
    more
        Further sums, as `links_of_offences`.
    """
    links = [
        link
        for part in (_of_series, _of_kinds, _of_harm, _of_outcomes)
        for link in part(tables, found, step)
    ]
    return search_differences(list(tables.values()), links=[*links, *more])


def _of_series(
    tables: Mapping[str, SafeTable], found: OutcomeFindings, step: int
) -> Iterator[Link]:
    series = tables.get("treated_months")
    if series is None:
        return
    for when, span in zip(WHEN, (found.cells.before, found.cells.after), strict=True):
        if span is None:
            continue
        first, last = pd.Timestamp(span.first), pd.Timestamp(span.last)
        inside = [
            label
            for label in series.row_labels
            if first <= pd.Timestamp(str(label))
            and pd.Timestamp(str(label)) + pd.DateOffset(months=step, days=-1) <= last
        ]
        if _sum_of(series, inside) > _true_total(found, TREATED, when, around=False):
            continue
        parts: list[Labels] = [{**series.within, "period": label} for label in inside]
        rest: Labels = {**series.within, "period": f"{_OUTSIDE} {when}"}
        yield Link(whole=_count(tables, TREATED, when), parts=[*parts, rest])


def _sum_of(series: SafeTable, periods: Sequence[Hashable]) -> int:
    """Return the sum of some rows of the series, all of which are shown."""
    return sum(series.value(period) or 0 for period in periods)


def _of_kinds(tables: Mapping[str, SafeTable], found: OutcomeFindings, step: int) -> Iterator[Link]:
    for name in ("moved_kinds", "moved_weekdays", "moved_times"):
        kinds = tables.get(name)
        if kinds is None:
            continue
        for cell in kinds.column_labels:
            for rows in _sums_of(kinds.row_labels, found.outcome.offences):
                parts: list[Labels] = [
                    {**kinds.within, "kind": kind, "cell": cell} for kind in rows
                ]
                if _is_whole(found, kinds, rows, str(cell), name):
                    yield from _totals(tables, str(cell), parts)


def _sums_of(kinds: Sequence[Hashable], aimed: Sequence[str]) -> Iterator[list[Hashable]]:
    yield list(kinds)
    chosen: list[Hashable] = [kind for kind in kinds if kind in aimed]
    if chosen and len(chosen) < len(kinds):
        yield chosen


def _is_whole(
    found: OutcomeFindings, kinds: SafeTable, rows: Sequence[Hashable], cell: str, name: str
) -> bool:
    """Say whether these kinds together are what the table of counts counts."""
    column = {"moved_kinds": "offence", "moved_weekdays": "weekday", "moved_times": "time_of_day"}
    counts = found.kind_counts[column[name]]
    group, ring, when = _place_of(cell)
    chosen = counts[counts["kind"].astype(str).isin([str(row) for row in rows])]
    chosen = chosen[(chosen["group"] == group) & (chosen["when"] == when)]
    chosen = chosen[chosen["ring"] > 0] if ring else chosen[chosen["ring"] == 0]
    return int(chosen["incidents"].sum()) == _true_total(found, group, when, around=ring)


def _place_of(cell: str) -> tuple[str, bool, str]:
    where, _, when = cell.rpartition(" ")
    group = COMPARISON if where.startswith(COMPARISON) else TREATED
    return group, where in (AROUND, AROUND_COMPARISON), when


def _true_total(found: OutcomeFindings, group: str, when: str, *, around: bool) -> int:
    if not around:
        both = found.cells.treated if group == TREATED else found.cells.comparison
        return both.before if when == "before" else both.after
    counts = found.ring_counts
    if counts is None:
        return -1
    rows = counts[(counts["group"] == group) & (counts["when"] == when) & (counts["ring"] > 0)]
    return int(rows["incidents"].sum())


def _totals(tables: Mapping[str, SafeTable], cell: str, parts: Sequence[Labels]) -> Iterator[Link]:
    group, around, when = _place_of(cell)
    if not around:
        yield Link(whole=_count(tables, group, when), parts=parts)
        return
    total: Labels = {"sum around": group, "when": when}
    prefix = "ring " if group == TREATED else f"{COMPARISON} ring "
    rings = [
        label for label in tables["evaluated_counts"].row_labels if str(label).startswith(prefix)
    ]
    yield Link(whole=total, parts=parts)
    yield Link(whole=total, parts=[_count(tables, str(label), when) for label in rings])


def _of_harm(tables: Mapping[str, SafeTable], found: OutcomeFindings, step: int) -> Iterator[Link]:
    harm, kinds = tables.get("harm_kinds"), tables.get("moved_kinds")
    if harm is None or kinds is None:
        return
    for label in harm.row_labels:
        for cell in harm.column_labels:
            if label in kinds.row_labels and cell in kinds.column_labels:
                yield Link(
                    whole={**harm.within, "offence": label, "cell": cell},
                    parts=[{**kinds.within, "kind": label, "cell": cell}],
                )


def _of_outcomes(
    tables: Mapping[str, SafeTable], found: OutcomeFindings, step: int
) -> Iterator[Link]:
    outcomes = tables.get("evaluated_outcomes")
    if outcomes is None or found.outcome.name not in outcomes.row_labels:
        return
    for group in (TREATED, COMPARISON):
        for when in WHEN:
            yield Link(
                whole={
                    **outcomes.within,
                    "outcome": found.outcome.name,
                    "cell": f"{group} {when}",
                },
                parts=[_count(tables, group, when)],
            )


def _count(tables: Mapping[str, SafeTable], where: str, when: str) -> Labels:
    return {**tables["evaluated_counts"].within, "where": where, "when": when}
