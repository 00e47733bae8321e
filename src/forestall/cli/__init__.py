"""This file knows the commands of ``forestall``, and how a failure is told in one line.

Nothing slow is imported here, not even what reads the command line: ``forestall --help`` answers at
once, and a command is loaded when it is called.
"""

from __future__ import annotations

import os
import sys

from forestall import __version__
from forestall.errors import ForestallError

PURPOSE = "From an incident file to a diagnosis that is honest, protected and ready to publish."
# Name: where it is, what it does.
COMMANDS = {
    "diagnose": (
        "forestall.cli.diagnose:diagnose",
        "Diagnose recorded incidents and write a report that can be published.",
    ),
    "import": (
        "forestall.cli.importing:import_files",
        "Import incident files into a store, and say what became of every row.",
    ),
    "describe": (
        "forestall.cli.describe:describe",
        "Show the columns of a file, and a mapping to edit.",
    ),
}

_INTERRUPTED = 130


def main() -> None:
    """Run a command; a failure is one line and an exit code, never a traceback.

    With ``FORESTALL_DEBUG=1`` in the environment the traceback is shown.
    """
    try:
        _answer(sys.argv[1:])
    except KeyboardInterrupt:
        _stop("Stopped; nothing was left half done.", code=_INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone; writing to it again would fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except ForestallError as reason:
        if _debugging():
            raise
        _stop(str(reason))
    except Exception as unexpected:
        if _debugging():
            raise
        _stop(_unexpected(unexpected))


def _answer(words: list[str]) -> None:
    if words in ([], ["--help"], ["-h"]):
        print(_overview())
    elif words == ["--version"]:
        print(__version__)
    else:
        from forestall.cli.application import run_command

        run_command(words)


def _overview() -> str:
    commands = [f"  {name:<10}{does}" for name, (_, does) in COMMANDS.items()]
    return "\n".join(
        [
            "Usage: forestall COMMAND",
            "",
            PURPOSE,
            "",
            "Commands:",
            *commands,
            "",
            "forestall COMMAND --help tells more of one. --version names this version.",
        ]
    )


def _stop(sentence: str, *, code: int = 1) -> None:
    print(f"forestall: {sentence}", file=sys.stderr)
    raise SystemExit(code)


def _unexpected(failure: Exception) -> str:
    """Name the kind of failure only: its text could hold data."""
    return (
        f"This should not have happened ({type(failure).__name__}). Nothing was published. Please "
        "report it with the command you gave; with FORESTALL_DEBUG=1 you see more, but check it "
        "for data before you send it."
    )


def _debugging() -> bool:
    return os.environ.get("FORESTALL_DEBUG", "") not in ("", "0")
