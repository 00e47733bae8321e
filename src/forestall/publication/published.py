"""This file knows how a publication is written into its folder, and what was written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.languages import use_language
from forestall.publication.editions import known_languages, publish
from forestall.publication.files import MAP, PAGE, TABLES
from forestall.publication.formats import FORMATS, always_written
from forestall.publication.stored import STORED

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from forestall.languages import Text
    from forestall.publication.contents import Publication
    from forestall.publication.explore import Basemap


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


def write_publication(
    publication: Publication,
    *,
    out: str | os.PathLike[str],
    formats: Sequence[str],
    languages: Sequence[str],
    basemap: Basemap | None = None,
) -> Published:
    """Write a publication into its folder, and say what was written.

    Parameters
    ----------
    out
        Folder of the report; an earlier report in it is replaced in one step.
    formats
        Names of formats; the page is always written.
    languages
        Tags of languages, the first for the root of the folder; one at least.
    basemap
        Tiles for the interactive map.
    """
    folder, tags = Path(out), known_languages(*languages)
    made = publish(publication, folder, formats=formats, languages=tags, basemap=basemap)
    with use_language(tags[0]):
        told = tuple(str(finding) for finding in publication.findings)
    map_file, tables = folder / MAP, folder / TABLES
    numbers = folder / FORMATS[always_written(publication.kind)[0]].path
    named = {folder / PAGE, numbers, map_file}
    return Published(
        folder=folder,
        page=folder / PAGE,
        numbers=numbers,
        map=map_file if map_file in made.written else None,
        tables=tuple(path for path in made.written if path.parent == tables),
        others=(
            folder / STORED,
            *(path for path in made.written if path not in named and path.parent != tables),
        ),
        findings=told,
        warnings=made.warnings,
    )
