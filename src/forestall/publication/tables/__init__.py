"""This folder knows protected tables as files for other programs: workbook, Parquet, SDMX.

Each is made from protected tables alone and holds no number that the CSV files do not hold.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.publication.tables.described import Described, describe_tables
    from forestall.publication.tables.parquet import write_parquet
    from forestall.publication.tables.sdmx import write_sdmx
    from forestall.publication.tables.workbook import Workbook, write_xlsx

# Where each name is; a file is read when a name of it is asked for, because some need seconds.
_PLACES = {
    "Described": "described",
    "describe_tables": "described",
    "Workbook": "workbook",
    "write_parquet": "parquet",
    "write_sdmx": "sdmx",
    "write_xlsx": "workbook",
}


if not TYPE_CHECKING:  # so that a wrong name is still an error of types

    def __getattr__(name: str) -> object:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


__all__ = [
    "Described",
    "Workbook",
    "describe_tables",
    "write_parquet",
    "write_sdmx",
    "write_xlsx",
]
