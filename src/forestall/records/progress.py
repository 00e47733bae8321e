"""This file knows how far an import has come."""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from forestall.languages import Message

_EVERY_SECONDS = 0.2


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What an import is doing: rows done, rows expected, and the time that may be left.

    ``rows_total`` is an estimate from the size of the files; None means that it is not known.
    """

    doing: Message
    rows_done: int
    rows_total: int | None
    seconds_left: float | None


@dataclass
class Reporter:
    """Tells a callback how far an import has come."""

    callback: Callable[[Progress], None] | None
    _started: float = field(default_factory=time.monotonic)

    def say(self, doing: Message) -> None:
        """Tell what is being done when no rows are counted."""
        if self.callback is not None:
            self.callback(Progress(doing=doing, rows_done=0, rows_total=None, seconds_left=None))

    def tell(self, doing: Message, done: int, total: int) -> None:
        """Tell how many rows are done of how many."""
        if self.callback is None:
            return
        spent = time.monotonic() - self._started
        left = spent * (total - done) / done if 0 < done <= total else None
        self.callback(Progress(doing=doing, rows_done=done, rows_total=total, seconds_left=left))

    @contextlib.contextmanager
    def watching(
        self, connection: Any, doing: Message, *, before: int, rows: int, total: int
    ) -> Iterator[None]:
        """Tell, while a query of the connection runs, how many of its rows are done."""
        if self.callback is None:
            yield
            return
        over = threading.Event()

        def watch() -> None:
            while not over.wait(_EVERY_SECONDS):
                share = max(connection.query_progress(), 0.0) / 100
                self.tell(doing, before + int(rows * share), total)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()
        self.tell(doing, before + rows, total)

    def restart(self) -> None:
        """Count the time anew, for a stage with another speed."""
        self._started = time.monotonic()
