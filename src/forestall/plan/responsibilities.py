"""This file knows who does what: one partner answers for each action, others do, advise or hear.

2002/13 ¶19(a) asks for roles that everybody can see, and 1995/9 ¶3(a)(iii) for who answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import Listing, Message, OwnWords, Sentences, in_language, message
from forestall.plan.vocabulary import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from forestall.plan.actions import Action
    from forestall.plan.records import ActionPlan, Partner


class PartInAction(StrEnum):
    """The part of a partner in an action, by its letter."""

    ACCOUNTABLE = "A"
    RESPONSIBLE = "R"
    CONSULTED = "C"
    INFORMED = "I"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _WORDS[self]


@dataclass(frozen=True, eq=False, kw_only=True)
class WhoDoesWhat:
    """The parts of all partners in all actions.

    Attributes
    ----------
    actions, partners
        The rows and columns, in the order of the plan.
    parts
        From the keys of an action and a partner to its parts, the strongest first; without an
        entry it has none.
    """

    actions: tuple[Action, ...]
    partners: tuple[Partner, ...]
    parts: Mapping[tuple[str, str], tuple[PartInAction, ...]]

    def of(self, action: str, partner: str) -> tuple[PartInAction, ...]:
        """Return the parts of a partner in an action, by their keys."""
        return self.parts.get((action, partner), ())

    @property
    def nobody_answers(self) -> tuple[Action, ...]:
        """Return the actions for which no partner answers."""
        return tuple(one for one in self.actions if not one.accountable)

    @property
    def without_part(self) -> tuple[Partner, ...]:
        """Return the partners that take part in no action."""
        there = {partner for _, partner in self.parts}
        return tuple(one for one in self.partners if one.key not in there)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each action and a column for each partner, with letters.

        Columns: ``action``, ``title``, then the keys of the partners.
        """
        import pandas as pd

        rows = [
            {"action": one.key, "title": in_language(one.title)}
            | {partner.key: "".join(self.of(one.key, partner.key)) for partner in self.partners}
            for one in self.actions
        ]
        columns = ["action", "title", *(one.key for one in self.partners)]
        return pd.DataFrame(rows, columns=columns)

    def summary(self) -> str:
        """Return in plain sentences whether somebody answers for each action."""
        if not self.actions:
            return str(message("The plan has no action."))
        said = [message("For each action one partner answers.")]
        if self.nobody_answers:
            names = Listing([OwnWords(one.title) for one in self.nobody_answers])
            said = [message("Nobody answers for: {actions}.", actions=names)]
        if self.without_part:
            names = Listing([OwnWords(one.name) for one in self.without_part])
            said.append(
                message("Partners without a part in an action: {partners}.", partners=names)
            )
        return str(Sentences(tuple(said)))


def who_does_what(plan: ActionPlan) -> WhoDoesWhat:
    """Say which part each partner has in each action.

    Who carries out a step or gives staff is responsible, even if it is not named among those
    involved. There is at most one partner that answers for an action, because the record holds one.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> found = who_does_what(example_plan())
    >>> [str(part) for part in found.of("gates", "housing-department")]
    ['A', 'R']
    >>> [part.value for part in found.of("gates", "police")]
    ['I']
    """
    parts = {
        (action.key, partner): tuple(one for one in PartInAction if one in given)
        for action in plan.actions
        for partner, given in _parts_in(action).items()
    }
    return WhoDoesWhat(actions=plan.actions, partners=plan.partners, parts=parts)


def _parts_in(action: Action) -> dict[str, set[PartInAction]]:
    named = [(action.accountable, PartInAction.ACCOUNTABLE)]
    named += [(one.partner, _LETTERS[one.part]) for one in action.involved]
    named += [(one.responsible, PartInAction.RESPONSIBLE) for one in action.steps]
    named += [(one.partner, PartInAction.RESPONSIBLE) for one in action.staff]
    found: dict[str, set[PartInAction]] = {}
    for partner, part in named:
        if partner:
            found.setdefault(partner, set()).add(part)
    return found


_LETTERS = {
    Part.RESPONSIBLE: PartInAction.RESPONSIBLE,
    Part.CONSULTED: PartInAction.CONSULTED,
    Part.INFORMED: PartInAction.INFORMED,
}

_WORDS = {
    PartInAction.ACCOUNTABLE: message("answers for it"),
    PartInAction.RESPONSIBLE: message("carries it out"),
    PartInAction.CONSULTED: message("is asked"),
    PartInAction.INFORMED: message("is told"),
}
