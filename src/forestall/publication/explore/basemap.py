"""This file knows what a base map in a PMTiles file is, and how it travels inside a page's folder.

A page that was opened from the file system may read no file beside it but scripts. So the tiles
become a script of letters, which works from a server too, even one that sends no parts of files.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidFile

if TYPE_CHECKING:
    import os

MOST_MB = 20
SCRIPT = "basemap.js"
_HEAD = 127
_GZIP, _VECTOR = 2, 1


@dataclass(frozen=True, eq=False, kw_only=True)
class Basemap:
    """Vector tiles of one file.

    Attributes
    ----------
    layers
        Names of the layers in the tiles.
    attribution
        Whom the tiles are to be credited to, without markup.
    bounds
        West, south, east, north in degrees.
    name
        The name of the file.
    """

    content: bytes
    layers: tuple[str, ...]
    attribution: str
    bounds: tuple[float, float, float, float]
    name: str = ""

    def covers(self, window: tuple[float, float, float, float]) -> bool:
        """Say whether the tiles reach into a window of west, south, east and north in degrees."""
        west, south, east, north = window
        return (
            self.bounds[0] < east
            and west < self.bounds[2]
            and self.bounds[1] < north
            and south < self.bounds[3]
        )

    def script(self) -> bytes:
        """Return the tiles as a script that keeps them in ``forestallBasemap``."""
        return b'window.forestallBasemap="' + base64.b64encode(self.content) + b'";\n'


def read_basemap(path: str | os.PathLike[str]) -> Basemap:
    """Read a PMTiles file with vector tiles, version 3.

    Raises
    ------
    InvalidFile
        If it is none, holds pictures instead of vector tiles, or is larger than 20 MB.

    Examples
    --------
    >>> read_basemap("no-such-file.pmtiles")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidFile: A base map is a PMTiles file, but there is none at “no-such...
    """
    file = Path(path)
    if not file.is_file():
        raise InvalidFile(f"A base map is a PMTiles file, but there is none at “{file}”.")
    size_mb = file.stat().st_size / 1e6
    if size_mb > MOST_MB:
        raise InvalidFile(
            f"A base map travels inside the report and may have {MOST_MB} MB, but “{file.name}” "
            f"has {size_mb:.0f} MB; cut it to the area with “pmtiles extract”."
        )
    return _basemap_of(file.read_bytes(), file.name)


def basemap_in(report: Path) -> Basemap | None:
    """Return the tiles that the interactive pages of a report have, if there are any.

    Raises
    ------
    InvalidFile
        If they were edited.

    Examples
    --------
    >>> basemap_in(Path("no-such-report")) is None
    True
    """
    found = next(iter(sorted(report.glob(f"**/explore/{SCRIPT}"))), None)
    if found is None:
        return None
    letters = found.read_bytes().partition(b'"')[2].rpartition(b'"')[0]
    try:
        content = base64.b64decode(letters, validate=True)
    except ValueError:
        raise InvalidFile(f"“{found.name}” of the report was edited.") from None
    return _basemap_of(content, found.name)


def _basemap_of(content: bytes, name: str) -> Basemap:
    if len(content) < _HEAD or content[:7] != b"PMTiles" or content[7] != 3:
        raise InvalidFile(f"“{name}” should be a PMTiles file of version 3, but is not.")
    if content[99] != _VECTOR:
        raise InvalidFile(f"A base map needs vector tiles, but “{name}” holds pictures of tiles.")
    about = _metadata(content, name)
    return Basemap(
        content=content,
        layers=tuple(str(layer["id"]) for layer in about.get("vector_layers", [])),
        attribution=re.sub(r"<[^>]*>", "", str(about.get("attribution", ""))).strip(),
        bounds=_bounds(content),
        name=name,
    )


def _metadata(content: bytes, name: str) -> dict[str, Any]:
    start, length = struct.unpack_from("<QQ", content, 24)
    packed = content[start : start + length]
    try:
        text = gzip.decompress(packed) if content[97] == _GZIP else packed
        about = json.loads(text)
        assert isinstance(about, dict)
    except (OSError, EOFError, ValueError, AssertionError):
        raise InvalidFile(f"The description inside “{name}” cannot be read.") from None
    return about


def _bounds(content: bytes) -> tuple[float, float, float, float]:
    west, south, east, north = (part / 1e7 for part in struct.unpack_from("<iiii", content, 102))
    return west, south, east, north
