"""This file knows which names of the records stage others may use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.records.areas import Areas, areas_from_file, areas_from_frame
    from forestall.records.counting import count_incidents
    from forestall.records.counts import Counts
    from forestall.records.describe import FileDescription, describe_file
    from forestall.records.geoframes import counts_from_geodataframe
    from forestall.records.grids import HexGrid, SquareGrid, hex_grid, square_grid
    from forestall.records.importing import import_incidents, load_incidents
    from forestall.records.incidents import Incidents, open_incidents
    from forestall.records.lattices import Grid
    from forestall.records.manifest import Manifest
    from forestall.records.neighbours import find_neighbours
    from forestall.records.periods import Periods, periods_between
    from forestall.records.places import Places
    from forestall.records.reports import ImportReport

# Where each name is; a file is read when a name of it is asked for, because some need seconds.
_PLACES = {
    "Areas": "areas",
    "areas_from_file": "areas",
    "areas_from_frame": "areas",
    "count_incidents": "counting",
    "Counts": "counts",
    "FileDescription": "describe",
    "describe_file": "describe",
    "counts_from_geodataframe": "geoframes",
    "HexGrid": "grids",
    "SquareGrid": "grids",
    "hex_grid": "grids",
    "square_grid": "grids",
    "import_incidents": "importing",
    "load_incidents": "importing",
    "Incidents": "incidents",
    "open_incidents": "incidents",
    "Grid": "lattices",
    "Manifest": "manifest",
    "find_neighbours": "neighbours",
    "Periods": "periods",
    "periods_between": "periods",
    "Places": "places",
    "ImportReport": "reports",
}


if not TYPE_CHECKING:  # so that a wrong name is still an error of types

    def __getattr__(name: str) -> object:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *_PLACES})


__all__ = [
    "Areas",
    "Counts",
    "FileDescription",
    "Grid",
    "HexGrid",
    "ImportReport",
    "Incidents",
    "Manifest",
    "Periods",
    "Places",
    "SquareGrid",
    "areas_from_file",
    "areas_from_frame",
    "count_incidents",
    "counts_from_geodataframe",
    "describe_file",
    "find_neighbours",
    "hex_grid",
    "import_incidents",
    "load_incidents",
    "open_incidents",
    "periods_between",
    "square_grid",
]
