"""This file knows how people come into a workspace when it starts, with or without the city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import message
from forestall.web.operations.starting import links_for_the_first

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.languages import Message


def arrive(home: Path, *, demo: bool) -> Arrival:
    """Return how people come in at this start, with or without the demonstration."""
    return load_demonstration_first(home) if demo else Arrival(links=links_for_the_first())


def load_demonstration_first(home: Path) -> Arrival:
    """Load the demonstration into an empty workspace, and return how people come in.

    From then on every page says that nothing in it is real. A workspace that is in use stays as it
    is; where it is the demonstration, there are new links to it.
    """
    from django.db import connections

    from forestall.web.demonstration.city import (
        is_demonstration,
        links_of_demonstration,
        load_demonstration,
    )
    from forestall.web.demonstration.story import begin_story

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
