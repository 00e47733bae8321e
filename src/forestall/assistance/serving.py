"""This file knows which needs can be served together: as many as possible, the first in order.

The sets of needs that offers can serve at the same time form a transversal matroid (Edmonds and
Fulkerson 1965). Taking needs in their order, each if it can be served beside those already taken,
therefore serves as many as possible *and* is the first such set in the order: there is no trade
between the two. One more offer never takes help away from a need.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def needs_served(fits: Sequence[Sequence[int]], capacities: Sequence[int]) -> list[bool]:
    """Say of each need, in its order, whether it is served.

    Parameters
    ----------
    fits
        For each need, in the order of serving, the numbers of the offers that fit it.
    capacities
        For each offer, how many needs it can answer.

    Examples
    --------
    The second need takes the only offer of the third, because the first holds the other one.

    >>> needs_served([[0, 1], [0], [1]], [1, 1])
    [True, True, False]
    """
    at: dict[int, int] = {}
    held: list[list[int]] = [[] for _ in capacities]
    return [_is_taken_in(need, fits, capacities, at, held) for need in range(len(fits))]


def _is_taken_in(
    need: int,
    fits: Sequence[Sequence[int]],
    capacities: Sequence[int],
    at: dict[int, int],
    held: list[list[int]],
) -> bool:
    """Look for a free place along offers whose needs could move; move them if there is one."""
    asked_by: dict[int, int] = {}
    waiting = deque([need])
    while waiting:
        asking = waiting.popleft()
        for offer in fits[asking]:
            if offer in asked_by:
                continue
            asked_by[offer] = asking
            if len(held[offer]) < capacities[offer]:
                _move_along(offer, asked_by, at, held)
                return True
            waiting.extend(held[offer])
    return False


def _move_along(
    offer: int | None, asked_by: dict[int, int], at: dict[int, int], held: list[list[int]]
) -> None:
    while offer is not None:
        need = asked_by[offer]
        left = at.get(need)
        if left is not None:
            held[left].remove(need)
        held[offer].append(need)
        at[need] = offer
        offer = left
