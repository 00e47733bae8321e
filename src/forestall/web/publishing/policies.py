"""This file knows what stands between a publication and its readers: two people, and an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.errors import InvalidRelease, NotAllowed
from forestall.languages import message
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.publishing.models import Release

if TYPE_CHECKING:
    from forestall.web.people.models import Person


def check_can_release(person: Person, release: Release) -> None:
    """Make sure that a person may let everybody read a publication.

    Raises
    ------
    NotAllowed
        If no role allows it, or the same person prepared it.
    InvalidRelease
        If it is not made yet, or was released before.
    """
    check_may(person, Verb.RELEASE, release.jurisdiction)
    check_is_second_person(person, release.prepared_by_id)
    if release.state != Release.State.READY:
        raise InvalidRelease(
            message("This cannot be published: it is in state “{state}”.", state=release.words)
        )


def check_is_second_person(person: Person, prepared_by: int) -> None:
    """Make sure that a person is not the one who prepared something.

    Raises
    ------
    NotAllowed
        If it is the same person.
    """
    if prepared_by == person.pk:
        raise NotAllowed(
            message("You prepared this publication; a second person has to look and publish it.")
        )


def check_can_withdraw(person: Person, release: Release) -> None:
    """Make sure that a person may withdraw a publication.

    Raises
    ------
    NotAllowed
        If no role allows it.
    InvalidRelease
        If nobody can read it anyway.
    """
    check_may(person, Verb.RELEASE, release.jurisdiction)
    if release.state != Release.State.RELEASED:
        raise InvalidRelease(
            message(
                "Only what is published can be withdrawn; this is in state “{state}”.",
                state=release.words,
            )
        )
