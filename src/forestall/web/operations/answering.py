"""This file knows the process that answers requests, as it is started by the supervisor."""

from __future__ import annotations

import sys
from pathlib import Path

from forestall.web.operations.orphans import end_with_parent

THREADS = 4
PROCESSES = 2


def answer(host: str, port: int) -> None:
    """Answer requests until stopped."""
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "forestall.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=PROCESSES,
        blocking_threads=THREADS,
        backpressure=64,
        http=HTTPModes.http1,
        # Whoever sends the head of a request byte by byte does not hold a thread.
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
        working_dir=Path.cwd(),
    ).serve()


if __name__ == "__main__":
    end_with_parent()
    answer(sys.argv[1], int(sys.argv[2]))
