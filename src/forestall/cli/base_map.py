"""This file knows what the command line says to draw under the maps: lines, and a base map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.publication.base_lines import BaseFiles
    from forestall.publication.explore import Basemap


@dataclass(frozen=True, kw_only=True)
class UnderMap:
    """Files to draw under the maps, read as far as they can be before anything is computed."""

    lines: BaseFiles
    tiles: Basemap | None


def files_under_map(
    inputs: tuple[Path, ...],
    *,
    lines: tuple[Path | None, Path | None],
    credit: str,
    tiles: Path | None,
) -> UnderMap:
    """Return the files asked for, or those that a folder names in its forestall.toml.

    Parameters
    ----------
    lines
        Boundaries and streets.

    Raises
    ------
    InvalidLines
        If a file does not exist.
    InvalidFile
        If the base map is none.
    """
    from forestall.cli.folder_settings import folder_table
    from forestall.errors import InvalidLines
    from forestall.publication.base_lines import BaseFiles
    from forestall.publication.explore import read_basemap

    folder, told = folder_table(inputs, "map") or (None, {})

    def named(given: Path | None, name: str) -> Path | None:
        return folder / told[name] if given is None and folder and name in told else given

    edges, ways = named(lines[0], "boundaries"), named(lines[1], "streets")
    for path in (edges, ways):
        if path is not None and not path.exists():
            raise InvalidLines(f"A file of lines is needed, but there is none at “{path}”.")
    base = named(tiles, "basemap")
    return UnderMap(
        lines=BaseFiles(boundaries=edges, streets=ways, credit=credit or told.get("credit", "")),
        tiles=read_basemap(base) if base is not None else None,
    )
