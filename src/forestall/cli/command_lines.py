"""This file knows how a report tells which command made it."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path


def command_line() -> str:
    """Return the command as it was given, without folders that tell about the machine."""
    return shlex.join(["forestall", *(_without_folder(word) for word in sys.argv[1:])])


def _without_folder(word: str) -> str:
    return Path(word).name if os.path.isabs(word) else word  # noqa: PTH117
