"""This file knows how a report is put into its folder: all of it at once, or nothing.

The files are written beside the folder and then take its place. What is in the folder and is not
a report of forestall stays, or stops the work.
"""

from __future__ import annotations

import errno
import glob
import itertools
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from forestall.errors import InvalidOutput, InvalidPublication, NoSpaceLeft
from forestall.publication.stored.file import KIND, STORED, all_files, read_editions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAGE, TABLES, NUMBERS, MAP = "index.html", "tables", "diagnosis.json", "map.geojson"
# What reports of versions without a stored publication are made of, and tables.
_OURS_ONCE = (PAGE, NUMBERS, MAP)
_KINDS = {NUMBERS: b'"forestall-diagnosis"', STORED: f'"{KIND}"'.encode()}
# A full disk, a largest file size, or a quota used up.
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


@contextmanager
def replaced_folder(out: Path) -> Iterator[Path]:
    """Yield an empty folder whose content takes the place of the report in ``out`` at the end.

    Raises
    ------
    InvalidOutput
        If ``out`` is a file, or a folder with files that no report put there.
    NoSpaceLeft
        If the disk is full; ``out`` is as it was.
    """
    check_output(out)
    # A link to the folder stays a link, and ".." is not lost while the folder is away.
    out = Path(os.path.realpath(out))
    missing = [folder for folder in out.parents if not folder.exists()]
    working = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        working = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        yield working
        working.chmod(0o755)
        _move_in(working, out)
    except OSError as wrong:
        if wrong.errno in _FULL:
            raise NoSpaceLeft(
                f"The disk is full, so the report was not written; “{out.name}” is as it was."
            ) from None
        raise
    finally:
        if working is not None:
            shutil.rmtree(working, ignore_errors=True)
        _remove_empty(missing)


def check_output(out: Path, *, coming: Iterable[str] = ()) -> None:
    """Refuse a place where a report would destroy something else.

    A report that was left aside when its replacement was broken off is put back first.

    Parameters
    ----------
    coming
        Files and folders (with a slash at their end) that the report will have.

    Raises
    ------
    InvalidOutput
        If ``out`` is a file, a folder with files that no report put there, or where nothing can be
        written, or one of the coming files is there and is not of a report.
    """
    out = out.resolve() if out.name in ("", "..") else out
    if out == out.parent:
        raise InvalidOutput(f"A report needs a folder of its own, but “{out}” holds all others.")
    _put_back(Path(os.path.realpath(out)))
    _check_writable(out)
    if not out.exists():
        return
    if not out.is_dir():
        raise InvalidOutput(f"A report needs a folder, but “{out}” is a file.")
    present = {path.name for path in out.iterdir()}
    if present and not _is_a_report(out):
        first = sorted(present)[0]
        raise InvalidOutput(
            f"A report needs a new or empty folder, or that of an earlier report, but “{out}” "
            f"holds other files (first “{first}”)."
        )
    _check_free(out, [name for name in coming if not name.endswith("/")])


def _check_free(out: Path, files: Iterable[str]) -> None:
    """Refuse to write over what is in the folder and does not belong to the report."""
    ours = _files_of_report(out)
    for name in files:
        above = [out / folder for folder in PurePosixPath(name).parents]
        taken = [path for path in above if path != out and _is_in_the_way(path)]
        if name not in ours and os.path.lexists(out / name):
            taken.append(out / name)
        if (out / name).is_dir() or taken:
            blocked = taken[0] if taken else out / name
            raise InvalidOutput(
                f"The report needs the place of “{blocked.relative_to(out)}” in “{out}”, but that "
                "is not of the report; move it away, or choose another folder."
            )


def _is_in_the_way(path: Path) -> bool:
    """Say whether what is there is no folder; a link could lead out of the report."""
    return path.is_symlink() or (path.exists() and not path.is_dir())


def _files_of_report(out: Path) -> frozenset[str]:
    """Return the files that the report in a folder is made of."""
    if not out.is_dir() or not _is_a_report(out):
        return frozenset()
    try:
        return all_files(read_editions(out))
    except InvalidPublication:
        tables = (f"{TABLES}/{path.name}" for path in (out / TABLES).glob("*.csv"))
        return frozenset({*_OURS_ONCE, STORED, *tables})


def _put_back(out: Path) -> None:
    """Put a report back whose replacement was killed between two steps."""
    if out.exists() or out.is_symlink():
        return
    for aside in sorted(out.parent.glob(f".{glob.escape(out.name)}-old-*/{glob.escape(out.name)}")):
        aside.rename(out)
        aside.parent.rmdir()
        return


def _check_writable(out: Path) -> None:
    """Try to write where the report will be made: beside its folder."""
    try:
        beside = next(folder for folder in out.absolute().parents if folder.exists())
        Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=beside)).rmdir()
    except OSError as wrong:
        if wrong.errno in _FULL:
            raise NoSpaceLeft("The disk is full, so no report can be written.") from None
        why = f"there is no permission to write in “{beside}”"
        if wrong.errno == errno.ENOTDIR:
            why = f"“{beside}” is a file"
        raise InvalidOutput(
            f"A report needs a folder where files can be written, but {why}."
        ) from None


def _remove_empty(folders: list[Path]) -> None:
    """Remove folders that were made for a report that was not written."""
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return


def _is_a_report(out: Path) -> bool:
    return any(_begins_with(out / name, kind) for name, kind in _KINDS.items())


def _begins_with(path: Path, kind: bytes) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return kind in stream.read(200)


def _files_in(folder: Path) -> Iterator[str]:
    """Yield every file and link in a folder, as seen from it."""
    for place, folders, names in os.walk(folder):
        here = Path(place).relative_to(folder)
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        yield from ((here / name).as_posix() for name in (*names, *links))


def _move_in(working: Path, out: Path) -> None:
    ours = _files_of_report(out)
    if _is_worked_in(out) or any(name not in ours for name in _files_in(out)):
        _replace_each(working, out, ours)
        return
    if not out.exists():
        working.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
    out.rename(old / out.name)
    working.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _is_worked_in(out: Path) -> bool:
    """Say whether the command was given in the folder, which would be gone from under it."""
    try:
        return Path.cwd().is_relative_to(out)
    except FileNotFoundError:
        return False


def _replace_each(working: Path, out: Path, ours: frozenset[str]) -> None:
    """Replace the files of the earlier report one by one, and leave all others alone.

    The stored publication comes first: it says which files are of the report, should this be
    broken off.
    """
    new = sorted(_files_in(working), key=lambda name: (name != STORED, name))
    _check_free(out, new)
    for name in new:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (working / name).replace(out / name)
    for name in ours - set(new):
        (out / name).unlink(missing_ok=True)
        _remove_empty(list(itertools.takewhile(lambda folder: folder != out, (out / name).parents)))
