"""This folder knows the interactive pages: charts and a map to explore, without a network."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.publication.explore.basemap import Basemap, read_basemap
    from forestall.publication.explore.folder import write_explore

# Read when asked for: a base map is checked without the library of charts.
_PLACES = {"Basemap": "basemap", "read_basemap": "basemap", "write_explore": "folder"}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


__all__ = ["Basemap", "read_basemap", "write_explore"]
