"""This file knows what of assistance waits for a person: answers, missions, follow-ups, results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from forestall.assistance import ProposalState, missions_due
from forestall.languages import OwnWords, has_words, message
from forestall.web.assistance.models import HOLDING, AssistanceProposal
from forestall.web.assistance.sides import Side
from forestall.web.organisations.models import held_by
from forestall.web.organisations.roles import ALLOWED, Verb
from forestall.web.pages import places_where
from forestall.web.plans.also_waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from forestall.languages import Message
    from forestall.web.people.models import Person


def assistance_waiting(person: Person, *, today: date) -> tuple[Waiting, ...]:
    """Return what waits for those who act for a side of a proposal, the oldest proposal first."""
    if ALLOWED[Verb.STATE_ASSISTANCE].isdisjoint(one.role for one in held_by(person)):
        return ()
    places = {one.pk for one in places_where(person, Verb.STATE_ASSISTANCE)}
    found = AssistanceProposal.objects.filter(
        Q(need__jurisdiction_id__in=places) | Q(offer__jurisdiction_id__in=places),
        state__in=HOLDING,
    )
    return tuple(
        Waiting(said, reverse("assistance-proposal", args=[one.pk]))
        for one in found.whole().order_by("pk")
        for said in _of(one, places, today)
    )


def _of(one: AssistanceProposal, places: set[int], today: date) -> Iterator[Message]:
    title = one.need.content.title
    what = OwnWords(title) if has_words(title) else one.need.key
    own = [side for side in Side if one.place_of(side).pk in places]
    if one.state == ProposalState.PROPOSED:
        if any(one.answer_of(side) is None for side in own):
            yield message("A proposal of assistance waits for your answer: {what}", what=what)
        return
    if one.state == ProposalState.ACCEPTED:
        yield message("Both sides accepted; agree on the mission: {what}", what=what)
        return
    missions = [one.mission.content] if hasattr(one, "mission") else []
    for due in missions_due(missions, today=today, proposals=[one.content]):
        yield message("{said} – {what}", said=due.said, what=what)
