"""This file knows the command ``forestall import``: what became of every row of the files."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import Annotated, Literal

from cyclopts import Parameter


def import_files(
    *files: Annotated[Path, Parameter(name="FILES")],
    store: Annotated[Path, Parameter(name=["--store", "-s"])],
    source: str = "auto",
    mapping: Path | None = None,
    timezone: str | None = None,
    crs: str | None = None,
    crosswalk: Path | None = None,
    drop_personal: Annotated[bool, Parameter(negative=())] = False,
    when_busy: Literal["wait", "refuse"] = "wait",
) -> None:
    """Import incident files into a store, and say what became of every row.

    Files that are in the store already change nothing. Rows that cannot be used are kept in the
    store's rejected.parquet with their reason.

    Parameters
    ----------
    files
        Files, folders or zip archives.
    store
        Folder of the store; made when it does not exist.
    source
        auto, police.uk or chicago.
    mapping
        TOML file that says what the columns mean; forestall describe drafts one.
    timezone
        Where the clocks were read, such as Europe/London.
    crs
        Projection of the store; chosen from the points when not given.
    crosswalk
        CSV (source_label,iccs_code) that replaces our classification of offences.
    drop_personal
        Leave out columns that identify persons instead of refusing the file.
    when_busy
        Wait for another import of the same store, or refuse.
    """
    from forestall.cli.progress import told_on_terminal
    from forestall.errors import InvalidFile
    from forestall.languages import say
    from forestall.records import import_incidents

    if not files:
        raise InvalidFile("Name the files to import: forestall import FILES --store DIR.")
    with told_on_terminal() as progress:
        report = import_incidents(
            files,
            store=store,
            source=source,
            mapping=mapping,
            timezone=timezone,
            crs=crs,
            crosswalk=crosswalk,
            personal="drop" if drop_personal else "refuse",
            when_busy=when_busy,
            progress=progress,
        )
    if report.recognised_as is not None:
        print(say("Recognised: {publisher}.", publisher=report.recognised_as))
    print(report.summary())
    for sentence in report.sentences():
        print(f"- {sentence}")
    print(say("The store is {folder}.", folder=str(report.store)))
