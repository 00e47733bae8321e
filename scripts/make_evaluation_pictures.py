"""This file knows how the pictures of before and after, of displacement and its register are drawn.

Run with ``python scripts/make_evaluation_pictures.py``; it writes into ``docs/images``.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import vl_convert

from forestall.evaluation import (
    BeforeAfter,
    Cells,
    Found,
    NotFound,
    UnintendedEffect,
    assess_displacement,
    compare_before_after,
    unintended_effects,
)

IMAGES = Path(__file__).parent.parent / "docs" / "images"
RINGS = (
    ("treated", 0, 207, 110),
    ("treated", 1, 178, 157),
    ("treated", 2, 240, 236),
    ("treated", 3, 310, 322),
    ("comparison", 0, 308, 318),
)


def main() -> None:
    """Draw the examples of the three pages."""
    cells = Cells(
        treated=BeforeAfter(before=207, after=110), comparison=BeforeAfter(before=308, after=318)
    )
    counts = pd.DataFrame(
        [
            (group, ring, 100.0 * max(ring - 1, 0), 100.0 * ring, when, number)
            for group, ring, *both in RINGS
            for when, number in zip(("before", "after"), both, strict=True)
        ],
        columns=["group", "ring", "inner_m", "outer_m", "when", "incidents"],
    )
    register = unintended_effects(
        {
            UnintendedEffect.MOVED_NEARBY: NotFound(how="Three rings of 100 m"),
            UnintendedEffect.FEAR: NotFound(how="Resident survey, 400 answers before and after"),
            UnintendedEffect.FREE_ACCESS: Found(
                what="A path to the school is locked at night", how="Walk with residents"
            ),
        }
    )
    for name, found in (
        ("before-after", compare_before_after(cells, outcome="burglary")),
        ("displacement", assess_displacement(counts, outcome="burglary")),
        ("unintended-effects", register),
    ):
        picture = vl_convert.vegalite_to_png(found.plot().to_dict(), scale=1)
        (IMAGES / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
