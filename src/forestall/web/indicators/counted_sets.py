"""This file knows which incidents a series counts: which kinds, and in which area."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

Settings = dict[str, Any]
_MOST_MEETINGS = 100_000


class TooManyPieces(Exception):
    """More kinds and areas meet than are looked through."""


def pieces_of(series: Sequence[Settings], *, without: Collection[object]) -> NDArray[np.float64]:
    """Return which series count which pieces: what none of them tells apart.

    Areas of one file have nothing in common; those of two files may have.

    Parameters
    ----------
    without
        Keys of `named_parts` beside which nothing is left: no other kinds, no other places.

    Returns
    -------
    NDArray
        Series × pieces, 0 or 1.

    Raises
    ------
    TooManyPieces
        If more than 100,000 kinds and areas meet.

    Examples
    --------
    >>> series = [{"offences": ["Theft", "Fraud"]}, {"offences": ["Fraud"]}, {}]
    >>> pieces_of(series, without=[]).astype(int).tolist()
    [[1, 1, 0], [1, 0, 0], [1, 1, 1]]
    >>> pieces_of(series, without=named_parts(series)).astype(int).tolist()
    [[1, 1], [1, 0], [1, 1]]
    """
    found: dict[tuple[bool, ...], None] = {}
    meetings = _meetings(series, without)
    for kind, *places in islice(meetings, _MOST_MEETINGS):
        found[tuple(_counts(one, kind, places) for one in series)] = None
    if next(meetings, None) is not None:
        raise TooManyPieces
    rows = [one for one in found if any(one)]
    return np.array(rows, dtype=float).reshape(-1, len(series)).T


def named_parts(series: Sequence[Settings]) -> dict[object, list[Settings]]:
    """Return the kinds that series name, as one part, and of each file the areas that they name.

    Examples
    --------
    >>> named_parts([{"offences": ["Theft"]}, {"offences": ["Fraud"]}, {}])
    {'kinds': [{'offences': ['Fraud', 'Theft']}]}
    """
    found: dict[object, list[Settings]] = {}
    kinds = {kind for one in series for kind in _kinds(one)}
    if kinds:
        found["kinds"] = [{"offences": sorted(kinds)}]
    areas = {_area(one): {**one, "offences": []} for one in series if _area(one) is not None}
    for area, one in sorted(areas.items(), key=str):
        assert area is not None
        found.setdefault(area[0], []).append(one)
    return found


def _meetings(series: Sequence[Settings], without: Collection[object]) -> Iterator[tuple[Any, ...]]:
    """Yield each kind with one area of each file; None is the rest."""
    named = named_parts(series)
    kinds = [kind for one in named.pop("kinds", []) for kind in one["offences"]]
    sides = [("kinds", kinds), *((file, [*map(_area, of)]) for file, of in named.items())]
    return product(*([*one, *(() if key in without else (None,))] for key, one in sides))


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
