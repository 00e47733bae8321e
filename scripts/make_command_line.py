"""This file knows how the page on the command line is made: from what each command says of itself.

::

    uv run python scripts/make_command_line.py
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.cli import COMMANDS
from forestall.cli.application import app

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "command-line.md"
COLUMNS = "100"

_HEAD = """# Command line

<!-- Made by scripts/make_command_line.py. -->

One command for each stage. Each says what it did in a few lines, and exits with 0. A failure is
one sentence on the error stream and status 1; an interruption is status 130. With
`FORESTALL_DEBUG=1` in the environment a failure shows where it happened.
"""


def command_line_page() -> str:
    """Return the page: the help of the program and of each command."""
    return _HEAD + "".join(_section(command) for command in ("", *commands()))


def commands() -> Iterator[str]:
    """Yield each command, and after it those below it, as the program itself knows them."""
    for name in COMMANDS:
        yield name
        yield from (f"{name} {one}" for one in app[name] if not one.startswith("-"))


def _section(command: str) -> str:
    title = f"forestall {command}".strip()
    shown = subprocess.run(
        [sys.executable, "-m", "forestall", *command.split(), "--help"],
        env={**os.environ, "COLUMNS": COLUMNS},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    lines = "\n".join(line.rstrip() for line in shown.strip().splitlines())
    return f"\n## `{title}`\n\n```console\n$ {title} --help\n{lines}\n```\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(command_line_page(), encoding="utf-8")
    print(f"{PAGE.name} written.")


if __name__ == "__main__":
    main()
