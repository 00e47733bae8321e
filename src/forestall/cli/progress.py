"""This file knows how progress is shown: on a terminal's error stream, and nowhere else."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from forestall.records.progress import Progress

_CLEAR = "\r\x1b[K"


@contextmanager
def told_on_terminal() -> Iterator[Callable[[Progress], None] | None]:
    """Yield a callback that writes one line over and over, or None when nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    try:
        yield _tell
    finally:
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


def _tell(progress: Progress) -> None:
    sys.stderr.write(_CLEAR + progress_line(progress))
    sys.stderr.flush()


def progress_line(progress: Progress) -> str:
    """Return what is being done, how far it has come, and the time that may be left."""
    from forestall.languages import Share, say

    doing = str(progress.doing)
    if not progress.rows_total:
        return f"{doing} …"
    done = min(progress.rows_done / progress.rows_total, 1.0)
    values = {"doing": doing, "rows": progress.rows_done, "share": Share(done)}
    if progress.seconds_left is None:
        return say("{doing}: {rows} rows ({share})", **values)
    return say(
        "{doing}: {rows} rows ({share}), about {seconds} s left",
        seconds=round(progress.seconds_left),
        **values,
    )
