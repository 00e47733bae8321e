"""This file knows two groups of events that are compared in one window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from forestall.diagnosis.study_window import Events, choose_window, lattice
from forestall.errors import CannotAnswer, InvalidPlaces
from forestall.languages import message
from forestall.records.projection import read_crs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.diagnosis.study_window import Window
    from forestall.records import SquareGrid


@dataclass(frozen=True, eq=False)
class EventPair:
    """The incidents of both groups in the window, one event each, the first group first."""

    events: Events
    is_first: NDArray[np.bool_]
    studied: Window
    outside: int

    @property
    def first_total(self) -> int:
        """The number of incidents of the first group."""
        return int(self.is_first.sum())

    @property
    def second_total(self) -> int:
        """The number of incidents of the second group."""
        return int((~self.is_first).sum())


def pair_events(first: Events, second: Events, *, cell_m: float | None, window: Any) -> EventPair:
    """Bring two groups of events together in one window.

    Raises
    ------
    CannotAnswer
        If one of them has no incident in the window.
    InvalidPlaces
        If they are of different projections or squares, or the window cannot serve.
    """
    if read_crs(first.crs) != read_crs(second.crs):
        raise InvalidPlaces(
            f"Densities are compared in one projection, but the first group is in {first.crs} and "
            f"the second in {second.crs}."
        )
    if not _same_squares(first.grid, second.grid):
        raise InvalidPlaces(
            message(
                "Densities are compared between incidents with points, or between "
                "counts by the same squares; count both by one grid."
            )
        )
    first, second = _one_by_one(first), _one_by_one(second)
    both = replace(
        first,
        x=np.concatenate([first.x, second.x]),
        y=np.concatenate([first.y, second.y]),
        amounts=np.concatenate([first.amounts, second.amounts]),
        moved=first.moved or second.moved,
        without_place=first.without_place + second.without_place,
    )
    studied = choose_window(both, cell_m=cell_m, window=window)
    inside = studied.holds(both)
    is_first = (np.arange(both.x.size) < first.x.size)[inside]
    if is_first.all() or not is_first.any():
        raise CannotAnswer(
            f"Densities are compared when both groups have incidents in the study area, but the "
            f"first has {int(is_first.sum()):,} and the second {int((~is_first).sum()):,}."
        )
    outside = int((~inside).sum()) + both.without_place
    return EventPair(both.kept(inside), is_first, studied, outside)


def _same_squares(first: SquareGrid | None, second: SquareGrid | None) -> bool:
    if first is None or second is None:
        return first is second
    return lattice(first) == lattice(second) and np.array_equal(first.codes, second.codes)


def _one_by_one(events: Events) -> Events:
    """Return one event for each incident, in an order that does not depend on the engine."""
    times = events.amounts.astype(np.int64)
    x, y = np.repeat(events.x, times), np.repeat(events.y, times)
    order = np.lexsort([y, x])
    return replace(events, x=x[order], y=y[order], amounts=np.ones(x.size))
