"""This file knows how people act at the same moment, in tests."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from django.db import connection, connections

if TYPE_CHECKING:
    from collections.abc import Callable


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all acts in threads of their own that begin together; return what each gave or raised.

    A database in memory has one connection, so there they come one after the other.
    """
    found: list[Any] = [None] * len(acts)
    together = threading.Barrier(len(acts))

    def act(place: int) -> None:
        together.wait(10)
        found[place] = _outcome(acts[place])
        connections.close_all()

    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        return [_outcome(one) for one in acts]
    threads = [threading.Thread(target=act, args=[place]) for place in range(len(acts))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    return found


def _outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Exception as wrong:  # noqa: BLE001 -- whatever it is, the test looks at it
        return wrong
