"""This file knows where on a map there is room for a letter, a scale bar and north."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RADIUS = 18.0
_DIRECTIONS = [(math.cos(k * math.pi / 8), math.sin(k * math.pi / 8)) for k in range(16)]


def place_pins(
    areas: dict[str, NDArray[np.float64]],
    *,
    busy: NDArray[np.float64],
    weight: NDArray[np.float64],
    half_cell: float,
    width: float,
    height: float,
) -> dict[str, tuple[float, float]]:
    """Put a letter beside each area where it covers least.

    Parameters
    ----------
    areas
        Letter to the middles of its places on the page, n × 2.
    busy, weight
        Middles of all places on the page, n × 2, and how much each should stay visible.
    half_cell
        Half the width of a place in pixels.
    """
    pins: dict[str, tuple[float, float]] = {}
    for letter, middles in areas.items():
        candidates = _around(middles, half_cell)
        costs = [
            _cost(at, middles, pins, areas, busy, weight, (half_cell, width, height))
            for at in candidates
        ]
        pins[letter] = candidates[int(np.argmin(costs))]
    return pins


def empty_corner(
    centres: NDArray[np.float64],
    pins: dict[str, tuple[float, float]],
    *,
    width: float,
    height: float,
    box: tuple[float, float],
) -> tuple[float, float] | None:
    """Return the top left of a corner where nothing is drawn, or None."""
    taken = np.vstack([centres, np.array(list(pins.values())).reshape(-1, 2)])
    for x in (width - box[0], 0.0):
        for y in (0.0, height - box[1]):
            inside = (
                (taken[:, 0] > x - RADIUS)
                & (taken[:, 0] < x + box[0] + RADIUS)
                & (taken[:, 1] > y - RADIUS)
                & (taken[:, 1] < y + box[1] + RADIUS)
            )
            if not inside.any():
                return x, y
    return None


def _around(middles: NDArray[np.float64], half_cell: float) -> list[tuple[float, float]]:
    """Return points just outside an area, in sixteen directions and two distances."""
    points = []
    centre = middles.mean(axis=0)
    for dx, dy in _DIRECTIONS:
        reach = float(((middles - centre) @ np.array([dx, dy])).max())
        for gap in (RADIUS + 6, RADIUS + 26):
            out = max(reach, 0.0) + half_cell * 1.2 + gap
            points.append((float(centre[0] + dx * out), float(centre[1] + dy * out)))
    return points


def _cost(
    at: tuple[float, float],
    own: NDArray[np.float64],
    pins: dict[str, tuple[float, float]],
    areas: dict[str, NDArray[np.float64]],
    busy: NDArray[np.float64],
    weight: NDArray[np.float64],
    page: tuple[float, float, float],
) -> float:
    half_cell, width, height = page
    edge = RADIUS + 3
    outside = not (edge <= at[0] <= width - edge and edge <= at[1] <= height - edge)
    near = np.hypot(busy[:, 0] - at[0], busy[:, 1] - at[1]) < RADIUS + half_cell
    clashes = sum(math.dist(at, other) < 2 * RADIUS + 4 for other in pins.values())
    covers = sum(
        bool((np.hypot(m[:, 0] - at[0], m[:, 1] - at[1]) < RADIUS + half_cell + 3).any())
        for m in areas.values()
    )
    away = float(np.hypot(own[:, 0] - at[0], own[:, 1] - at[1]).min())
    others = [m for m in areas.values() if m is not own]
    nearest = min((float(np.hypot(m[:, 0] - at[0], m[:, 1] - at[1]).min()) for m in others), default=9e9)
    misread = 40.0 * (nearest < away * 1.4)
    share = float(weight[near].sum()) / max(1.0, (RADIUS / max(half_cell, 1.0)) ** 2)
    return 1000.0 * outside + 100.0 * clashes + 60.0 * covers + misread + share + away / 40
