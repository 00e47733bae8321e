"""This file knows how the page on the command line is made: from what each command says of itself.

::

    uv run python scripts/make_command_line.py
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "command-line.md"
EVIDENCE = ("search", "show", "suggest", "synthesise", "gap-map", "add", "form", "export")
WORKSPACE = ("link", "check", "remind")
PLAN = ("check", "publish", "compare", "budget", "due", "example", "schema")
ASSISTANCE = ("match", "due", "example", "schema")
TRAINING = ("gaps", "skills", "example", "schema")
BUNDLE = ("key", "pack", "verify", "open", "fetch", "index")
COMMANDS = (
    "describe",
    "import",
    "diagnose",
    "evidence",
    *(f"evidence {one}" for one in EVIDENCE),
    "plan",
    *(f"plan {one}" for one in PLAN),
    "plan-evaluation",
    "evaluate",
    "assistance",
    *(f"assistance {one}" for one in ASSISTANCE),
    "training",
    *(f"training {one}" for one in TRAINING),
    "bundle",
    *(f"bundle {one}" for one in BUNDLE),
    "publish",
    "serve",
    "backup",
    "restore",
    "workspace",
    *(f"workspace {one}" for one in WORKSPACE),
)
COLUMNS = "100"

_HEAD = """# Command line

<!-- Made by scripts/make_command_line.py. -->

One command for each stage. Each says what it did in a few lines, and exits with 0. A failure is
one sentence on the error stream and status 1; an interruption is status 130. With
`FORESTALL_DEBUG=1` in the environment a failure shows where it happened.
"""


def command_line_page() -> str:
    """Return the page: the help of the program and of each command."""
    return _HEAD + "".join(_section(command) for command in ("", *COMMANDS))


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
