"""This file knows what a finding on a plan is: of which part, about what, asked by which paragraph.

A point explains what is missing. Points are never added up to a score.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import Message, OwnWords, has_words, message
from forestall.plan.states import PlanState

if TYPE_CHECKING:
    from forestall.languages import Text, Texts

# What has to be settled before residents are asked has to be settled before adoption, too.
BEFORE_CONSULTATION = frozenset({PlanState.CONSULTED, PlanState.ADOPTED})
BEFORE_ADOPTION = frozenset({PlanState.ADOPTED})
ADVICE: frozenset[PlanState] = frozenset()


class PlanPart(StrEnum):
    """The parts of a plan on which there can be points, in the order in which they are told."""

    PLAN = "plan"
    PROBLEMS = "problems"
    OBJECTIVES = "objectives"
    ACTIONS = "actions"
    MONEY = "money"
    RIGHTS = "rights"
    APPROACHES = "approaches"
    PARTNERS = "partners"
    CONSULTATION = "consultation"
    REVIEWS = "reviews"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _PARTS[self]


@dataclass(frozen=True, kw_only=True)
class PlanPoint:
    """One thing that a plan lacks or that its authors should look at.

    Attributes
    ----------
    part, about
        The part of the plan, and the key of the problem, objective, action or partner; for a
        consultation and a review its day, for something left out its name; "" for the whole part.
    title
        What it is called in the plan; empty for the whole part.
    said
        What is missing, in words.
    paragraph
        The paragraph that asks for it, such as "1995/9:3(a)(i)".
    blocks
        The states that the plan cannot enter before it is settled; empty for advice.
    """

    part: PlanPart
    said: Message
    paragraph: str
    blocks: frozenset[PlanState]
    about: str = ""
    title: Texts = field(default_factory=dict)

    @property
    def named(self) -> Text:
        """Return the point with what it is about before it."""
        if has_words(self.title):
            return message("{title}: {point}", title=OwnWords(self.title), point=self.said)
        return self.said


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What points are about; it makes them."""

    part: PlanPart
    about: str = ""
    title: Texts = field(default_factory=dict)

    def point(self, said: Message, paragraph: str, blocks: frozenset[PlanState]) -> PlanPoint:
        """Return a point about it."""
        return PlanPoint(
            part=self.part,
            about=self.about,
            title=self.title,
            said=said,
            paragraph=paragraph,
            blocks=blocks,
        )


_PARTS = {
    PlanPart.PLAN: message("the plan as a whole"),
    PlanPart.PROBLEMS: message("problems"),
    PlanPart.OBJECTIVES: message("objectives"),
    PlanPart.ACTIONS: message("actions"),
    PlanPart.MONEY: message("money"),
    PlanPart.RIGHTS: message("rights"),
    PlanPart.APPROACHES: message("approaches, levels and actors"),
    PlanPart.PARTNERS: message("partners"),
    PlanPart.CONSULTATION: message("consultation"),
    PlanPart.REVIEWS: message("reviews"),
}
