"""This file knows what comes before a server can start: Django, the tables, the static files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from forestall.errors import InvalidConfiguration, MissingLibrary
from forestall.languages import message
from forestall.web.configuration import Configuration
from forestall.web.operations.home import prepare_home

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.languages import Message

_NEEDED = ("django", "allauth", "csp", "django_tasks", "django_tasks_db", "granian", "whitenoise")
SETTINGS = "forestall.web.settings"


def start_django(home: Path | None) -> Configuration:
    """Make Django ready in this process, and return how the workspace is set up.

    Parameters
    ----------
    home
        Folder of the workspace; None for what the environment says, else ``workspace``.

    Raises
    ------
    MissingLibrary
        If the libraries of the workspace are not installed.
    InvalidConfiguration
        If a setting or the folder cannot be used.
    """
    missing = next((name for name in _NEEDED if find_spec(name) is None), None)
    if missing is not None:
        raise MissingLibrary(
            f"The workspace needs the library “{missing}”, which is not installed. Install it with "
            '"pip install forestall[web]".'
        )
    if home is not None:
        os.environ["FORESTALL_HOME"] = str(home.resolve())
    configuration = Configuration.from_environment()
    prepare_home(configuration.home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
    return configuration


def prepare_workspace() -> None:
    """Bring the tables up to date and collect the static files; twice is as good as once.

    Raises
    ------
    InvalidConfiguration
        If the database cannot be reached; its address is not repeated, because it can hold a
        password.
    """
    from django.core.management import call_command
    from django.db import OperationalError

    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    except OperationalError as wrong:
        raise InvalidConfiguration(
            "The database does not answer, or does not let the workspace in; see that it runs and "
            "that DATABASE_URL names its host, port, user and password."
        ) from wrong
    call_command("collectstatic", interactive=False, verbosity=0)


def links_for_the_first() -> dict[str, str]:
    """Return the path of a link for the first administrator; nothing where there is one."""
    from django.db import connections

    from forestall.web.operations.administrators import first_city, has_administrator, make_link
    from forestall.web.organisations.roles import Role

    role = Role.ADMINISTRATOR
    links = {} if has_administrator() else {str(role.words): make_link(role, city=first_city())}
    connections.close_all()
    return links


def arrive(home: Path, *, demo: bool) -> Arrival:
    """Return how people come in at this start, with or without the demonstration."""
    return load_demonstration_first(home) if demo else Arrival(links=links_for_the_first())


def load_demonstration_first(home: Path) -> Arrival:
    """Load the demonstration into an empty workspace, and return how people come in.

    From then on every page says that nothing in it is real. A workspace that is in use stays as it
    is; where it is the demonstration, there are new links to it.
    """
    from django.db import connections

    from forestall.web.operations.demonstration import (
        is_demonstration,
        links_of_demonstration,
        load_demonstration,
    )
    from forestall.web.operations.demonstration.story import begin_story

    links = {str(role.words): path for role, path in load_demonstration().items()}
    said = _LOADED if links else _IN_USE
    if not links and is_demonstration():
        links, said = links_of_demonstration(), _HERE_ALREADY
    if is_demonstration():
        (home / "demonstration").touch()
        begin_story()
    connections.close_all()
    return Arrival(links=links or links_for_the_first(), said=said)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """How people come in: paths of links by role, and what is to be said of the start."""

    links: dict[str, str]
    said: Message | None = None


_LOADED = message(
    "The demonstration is loaded. Its records are read in the background, within a minute or two."
)
_HERE_ALREADY = message("The demonstration is here already, and stays as it is.")
_IN_USE = message(
    "This workspace is in use already, and stays as it is. For the demonstration name an empty "
    "folder with --home."
)
