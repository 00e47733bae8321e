"""This file knows the table that displacement is judged from, and checks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation.cells import BeforeAfter, Cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

GROUPS = ("treated", "comparison")
WHEN = ("before", "after")


def check_group_counts(counts: pd.DataFrame, *, more: Sequence[str] = ()) -> None:
    """Refuse a table that does not say how many incidents were where and when.

    Raises
    ------
    InvalidRecords
        If a column is missing or holds something else.
    CannotAnswer
        If there are no treated or no comparison places in it.
    """
    needed = ("group", "ring", "when", "incidents", *more)
    missing = [column for column in needed if column not in counts.columns]
    if missing:
        raise InvalidRecords(
            f"Displacement needs the columns {', '.join(needed)}, but there is no “{missing[0]}”."
        )
    for column, known in (("group", GROUPS), ("when", WHEN)):
        other = np.flatnonzero(~counts[column].isin(known).to_numpy())
        if other.size:
            raise InvalidRecords(
                f"The column “{column}” says {known[0]} or {known[1]}, but {other.size} rows say "
                f"something else; the first is row {other[0]}."
            )
    for column in ("ring", "incidents"):
        numbers = counts[column].to_numpy(dtype=float)
        wrong = np.flatnonzero(~((numbers >= 0) & (numbers == np.floor(numbers))))
        if wrong.size:
            raise InvalidRecords(
                f"The column “{column}” holds whole numbers from 0, but {wrong.size} rows have "
                f"another value; the first is row {wrong[0]}."
            )
    if "days" in counts.columns:
        _check_days(counts)
    for group in GROUPS:
        if not ((counts["group"] == group) & (counts["ring"] == 0)).any():
            raise CannotAnswer(f"Displacement needs {group} places, but there is no row of ring 0.")


def _check_days(counts: pd.DataFrame) -> None:
    lengths = counts[["when", "days"]].drop_duplicates()
    if not (counts["days"] > 0).all() or lengths["when"].duplicated().any():
        raise InvalidRecords(
            "The column “days” holds one length above 0 for each of both times, but it does not."
        )


def sums_of(counts: pd.DataFrame, group: str, rings: Sequence[int]) -> BeforeAfter | None:
    """Return the incidents of some rings of a group, None where it has none of these rings."""
    rows = counts[(counts["group"] == group) & counts["ring"].isin(rings)]
    if rows.empty:
        return None
    parts = [rows[rows["when"] == when] for when in WHEN]
    before, after = (int(part["incidents"].sum()) for part in parts)
    before_days, after_days = _days_of(counts)
    return BeforeAfter(
        before=before,
        after=after,
        before_days=before_days,
        after_days=after_days,
        size=_size_of(rows),
    )


def _days_of(counts: pd.DataFrame) -> tuple[float, ...]:
    """Return the lengths of both times, which stand beside each count; else taken as equal."""
    if "days" not in counts.columns:
        return 1.0, 1.0
    return tuple(float(counts.loc[counts["when"] == when, "days"].iloc[0]) for when in WHEN)


def _size_of(rows: pd.DataFrame) -> float:
    """Return the area of some rings, which stands beside each of their counts."""
    if "area_km2" not in rows.columns:
        return 1.0
    return float(rows.drop_duplicates("ring")["area_km2"].sum())


def rings_around(counts: pd.DataFrame) -> list[int]:
    """Return the numbers of the rings around treated places, from the inside outwards."""
    treated = counts[(counts["group"] == "treated") & (counts["ring"] > 0)]
    return sorted(int(ring) for ring in treated["ring"].unique())


def has_own_comparison(counts: pd.DataFrame, rings: Sequence[int]) -> bool:
    """Say whether the comparison has incidents in these rings, both before and after."""
    own = sums_of(counts, "comparison", rings)
    return own is not None and min(own.before, own.after) > 0


def cells_of(counts: pd.DataFrame, rings: Sequence[int]) -> Cells:
    """Return the four counts of some rings against the same rings of the comparison.

    Where the comparison has no incidents there, or no such rings, its places themselves are used.
    """
    treated = sums_of(counts, "treated", rings)
    usable = has_own_comparison(counts, rings)
    comparison = sums_of(counts, "comparison", rings if usable else [0])
    assert treated is not None
    assert comparison is not None
    return Cells(treated=treated, comparison=comparison)


def cells_with_surroundings(counts: pd.DataFrame) -> Cells:
    """Return the counts of treated and comparison places and of all their rings.

    Sizes are the areas, where the table has ``area_km2``, and the lengths of both times stand in
    ``days``; without it both are taken as equally long. The result serves `compare_before_after`
    and `estimate_total_net_effect`.

    Parameters
    ----------
    counts
        From `count_in_rings`, or a table like it.

    Raises
    ------
    InvalidRecords
        If a column is missing or holds something else.
    CannotAnswer
        If there are no treated or no comparison places in it.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("treated", 0, 9, 5), ("treated", 1, 4, 4), ("comparison", 0, 8, 8)]
    >>> counts = pd.DataFrame(
    ...     [(group, ring, when, number) for group, ring, *both in rows
    ...      for when, number in zip(("before", "after"), both)],
    ...     columns=["group", "ring", "when", "incidents"])
    >>> cells_with_surroundings(counts).buffer.after
    4
    """
    check_group_counts(counts)
    around = rings_around(counts)
    treated, comparison = (sums_of(counts, group, [0]) for group in GROUPS)
    assert treated is not None
    assert comparison is not None
    usable = has_own_comparison(counts, around)
    return Cells(
        treated=treated,
        comparison=comparison,
        buffer=sums_of(counts, "treated", around),
        buffer_comparison=sums_of(counts, "comparison", around) if usable else None,
    )
