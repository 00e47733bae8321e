"""This file knows whose files an import brings: one publisher, and no columns about persons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidFile, InvalidMapping, InvalidStore, PersonalColumns
from forestall.languages import message
from forestall.records.geographic import flatten_geometry
from forestall.records.inputs import open_tables
from forestall.records.readers.mapped import Mapping, read_mapping
from forestall.records.readers.recognise import PUBLISHERS, recognise
from forestall.records.reading import open_table, personal_columns

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from forestall.records.inputs import InputFile, TableFile
    from forestall.records.manifest import Manifest
    from forestall.records.readers.recipe import Columns, Recipe
    from forestall.records.reading import OpenedTable
    from forestall.records.reports import Wanted


_NONE_FOUND = "Incidents come in CSV, Parquet, GeoJSON or zip files; none was found."
_OF_THE_MAP = ("boundaries", "streets", "basemap")


@dataclass(frozen=True, kw_only=True)
class Sources:
    """The tables of an import.

    ``recipe`` stands for all of them in what is the same for all; ``skipped`` names files that
    were found in a folder or an archive and hold something else; ``dropped`` are columns that
    identify persons and are not read.
    """

    opened: tuple[OpenedTable, ...]
    recipe: Recipe
    skipped: tuple[str, ...]
    dropped: tuple[str, ...]


def leave_other_files(inputs: Sequence[InputFile], mapping: Path | None) -> list[InputFile]:
    """Return the files without those that a folder names as its areas and the lines of its maps.

    Raises
    ------
    InvalidMapping
        If the mapping cannot be read.
    InvalidFile
        If no file is left.
    """
    if mapping is None:
        return list(inputs)
    read = read_mapping(mapping)
    named = [read.areas.get("file"), *(read.map.get(name) for name in _OF_THE_MAP)]
    others = {(mapping.parent / str(name)).resolve() for name in named if name is not None}
    left = [one for one in inputs if one.path.resolve() not in others]
    if not left:
        raise InvalidFile(_NONE_FOUND)
    return left


def open_sources(
    connection: Any,
    inputs: Sequence[InputFile],
    wanted: Wanted,
    before: Manifest | None,
    *,
    working: Path,
) -> Sources:
    """Open all files and find out whose they are.

    Raises
    ------
    UnknownSource, InvalidMapping, InvalidFile
        If a file cannot be read or nothing is known about it.
    PersonalColumns
        If columns identify persons and the caller did not ask to leave them out.
    InvalidStore
        If the store holds records of another publisher.
    """
    mapping = read_mapping(wanted.mapping) if wanted.mapping is not None else Mapping()
    opened: list[OpenedTable] = []
    skipped: list[str] = []
    for given in inputs:
        for table in open_tables(given, working=working):
            one = _open(connection, table, mapping, wanted, working)
            if one is None:
                skipped.append(table.name)
            else:
                opened.append(one)
    if not opened:
        raise _nothing_known(skipped, mapping)
    recipe = _common_recipe(opened, before)
    personal = personal_columns(opened)
    if personal and wanted.personal == "refuse":
        raise _refused(personal)
    _check_not_needed(personal, opened)
    return Sources(
        opened=tuple(opened), recipe=recipe, skipped=tuple(skipped), dropped=tuple(personal)
    )


def _open(
    connection: Any, table: TableFile, mapping: Mapping, wanted: Wanted, working: Path
) -> OpenedTable | None:
    file_crs = None
    if table.kind == "geographic" or (table.kind == "parquet" and mapping.columns):
        flat = flatten_geometry(table, working=working)
        if flat is not None:
            table, file_crs = flat

    def make_recipe(columns: Columns) -> Recipe | None:
        recipe = _recipe(columns, table, mapping, wanted.source, file_crs)
        if recipe is not None and wanted.timezone is not None:
            return replace(recipe, timezone=wanted.timezone)
        return recipe

    return open_table(
        connection,
        table,
        working=working,
        make_recipe=make_recipe,
        encoding=mapping.file.get("encoding"),
        separator=mapping.file.get("separator"),
    )


def _recipe(
    columns: Columns, table: TableFile, mapping: Mapping, source: str, file_crs: str | None
) -> Recipe | None:
    if mapping.columns:
        if table.optional and mapping.missing_columns(columns):
            return None
        return mapping.recipe(columns, file_crs=file_crs)
    if source == "auto":
        recipe = recognise(columns)
    elif source in PUBLISHERS:
        recipe = PUBLISHERS[source](columns)
    else:
        known = ", ".join(["auto", *PUBLISHERS])
        raise InvalidMapping(
            message(
                "A source is one of {known}, but “{source}” was given.", known=known, source=source
            )
        )
    return mapping.complete(recipe) if recipe is not None else None


def _nothing_known(skipped: Sequence[str], mapping: Mapping) -> InvalidFile:
    if not skipped:
        return InvalidFile(_NONE_FOUND)
    what = f"the columns that {mapping.name} names" if mapping.columns else "known columns"
    return InvalidFile(
        f"None of {len(skipped)} files has {what}; the first is “{skipped[0]}”, which forestall "
        f"describe explains."
    )


def _common_recipe(opened: Sequence[OpenedTable], before: Manifest | None) -> Recipe:
    first = opened[0]
    for one in opened:
        if (one.recipe.kind, one.recipe.crs) != (first.recipe.kind, first.recipe.crs):
            raise InvalidFile(
                message(
                    "One import takes files of one publisher and form, but “{name}” is "
                    "{recognised_as} and “{name_2}” is {recognised_as_2}.",
                    name=first.table.name,
                    recognised_as=first.recipe.recognised_as,
                    name_2=one.table.name,
                    recognised_as_2=one.recipe.recognised_as,
                )
            )
    if before is not None and (before.source, before.timezone) != (
        first.recipe.kind,
        first.recipe.timezone,
    ):
        raise InvalidStore(
            message(
                "The store holds {source} records ({timezone}), but the files are "
                "{recognised_as} ({timezone_2}); use another store.",
                source=before.source,
                timezone=before.timezone,
                recognised_as=first.recipe.recognised_as,
                timezone_2=first.recipe.timezone,
            )
        )
    return first.recipe


def _refused(personal: dict[str, str]) -> PersonalColumns:
    names = ", ".join(f"“{name}”" for name in personal)
    return PersonalColumns(
        f"Columns that identify or describe persons are not read, but “"
        f"{next(iter(personal.values()))}” has {names}; remove them, or leave them out with "
        f"--drop-personal."
    )


def _check_not_needed(personal: dict[str, str], opened: Sequence[OpenedTable]) -> None:
    for one in opened:
        for name in one.recipe.used:
            # A target is hashed when it is read, so an address may serve for that alone.
            if name in personal and name not in one.recipe.hashed:
                raise PersonalColumns(
                    message(
                        "The column “{name}” identifies persons and is left out, but "
                        "{recognised_as} uses it; name another column.",
                        name=name,
                        recognised_as=one.recipe.recognised_as,
                    )
                )
