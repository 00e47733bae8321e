"""This file knows what of a draft residents read: its problems and actions, in their language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import OwnWords, Period, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.languages import Text, Texts
    from forestall.plan.actions import Action
    from forestall.plan.records import ActionPlan, PlanProblem


@dataclass(frozen=True, kw_only=True)
class DraftFact:
    """One thing that is told of a part: what it is about, and what is told."""

    label: Text
    said: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class DraftPart:
    """A problem or an action of the draft: its address, its title, what is told of it."""

    where: str
    title: OwnWords
    facts: tuple[DraftFact, ...]

    @property
    def key(self) -> str:
        """Return its key."""
        return self.where.rpartition("/")[2]

    @property
    def mark(self) -> str:
        """Return a name for a place on a page."""
        return self.where.replace("/", "-")


def problems_of(plan: ActionPlan) -> tuple[DraftPart, ...]:
    """Return the problems, as residents read them."""
    return tuple(
        _part(f"problems/{one.key}", one.title, _problem(one, plan), plan) for one in plan.problems
    )


def actions_of(plan: ActionPlan) -> tuple[DraftPart, ...]:
    """Return the actions, as residents read them."""
    return tuple(
        _part(f"actions/{one.key}", one.title, _action(one, plan), plan) for one in plan.actions
    )


def parts_of(plan: ActionPlan) -> dict[str, DraftPart]:
    """Return problems and actions by their address."""
    return {one.where: one for one in (*problems_of(plan), *actions_of(plan))}


def text_of(texts: Texts, plan: ActionPlan) -> OwnWords:
    """Return a text in the language of the reader, else in one of the plan's."""
    return OwnWords(texts, otherwise=plan.languages)


def _fact(label: Text, *said: Text) -> DraftFact:
    return DraftFact(label=label, said=tuple(one for one in said if one))


def _part(where: str, title: Texts, facts: Iterator[DraftFact], plan: ActionPlan) -> DraftPart:
    told = tuple(fact for fact in facts if fact.said)
    return DraftPart(where=where, title=text_of(title, plan), facts=told)


def _problem(problem: PlanProblem, plan: ActionPlan) -> Iterator[DraftFact]:
    yield _fact(message("What happens"), text_of(problem.description, plan))
    yield _fact(message("Where and when"), text_of(problem.where, plan))
    yield _fact(message("Who is affected"), text_of(problem.affected_words, plan))
    yield _fact(message("What feeds it"), text_of(problem.factors_words, plan))
    yield _fact(message("What is known"), *(text_of(one.said, plan) for one in problem.figures))


def _action(action: Action, plan: ActionPlan) -> Iterator[DraftFact]:
    partners = {one.key: one.name for one in plan.partners}
    yield _fact(message("What is done"), text_of(action.description, plan))
    yield _fact(message("Why it should work"), text_of(action.mechanism, plan))
    accountable = partners.get(action.accountable, {})
    yield _fact(message("Who answers for it"), text_of(accountable, plan))
    if action.steps:
        period = Period(
            min(one.starts for one in action.steps), max(one.ends for one in action.steps)
        )
        yield _fact(message("When"), period)
