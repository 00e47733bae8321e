"""This file knows how the log is written: one line of JSON for each event, and nothing personal.

Only what is named here gets in: numbers, names of routes and kinds of errors. The text of an error
can hold what somebody wrote, and so can the arguments of a message; both stay out.
"""

from __future__ import annotations

import json
import logging
import math
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

_OURS = "forestall"
_FACTS = (
    "method",
    "route",
    "status",
    "ms",
    "person",
    "job",
    "kind",
    "error",
    "at",
    "status_code",
    "removed",
    "times",
)
_MOST_BYTES = 10_000_000
_KEPT_FILES = 5
_MOST_PLACES = 8
_A_MINUTE = 60.0


class JsonLines(logging.Formatter):
    """Writes an event as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line: time, level, logger, event, and the facts that are known here."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat("T", "milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name.split(".")[0] == _OURS:
            # The pattern of the message, without what fills it.
            line["event"] = str(record.msg)
        facts = ((name, getattr(record, name, None)) for name in _FACTS)
        line.update({name: value for name, value in facts if isinstance(value, int | float | str)})
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["at"] = " < ".join(_places(record.exc_info[2]))
        return json.dumps(line, ensure_ascii=False)


def _places(traceback: TracebackType | None) -> list[str]:
    """Return where an error came from, the innermost place first: module, function and line."""
    places = []
    while traceback is not None:
        frame = traceback.tb_frame
        module = frame.f_globals.get("__name__", "?")
        places.append(f"{module}.{frame.f_code.co_name}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return places[::-1][:_MOST_PLACES]


class SharedFile(logging.Handler):
    """Writes to one file from several processes, and begins a new one when it has grown large."""

    def __init__(
        self, filename: str, *, most_bytes: int = _MOST_BYTES, kept: int = _KEPT_FILES
    ) -> None:
        super().__init__()
        self.path, self.most_bytes, self.kept = Path(filename), most_bytes, kept

    def emit(self, record: logging.LogRecord) -> None:
        """Add one line; a disk that is full stops the log, not the workspace."""
        try:
            line = (self.format(record) + "\n").encode()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.with_suffix(".lock").open("ab") as lock:
                _wait_for(lock.fileno())
                if self.path.exists() and self.path.stat().st_size + len(line) > self.most_bytes:
                    self._begin_anew()
                with self.path.open("ab") as stream:
                    stream.write(line)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- of the library
        """Say on the error stream that nothing can be logged, without the record."""
        sys.stderr.write("forestall: the log cannot be written.\n")

    def _begin_anew(self) -> None:
        for number in range(self.kept - 1, 0, -1):
            older = self.path.with_suffix(f".{number}.jsonl")
            if older.exists():
                older.replace(self.path.with_suffix(f".{number + 1}.jsonl"))
        self.path.replace(self.path.with_suffix(".1.jsonl"))


class Seldom(logging.Filter):
    """Lets one event a minute pass, without where it came from, and says how many it stands for.

    Whoever tries out names of hosts could fill the log otherwise.
    """

    def __init__(self, name: str = "", *, seconds: float = _A_MINUTE) -> None:
        super().__init__(name)
        self.seconds = seconds
        self._passed, self._held = -math.inf, 0
        self._one_at_a_time = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the event is written."""
        with self._one_at_a_time:
            self._held += 1
            now = time.monotonic()
            if now - self._passed < self.seconds:
                return False
            record.times, record.exc_info = self._held, None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            self._passed, self._held = now, 0
        return True


def logging_settings(folder: Path) -> dict[str, Any]:
    """Return the settings of the log: to the output, and to a file in a folder."""
    handlers = ["output", "file"]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": f"{__name__}.JsonLines"}},
        "filters": {"seldom": {"()": f"{__name__}.Seldom"}},
        "handlers": {
            "output": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "lines",
            },
            "file": {
                "()": f"{__name__}.SharedFile",
                "filename": str(folder / "workspace.jsonl"),
                "formatter": "lines",
            },
        },
        "loggers": {
            "forestall": {"handlers": handlers, "level": "INFO", "propagate": False},
            # Each request has a line of our own; theirs are for errors only.
            "django": {"handlers": handlers, "level": "ERROR", "propagate": False},
            "django.security.DisallowedHost": {
                "handlers": handlers,
                "filters": ["seldom"],
                "propagate": False,
            },
        },
        "root": {"handlers": handlers, "level": "WARNING"},
    }


if sys.platform == "win32":  # pragma: no cover

    def _wait_for(handle: int) -> None:
        """Do without: there the server is one process."""

else:

    def _wait_for(handle: int) -> None:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
