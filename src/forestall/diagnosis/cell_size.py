"""This file knows how wide a square should be when nobody says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forestall.languages import Message, Quantity, message

if TYPE_CHECKING:
    from forestall.records import Manifest

SNAPPED_M = 500
WIDTHS_M = (100, 200, 250, 500, 1000, 2000, 5000)
_MOVED = ("snapped", "area")


def choose_cell_m(manifest: Manifest, incidents: int) -> tuple[int, Message]:
    """Choose the width of squares in metres, and say why.

    Points that the publisher moved to shared places get squares of 500 m, wider than most
    moves. Otherwise a square is at least as wide as sqrt(2 × extent / incidents), the old rule for
    quadrats (Griffith & Amrhein 1991), rounded up to 100, 200, 250, 500, 1,000, 2,000 or 5,000 m.

    Examples
    --------
    >>> from forestall.records.manifest import example_manifest
    >>> width, why = choose_cell_m(example_manifest(), 2)
    >>> width, str(why).replace("\N{NO-BREAK SPACE}", " ")
    (500, 'Squares of 500 m were chosen, because the publisher moves points to shared places.')
    """
    moved = sum(manifest.location_precisions.get(kind, 0) for kind in _MOVED)
    if 2 * moved >= max(sum(manifest.location_precisions.values()), 1):
        return SNAPPED_M, message(_BECAUSE_MOVED, width=Quantity(SNAPPED_M, "m"))
    west, south, east, north = manifest.extent
    extent_m2 = max(east - west, 1.0) * max(north - south, 1.0)
    wanted = float(np.sqrt(2 * extent_m2 / max(incidents, 1)))
    width = next((width for width in WIDTHS_M if width >= wanted), WIDTHS_M[-1])
    return width, message(_BECAUSE_EXTENT, width=Quantity(width, "m"), incidents=incidents)


_BECAUSE_MOVED = (
    "Squares of {width} were chosen, because the publisher moves points to shared places."
)
_BECAUSE_EXTENT = (
    "Squares of {width} were chosen by the extent of the records and their number ({incidents})."
)
