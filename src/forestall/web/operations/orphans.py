"""This file knows when the process that started this one is gone: then this one ends too."""

from __future__ import annotations

import os
import signal
import threading
import time

_TICK_SECONDS = 1.0


def end_with_parent() -> None:
    """End this process, as by SIGTERM, when the process that started it is gone."""
    watch = threading.Thread(target=_watch, args=[os.getppid()], name="parent", daemon=True)
    watch.start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_TICK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
