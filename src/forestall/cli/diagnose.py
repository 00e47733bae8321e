"""This file knows the command ``forestall diagnose``: read, diagnose, publish, say it in short."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from forestall.cli.command_lines import command_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cyclopts import Token

    from forestall.cli.base_map import UnderMap
    from forestall.diagnosis import Diagnosis
    from forestall.disclosure import DisclosureRule
    from forestall.publication import Published
    from forestall.publication.editions import Wanted
    from forestall.records import Areas, Incidents


_THRESHOLDS = (4, 9999)


def threshold_of(_: type, tokens: Sequence[Token]) -> int:
    """Read a threshold; part of a number is no threshold, and must not weaken the protection."""
    from forestall.errors import UnknownRule

    given, (least, most) = tokens[0].value, _THRESHOLDS
    if not re.fullmatch("[0-9]{1,4}", given) or not least <= int(given) <= most:
        raise UnknownRule(
            f"A threshold is a whole number from {least} to {most}, but “{given}” was given."
        )
    return int(given)


@dataclass(frozen=True, kw_only=True)
class AreaChoice:
    """The file with areas, and its columns; relative files are beside the incidents."""

    file: Path
    code: str | None = None
    name: str | None = None
    population: str | None = None


def diagnose(
    *inputs: Annotated[Path, Parameter(name="INPUT")],
    out: Annotated[Path, Parameter(name=["--out", "-o"])],
    areas: Path | None = None,
    area_code: str | None = None,
    area_name: str | None = None,
    population: str | None = None,
    boundaries: Path | None = None,
    streets: Path | None = None,
    map_credit: str = "",
    basemap: Path | None = None,
    cell_m: float | None = None,
    since: str | None = None,
    until: str | None = None,
    offence: Annotated[list[str] | None, Parameter(negative=())] = None,
    formats: Annotated[list[str] | None, Parameter(name="--format", negative=())] = None,
    languages: Annotated[list[str] | None, Parameter(name="--language", negative=())] = None,
    place: str = "",
    threshold: Annotated[int, Parameter(converter=threshold_of)] = 5,
    store: Path | None = None,
    mapping: Path | None = None,
) -> None:
    """Diagnose recorded incidents and write a report that can be published.

    The report is a folder: index.html to read, tables/ and diagnosis.json with the numbers,
    map.geojson with the map. forestall publish adds formats and languages later.

    Parameters
    ----------
    inputs
        An incident store, incident files, or a folder of them.
    out
        Folder for the report. An earlier report in it is replaced.
    areas
        File with areas (GeoPackage, GeoJSON, GeoParquet, shapefile) for tables and rates.
    area_code
        Its column with the code of each area.
    area_name
        Its column with the name of each area.
    population
        Its column with residents or households, for rates.
    boundaries
        File with boundaries (GeoPackage, GeoJSON, GeoParquet, shapefile) to draw on the maps.
    streets
        File with streets, likewise; of many, the main ones are drawn.
    map_credit
        Whom boundaries and streets are to be credited to, such as "OpenStreetMap contributors".
    basemap
        PMTiles file with vector tiles, drawn under the interactive map; at most 20 MB.
    cell_m
        Width of the map squares in metres; chosen from the data if not given.
    since
        First day to include, such as 2019-01-01.
    until
        Last day to include.
    offence
        Kind of offence to include, as the source names it; may be given several times.
    formats
        Formats of the report with commas between them, such as html; the page is always written.
    languages
        Languages of the report with commas between them, such as en,ar; or all. The first is at
        the root of the folder, each other in a folder of its own.
    place
        Name of the place for the title.
    threshold
        Smallest number that is shown, at least 4; smaller ones are hidden.
    store
        Keep the imported incidents in this folder, to diagnose again without reading files.
    mapping
        TOML file that says what the columns mean; forestall describe drafts one.
    """
    from forestall.cli.base_map import files_under_map
    from forestall.disclosure import rule_named
    from forestall.errors import InvalidFile
    from forestall.languages import use_language
    from forestall.publication.editions import check_place

    if not inputs:
        raise InvalidFile("A diagnosis needs a file, a folder or a store with incidents.")
    rule = rule_named(f"threshold-{threshold}")
    wanted = check_place(out, formats=formats or (), languages=languages or ())
    chosen = _area_choice(inputs, file=areas, code=area_code, name=area_name, population=population)
    under = files_under_map(inputs, lines=(boundaries, streets), credit=map_credit, tiles=basemap)
    with use_language(wanted.languages[0]), _incidents(inputs, store, mapping) as incidents:
        kept = incidents.filter(offences=offence, since=since, until=until)
        diagnosis = _diagnose(kept, chosen, cell_m=cell_m)
        _tell(
            diagnosis, _publish(diagnosis, out, rule=rule, place=place, wanted=wanted, under=under)
        )


@contextmanager
def _incidents(
    inputs: tuple[Path, ...], store: Path | None, mapping: Path | None
) -> Iterator[Incidents]:
    """Open the incidents; a temporary store is removed afterwards."""
    from forestall.cli.progress import told_on_terminal
    from forestall.records import import_incidents, load_incidents, open_incidents

    with told_on_terminal() as progress:
        if store is not None:
            import_incidents(inputs, store=store, mapping=mapping, progress=progress)
            yield open_incidents(store)
            return
        with load_incidents(inputs, mapping=mapping, progress=progress) as incidents:
            yield incidents


def _area_choice(
    inputs: tuple[Path, ...],
    *,
    file: Path | None,
    code: str | None,
    name: str | None,
    population: str | None,
) -> AreaChoice | None:
    """Return the areas asked for, or those that a folder names in its forestall.toml."""
    from forestall.cli.folder_settings import folder_table
    from forestall.errors import InvalidMapping

    if file is not None:
        return AreaChoice(file=file, code=code, name=name, population=population)
    told = folder_table(inputs, "areas")
    if told is None:
        if population or code or name:
            raise InvalidMapping(
                "Columns of areas were named, but no file with areas; add --areas FILE."
            )
        return None
    folder, table = told
    if "file" not in table:
        raise InvalidMapping(f"The part [areas] of {folder.name}/forestall.toml names no file.")
    return AreaChoice(
        file=folder / table["file"],
        code=code or table.get("code"),
        name=name or table.get("name"),
        population=population or table.get("population"),
    )


def _read_areas(chosen: AreaChoice) -> Areas:
    from forestall.records import areas_from_file

    return areas_from_file(
        chosen.file, code=chosen.code, name=chosen.name, population=chosen.population
    )


def _diagnose(
    incidents: Incidents, chosen: AreaChoice | None, *, cell_m: float | None
) -> Diagnosis:
    from forestall.cli.progress import told_on_terminal
    from forestall.diagnosis import diagnose as diagnose_incidents

    _check_width(incidents, cell_m)
    areas = _read_areas(chosen) if chosen is not None else None
    with told_on_terminal() as progress:
        return diagnose_incidents(
            incidents,
            cell_m=cell_m,
            areas=areas,
            population=chosen.population if chosen is not None else None,
            progress=progress,
        )


def _check_width(incidents: Incidents, cell_m: float | None) -> None:
    """Refuse squares so wide that one holds all incidents."""
    from forestall.errors import InvalidPlaces
    from forestall.languages import Quantity, say

    west, south, east, north = incidents.manifest.extent
    reach = max(east - west, north - south)
    if cell_m is not None and cell_m > reach:
        raise InvalidPlaces(
            say(
                "A square must be narrower than the {reach} over which the incidents lie, but "
                "--cell-m is {given}.",
                reach=Quantity(round(reach), "m"),
                given=Quantity(cell_m, "m"),
            )
        )


def _publish(
    diagnosis: Diagnosis,
    out: Path,
    *,
    rule: DisclosureRule,
    place: str,
    wanted: Wanted,
    under: UnderMap,
) -> Published:
    from forestall.publication import publish_diagnosis

    return publish_diagnosis(
        diagnosis,
        out=out,
        rule=rule,
        place=place,
        command=command_line(),
        formats=wanted.formats,
        languages=wanted.languages,
        base=under.lines,
        basemap=under.tiles,
    )


def _tell(diagnosis: Diagnosis, published: Published) -> None:
    from forestall.cli.publish import tell_warnings
    from forestall.languages import say
    from forestall.records.checks import describe_rejected
    from forestall.records.reports import describe_rows_read

    manifest = diagnosis.manifest
    print(
        describe_rows_read(
            manifest.rows_read, kept=manifest.rows_kept, rejected=manifest.rows_rejected
        )
    )
    for sentence in describe_rejected(manifest.rejected):
        print(f"  {sentence}")
    print()
    for place, finding in enumerate(published.findings, start=1):
        print(f"{place}. {finding}")
    print()
    print(say("The report is {page}", page=str(published.page)))
    tell_warnings(published.warnings)
