"""This file knows the processes of a running workspace: started, watched, restarted, stopped.

The server and the worker are processes of their own. One that ends without being asked is started
again, and it is said; one that ends over and over stops the whole.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forestall.errors import InvalidConfiguration
from forestall.languages import Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MOST_ENDS = 5
WITHIN_SECONDS = 60.0
# How long the work that runs may take to end before it is cut off and put back.
PATIENCE_SECONDS = 20.0
# A small machine that is busy needs more than half a minute; the links are told only afterwards.
LONGEST_START_SECONDS = 180.0
_TICK_SECONDS = 0.2
_LAST_PORT = 65_535


@dataclass(eq=False)
class Child:
    """One process and what it started itself, which end with it."""

    name: str
    command: Sequence[str]
    ends: list[float] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a group of its own: Ctrl-C reaches the supervisor only."""
        self.process = subprocess.Popen(  # noqa: S603 -- the commands are our own
            self.command, start_new_session=True, stdin=subprocess.DEVNULL
        )

    def is_running(self) -> bool:
        """Return whether it runs."""
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        """Ask it to end what it does, and then itself."""
        if self.process is not None and self.is_running():
            self.process.terminate()

    def kill(self) -> None:
        """End it and what it started, at once."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def ends_too_often(self) -> bool:
        """Note that it ended, and return whether it did so too often."""
        now = time.monotonic()
        self.ends = [one for one in self.ends if now - one < WITHIN_SECONDS] + [now]
        return len(self.ends) >= MOST_ENDS


def server(host: str, port: int) -> Child:
    """Return the process that answers requests."""
    module = "forestall.web.operations.answering"
    return Child("server", [sys.executable, "-m", module, host, str(port)])


def worker(key: str) -> Child:
    """Return the process that does jobs."""
    return Child("worker", [sys.executable, "-m", "django", "work", "--worker-id", key, "-v", "0"])


def check_port(host: str, port: int) -> None:
    """Make sure that nobody else listens there.

    Raises
    ------
    InvalidConfiguration
        If the port is in use or may not be used, or the host is none of this machine.
    """
    try:
        if not 0 <= port <= _LAST_PORT:
            raise OverflowError
        kind, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind, socket.SOCK_STREAM) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except (OSError, OverflowError):
        raise InvalidConfiguration(
            f"The workspace cannot listen at {host}, port {port}: it is in use, or not allowed. "
            "Choose another with --host and --port."
        ) from None


def supervise(
    children: Sequence[Child],
    *,
    stop: threading.Event,
    told: Callable[[Message], None],
    started: Callable[[], None] = lambda: None,
) -> None:
    """Keep processes running until stopped; then end all of them.

    Parameters
    ----------
    stop
        Set by whoever wants them to end.
    told
        Called with each sentence about what happened.
    started
        Called when all were started, beside the watching: it may wait until they answer.

    Raises
    ------
    InvalidConfiguration
        If one ends again and again.
    """
    beside = threading.Thread(target=started, name="started", daemon=True)
    try:
        for child in children:
            child.start()
        beside.start()
        while not stop.wait(_TICK_SECONDS):
            for child in children:
                if not child.is_running():
                    _restart(child, told)
    finally:
        _end(children, told)


def _restart(child: Child, told: Callable[[Message], None]) -> None:
    child.kill()
    if child.ends_too_often():
        raise InvalidConfiguration(
            f"The {child.name} ended {MOST_ENDS} times within a minute, so the workspace stopped. "
            "What it wrote above says why."
        )
    told(_RESTARTED[child.name])
    child.start()


_RESTARTED = {
    "server": message("The server ended unexpectedly; it was started again."),
    "worker": message("The worker ended unexpectedly; it was started again."),
}


def _end(children: Sequence[Child], told: Callable[[Message], None]) -> None:
    for child in children:
        child.ask_to_stop()
    latest = time.monotonic() + PATIENCE_SECONDS
    while any(child.is_running() for child in children) and time.monotonic() < latest:
        time.sleep(_TICK_SECONDS / 4)
    if any(child.is_running() for child in children):
        told(message("Work that did not end in time was cut off; it goes on at the next start."))
    for child in children:
        child.kill()


@contextlib.contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """Yield an event that SIGTERM and Ctrl-C set; the second one ends this process at once."""
    stop = threading.Event()
    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}

    def note(number: int, frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    try:
        for one in before:
            signal.signal(one, note)
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def wait_until_answering(host: str, port: int, *, stop: threading.Event) -> bool:
    """Wait until the server takes connections, however long, and return whether it does.

    On a machine with much to do that takes minutes; the links to come in are told afterwards only.
    """
    place = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared only
    while not stop.wait(_TICK_SECONDS):
        with contextlib.suppress(OSError), socket.create_connection((place, port), timeout=1):
            return True
    return False
