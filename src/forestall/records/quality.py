"""This file knows what a careful analyst would warn of before using records.

Warnings are kept as a code with its figures, and written out in the language of the reader.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from forestall.records.duplicates import count_repeated_identifiers
from forestall.records.manifest import Warned
from forestall.records.summaries import LEAST_A_MONTH, kept_sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from forestall.records.manifest import Manifest
    from forestall.records.offences import Classified
    from forestall.records.readers.recipe import Recipe
    from forestall.records.reading import ReadTables
    from forestall.records.summaries import Summary

# Twice, and five times, what even times would give: 2 of 1,440 minutes, 12 of 365 days,
# 2 of 60 minutes.
_SHARE_AT_MIDNIGHT = 0.01
_SHARE_ON_FIRST = 0.05
_SHARE_ON_HALF_HOURS = 0.2
_SHARE_ON_ONE_POINT = 0.01
_ROWS_A_POINT = 1.5
_FEWEST_ROWS = 200
_REGULAR = 0.1
_SHIFT_MONTHS = 6
_SHIFT_RATIO = 1.5
_SHIFT_SPREADS = 4.0
_ADDED_UP = ("lost_leading_zeros", "zone_ignored")
_CARRIED_ON = ("cut_off", "file_changed", "skipped_files")


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What is known at the end of an import, for the warnings."""

    summary: Summary
    recipe: Recipe
    read: ReadTables
    parts: Sequence[Path]
    before: Manifest | None
    skipped: Sequence[str]
    dropped: Sequence[str]
    classes: Mapping[str, Classified]


def find_warnings(connection: Any, imported: Imported) -> tuple[Warned, ...]:
    """Return what to warn of after an import, of the publisher's ways first.

    The rules: more than 1 % of times at 00:00 or 00:01; more than 5 % of days the first of a
    month; more than 20 % of minutes 0 or 30; a point with more than 1 % of the rows; more than
    1.5 rows a point; months without rows; and level shifts (`find_level_shifts`).
    """
    recipe = imported.recipe
    found = [Warned(code=code, values=dict(values)) for code, values in recipe.notes]
    found += _counted(connection, imported)
    found += _of_files(imported)
    found += _of_identifiers(connection, imported)
    found += _of_times(connection, imported)
    found += _of_points(connection, imported)
    found += _of_months(imported.summary)
    found += _of_classes(imported)
    return tuple(found)


