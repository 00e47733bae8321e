"""This file knows how the pictures of hot spots, and of clusters and outliers, are drawn.

Run with ``python scripts/make_local_pictures.py``; it writes into ``docs/images``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import vl_convert

from forestall.diagnosis import find_clusters_and_outliers, find_hotspots
from forestall.records import count_incidents, import_incidents, open_incidents, square_grid

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"


def main() -> None:
    """Draw burglary, and all recorded crime, in Cleveland: the data of both pages."""
    with tempfile.TemporaryDirectory() as store:
        import_incidents([ROOT / "examples" / "cleveland"], store=Path(store) / "cleveland")
        incidents = open_incidents(Path(store) / "cleveland")
        burglary, crimes = (
            count_incidents(some, places=square_grid(some, cell_m=500), by="offence").crimes()
            for some in (incidents.filter(offences=["Burglary"]), incidents)
        )
    for name, found in (
        ("hotspots", find_hotspots(burglary)),
        ("clusters_and_outliers", find_clusters_and_outliers(crimes)),
    ):
        picture = vl_convert.vegalite_to_png(found.plot().to_dict(), scale=1)
        (IMAGES / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
