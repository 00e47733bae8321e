"""This file knows how streets and boundaries are made small enough to lie under a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from forestall.languages import message, plural_message
from forestall.publication.drawing.map_shapes import WIDTH, shapes_of
from forestall.publication.pictures import BaseLines
from forestall.records.line_files import MINOR, read_lines

if TYPE_CHECKING:
    import os

    from numpy.typing import NDArray

    from forestall.languages import Text
    from forestall.publication.drawing.map_shapes import Frame
    from forestall.records import Places
    from forestall.records.line_files import Lines, Window

# What a map may grow by; with the places it stays below 60 KB.
MOST_STREETS_BYTES, MOST_BOUNDARIES_BYTES = 20_000, 12_000
_HALF_PIXEL = 0.5
_SHORTEST_PIXELS = 0.5
# As relative steps are written, on average; and how many more lines are joined than are drawn.
_BYTES_A_POINT, _ROOM = 8, 4


@dataclass(frozen=True, kw_only=True)
class BaseFiles:
    """Files with lines to draw on the maps of a report for orientation.

    Attributes
    ----------
    credit
        Whom the files are to be credited to; their names when empty.
    """

    boundaries: str | os.PathLike[str] | None = None
    streets: str | os.PathLike[str] | None = None
    credit: str = ""


@dataclass(frozen=True, kw_only=True)
class BaseLayers:
    """Lines that lie under the maps of a report, and what their source line says."""

    boundaries: BaseLines | None = None
    streets: BaseLines | None = None
    source: tuple[Text, ...] = ()


def read_base_layers(files: BaseFiles, *, places: Places, window: Window | None) -> BaseLayers:
    """Read streets and boundaries for a map of places, cut to it and simplified to half a pixel.

    Parameters
    ----------
    window
        The part of the map that is drawn, in metres; None for all.

    Raises
    ------
    InvalidLines
        If a file cannot be used for this map.
    """
    frame = shapes_of(places, window=window).frame
    found: dict[str, BaseLines] = {}
    source: list[Text] = []
    for name, path in (("boundaries", files.boundaries), ("streets", files.streets)):
        if path is None:
            continue
        lines = read_lines(path, crs=places.crs, window=_page(frame))
        drawn, whole = _fitted(lines, frame, most=_MOST[name])
        words = _MAIN if name == "streets" and (lines.rank < MINOR).any() else _WORDS[name]
        found[name] = BaseLines(paths=drawn, words=words)
        source.append(_credit(name, files, path))
        if not whole:
            source.append(_only_the_longest(name, len(drawn)))
    return BaseLayers(**found, source=tuple(source))


_MOST = {"boundaries": MOST_BOUNDARIES_BYTES, "streets": MOST_STREETS_BYTES}
_WORDS = {"boundaries": message("boundary"), "streets": message("street")}
_MAIN = message("main street")


def _credit(name: str, files: BaseFiles, path: str | os.PathLike[str]) -> Text:
    from pathlib import Path

    source = files.credit or Path(path).name
    if name == "streets":
        return message("Streets: {source}.", source=source)
    return message("Boundaries: {source}.", source=source)


def _only_the_longest(name: str, count: int) -> Text:
    if name == "streets":
        return plural_message(
            "Of the streets only the {count} most important or longest is drawn.",
            "Of the streets only the {count} most important or longest are drawn.",
            count,
        )
    return plural_message(
        "Of the boundaries only the {count} longest is drawn.",
        "Of the boundaries only the {count} longest are drawn.",
        count,
    )


def _page(frame: Frame) -> Window:
    """Return the whole sheet of a map in metres."""
    west = frame.west - frame.left / frame.pixels_per_metre
    north = frame.north + frame.top / frame.pixels_per_metre
    across, down = WIDTH / frame.pixels_per_metre, frame.height / frame.pixels_per_metre
    return west, north - down, west + across, north


def _fitted(lines: Lines, frame: Frame, *, most: int) -> tuple[tuple[tuple[float, ...], ...], bool]:
    """Return the lines that fit into a size, main ones first, and whether that is all of them."""
    main = lines.rank < MINOR
    chosen = main if main.any() else np.ones(len(lines.rank), dtype=bool)
    near, some = _first(lines.shapes[chosen], lines.rank[chosen], frame, most=_ROOM * most)
    parts, ranks = _joined(*near, frame)
    (drawn, _), all_of_them = _first(parts, ranks, frame, most=most)
    paths = tuple(tuple(np.round(shapely.get_coordinates(p), 1).ravel().tolist()) for p in drawn)
    return paths, some and all_of_them


def _first(
    shapes: NDArray[Any], ranks: NDArray[np.int64], frame: Frame, *, most: int
) -> tuple[tuple[NDArray[Any], NDArray[np.int64]], bool]:
    """Simplify to half a pixel, and keep the main and long lines that fit into a size."""
    plain = shapely.simplify(shapes, _HALF_PIXEL / frame.pixels_per_metre)
    length = shapely.length(plain) * frame.pixels_per_metre
    order = np.lexsort((-length, ranks))
    order = order[length[order] >= _SHORTEST_PIXELS]
    sizes = np.cumsum(shapely.get_num_coordinates(plain[order]) * _BYTES_A_POINT)
    kept = order[: int(np.searchsorted(sizes, most, side="right"))]
    return (plain[kept], ranks[kept]), len(kept) == len(order)


def _joined(
    shapes: NDArray[Any], ranks: NDArray[np.int64], frame: Frame
) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Draw what neighbours share once, and join what goes on."""
    step = _HALF_PIXEL / frame.pixels_per_metre
    parts, found = [], []
    for rank in np.unique(ranks):
        plain = shapely.set_precision(shapes[ranks == rank], step)
        joined = shapely.get_parts(shapely.line_merge(shapely.union_all(plain)))
        lines = joined[shapely.get_dimensions(joined) == 1]
        parts.append(lines)
        found.append(np.full(len(lines), rank))
    return np.concatenate(parts), np.concatenate(found)
