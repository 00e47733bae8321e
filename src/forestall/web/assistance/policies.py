"""This file knows who acts for which side of assistance, and who starts a round of matching.

Needs and offers of a place are stated and answered for by its coordinators and administrators. A
round is about all places, so that people of a place with none above it start it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from forestall.errors import NotAllowed
from forestall.languages import message
from forestall.web.assistance.models import AssistanceNeed, AssistanceOffer, AssistanceProposal
from forestall.web.assistance.sides import Side
from forestall.web.organisations.models import Jurisdiction
from forestall.web.organisations.policies import check_may, may
from forestall.web.organisations.roles import Verb

if TYPE_CHECKING:
    from forestall.web.people.models import Person


@dataclass(frozen=True)
class Answering:
    """A proposal, the place by which a person sees it, and the sides they act for."""

    proposal: AssistanceProposal
    jurisdiction: Jurisdiction
    sides: tuple[Side, ...]


def visible_need(person: Person, number: int) -> AssistanceNeed:
    """Return a need of a place that the person sees."""
    found = AssistanceNeed.objects.visible_to(person).select_related("jurisdiction")
    return get_object_or_404(found, pk=number)


def visible_offer(person: Person, number: int) -> AssistanceOffer:
    """Return an offer from a place that the person sees."""
    found = AssistanceOffer.objects.visible_to(person)
    return get_object_or_404(found.select_related("jurisdiction", "organisation"), pk=number)


def visible_proposal(person: Person, number: int) -> Answering:
    """Return a proposal of which the person sees a side, as seen from there."""
    found = get_object_or_404(AssistanceProposal.objects.visible_to(person).whole(), pk=number)
    sides = sides_of(person, found)
    seen = set(Jurisdiction.objects.visible_to(person).values_list("pk", flat=True))
    places = [found.place_of(one) for one in (*sides, *Side)]
    return Answering(found, next(one for one in places if one.pk in seen), sides)


def sides_of(person: Person, proposal: AssistanceProposal) -> tuple[Side, ...]:
    """Return the sides of a proposal that a person acts for."""
    return tuple(one for one in Side if may(person, Verb.STATE_ASSISTANCE, proposal.place_of(one)))


def check_acts_for(person: Person, proposal: AssistanceProposal, *sides: Side) -> None:
    """Make sure that a person acts for one of the sides.

    Raises
    ------
    NotAllowed
        If they act for none.
    """
    if set(sides).isdisjoint(sides_of(person, proposal)):
        raise NotAllowed(
            message("Only coordinators and administrators of the side that it concerns do this.")
        )


def check_may_match(person: Person, place: Jurisdiction) -> None:
    """Make sure that a person may start a round from a place.

    Raises
    ------
    NotAllowed
        If their role does not allow it, or the place has another one above it.
    """
    check_may(person, Verb.MATCH_ASSISTANCE, place)
    if place.parent_id is not None:
        raise NotAllowed(
            message("A round is about all places; people of a place with none above it start it.")
        )


def tops_where(person: Person) -> list[Jurisdiction]:
    """Return the places with none above them from which a person may start a round."""
    tops = Jurisdiction.objects.visible_to(person).filter(parent=None)
    return [one for one in tops if may(person, Verb.MATCH_ASSISTANCE, one)]


def check_may_state_from(person: Person, place: Jurisdiction) -> None:
    """Make sure that somebody who may not state for a place does not find its reply this way.

    Raises
    ------
    Http404
        If they may not.
    """
    if not may(person, Verb.STATE_ASSISTANCE, place):
        raise Http404
