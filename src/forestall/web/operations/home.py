"""This file knows the folder of a workspace: it can be written to, and one server uses it."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from forestall.errors import InvalidConfiguration
from forestall.whole_files import take_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOCK = "serve.lock"


def prepare_home(home: Path) -> None:
    """Make the folder of a workspace with all its parts, for its owner only.

    Raises
    ------
    InvalidConfiguration
        If the folder cannot be made or written to.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        for part in ("files", "static", "mails", "logs"):
            (home / part).mkdir(exist_ok=True)
        (home / _LOCK).open("ab").close()
    except OSError:
        raise InvalidConfiguration(
            f"The workspace needs a folder that it can write to, but “{home}” cannot be made or "
            "written to. Name another one with --home."
        ) from None


@contextmanager
def held_home(home: Path) -> Iterator[None]:
    """Hold the folder, so that no second server works in it.

    Raises
    ------
    InvalidConfiguration
        If another server holds it.
    """
    with (home / _LOCK).open("ab") as lock:
        if not take_lock(lock.fileno()):
            raise InvalidConfiguration(
                f"The workspace “{home}” is running already; stop that server first, or name "
                "another folder with --home."
            )
        yield


def worker_key(home: Path) -> str:
    """Return the name under which the worker of a workspace is known, the same at every start."""
    file = home / "worker.key"
    if not file.exists():
        file.write_text(f"worker-{secrets.token_hex(8)}", encoding="ascii")
    return file.read_text(encoding="ascii")
