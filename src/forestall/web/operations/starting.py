"""This file knows what comes before a server can start: Django, the tables, the static files."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

from forestall.errors import InvalidConfiguration, MissingLibrary
from forestall.web.configuration import Configuration
from forestall.web.operations.home import prepare_home

if TYPE_CHECKING:
    from pathlib import Path


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