def find_level_shifts(per_day: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Find months from which on much more, or much less, is recorded than before.

    A month is a shift when the median of the six months from it on is at least 1.5 times the
    median of the six months before it, or at most 1/1.5 of it, and the difference of the
    logarithms is more than four times the usual spread (scaled median absolute deviation) inside
    these two halves. Of neighbouring months the one with the largest change is named.

    Parameters
    ----------
    per_day
        Rows per day of each month, every month in order.

    Returns
    -------
    shifts
        Month and ratio of the median after it to the median before it.

    Examples
    --------
    >>> months = [f"{year}-{month:02d}" for year in (2018, 2019) for month in range(1, 13)]
    >>> find_level_shifts(dict(zip(months, [10.0, 11, 9] * 4 + [20.0, 22, 18] * 4)))
    (('2019-01', 2.0),)
    """
    months, rates = list(per_day), np.array(list(per_day.values()), dtype=float)
    logs = np.log(np.maximum(rates, 1e-9))
    changes = np.zeros(len(months))
    for at in range(_SHIFT_MONTHS, len(months) - _SHIFT_MONTHS + 1):
        before, after = logs[at - _SHIFT_MONTHS : at], logs[at : at + _SHIFT_MONTHS]
        change = float(np.median(after) - np.median(before))
        spread = 1.4826 * max(_deviation(before), _deviation(after))
        if abs(change) >= np.log(_SHIFT_RATIO) - 1e-12 and abs(change) > _SHIFT_SPREADS * spread:
            changes[at] = change
    steps = np.abs(np.diff(logs, prepend=logs[0]))
    found = []
    while np.any(changes):
        # Neighbours often have the same medians: the month of the largest step is meant.
        at = int(np.argmax(np.where(changes == 0, 0, np.abs(changes) + 1e-6 * steps)))
        found.append((months[at], round(float(np.exp(changes[at])), 2)))
        changes[max(0, at - _SHIFT_MONTHS) : at + _SHIFT_MONTHS + 1] = 0
    return tuple(sorted(found))


def _deviation(values: np.ndarray[Any, np.dtype[np.float64]]) -> float:
    return float(np.median(np.abs(values - np.median(values))))


def _counted(connection: Any, imported: Imported) -> Iterator[Warned]:
    earlier = _rows_by_code(imported.before)
    counted = {code: earlier.get(code, 0) for code in _ADDED_UP}
    for code in imported.recipe.counted_notes:
        rows = connection.execute(f"SELECT count(*) FROM staged WHERE note_{code}").fetchone()[0]
        counted[code] = counted.get(code, 0) + rows
    for code, rows in counted.items():
        if rows:
            yield Warned(code=code, values={"rows": rows})


def _rows_by_code(before: Manifest | None) -> dict[str, int]:
    if before is None:
        return {}
    return {one.code: int(one.values.get("rows", 0)) for one in before.warnings}


def _of_files(imported: Imported) -> Iterator[Warned]:
    before = imported.before
    if before is not None:
        yield from (one for one in before.warnings if one.code in _CARRIED_ON)
    for opened, file in zip(imported.read.opened, imported.read.files, strict=True):
        if opened.table.cut_off or (opened.text and file.bad and _cut_off(opened.text.path, file)):
            yield Warned(code="cut_off", values={"file": opened.table.name})
    earlier = {file.name for file in before.files} if before else set()
    for name in dict.fromkeys(one.table.origin.name for one in imported.read.opened):
        if name in earlier:
            yield Warned(code="file_changed", values={"file": name})
    if imported.skipped:
        yield Warned(
            code="skipped_files",
            values={"rows": len(imported.skipped), "file": imported.skipped[0]},
        )
    if imported.dropped:
        yield Warned(code="dropped_columns", values={"columns": list(imported.dropped)})


def _cut_off(path: Path, file: Any) -> bool:
    with path.open("rb") as stream:
        stream.seek(-1, 2)
        ends_well = stream.read(1) == b"\n"
    return not ends_well and max(one.line for one in file.bad) >= file.rows_read + 1


def _of_identifiers(connection: Any, imported: Imported) -> Iterator[Warned]:
    summary = imported.summary
    if 0 < summary.without_identifier < summary.rows:
        values = {"rows": summary.without_identifier, "of": summary.rows}
        yield Warned(code="without_identifier", values=values)
    for offence, (rows, identified) in summary.identified.items():
        if rows and not identified and summary.without_identifier < summary.rows:
            yield Warned(code="never_identified", values={"offence": offence, "rows": rows})
    repeated = count_repeated_identifiers(connection)
    if repeated:
        yield Warned(code="repeated_identifiers", values={"rows": repeated})
    if 0 < summary.without_area < summary.rows:
        values = {"rows": summary.without_area, "of": summary.rows}
        yield Warned(code="without_area", values=values)
    timed = summary.rows - summary.time_precisions.get("month", 0)
    if 0 < summary.without_end < timed:
        yield Warned(code="without_end", values={"rows": summary.without_end, "of": timed})


def _of_times(connection: Any, imported: Imported) -> Iterator[Warned]:
    precisions = imported.summary.time_precisions
    if set(precisions) <= {"month"}:
        return
    minute = "time_precision = 'minute'"
    at_minute, midnight, half, dated, first = connection.execute(
        f"""SELECT count(*) FILTER ({minute}),
            count(*) FILTER ({minute} AND hour(starts_at) = 0 AND minute(starts_at) <= 1),
            count(*) FILTER ({minute} AND minute(starts_at) IN (0, 30)),
            count(*) FILTER (time_precision <> 'month'),
            count(*) FILTER (time_precision <> 'month' AND day(starts_at) = 1)
        FROM {kept_sql(imported.parts)}"""
    ).fetchone()
    for code, rows, of, share in (
        ("heaping_midnight", midnight, at_minute, _SHARE_AT_MIDNIGHT),
        ("heaping_half_hours", half, at_minute, _SHARE_ON_HALF_HOURS),
        ("heaping_first_of_month", first, dated, _SHARE_ON_FIRST),
    ):
        if of >= _FEWEST_ROWS and rows > share * of:
            yield Warned(code=code, values={"rows": rows, "of": of})


def _of_points(connection: Any, imported: Imported) -> Iterator[Warned]:
    rows = imported.summary.rows
    if rows < _FEWEST_ROWS:
        return
    points, most, heavy = connection.execute(
        f"""SELECT count(*), max(n), count(*) FILTER (n > {_SHARE_ON_ONE_POINT * rows})
        FROM (SELECT count(*) AS n FROM {kept_sql(imported.parts)} GROUP BY x, y)"""
    ).fetchone()
    if heavy:
        yield Warned(code="one_point", values={"rows": heavy, "most": most})
    if rows > _ROWS_A_POINT * points:
        yield Warned(code="pile_up", values={"rows": rows, "points": points})


def _stragglers(summary: Summary) -> Iterator[Warned]:
    """Find rows of months outside the time of regular recording.

    A month is regular when it has at least a tenth of the rows of the month in which the middle
    one of all rows, counted from the fullest month, lies.
    """
    fullest = sorted(summary.months.values(), reverse=True)
    middle = fullest[int(np.searchsorted(np.cumsum(fullest), summary.rows / 2))]
    regular = [month for month, rows in summary.months.items() if rows >= _REGULAR * middle]
    before = sum(rows for month, rows in summary.months.items() if month < regular[0])
    after = sum(rows for month, rows in summary.months.items() if month > regular[-1])
    if before:
        yield Warned(code="stragglers_before", values={"rows": before, "first": regular[0]})
    if after:
        yield Warned(code="stragglers_after", values={"rows": after, "first": regular[-1]})


def _of_months(summary: Summary) -> Iterator[Warned]:
    yield from _stragglers(summary)
    if summary.months_missing:
        values = {"rows": len(summary.months_missing), "first": summary.months_missing[0]}
        yield Warned(code="months_missing", values=values)
        return
    if summary.rows < LEAST_A_MONTH * len(summary.months):
        return  # months without any are counts of zero, and too few to tell a shift
    per_day = {
        month: rows / calendar.monthrange(int(month[:4]), int(month[5:]))[1]
        for month, rows in summary.months.items()
    }
    for month, ratio in find_level_shifts(per_day):
        yield Warned(code="level_shift", values={"month": month, "ratio": ratio})


def _of_classes(imported: Imported) -> Iterator[Warned]:
    here = [imported.classes[label] for label in imported.summary.offence_rows]
    judged = [one for one in here if one.basis == "judgement"]
    unknown = [one for one in here if one.iccs is None]
    if judged:
        yield Warned(code="iccs_by_judgement", values={"rows": len(judged)})
    if unknown:
        yield Warned(code="iccs_unknown", values={"rows": len(unknown)})
