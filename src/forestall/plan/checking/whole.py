"""This file knows what a plan has to say as a whole: who answers for it, and how it lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import LanguageName, has_words, message
from forestall.plan.checking.points import (
    ADVICE,
    BEFORE_ADOPTION,
    BEFORE_CONSULTATION,
    PlanPart,
    Subject,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.languages import Texts
    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.records import ActionPlan

_PLAN = Subject(part=PlanPart.PLAN)


def check_whole(plan: ActionPlan) -> Iterator[PlanPoint]:
    """Yield what the plan lacks as a whole.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> from msgspec.structs import replace
    >>> [str(one.said) for one in check_whole(replace(example_plan(), accountable=""))]
    ['No partner answers for the plan as a whole.']
    """
    if not plan.accountable:
        said = message("No partner answers for the plan as a whole.")
        yield _PLAN.point(said, "2002/13:20(b)", BEFORE_ADOPTION)
    if not has_words(plan.summary):
        said = message("A few sentences should tell residents what the plan does.")
        yield _PLAN.point(said, "2002/13:17(e)", BEFORE_CONSULTATION)
    if not has_words(plan.lasting):
        said = message("Nothing says how what works goes on after the plan.")
        yield _PLAN.point(said, "2002/13:22(c)", BEFORE_ADOPTION)
    yield from _languages(plan)


def _languages(plan: ActionPlan) -> Iterator[PlanPoint]:
    """Yield each language of the plan in which not every title is written."""
    for tag in plan.languages:
        missing = sum(not texts.get(tag, "").strip() for texts in _titles(plan))
        if missing:
            said = message(
                "In the language “{language}” titles are missing: {missing}.",
                language=LanguageName(tag),
                missing=missing,
            )
            yield _PLAN.point(said, "2002/13:33", ADVICE)


def _titles(plan: ActionPlan) -> Iterator[Texts]:
    yield plan.title
    yield from (one.title for one in plan.problems)
    yield from (one.title for one in plan.objectives)
    yield from (one.title for one in plan.actions)
