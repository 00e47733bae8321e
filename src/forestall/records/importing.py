"""This file knows how files become an incident store, in one step that cannot be half done."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidFile, InvalidRecords, InvalidStore
from forestall.languages import message
from forestall.records.incidents import Incidents, open_incidents
from forestall.records.inputs import checksum, find_inputs, find_mapping
from forestall.records.manifest import MANIFEST_NAME, read_manifest
from forestall.records.one_import import import_files
from forestall.records.points import is_in_metres
from forestall.records.progress import Progress, Reporter
from forestall.records.projection import read_crs
from forestall.records.reports import ImportReport, Personal, Wanted
from forestall.records.sources import leave_other_files
from forestall.records.store import (
    WhenBusy,
    full_disk_named,
    locked,
    prepare_store,
    recover,
    working_folder,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from forestall.records.inputs import InputFile
    from forestall.records.manifest import Manifest


def import_incidents(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    store: str | os.PathLike[str],
    source: str = "auto",
    mapping: str | os.PathLike[str] | None = None,
    timezone: str | None = None,
    crs: str | None = None,
    crosswalk: str | os.PathLike[str] | None = None,
    personal: Personal = "refuse",
    when_busy: WhenBusy = "wait",
    progress: Callable[[Progress], None] | None = None,
    today: date | None = None,
) -> ImportReport:
    """Import incident files into a store; what is there already stays.

    Rows that cannot be used are kept in ``rejected.parquet`` with their reason. The import takes
    effect in one step at its end: whatever happens before, the store is as it was. Files that
    were imported before (by their checksum) are not read again.

    Parameters
    ----------
    paths
        Files, folders or zip archives.
    store
        Folder of the store; made when it does not exist.
    source
        ``auto`` to recognise the publisher by the columns, or ``police.uk`` or ``chicago``.
    mapping
        TOML file that says what the columns mean; a ``forestall.toml`` in a folder that is
        given serves by itself.
    timezone
        Where the clocks were read, such as ``Europe/London``; before what the mapping says.
    crs
        Projection of the store, in metres; chosen from the points when not given. It cannot
        be changed later.
    crosswalk
        CSV (``source_label,iccs_code``) that replaces our classification of offences.
    personal
        Whether files with columns that identify persons are refused, or read without them.
    when_busy
        Whether to wait for another import of the same store, or to refuse.
    progress
        Called with the rows done, some times a second.
    today
        The day after which dates are in the future; the present day when not given.

    Raises
    ------
    ForestallError
        `InvalidFile`, `UnknownSource`, `InvalidMapping`, `PersonalColumns`, `InvalidRecords`,
        `InvalidStore`, `StoreBusy` or `NoSpaceLeft`, each with one sentence.

    Examples
    --------
    >>> from forestall.records.readers.police_uk import EXAMPLE
    >>> folder = Path(tempfile.mkdtemp())
    >>> street = folder / "2019-01-cleveland-street.csv"
    >>> _ = street.write_text(EXAMPLE)
    >>> report = import_incidents(street, store=folder / "store")
    >>> report.summary()
    '3 rows were read: 2 kept and 1 rejected.'
    >>> report.recognised_as, report.rejected
    ('data.police.uk street-level crime', {'no_coordinates': 1})
    """
    given = _paths(paths)
    _check_metres(crs)
    wanted = Wanted(
        source=source,
        mapping=Path(mapping) if mapping is not None else find_mapping(given),
        timezone=timezone,
        crs=crs,
        crosswalk=Path(crosswalk) if crosswalk is not None else None,
        personal=personal,
        **({"today": today} if today is not None else {}),
    )
    inputs = leave_other_files(find_inputs(given), wanted.mapping)
    folder, reporter = Path(store), Reporter(progress)
    with (
        full_disk_named(folder),
        _made(folder),
        locked(folder, when_busy=when_busy, notify=reporter.say),
    ):
        recover(folder)
        manifest = _manifest(folder, crs)
        new, unchanged = _new_files(inputs, manifest)
        if not new and manifest is not None:
            return _nothing_new(folder, manifest, unchanged)
        with working_folder(folder) as working:
            report = import_files(new, folder, manifest, wanted, working=working, reporter=reporter)
    return replace(report, files_unchanged=unchanged)


@contextmanager
def load_incidents(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    **settings: Any,
) -> Iterator[Incidents]:
    """Open a store, or import files into a store that is removed when the block ends.

    Parameters
    ----------
    paths
        One store, or whatever `import_incidents` takes.
    settings
        Passed to `import_incidents` when files are given.

    Raises
    ------
    InvalidFile
        If a store is given together with other things.

    Examples
    --------
    >>> from forestall.records.readers.police_uk import EXAMPLE
    >>> street = Path(tempfile.mkdtemp()) / "2019-01-cleveland-street.csv"
    >>> _ = street.write_text(EXAMPLE)
    >>> with load_incidents(street) as incidents:
    ...     incidents.count_rows()
    2
    """
    given = _paths(paths)
    stores = [path for path in given if (path / MANIFEST_NAME).is_file()]
    if stores and len(given) > 1:
        raise InvalidFile(
            message(
                "One store is opened alone, but “{stores}” is one of {count}.",
                stores=stores[0],
                count=len(given),
            )
        )
    if stores:
        yield open_incidents(stores[0])
        return
    with tempfile.TemporaryDirectory(prefix="forestall-") as folder:
        store = Path(folder) / "store"
        import_incidents(given, store=store, **settings)
        yield open_incidents(store)


def _check_metres(crs: str | None) -> None:
    if crs is not None and not is_in_metres(crs):
        raise InvalidRecords(
            message(
                "A store needs a projection in metres, such as EPSG:27700, but {crs} "
                "({name}) was asked for; leave it out to have one chosen.",
                crs=crs,
                name=read_crs(crs).name,
            )
        )


def _manifest(store: Path, crs: str | None) -> Manifest | None:
    """Return the manifest of a store, which must have the projection that was asked for."""
    manifest = read_manifest(store)
    if crs is not None and manifest is not None and read_crs(crs) != read_crs(manifest.crs):
        raise InvalidStore(
            message(
                "The store “{store}” is in {crs} ({crs_name}), but {other} was asked "
                "for; use another store.",
                store=str(store),
                crs=manifest.crs,
                crs_name=manifest.crs_name,
                other=crs,
            )
        )
    return manifest


def _paths(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[Path]:
    if isinstance(paths, str | os.PathLike):
        return [Path(paths)]
    return [Path(one) for one in paths]


@contextmanager
def _made(store: Path) -> Iterator[None]:
    """Make the folder of a store; a folder that was made for nothing is removed again."""
    existed = store.exists()
    prepare_store(store)
    try:
        yield
    finally:
        if not existed and not (store / MANIFEST_NAME).exists():
            shutil.rmtree(store, ignore_errors=True)


def _new_files(
    inputs: list[InputFile], manifest: Manifest | None
) -> tuple[list[InputFile], tuple[str, ...]]:
    """Tell new files from those that were imported, or are given twice."""
    known = {(one.bytes, one.sha256): one.name for one in manifest.files} if manifest else {}
    sizes = [size for size, _ in known] + [one.bytes for one in inputs]
    new, unchanged = [], []
    for one in inputs:
        if sizes.count(one.bytes) > 1:
            content = (one.bytes, checksum(one.path))
            if content in known:
                unchanged.append(one.name)
                continue
            known[content] = one.name
        new.append(one)
    return new, tuple(unchanged)


def _nothing_new(store: Path, manifest: Manifest, unchanged: tuple[str, ...]) -> ImportReport:
    return ImportReport(
        store=store,
        manifest=manifest,
        recognised_as=None,
        rows_read=0,
        rows_kept=0,
        rejected={},
        files_imported=(),
        files_unchanged=unchanged,
    )
