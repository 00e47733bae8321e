"""This file knows how a file is written as a whole or not at all, kept, and locked."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from forestall.errors import InvalidOutput
from forestall.languages import message


def write_whole(path: str | os.PathLike[str], content: bytes) -> Path:
    """Write a file for a user, or say in one sentence why it cannot be written.

    Raises
    ------
    InvalidOutput
        If it cannot; an earlier file of this name is as it was.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "plan.json", b"{}").read_bytes()
    b'{}'
    """
    file = Path(path)
    try:
        replace_whole(file, content)
    except OSError as wrong:
        raise InvalidOutput(
            message(
                "{name} cannot be written: {reason}.",
                name=file.name,
                reason=(wrong.strerror or "no such folder").lower(),
            )
        ) from None
    return file


def replace_whole(file: Path, content: bytes) -> None:
    """Write beside the file first, so that a full disk leaves the earlier one as it was.

    Raises
    ------
    OSError
        What the system says; nothing is left beside the file.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     replace_whole(Path(folder) / "plan.json", b"{}")
    ...     [one.name for one in Path(folder).iterdir()]
    ['plan.json']
    """
    with tempfile.NamedTemporaryFile(
        dir=file.parent, prefix=f".{file.name[:40]}.", delete=False
    ) as stream:
        aside = Path(stream.name)
        try:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        except OSError:
            aside.unlink(missing_ok=True)
            raise
    try:
        aside.chmod(0o644)
        aside.replace(file)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def to_disk(path: Path) -> None:
    """Bring a file or a folder to the disk, so that it outlives a power cut; nothing if not there.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     to_disk(Path(folder))
    """
    if path.is_dir() and sys.platform == "win32":
        return  # Windows has no way to flush a folder
    if not path.exists():
        return
    handle = os.open(path, os.O_RDONLY if sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


if sys.platform == "win32":  # pragma: no cover

    def take_lock(handle: int) -> bool:
        """Take a lock on an open file, which ends with the process; False if another has it."""
        import msvcrt

        os.lseek(handle, 0, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def take_lock(handle: int) -> bool:
        """Take a lock on an open file, which ends with the process; False if another has it."""
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
