"""This file knows the command ``forestall publish``: a finished report in more formats, languages.

Nothing is computed again, so nothing of the diagnosis is loaded.
"""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.languages import Text


def publish(
    report: Annotated[Path, Parameter(name="REPORT")],
    *,
    formats: Annotated[list[str] | None, Parameter(name="--format", negative=())] = None,
    languages: Annotated[list[str] | None, Parameter(name="--language", negative=())] = None,
    basemap: Path | None = None,
) -> None:
    """Write a finished report in further formats and languages, without computing again.

    What is named is added beside what the folder holds, and all pages link to it. With formats
    alone, they are written in each language there is; with languages alone, in the formats of the
    first language. With neither, everything there is is written anew.

    Parameters
    ----------
    report
        Folder that forestall diagnose or forestall evaluate made.
    formats
        Formats with commas between them, such as html.
    languages
        Tags of languages with commas between them, such as ar,fr; or all.
    basemap
        PMTiles file with vector tiles, drawn under the interactive map; at most 20 MB.
    """
    from forestall.languages import say
    from forestall.publication.editions import republish
    from forestall.publication.explore.basemap import read_basemap

    made = republish(
        report,
        formats=formats or (),
        languages=languages or (),
        basemap=read_basemap(basemap) if basemap is not None else None,
    )
    print(say("Written in {folder}:", folder=str(made.folder)))
    for path in made.paths:
        print(f"  {path}")
    tell_warnings(made.warnings)


def tell_warnings(warnings: Sequence[Text]) -> None:
    """Print what a reader should know about the files, each once."""
    for sentence in dict.fromkeys(str(warning) for warning in warnings):
        print(f"! {sentence}")
