"""This file knows the commands ``forestall backup`` and ``forestall restore``."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import Annotated

from cyclopts import Parameter


def backup(
    file: Annotated[Path, Parameter(name="FILE")],
    *,
    with_key: Annotated[bool, Parameter(negative=())] = False,
    home: Path | None = None,
) -> None:
    """Put the workspace into one file; people can go on working meanwhile.

    The file holds what people wrote and the hashes of their passwords: keep it where only you read
    it. It can be restored into SQLite and into PostgreSQL.

    Parameters
    ----------
    file
        The file to make; it must not exist.
    with_key
        Put secret keys into it too: that of cookies, without which everybody signs in again, and
        those with which places sign bundles.
    home
        Folder of the workspace; without it what FORESTALL_HOME says, else "workspace".
    """
    from forestall.languages import say
    from forestall.web.operations.starting import start_django

    start_django(home)
    from forestall.web.operations.backup import back_up

    made = back_up(file, with_key=with_key)
    print(say("Rows: {count}", count=sum(made.rows.values())))
    print(say("Files: {count}", count=sum(name.startswith("files/") for name in made.members)))
    print(say("Written to {file}.", file=str(file)))


def restore(file: Annotated[Path, Parameter(name="FILE")], *, home: Path | None = None) -> None:
    """Put a backup into an empty workspace that is not running.

    A file that is damaged in any place is refused, and nothing is changed then.

    Parameters
    ----------
    file
        What forestall backup made.
    home
        Folder of the new workspace; without it what FORESTALL_HOME says, else "workspace".
    """
    from forestall.languages import say
    from forestall.web.operations.home import held_home
    from forestall.web.operations.starting import prepare_workspace, start_django

    configuration = start_django(home)
    with held_home(configuration.home):
        prepare_workspace()
        from forestall.web.operations.restoring import restore as put_back

        made = put_back(file, home=configuration.home)
    print(say("Rows: {count}", count=sum(made.rows.values())))
    print(say("Files: {count}", count=sum(name.startswith("files/") for name in made.members)))
    print(say("The workspace of {day} is restored.", day=made.made_at[:10]))
