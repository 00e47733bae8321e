"""This file knows the way of a diagnosis out of the house: protected, written, published."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from forestall.disclosure import DisclosureRule, rule_named
from forestall.languages import language
from forestall.publication.base_lines import BaseFiles, BaseLayers, read_base_layers
from forestall.publication.contents import Publication
from forestall.publication.editions import known_languages
from forestall.publication.protected import protect_diagnosis
from forestall.publication.provenance import provenance_of
from forestall.publication.published import Published, write_publication
from forestall.publication.report import Setting, build_report
from forestall.publication.report.where import map_window

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from forestall.diagnosis import Diagnosis
    from forestall.publication.explore import Basemap
    from forestall.publication.protected import ProtectedDiagnosis


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
    tags = known_languages(*languages) or (language(),)
    publication = _publication(
        diagnosis,
        rule=rule_named(rule) if isinstance(rule, str) else rule,
        place=place,
        command=command,
        made_on=made_on,
        base=base or BaseFiles(),
    )
    return write_publication(
        publication,
        out=out,
        formats=formats,
        languages=tags,
        basemap=basemap,
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
