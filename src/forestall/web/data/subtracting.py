"""This file knows whether one report can be subtracted from another whose period overlaps it.

The days of both reports fall into three segments: only in the first, in both, only in the second.
A kind has a number in each. The first report prints the sum of the first two, the second report
the sum of the last two; tables by month print more. What follows from all of it is searched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.disclosure import search_differences
from forestall.disclosure.differences import Link
from forestall.disclosure.stored_tables import table_from_data, table_to_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from forestall.disclosure import SafeTable
    from forestall.publication.contents import Publication

_FIRST, _SHARED, _SECOND = "first only", "shared", "second only"
_REPORT, _DAYS = "report", "days"
# Of the tables of a report, those whose numbers bind kinds and months.
_TABLES = ("offences", "months", "group_months")


def can_be_subtracted(first: Publication, second: Publication) -> bool:
    """Return whether a hidden or small number follows from two overlapping reports together.

    Reports that contradict each other, because the records changed between them, count as such:
    their difference is what was added.

    Parameters
    ----------
    first, second
        Two reports on the same records.
    """
    reports = {"first": first, "second": second}
    tables: list[SafeTable] = []
    links: list[Link] = []
    for name, report in reports.items():
        tables += [_renamed(report.tables[key], name) for key in _TABLES if key in report.tables]
        links += _segment_links(name, report, _other_days(report, reports, name))
    links += _month_links(first, second)
    try:
        return bool(search_differences(tables, links=links))
    except ValueError:
        return True


def _renamed(table: SafeTable, name: str) -> SafeTable:
    """Return the table as one of its report: its totals are not those of the other."""
    return table_from_data({**table_to_data(table), "within": {_REPORT: name}})


def _other_days(
    report: Publication, reports: Mapping[str, Publication], name: str
) -> tuple[date, date]:
    other = next(one for key, one in reports.items() if key != name)
    first, last = _days(other)
    return first, last


def _segment_links(name: str, report: Publication, other: tuple[date, date]) -> Iterator[Link]:
    own = _FIRST if name == "first" else _SECOND
    first, last = _days(report)
    outside = first < other[0] or last > other[1]
    segments = [_SHARED, *([own] if outside else [])]
    for kind in _kinds(report):
        yield Link(
            whole={_REPORT: name, **kind},
            parts=[{_DAYS: segment, **kind} for segment in segments],
        )


def _month_links(first: Publication, second: Publication) -> Iterator[Link]:
    """Bind the months that both print: the same month is the same number in both."""
    one, other = (report.tables.get("group_months") for report in (first, second))
    if one is None or other is None:
        return
    shared = set(one.column_labels) & set(other.column_labels)
    for kind in set(one.row_labels) & set(other.row_labels):
        if kind == "rest":
            continue  # what is put together as the rest differs between reports
        for month in shared:
            labels = {one.rows: kind, str(one.columns): month}
            yield Link(whole={_REPORT: "first", **labels}, parts=[{_REPORT: "second", **labels}])


def _kinds(report: Publication) -> Iterator[dict[str, str]]:
    offences = report.tables["offences"]
    yield {}
    for label in offences.row_labels:
        yield {offences.rows: str(label)}


def _days(report: Publication) -> tuple[date, date]:
    provenance = report.provenance
    assert provenance.first_day is not None
    assert provenance.last_day is not None
    return provenance.first_day, provenance.last_day
