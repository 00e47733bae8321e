"""This file knows the commands of ``forestall``, and how a failure is told in one line.

Nothing slow is imported here, not even what reads the command line: ``forestall --help`` answers at
once, and a command is loaded when it is called.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from forestall import __version__
from forestall.errors import ForestallError

if TYPE_CHECKING:
    from types import FrameType

PURPOSE = "From an incident file to a diagnosis that is honest, protected and ready to publish."
# Name: where it is, what it does.
COMMANDS = {
    "diagnose": (
        "forestall.cli.diagnose:diagnose",
        "Diagnose recorded incidents and write a report that can be published.",
    ),
    "evaluate": (
        "forestall.cli.evaluate:evaluate",
        "Evaluate a measure, with side effects, costs and how sure it is, and write a report.",
    ),
    "plan": (
        "forestall.cli.plan:app",
        "What to do: check a plan, publish it, compare two versions, read its money and duties.",
    ),
    "plan-evaluation": (
        "forestall.cli.plan_evaluation:plan_evaluation",
        "Write the plan of an evaluation before the measure comes, and its checksum.",
    ),
    "evidence": (
        "forestall.cli.evidence:app",
        "What has worked elsewhere: search, show, suggest, synthesise, gap-map, add, export.",
    ),
    "assistance": (
        "forestall.cli.assistance:app",
        "Technical assistance: match needs and offers, with a reason for every answer.",
    ),
    "training": (
        "forestall.cli.training:app",
        "Training: which skills a plan calls for, which bodies have them, who teaches them.",
    ),
    "bundle": (
        "forestall.cli.bundle:app",
        "Exchange practices, plans and evaluations with other cities, signed and checked.",
    ),
    "questionnaire": (
        "forestall.cli.questionnaire:app",
        "What states report: show and print questionnaires, check a reply, see what others ask.",
    ),
    "publish": (
        "forestall.cli.publish:publish",
        "Write a finished report in further formats and languages, without computing again.",
    ),
    "import": (
        "forestall.cli.importing:import_files",
        "Import incident files into a store, and say what became of every row.",
    ),
    "describe": (
        "forestall.cli.describe:describe",
        "Show the columns of a file, and a mapping to edit.",
    ),
    "serve": (
        "forestall.cli.serve:serve",
        "Run the workspace, where partners make one plan together.",
    ),
    "backup": (
        "forestall.cli.backup:backup",
        "Put the workspace into one file, while people work in it.",
    ),
    "restore": (
        "forestall.cli.backup:restore",
        "Put a backup into an empty workspace.",
    ),
    "workspace": (
        "forestall.cli.workspace:app",
        "Look after the workspace: link, check.",
    ),
}

_INTERRUPTED = 130
_STOPPED = "Stopped; nothing was left half done."


def main() -> None:
    """Run a command; a failure is one line and an exit code, never a traceback.

    With ``FORESTALL_DEBUG=1`` in the environment the traceback is shown.
    """
    interrupts = _noted_interrupts()
    try:
        _answer(sys.argv[1:])
    except KeyboardInterrupt:
        _stop(_STOPPED, code=_INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone; writing to it again would fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except Exception as failure:
        if interrupts:
            # DuckDB and others turn Ctrl-C into errors of their own.
            _stop(_STOPPED, code=_INTERRUPTED)
        if _debugging():
            raise
        _stop(_sentence(failure))


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


def _noted_interrupts() -> list[int]:
    """Return a list that gets an entry for each Ctrl-C from now on; it stops the work as before."""
    noted: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        noted.append(number)
        signal.default_int_handler(number, frame)

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, note)
    return noted


def _sentence(failure: Exception) -> str:
    if isinstance(failure, ForestallError):
        return str(failure)
    if isinstance(failure, PermissionError) and failure.filename is not None:
        return f"There is no permission to use “{failure.filename}”."
    return _unexpected(failure)


def _unexpected(failure: Exception) -> str:
    """Name the kind of failure only: its text could hold data."""
    return (
        f"This should not have happened ({type(failure).__name__}). Nothing was published. Please "
        "report it with the command you gave; with FORESTALL_DEBUG=1 you see more, but check it "
        "for data before you send it."
    )


def _debugging() -> bool:
    return os.environ.get("FORESTALL_DEBUG", "") not in ("", "0")
