"""This file knows what a folder of incidents says in its forestall.toml about the rest of a job."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def folder_table(inputs: tuple[Path, ...], name: str) -> tuple[Path, dict[str, str]] | None:
    """Return the first folder whose forestall.toml has a part of this name, with that part.

    Raises
    ------
    InvalidMapping
        If the file is no TOML.
    """
    from forestall.errors import InvalidMapping

    for folder in inputs:
        mapping = folder / "forestall.toml"
        if folder.is_dir() and mapping.is_file():
            try:
                table = tomllib.loads(mapping.read_text("utf-8")).get(name)
            except tomllib.TOMLDecodeError as wrong:
                raise InvalidMapping(f"{folder.name}/forestall.toml is no TOML: {wrong}.") from None
            if table is not None:
                return folder, table
    return None
