"""This file knows the commands ``forestall workspace …``: a link to come in, and a check."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import Literal

from cyclopts import App

app = App(
    name="workspace",
    help="Look after the workspace: make a link to come in, check that nothing is damaged.",
    help_format="plaintext",
)


@app.command
def link(
    *,
    role: Literal[
        "administrator", "coordinator", "analyst", "partner", "evaluator", "publisher", "reader"
    ] = "administrator",
    city: str = "",
    home: Path | None = None,
    host: str = "127.0.0.1",
    port: int = 8000,
) -> None:
    """Make a link by which somebody comes in, such as an administrator who is locked out.

    It can be used once, for seven days; links made like this before, and not used, end.

    Parameters
    ----------
    role
        What whoever uses the link becomes.
    city
        Short name of the jurisdiction, where there are several.
    home
        Folder of the workspace; without it what FORESTALL_HOME says, else "workspace".
    host
        Where forestall serve listens.
    port
        Port on which forestall serve listens.
    """
    from forestall.web.operations.starting import prepare_workspace, start_django

    configuration = start_django(home)
    prepare_workspace()
    from forestall.web.operations.administrators import make_link, own_address
    from forestall.web.organisations.roles import Role

    path = make_link(Role(role), city=city)
    print(own_address(configuration, host=host, port=port) + path)


@app.command
def check(*, home: Path | None = None) -> None:
    """Check that the database is whole and that nobody changed the audit log.

    Parameters
    ----------
    home
        Folder of the workspace; without it what FORESTALL_HOME says, else "workspace".
    """
    from forestall.languages import say
    from forestall.web.operations.starting import start_django

    start_django(home)
    from forestall.web.operations.checks import check_database, check_log

    check_database()
    print(say("The database is whole."))
    entries = check_log()
    print(say("The audit log holds {count} entries, and none was changed.", count=entries))


@app.command
def remind(*, home: Path | None = None) -> None:
    """Send the reminders that are due today, as forestall serve does every hour.

    Parameters
    ----------
    home
        Folder of the workspace; without it what FORESTALL_HOME says, else "workspace".
    """
    from forestall.languages import say_plural
    from forestall.web.operations.starting import start_django

    configuration = start_django(home)
    from forestall.web.operations.reminding import send_due

    sent = send_due(configuration)
    print(say_plural("{count} reminder was sent.", "{count} reminders were sent.", sent))
