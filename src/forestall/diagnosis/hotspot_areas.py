"""This file knows how places that stand out form areas, and how the areas are named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import connected_components

from forestall.records import Grid

if TYPE_CHECKING:
    import pandas as pd
    import scipy.sparse as sp
    from numpy.typing import NDArray

    from forestall.records import Places


def letters_of_areas(
    places: Places, high: NDArray[np.intp], per_place: NDArray[np.int64]
) -> tuple[list[str], NDArray[np.int64]]:
    """Return the letters in use, "" first, and for each place the number of its letter.

    Places that touch, also by a corner, form an area; A has most incidents.

    Parameters
    ----------
    high
        The places that stand out, ascending.
    per_place
        Incidents of each place.
    """
    letter = np.zeros(places.size, dtype=np.int64)
    if not high.size:
        return [""], letter
    number, cluster = connected_components(_touching(places, high), directed=False)
    incidents = np.bincount(cluster, per_place[high], minlength=number)
    first = np.full(number, high[-1])
    np.minimum.at(first, cluster, high)
    rank = np.empty(number, dtype=np.int64)
    rank[np.lexsort([first, -incidents])] = np.arange(number)
    letter[high] = rank[cluster] + 1
    return ["", *map(area_letter, range(number))], letter


def _touching(places: Places, high: NDArray[np.intp]) -> sp.csr_array:
    if not isinstance(places, Grid):
        return places.neighbours()[high][:, high]
    lattice = np.zeros((places.rows, places.columns), dtype=bool)
    lattice.flat[places.codes[high]] = True
    return replace(places, at_risk=lattice).neighbours()


def area_letter(position: int) -> str:
    """Return A to Z, then AA, AB ... for positions from 0.

    Examples
    --------
    >>> [area_letter(position) for position in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    before, last = divmod(position, 26)
    return (area_letter(before - 1) if before else "") + chr(ord("A") + last)


def areas_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row per letter: its places, incidents, share of all incidents and middle."""
    high = table[table["area"] != ""]
    # The middle of an area of places without a record is that of the places themselves.
    empty = high.groupby("area")["incidents"].transform("sum") == 0
    weight = high["incidents"].where(~empty, 1)
    weighted = high.assign(x=high["x"] * weight, y=high["y"] * weight, weight=weight)
    sums = weighted.groupby("area", sort=False).agg(
        squares=("place", "size"),
        incidents=("incidents", "sum"),
        weight=("weight", "sum"),
        x=("x", "sum"),
        y=("y", "sum"),
    )
    sums["x"] /= sums["weight"]
    sums["y"] /= sums["weight"]
    sums["share"] = sums["incidents"] / max(int(table["incidents"].sum()), 1)
    ordered = sums.reset_index().sort_values("area", key=_letter_order, ignore_index=True)
    return ordered[["area", "squares", "incidents", "share", "x", "y"]]


def _letter_order(letters: pd.Series[str]) -> pd.Series[str]:
    return letters.str.rjust(8)
