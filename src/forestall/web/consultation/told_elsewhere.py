"""This file knows who else tells of consultations, and has to hear when one changes.

Apps that stand above this one register here, when the workspace starts; such as the public site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person


class Told(Protocol):
    """Somebody who has to hear of changes."""

    def __call__(self, *, jurisdiction: Jurisdiction, by: Person, because: str) -> None:
        """Take note that something there changed; ``because`` names the occasion."""


_TOLD: list[Told] = []


def tells_of_consultations(told: Told) -> Told:
    """Register a function that is called after each change of a consultation."""
    if told not in _TOLD:
        _TOLD.append(told)
    return told


def tell(*, jurisdiction: Jurisdiction, by: Person, because: str) -> None:
    """Tell everybody who registered, inside the transaction of the change."""
    for told in _TOLD:
        told(jurisdiction=jurisdiction, by=by, because=because)
