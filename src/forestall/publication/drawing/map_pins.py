"""This file knows where on a map there is room for a letter, a scale bar and north."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RADIUS = 18.0
_DIRECTIONS = [(math.cos(k * math.pi / 8), math.sin(k * math.pi / 8)) for k in range(16)]


@dataclass(frozen=True, eq=False, kw_only=True)
class Sheet:
    """What is drawn on a map before the letters come.

    Attributes
    ----------
    middles, weight
        Middles of all places on the page, n × 2, and how much each should stay visible.
    half_cell
        Half the width of a place in pixels.
    width, height
        Of the page in pixels.
    """

    middles: NDArray[np.float64]
    weight: NDArray[np.float64]
    half_cell: float
    width: float
    height: float

    def cost(self, at: tuple[float, float]) -> float:
        """Return how much a letter at a point would cover, and whether it leaves the page."""
        edge = RADIUS + 3
        inside = edge <= at[0] <= self.width - edge and edge <= at[1] <= self.height - edge
        covered = _distances(self.middles, at) < RADIUS + self.half_cell
        places_under = max(1.0, (RADIUS / max(self.half_cell, 1.0)) ** 2)
        return 1000.0 * (not inside) + float(self.weight[covered].sum()) / places_under


def place_pins(
    areas: dict[str, NDArray[np.float64]], *, sheet: Sheet
) -> dict[str, tuple[float, float]]:
    """Put a letter beside each area where it covers least and is not read as another area's.

    Parameters
    ----------
    areas
        Letter to the middles of its places on the page, n × 2.
    """
    pins: dict[str, tuple[float, float]] = {}
    for letter, own in areas.items():
        others = [middles for name, middles in areas.items() if name != letter]
        pins[letter] = min(
            _around(own, sheet.half_cell),
            key=lambda at: (
                sheet.cost(at) + _clash(at, pins, reach=sheet.half_cell, own=own, others=others)
            ),
        )
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


def _clash(
    at: tuple[float, float],
    pins: dict[str, tuple[float, float]],
    *,
    reach: float,
    own: NDArray[np.float64],
    others: list[NDArray[np.float64]],
) -> float:
    """Return what it costs to be near other letters and areas, and far from one's own."""
    crowded = sum(math.dist(at, pin) < 2 * RADIUS + 4 for pin in pins.values())
    away = float(_distances(own, at).min())
    nearest = [float(_distances(middles, at).min()) for middles in others]
    covers = sum(distance < RADIUS + reach + 3 for distance in [away, *nearest])
    misread = any(distance < away * 1.4 for distance in nearest)
    return 100.0 * crowded + 60.0 * covers + 40.0 * misread + away / 40


def _distances(points: NDArray[np.float64], at: tuple[float, float]) -> NDArray[np.float64]:
    distances: NDArray[np.float64] = np.hypot(points[:, 0] - at[0], points[:, 1] - at[1])
    return distances
