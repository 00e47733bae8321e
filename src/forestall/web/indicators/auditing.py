"""This file knows whether numbers that readers know together tell a small one.

Each number counts some cells: kinds in places and months, or answers. Readers know sums of cells,
and limits where a mark such as "<5" stands; no cell is below zero. What a sum can still be is
worked out as for the tables of a report (`forestall.disclosure`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from forestall.disclosure.margins import UNLIMITED
from forestall.disclosure.sums import equations, few_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

# As the rules of tables have it: a small number that may be one of fewer is as good as told.
ENOUGH = 3

Cells = frozenset[int]
Key = TypeVar("Key")


@dataclass(frozen=True, kw_only=True)
class Known:
    """What readers know of the sum of some cells: within which limits it is, both included."""

    cells: Cells
    low: int
    high: int


def told_of(known: Iterable[Known], targets: Mapping[Cells, int]) -> set[Cells]:
    """Return the sums that are as good as told and may be small.

    Parameters
    ----------
    known
        What readers know.
    targets
        The sums that could be small, each with the smallest number above zero that may be told.

    Raises
    ------
    ValueError
        If no numbers fulfil what is known.

    Examples
    --------
    >>> pair = Known(cells=frozenset({0, 1}), low=12, high=12)
    >>> part = Known(cells=frozenset({0}), low=9, high=9)
    >>> targets = {frozenset({0}): 5, frozenset({1}): 5}
    >>> told_of([pair, part], targets), told_of([pair], targets)
    ({frozenset({1})}, set())
    """
    listed = _distinct(known)
    places = {one: at for at, one in enumerate(sorted({c for k in listed for c in k.cells}))}
    wanted = [one for one in targets if one and one <= places.keys()]
    low, high = [0] * len(places), [UNLIMITED] * len(places)
    terms: list[tuple[NDArray[np.intp], NDArray[np.int64], int]] = []
    sums: dict[Cells, int] = {one: places[min(one)] for one in wanted if len(one) == 1}
    limits = {one.cells: one for one in listed}
    for cells in dict.fromkeys([*limits, *wanted]):
        at = np.array(sorted(places[one] for one in cells), dtype=np.intp)
        limit = limits.get(cells, Known(cells=cells, low=0, high=UNLIMITED))
        if len(cells) == 1:
            low[at[0]], high[at[0]] = limit.low, limit.high
            continue
        sums[cells] = len(low)
        low.append(limit.low)
        high.append(limit.high)
        signs = np.ones(len(at) + 1, dtype=np.int64)
        signs[-1] = -1
        terms.append((np.append(at, sums[cells]), signs, 0))
    system = equations(np.array(low, dtype=np.int64), np.array(high, dtype=np.int64), terms)
    found = few_values(
        system, np.array([sums[one] for one in wanted], dtype=np.intp), enough=ENOUGH
    )
    few = {one: found.get(sums[one], ()) for one in wanted}
    return {one for one in wanted if any(0 < value < targets[one] for value in few[one])}


def _distinct(known: Iterable[Known]) -> list[Known]:
    """Return what is known of each sum once, with the narrowest limits."""
    found: dict[Cells, Known] = {}
    for one in known:
        same = found.get(one.cells, one)
        found[one.cells] = Known(
            cells=one.cells, low=max(one.low, same.low), high=min(one.high, same.high)
        )
    return list(found.values())


def hidden_beside(
    own: Mapping[Key, Known], known: Iterable[Known], targets: Mapping[Cells, int]
) -> set[Key]:
    """Return which numbers have to be withheld, so that they tell no small one beside others.

    Of several that could be withheld, the smallest is; what is told without any of them cannot be
    helped by withholding them.

    Parameters
    ----------
    own
        From a key to a number, or to the limits of a mark, that would be told.
    known, targets
        As in `told_of`.

    Examples
    --------
    >>> beside = [Known(cells=frozenset({0, 1, 2}), low=40, high=40)]
    >>> own = {
    ...     "a": Known(cells=frozenset({0}), low=12, high=12),
    ...     "b": Known(cells=frozenset({1}), low=25, high=25),
    ... }
    >>> hidden_beside(own, beside, {frozenset({one}): 5 for one in range(3)})
    {'a'}
    """
    beside: list[Known] = list(known)
    told = told_of([*beside, *own.values()], targets)
    unhelped = told_of(beside, targets) if told else set()
    hidden: set[Key] = set()
    while told - unhelped and len(hidden) < len(own):
        helped: Cells = frozenset[int]().union(*(told - unhelped))
        left = [key for key in own if key not in hidden]
        hidden.add(min(left, key=partial(_use, own, helped)))
        told = told_of([*beside, *_shown(own, hidden)], targets)
    for key in [one for one in own if one in hidden]:  # what was withheld in vain
        if told_of([*beside, *_shown(own, hidden - {key})], targets) <= unhelped:
            hidden.remove(key)
    return hidden


def _shown(own: Mapping[Key, Known], hidden: set[Key]) -> list[Known]:
    return [one for key, one in own.items() if key not in hidden]


def _use(own: Mapping[Key, Known], helped: Cells, key: Key) -> tuple[bool, bool, int]:
    """Return how good it is to withhold a number, the lowest first: what touches; marks last."""
    one = own[key]
    return one.cells.isdisjoint(helped), one.low < one.high, one.high
