"""This file knows which incidents a series counts: which kinds, and in which area."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Any

import numpy as np

from forestall.web.indicators.told_sets import TooManySets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

Settings = dict[str, Any]
_MOST_MEETINGS = 100_000


def counts_same(one: Settings, other: Settings) -> bool:
    """Return whether two series count the same incidents, in whatever periods.

    Examples
    --------
    >>> counts_same({"offences": ["Theft", "Fraud"]}, {"offences": ["Fraud", "Theft"]})
    True
    """
    return _kinds(one) == _kinds(other) and _area(one) == _area(other)


def pieces_of(series: Sequence[Settings], *, without_rest: bool) -> NDArray[np.float64]:
    """Return which series count which pieces: what none of them tells apart.

    Areas of one file have nothing in common; those of two files may have.

    Parameters
    ----------
    without_rest
        Leave out the kinds that no series names, and what lies outside its areas: readers may know
        that there are none.

    Returns
    -------
    NDArray
        Series × pieces, 0 or 1.

    Raises
    ------
    TooManySets
        If more than 100,000 kinds and areas meet.

    Examples
    --------
    >>> series = [{"offences": ["Theft", "Fraud"]}, {"offences": ["Fraud"]}, {}]
    >>> pieces_of(series, without_rest=False).astype(int).tolist()
    [[1, 1, 0], [1, 0, 0], [1, 1, 1]]
    >>> pieces_of(series, without_rest=True).astype(int).tolist()
    [[1, 1], [1, 0], [1, 1]]
    """
    found: dict[tuple[bool, ...], None] = {}
    meetings = _meetings(series, without_rest=without_rest)
    for kind, *places in islice(meetings, _MOST_MEETINGS):
        found[tuple(_counts(one, kind, places) for one in series)] = None
    if next(meetings, None) is not None:
        raise TooManySets
    rows = [one for one in found if any(one)]
    return np.array(rows, dtype=float).reshape(-1, len(series)).T


def _meetings(series: Sequence[Settings], *, without_rest: bool) -> Iterator[tuple[Any, ...]]:
    """Yield each kind with one area of each file; None is the rest."""
    rest = () if without_rest else (None,)
    kinds = sorted({kind for one in series for kind in _kinds(one)})
    files: dict[Any, set[tuple[Any, str]]] = {}
    for one in series:
        area = _area(one)
        if area is not None:
            files.setdefault(area[0], set()).add(area)
    places = [sorted(one, key=str) for one in files.values()]
    return product([*kinds, *rest] or [None], *([*one, *rest] for one in places))


def _counts(one: Settings, kind: str | None, places: Sequence[Any]) -> bool:
    kinds, area = _kinds(one), _area(one)
    return (not kinds or kind in kinds) and (area is None or area in places)


def _kinds(settings: Settings) -> frozenset[str]:
    return frozenset(settings.get("offences") or ())


def _area(settings: Settings) -> tuple[int | str, str] | None:
    """Return the area, known by what its file holds: the same file can be brought twice."""
    if not settings.get("areas"):
        return None
    return (settings.get("area_file") or settings["areas"], settings["area"])
