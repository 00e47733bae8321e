"""This file knows how the words of a command line become the call of a command."""

from __future__ import annotations

from cyclopts import App, CycloptsError

from forestall import __version__
from forestall.cli import COMMANDS, PURPOSE
from forestall.errors import InvalidCommand

app = App(
    name="forestall",
    help=PURPOSE,
    help_format="plaintext",
    version=__version__,
    help_on_error=False,
    suppress_keyboard_interrupt=False,
)
for _name, (_place, _does) in COMMANDS.items():
    app.command(_place, name=_name, help=_does)


def run_command(words: list[str]) -> None:
    """Run the command that the words of a command line name.

    Raises
    ------
    InvalidCommand
        If there is no such command, or its words cannot be understood.
    """
    try:
        app(words, exit_on_error=False, print_error=False)
    except CycloptsError as reason:
        sentence = " ".join(str(reason).split())
        command = words[0] if words and words[0] in COMMANDS else ""
        asked = f"forestall {command} --help".replace("  ", " ")
        raise InvalidCommand(f"{sentence} See {asked}.") from reason
