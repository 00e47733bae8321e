"""This file knows how the pictures of the pages on densities are made, from the bundled Chicago.

::

    uv run python scripts/make_density_pictures.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import vl_convert

from forestall.diagnosis import compare_densities, estimate_density
from forestall.records import areas_from_file, import_incidents, open_incidents

if TYPE_CHECKING:
    from forestall.results import Result

EXAMPLE = Path("examples/chicago")
IMAGES = Path("docs/images")
_WIDTH = 380


def draw(result: Result, name: str) -> None:
    """Write the chart of a result as a small PNG."""
    chart = result.plot()
    shrunk = chart.properties(
        width=_WIDTH, height=round(_WIDTH * int(chart.height) / int(chart.width))
    )
    picture = vl_convert.vegalite_to_png(shrunk.to_dict(), scale=1.5)
    (IMAGES / f"{name}.png").write_bytes(picture)


def main() -> None:
    """Draw thefts, and thefts against batteries, in the community areas of Chicago."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        import_incidents([EXAMPLE], store=store)
        chicago = open_incidents(store)
        areas = areas_from_file(EXAMPLE / "chicago_community_areas.geojson")
        thefts, batteries = (chicago.filter(offences=one) for one in ("THEFT", "BATTERY"))
        choices: Any = {"bandwidth_m": 800, "cell_m": 200, "window": areas}
        draw(estimate_density(thefts, edge="jones_diggle", **choices), "density")
        draw(compare_densities(thefts, batteries, seed=1, **choices), "density-comparison")


if __name__ == "__main__":
    main()
