"""This file knows the way of a diagnosis out of the house: protected, written, published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.disclosure import DisclosureRule, rule_named
from forestall.languages import language, use_language
from forestall.publication.base_lines import BaseFiles, BaseLayers, read_base_layers
from forestall.publication.contents import Publication
from forestall.publication.editions import known_languages, publish
from forestall.publication.files import MAP, NUMBERS, PAGE, TABLES
from forestall.publication.protected import protect_diagnosis
from forestall.publication.provenance import provenance_of
from forestall.publication.report import Setting, build_report
from forestall.publication.report.where import map_window
from forestall.publication.stored import STORED

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from forestall.diagnosis import Diagnosis
    from forestall.languages import Text
    from forestall.publication.explore import Basemap
    from forestall.publication.protected import ProtectedDiagnosis


@dataclass(frozen=True, kw_only=True)
class Published:
    """What was written, and what it says in short.

    Attributes
    ----------
    page, numbers, map, tables
        The files; ``map`` is None when nothing has a place.
    others
        All other files: further formats and languages, and the stored publication.
    findings
        The sentences of the summary, in order.
    warnings
        What a reader should know about the files.
    """

    folder: Path
    page: Path
    numbers: Path
    map: Path | None
    tables: tuple[Path, ...]
    others: tuple[Path, ...]
    findings: tuple[str, ...]
    warnings: tuple[Text, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return every file that was written."""
        return (
            self.page,
            self.numbers,
            *([self.map] if self.map else []),
            *self.tables,
            *self.others,
        )


def publish_diagnosis(
    diagnosis: Diagnosis,
    *,
    out: str | os.PathLike[str],
    rule: DisclosureRule | str = "threshold-5",
    place: str = "",
    command: str = "",
    made_on: date | None = None,
    formats: Sequence[str] = ("html",),
    languages: Sequence[str] = (),
    base: BaseFiles | None = None,
    basemap: Basemap | None = None,
) -> Published:
    """Protect a diagnosis and write it as page, tables, numbers and map, and in other formats.

    Parameters
    ----------
    out
        Folder of the report; an earlier report in it is replaced in one step.
    rule
        Disclosure rule, or its name.
    place
        Name of the place; the one that the records name when empty.
    command
        The command line that makes the same report again, printed in it.
    made_on
        Day that stands in the report; today when None.
    formats
        Names of formats; the page is always written.
    languages
        Tags of languages, the first for the root of the folder; the language in force when empty.
    base
        Files with streets and boundaries to draw on the maps.
    basemap
        Tiles for the interactive map, from `read_basemap`.

    Raises
    ------
    InvalidOutput
        If the folder holds something else.
    UnsafeToPublish
        If the tables cannot be protected under the rule.
    UnknownFormat, UnknownLanguage
        If there is no such format or language.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.publication.example import example_diagnosis
    >>> with TemporaryDirectory() as folder:
    ...     published = publish_diagnosis(example_diagnosis(), out=folder, place="Hill Town")
    ...     published.page.is_file(), published.page.name
    (True, 'index.html')
    """
    folder, tags = Path(out), known_languages(*languages) or (language(),)
    publication = _publication(
        diagnosis,
        rule=rule_named(rule) if isinstance(rule, str) else rule,
        place=place,
        command=command,
        made_on=made_on,
        base=base or BaseFiles(),
    )
    made = publish(publication, folder, formats=formats, languages=tags, basemap=basemap)
    with use_language(tags[0]):
        told = tuple(str(finding) for finding in publication.findings)
    map_file, tables = folder / MAP, folder / TABLES
    named = {folder / PAGE, folder / NUMBERS, map_file}
    return Published(
        folder=folder,
        page=folder / PAGE,
        numbers=folder / NUMBERS,
        map=map_file if map_file in made.written else None,
        tables=tuple(path for path in made.written if path.parent == tables),
        others=(
            folder / STORED,
            *(path for path in made.written if path not in named and path.parent != tables),
        ),
        findings=told,
        warnings=made.warnings,
    )


def _publication(
    diagnosis: Diagnosis,
    *,
    rule: DisclosureRule,
    place: str,
    command: str,
    made_on: date | None,
    base: BaseFiles,
) -> Publication:
    safe = protect_diagnosis(diagnosis, rule=rule)
    setting = Setting(
        diagnosis=diagnosis,
        safe=safe,
        base=_base_layers(diagnosis, safe, base),
        place=place or diagnosis.place_name,
        made_on=made_on or datetime.now().astimezone().date(),
        command=command or "forestall diagnose",
    )
    return Publication(
        document=build_report(setting),
        tables=setting.safe.tables,
        provenance=provenance_of(setting),
    )


def _base_layers(diagnosis: Diagnosis, safe: ProtectedDiagnosis, base: BaseFiles) -> BaseLayers:
    """Read the lines for the maps; where there is no map, nothing is read."""
    places, squares = diagnosis.places, safe.squares
    if places is None or squares is None:
        return BaseLayers()
    return read_base_layers(base, places=places, window=map_window(places, squares))
