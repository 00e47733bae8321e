"""This file knows which groups of actors take part in a place and which do not yet.

The groups are the four of 1995/9 ¶3(b). What is missing is told with its paragraph; it is never a
score, and a group that is missing can have good reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import Listing, Message, message
from forestall.plan.vocabulary import ActorGroup, Sector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.web.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """A group of actors in one place.

    Attributes
    ----------
    group
        One of the four.
    present
        The organisations of the group that take part, in the order of names.
    absent
        The kinds of bodies that the paragraph names and of which none takes part.
    """

    group: ActorGroup
    present: tuple[Organisation, ...]
    absent: tuple[Sector, ...]

    @property
    def why(self) -> Message:
        """Return why a plan should weigh this group, in our words."""
        return _WHY[self.group]

    @property
    def paragraph(self) -> str:
        """Return the paragraph as readers know it, such as "1995/9 ¶3(b)(i)"."""
        return self.group.paragraph.replace(":", " ¶")

    @property
    def not_there(self) -> Listing:
        """Return the kinds of bodies that are not there yet, as words."""
        return Listing(tuple(one.words for one in self.absent))


def attendance(organisations: Iterable[Organisation]) -> list[Attendance]:
    """Return the four groups, with who is there and who is not.

    Examples
    --------
    >>> [(one.paragraph, len(one.present)) for one in attendance([])][0]
    ('1995/9 ¶3(b)(i)', 0)
    """
    there = sorted(organisations, key=lambda one: one.name.casefold())
    sectors = {Sector(one.sector) for one in there}
    return [
        Attendance(
            group=group,
            present=tuple(one for one in there if Sector(one.sector).group is group),
            absent=tuple(one for one in Sector if one.group is group and one not in sectors),
        )
        for group in ActorGroup
    ]


_WHY = {
    ActorGroup.SERVICES: message(
        "Schools, housing, health and social services reach causes that police and courts cannot."
    ),
    ActorGroup.COMMUNITY: message(
        "Elected members, associations, volunteers, parents and victims know what people need."
    ),
    ActorGroup.ECONOMY: message(
        "Firms, banks, shops and transport shape places in which crime is easy or hard."
    ),
    ActorGroup.MEDIA: message("The media shape what people know of crime and of prevention."),
}
