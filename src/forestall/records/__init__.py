"""This file knows which names of the records stage others may use."""

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
