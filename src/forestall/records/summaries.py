"""This file knows how to sum up a store: coverage, offences, precision, extent."""

from __future__ import annotations

import glob
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from forestall.records.manifest import OffenceClass
from forestall.records.readers.police_uk import place_name_of
from forestall.records.readers.recipe import literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from forestall.records.manifest import Manifest
    from forestall.records.offences import Classified
    from forestall.records.readers.recipe import Recipe

LEAST_A_MONTH = 10


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What the rows of a store say about it; the fields are those of the manifest."""

    rows: int
    first_day: date
    last_day: date
    months: dict[str, int]
    months_missing: tuple[str, ...]
    time_precisions: dict[str, int]
    location_precisions: dict[str, int]
    offence_rows: dict[str, int]
    identified: dict[str, tuple[int, int]]
    extent: tuple[float, float, float, float]
    without_identifier: int
    without_area: int
    without_end: int


def kept_sql(parts: Iterable[Path]) -> str:
    """Return SQL for the rows in the Parquet files of a store."""
    files = ", ".join(literal(glob.escape(str(part))) for part in parts)
    return f"read_parquet([{files}], hive_partitioning=false)"


def summarise(connection: Any, parts: Sequence[Path]) -> Summary:
    """Sum up the rows of a store."""
    groups = connection.execute(
        f"""SELECT 12 * year(starts_at) + month(starts_at) AS month, offence, count(*),
            min(starts_at)::DATE, max(starts_at)::DATE, count(incident_id), count(area),
            count(ends_at), time_precision, location_precision, min(x), min(y), max(x), max(y)
        FROM {kept_sql(parts)} GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    months = _totals((f"{row[3]:%Y-%m}", row[2]) for row in groups)
    first, last = min(row[3] for row in groups), max(row[4] for row in groups)
    if any(row[8] == "month" for row in groups):
        first, last = first.replace(day=1), max(last, _month_end(last))
    rows = sum(row[2] for row in groups)
    offence_rows = _totals((row[1], row[2]) for row in groups)
    identified = _totals((row[1], row[5]) for row in groups)
    return Summary(
        rows=rows,
        first_day=first,
        last_day=last,
        months=months,
        months_missing=missing_months(list(months), rows=rows),
        time_precisions=_totals((row[8], row[2]) for row in groups),
        location_precisions=_totals((row[9], row[2]) for row in groups),
        offence_rows=offence_rows,
        identified={label: (count, identified[label]) for label, count in offence_rows.items()},
        extent=(
            min(row[10] for row in groups),
            min(row[11] for row in groups),
            max(row[12] for row in groups),
            max(row[13] for row in groups),
        ),
        without_identifier=rows - sum(row[5] for row in groups),
        without_area=rows - sum(row[6] for row in groups),
        without_end=rows - sum(row[7] for row in groups),
    )


def missing_months(months: Sequence[str], *, rows: int) -> tuple[str, ...]:
    """Return the months that a file lacks between its first and last one.

    A month without rows is a gap in the file when the months with rows hold at least ten on
    average: so many then would not be none by chance. In sparser files it is a month in which
    nothing was recorded, and counts as zero.

    Parameters
    ----------
    months
        Months with rows, as ``YYYY-MM``.
    rows
        Rows in all of them.

    Examples
    --------
    >>> missing_months(["2018-11", "2019-02"], rows=60)
    ('2018-12', '2019-01')
    >>> missing_months(["2018-11", "2019-02"], rows=3)
    ()
    """
    if rows < LEAST_A_MONTH * len(months):
        return ()
    numbers = sorted(int(month[:4]) * 12 + int(month[5:]) - 1 for month in months)
    known = set(numbers)
    return tuple(
        f"{number // 12:04d}-{number % 12 + 1:02d}"
        for number in range(numbers[0], numbers[-1])
        if number not in known
    )


def offence_classes(
    rows: dict[str, int], classes: Mapping[str, Classified], recipe: Recipe
) -> tuple[OffenceClass, ...]:
    """Return the offences of a store, the commonest first."""
    return tuple(
        OffenceClass(
            label=label,
            iccs=classes[label].iccs,
            basis=classes[label].basis,
            counts_as_crime=label not in recipe.not_crimes,
            rows=count,
        )
        for label, count in sorted(rows.items(), key=lambda item: (-item[1], item[0]))
    )


def place_name(connection: Any, recipe: Recipe, before: Manifest | None) -> str | None:
    """Return the place that the records are about: as the mapping says, or the one police force."""
    if recipe.place_name is not None or "publisher_place" not in recipe.fields:
        return recipe.place_name or (before.place_name if before else None)
    found = connection.execute(
        """SELECT DISTINCT publisher_place FROM staged
        WHERE problem IS NULL AND publisher_place IS NOT NULL LIMIT 2"""
    ).fetchall()
    if len(found) != 1:
        return None
    place = place_name_of(found[0][0])
    return place if before is None or before.place_name == place else None


def _totals(counted: Iterable[tuple[str, int]]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for name, rows in counted:
        totals[name] = totals.get(name, 0) + rows
    return dict(sorted(totals.items()))


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
