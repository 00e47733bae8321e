"""This file knows how a program reaches a thing: it exists for the person, who may act on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from forestall.web.organisations.policies import check_may
from forestall.web.pages import InJurisdiction

if TYPE_CHECKING:
    from collections.abc import Callable

    from forestall.web.organisations.roles import Verb
    from forestall.web.people.models import Person

Thing = TypeVar("Thing", bound=InJurisdiction)


def reached_by(visible: Callable[[Person, int], Thing]) -> Callable[[Person, int, Verb], Thing]:
    """Return how a thing is reached by its number, as the pages about it guard it.

    What it returns raises Http404 where the thing does not exist for the person, and NotAllowed
    where no role that the token leaves them allows what they are about to do.

    Parameters
    ----------
    visible
        Finds the thing among those that exist for the person.
    """

    def reached(person: Person, number: int, verb: Verb) -> Thing:
        found = visible(person, number)
        check_may(person, verb, found.jurisdiction)
        return found

    return reached
