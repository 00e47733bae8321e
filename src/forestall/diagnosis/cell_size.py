"""This file knows how wide a square should be when nobody says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forestall.languages import Message, Quantity, message

if TYPE_CHECKING:
    from forestall.records import Manifest

SNAPPED_M = 500
NARROW_SNAPPED_M = 250
FEW_SQUARES = 150
_LEAST_PER_SQUARE = 2
WIDTHS_M = (100, 200, 250, 500, 1000, 2000, 5000)
_MOVED = ("snapped", "area")


def choose_cell_m(manifest: Manifest, incidents: int) -> tuple[int, Message]:
    """Choose the width of squares in metres, and say why.

    Points that the publisher moved to shared places get squares of 500 m, wider than most moves;
    see `narrow_for_few` for small places. Otherwise a square is at least as wide as
    sqrt(2 × extent / incidents), the old rule for quadrats (Griffith & Amrhein 1991), rounded up to
    100, 200, 250, 500, 1,000, 2,000 or 5,000 m.

    Examples
    --------
    >>> from forestall.records.manifest import example_manifest
    >>> width, why = choose_cell_m(example_manifest(), 2)
    >>> width, str(why).replace("\N{NO-BREAK SPACE}", " ")
    (500, 'Squares of 500 m were chosen, because the publisher moves points to shared places.')
    """
    if is_moved(manifest):
        return SNAPPED_M, message(_BECAUSE_MOVED, width=Quantity(SNAPPED_M, "m"))
    west, south, east, north = manifest.extent
    extent_m2 = max(east - west, 1.0) * max(north - south, 1.0)
    wanted = float(np.sqrt(2 * extent_m2 / max(incidents, 1)))
    width = next((width for width in WIDTHS_M if width >= wanted), WIDTHS_M[-1])
    return width, message(_BECAUSE_EXTENT, width=Quantity(width, "m"), incidents=incidents)


def is_moved(manifest: Manifest) -> bool:
    """Return whether the publisher moved at least half of the points to shared places."""
    moved = sum(manifest.location_precisions.get(kind, 0) for kind in _MOVED)
    return 2 * moved >= max(sum(manifest.location_precisions.values()), 1)


def narrow_for_few(squares: int, incidents: int) -> tuple[int, Message] | None:
    """Choose narrower squares where the publisher moves points but the place is small.

    Squares of 500 m are kept when at least 150 of them hold a record. With fewer, one neighbourhood
    of nine squares is a large part of the place, and one area takes in half of it. Squares of 250 m
    are then taken if four times as many would still hold two incidents each on average, the rule
    for quadrats again. They are nearer to the moves, so a point near the edge of a square may
    belong to the next one; hot spots add up neighbours and bear that.

    Parameters
    ----------
    squares
        Squares of 500 m with a record.
    incidents
        Incidents in them.

    Returns
    -------
    tuple[int, Message] | None
        The width and why, or None to keep 500 m.

    Examples
    --------
    >>> narrow_for_few(24, 586)[0]
    250
    >>> narrow_for_few(888, 40_000), narrow_for_few(24, 60)
    (None, None)
    """
    if squares >= FEW_SQUARES or incidents < _LEAST_PER_SQUARE * 4 * squares:
        return None
    return NARROW_SNAPPED_M, message(
        _BECAUSE_FEW,
        width=Quantity(NARROW_SNAPPED_M, "m"),
        wide=Quantity(SNAPPED_M, "m"),
        squares=squares,
    )


_BECAUSE_FEW = (
    "Squares of {width} were chosen, because only {squares} squares of {wide} would hold a record. "
    "The publisher moves points to shared places, so some may lie in the next square."
)
_BECAUSE_MOVED = (
    "Squares of {width} were chosen, because the publisher moves points to shared places."
)
_BECAUSE_EXTENT = (
    "Squares of {width} were chosen by the extent of the records and their number ({incidents})."
)
