"""This folder knows the interactive pages: charts and a map to explore, without a network."""

from forestall.publication.explore.basemap import Basemap, read_basemap
from forestall.publication.explore.folder import write_explore

__all__ = ["Basemap", "read_basemap", "write_explore"]
