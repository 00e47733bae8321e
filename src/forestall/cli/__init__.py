"""This file knows the commands of ``forestall``, and how a failure is told in one line.

Nothing slow is imported here: a command is loaded when it is called.
"""

from __future__ import annotations

import os
import sys

from cyclopts import App

from forestall import __version__
from forestall.errors import ForestallError

app = App(
    name="forestall",
    help="From an incident file to a diagnosis that is honest, protected and ready to publish.",
    help_format="plaintext",
    version=__version__,
    help_on_error=False,
)
app.command(
    "forestall.cli.diagnose:diagnose",
    name="diagnose",
    help="Diagnose recorded incidents and write a report that can be published.",
)
app.command(
    "forestall.cli.importing:import_files",
    name="import",
    help="Import incident files into a store, and say what became of every row.",
)
app.command(
    "forestall.cli.describe:describe",
    name="describe",
    help="Show the columns of a file, and a mapping to edit.",
)

_INTERRUPTED = 130


def main() -> None:
    """Run a command; a failure is one line and an exit code, never a traceback.

    With ``FORESTALL_DEBUG=1`` in the environment the traceback is shown.
    """
    try:
        app()
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
