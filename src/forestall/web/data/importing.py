"""This file knows the work of an import: look at the files, ask if need be, read them, tell."""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
import tomllib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection

from forestall.errors import Cancelled, PersonalColumns
from forestall.languages import message
from forestall.records import import_incidents
from forestall.records.describe import describe_file
from forestall.records.inputs import checksum
from forestall.web.data.folders import import_folder, store_folder
from forestall.web.data.inbox import inbox_file
from forestall.web.data.received import check_content, check_unpacked
from forestall.web.data.rejected import count_rejected

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.records.progress import Progress
    from forestall.records.reports import ImportReport
    from forestall.web.data.models import FileImport
    from forestall.web.operations.models import Job

MAPPING = "forestall.toml"
_EVERY_SECONDS = 1.0
_PARTS = 100


def files_of(one: FileImport) -> list[Path]:
    """Return where the files of an import lie.

    Raises
    ------
    InvalidFile
        If a file that was chosen is no longer in the inbox.
    """
    folder = import_folder(one)
    return [
        inbox_file(file["name"]) if file["inbox"] else folder / file["name"] for file in one.files
    ]


def check_files(one: FileImport) -> None:
    """Make sure that the files can be opened.

    Raises
    ------
    InvalidFile
        With the first that cannot.
    """
    for path in files_of(one):
        check_content(path, path.name)
        check_unpacked(path, path.name)


def find_questions(one: FileImport) -> dict[str, Any]:
    """Return what has to be asked about the columns; nothing where the publisher is known.

    Names of columns and guesses are kept, never a value.
    """
    if _names_columns(mapping_of(one)):
        return {}
    described = describe_file(files_of(one)[0])
    if described.recognised_as is not None:
        return {}
    draft = tomllib.loads(described.mapping)
    return {
        "file": described.name,
        "columns": [column.name for column in described.columns if not column.personal],
        "personal": [column.name for column in described.columns if column.personal],
        "guessed": draft.get("columns", {}),
        "formats": draft.get("formats", {}),
        "about": draft.get("about", {}),
        "location": draft.get("precision", {}).get("location", "exact"),
    }


def _names_columns(mapping: str) -> bool:
    try:
        return bool(tomllib.loads(mapping).get("columns"))
    except tomllib.TOMLDecodeError:
        return True  # the reader says where it is wrong


def mapping_of(one: FileImport) -> str:
    """Return what the columns mean: said for this import, else for an earlier one."""
    return one.mapping or one.store.mapping


def read_files(one: FileImport, job: Job) -> dict[str, Any]:
    """Read the files into the store, and return what became of their rows.

    Raises
    ------
    ForestallError
        With its sentence; the store is then as it was before.
    """
    folder, mapping = store_folder(one.store), None
    if mapping_of(one):
        mapping = import_folder(one) / MAPPING
        mapping.parent.mkdir(parents=True, exist_ok=True)
        mapping.write_text(mapping_of(one), encoding="utf-8")
    folder.parent.mkdir(parents=True, exist_ok=True)
    paths = files_of(one)
    sums = {checksum(path) for path in paths}
    teller = Teller(job)
    report = import_incidents(
        paths,
        store=folder,
        mapping=mapping,
        timezone=one.settings.get("timezone") or None,
        personal="drop" if one.settings.get("drop_personal") else "refuse",
        progress=teller.tell,
    )
    return _outcome(report, sums, again=job.attempt > 1)


def forget_files(one: FileImport) -> None:
    """Remove the files of an import that were brought; those in the inbox stay."""
    shutil.rmtree(import_folder(one), ignore_errors=True)


def why_not(reason: Exception, one: FileImport) -> str:
    """Return why an import was not done, without a path of the server or words on commands."""
    said = str(reason).replace(str(store_folder(one.store)), one.store.name)
    for folder in (import_folder(one), *import_folder(one).parents[:4]):
        said = said.replace(f"{folder}/", "").replace(str(folder), "")
    if isinstance(reason, PersonalColumns):
        said = said.replace(", or leave them out with --drop-personal", "")
    return said.replace(", which forestall describe explains", "")


class Teller:
    """Tells a job how far an import is.

    The library calls from a second thread while a query runs. Whatever goes wrong there must not
    end that thread: a job that was cancelled stops at the next step of the first one.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._first = threading.get_ident()
        self._last = time.monotonic()

    def tell(self, progress: Progress) -> None:
        """Tell how far the import is."""
        if threading.get_ident() == self._first:
            self._report(progress)
            return
        if time.monotonic() - self._last < _EVERY_SECONDS:
            return
        self._last = time.monotonic()
        with contextlib.suppress(Cancelled, DatabaseError):
            self._report(progress)
        connection.close()

    def _report(self, progress: Progress) -> None:
        total = progress.rows_total or 0
        done = min(progress.rows_done, total)
        if total:
            self._job.report(
                min(_PARTS, _PARTS * done // total),
                _PARTS,
                message("{rows} of about {total} rows are read.", rows=done, total=total),
            )
        else:
            self._job.report(self._job.step, max(self._job.steps, _PARTS), progress.doing)


def _outcome(report: ImportReport, sums: set[str], *, again: bool) -> dict[str, Any]:
    manifest = report.manifest
    told = {
        "number": manifest.imports,
        "recognised_as": report.recognised_as,
        "unchanged": list(report.files_unchanged),
        "skipped": list(report.files_skipped),
        "files": [asdict(one) for one in manifest.files[-len(report.files_imported) :]],
        "rejected": dict(report.rejected),
        "warnings": [asdict(one) for one in manifest.warnings],
        "dropped": list(manifest.dropped_columns),
        "first_day": manifest.first_day,
        "last_day": manifest.last_day,
    }
    if not report.files_imported:
        told["files"] = []
    if again and not report.files_imported:
        # The process died between the last step of the import and this one.
        told["files"] = [asdict(one) for one in manifest.files if one.sha256 in sums]
        told["rejected"] = count_rejected(report.store, number=manifest.imports)
        told["unchanged"] = []
    return told
