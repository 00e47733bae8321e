"""This file knows the commands that bring evidence in and take it out: add, export, form."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from collections.abc import Sequence


def add_file(
    files: Annotated[list[Path], Parameter(name="FILE", negative=())],
    *,
    to: Path,
) -> None:
    """Add files to a folder of the city's own evidence: all of a file comes in, or nothing.

    An evaluation from a library of bundles enters the synthesis as one of another city.

    Parameters
    ----------
    files
        Effects of studies (CSV, XLSX), references (RIS, BibTeX), a practice or an evaluation
        (JSON).
    to
        The folder; it is made if it is not there. Use it with --with in the other commands.
    """
    from forestall.evidence.added_records import add_record_to_folder, holds_record
    from forestall.evidence.sources import add_to_folder
    from forestall.exchange.opening import provenance_of

    for file in files:
        if holds_record(file):
            print(add_record_to_folder(to, file, provenance=provenance_of(file)))
        else:
            print(add_to_folder(to, file).in_words())
    _tell_twice(to)


def _tell_twice(folder: Path) -> None:
    """Say which records of the folder look like a study that is already known."""
    from forestall.evidence.library import packaged_evidence
    from forestall.evidence.sources import find_duplicate_studies, read_evidence_folder
    from forestall.languages import say

    held, known = read_evidence_folder(folder), packaged_evidence()
    own = {one.key for one in held.effects} | {one.key for one in held.references}
    found = find_duplicate_studies(
        (*known.effects, *held.effects), references=held.references, reviews=known.reviews
    )
    for row in found.table.to_dict("records"):
        if {row["first"], row["second"]} & own:
            print(
                say(
                    "“{first}” and “{second}” look like one study.",
                    first=row["first"],
                    second=row["second"],
                )
            )


def export_files(
    *,
    out: Annotated[Path, Parameter(name=["--out", "-o"])],
    formats: Annotated[list[str] | None, Parameter(name="--format", negative=())] = None,
    with_folders: Annotated[list[Path] | None, Parameter(name="--with", negative=())] = None,
) -> None:
    """Write the evidence into files that other programs read, with licence and sources.

    Parameters
    ----------
    out
        Folder for the files.
    formats
        csv, json, ris, bib with commas between them; csv, json and ris if none is named.
    with_folders
        Folders of the city's own evidence.
    """
    from forestall.cli.evidence_words import collected
    from forestall.evidence.sources import export_evidence
    from forestall.languages import say

    asked = _asked(formats) or ("csv", "json", "ris")
    known = collected(with_folders)
    for path in export_evidence(known.evidence, out, formats=asked, references=known.references):
        print(say("Written: {file}", file=str(path)))


def write_form(*, out: Annotated[Path, Parameter(name=["--out", "-o"])]) -> None:
    """Write an empty form (XLSX) for effects of studies, with explanations and lists of words.

    Parameters
    ----------
    out
        The file.
    """
    from forestall.cli.evidence_words import check_file
    from forestall.evidence.sources import effects_form
    from forestall.languages import say

    check_file(out, suffix=".xlsx")
    print(say("The form is {file}", file=str(effects_form(out))))


def _asked(formats: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(part.strip() for one in formats or () for part in one.split(",") if part.strip())
