"""This file knows how a report is put into its folder: all of it at once, or nothing.

The files are written beside the folder and then take its place. What is in the folder and is not
a report of forestall stays, or stops the work.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import InvalidOutput, NoSpaceLeft

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE, TABLES, NUMBERS, MAP = "index.html", "tables", "diagnosis.json", "map.geojson"
OURS = (PAGE, TABLES, NUMBERS, MAP)
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


def check_output(out: Path) -> None:
    """Refuse a place where a report would destroy something else.

    Raises
    ------
    InvalidOutput
        If ``out`` is a file, a folder with files that no report put there, or where nothing can be
        written.
    """
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
    numbers = out / NUMBERS
    if not numbers.is_file():
        return False
    with numbers.open("rb") as stream:
        return b'"forestall-diagnosis"' in stream.read(200)


def _move_in(working: Path, out: Path) -> None:
    others = out.exists() and any(path.name not in OURS for path in out.iterdir())
    if others:
        _replace_each(working, out)
        return
    if not out.exists():
        working.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
    out.rename(old / out.name)
    working.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _replace_each(working: Path, out: Path) -> None:
    """Replace the files of the earlier report one by one, and leave all others alone."""
    for name in OURS:
        new, old = working / name, out / name
        if old.is_dir():
            shutil.rmtree(old)
        elif old.exists() and not new.exists():
            old.unlink()
        if new.exists():
            new.replace(old)
