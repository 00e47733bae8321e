"""This file knows which needs and offers the answers to questions 25 and 26 of a reply speak of.

They are proposals: a person looks at each, adds what a mark does not say, and states it or not.
What is confidential stays in the reply, also for those who may read it there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from forestall.assistance import Area
from forestall.questionnaires import Choice
from forestall.web.assistance.models import AssistanceNeed, AssistanceOffer
from forestall.web.assistance.sides import Side
from forestall.web.returns.leaving import what_leaves
from forestall.web.returns.models import Return

if TYPE_CHECKING:
    from datetime import date

    from forestall.languages import Message
    from forestall.web.people.models import Person

_QUESTIONNAIRE = "2006-20"
_MARKS = {Side.NEED: "need", Side.OFFER: "can-provide"}
_ASKS = {Side.NEED: "Q25", Side.OFFER: "Q26"}
_PRIORITY = "Q26(m)"


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A need or an offer that an answer speaks of.

    Attributes
    ----------
    side
        Whether it is a need or an offer.
    item, area
        Which answer, and its area.
    stated
        Whether it was stated from this reply already.
    """

    side: Side
    item: str
    area: Area
    stated: bool

    @property
    def words(self) -> Message:
        """Return its area in words."""
        return self.area.words


def drawn_from(found: Return) -> tuple[Drawn, ...]:
    """Return what the answers of a reply speak of, needs first, in the order of the areas."""
    if found.questionnaire != _QUESTIONNAIRE:
        return ()
    answers = what_leaves(found.reply, found.asked).answers
    stated = _stated(found)
    drawn = []
    for side in Side:
        asked = answers.get(_ASKS[side])
        if asked is None or asked.choice is not Choice.YES:
            continue
        for area in Area:
            answer = answers.get(area.item)
            if answer is not None and _MARKS[side] in answer.marks:
                drawn.append(
                    Drawn(side=side, item=area.item, area=area, stated=(side, area.item) in stated)
                )
    return tuple(drawn)


def priority_said(found: Return) -> str:
    """Return what the reply says of priorities, in its words; "" if nothing or confidential."""
    answer = what_leaves(found.reply, found.asked).answers.get(_PRIORITY)
    return answer.text if answer is not None else ""


def origin_of(found: Return, item: str) -> dict[str, Any]:
    """Return what is kept of the answer that something was drawn from."""
    return {
        "return": found.pk,
        "item": item,
        "revision": found.revision,
        "place": found.jurisdiction.name,
    }


def waits_since(found: Return) -> date:
    """Return from when a need of a reply waits: its submission, or today.

    The day that a reply names as its own is no fact about when anybody was asked.
    """
    if found.submitted_at is None:
        return timezone.localdate()
    return timezone.localtime(found.submitted_at).date()


def returns_of(person: Person) -> list[Return]:
    """Return the replies that can speak of assistance, of places that the person sees."""
    found = Return.objects.visible_to(person).filter(questionnaire=_QUESTIONNAIRE)
    return list(found.select_related("jurisdiction").defer("document", "earlier"))


def _stated(found: Return) -> set[tuple[Side, str]]:
    of_this = {"jurisdiction_id": found.jurisdiction_id, "withdrawn_on": None}
    needs = AssistanceNeed.objects.filter(**of_this).values_list("origin", flat=True)
    offers = AssistanceOffer.objects.filter(**of_this).values_list("origin", flat=True)
    return {
        (side, origin["item"])
        for side, origins in ((Side.NEED, needs), (Side.OFFER, offers))
        for origin in origins
        if origin.get("return") == found.pk
    }
