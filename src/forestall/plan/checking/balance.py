"""This file knows what a plan should weigh as a whole: approaches, levels and groups of actors.

Nothing has to be in a plan; what is left out is left out with a reason (1995/9 ¶3(b) to (d);
2002/13 ¶6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Message, has_words, message
from forestall.plan.checking.points import ADVICE, BEFORE_ADOPTION, PlanPart, Subject
from forestall.plan.vocabulary import ActorGroup, Approach, PreventionLevel

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.records import ActionPlan

_NO_ACTION = message("No action, and no reason why: {what}.")
_NO_ACTORS = message("No partner from this group, and no reason why: {what}.")


def check_balance(plan: ActionPlan) -> Iterator[PlanPoint]:
    """Yield each approach, level and group that is neither there nor left out with a reason.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> from msgspec.structs import replace
    >>> [one.paragraph for one in check_balance(replace(example_plan(), omissions=()))]
    ['2002/13:6(d)', '1995/9:3(d)(ii)', '1995/9:3(d)(iii)']
    """
    approaches = {one.approach for one in plan.actions}
    levels = {one.level for one in plan.actions}
    groups = {one.sector.group for one in plan.partners}
    yield from _weighed(plan, "approach", tuple(Approach), approaches, _NO_ACTION)
    yield from _weighed(plan, "level", tuple(PreventionLevel), levels, _NO_ACTION)
    yield from _weighed(plan, "actors", tuple(ActorGroup), groups, _NO_ACTORS)
    yield from _reasons(plan)


def _weighed(
    plan: ActionPlan,
    kind: str,
    all_of_them: Sequence[Approach | PreventionLevel | ActorGroup],
    there: Collection[object],
    missing: Message,
) -> Iterator[PlanPoint]:
    left_out = {one.what for one in plan.omissions}
    for one in all_of_them:
        what = f"{kind}:{one.value}"
        subject = Subject(part=PlanPart.APPROACHES, about=what)
        if one not in there and what not in left_out:
            yield subject.point(missing.filled(what=one.words), one.paragraph, BEFORE_ADOPTION)
        if one in there and what in left_out:
            said = message(
                "The plan leaves this out, and has it all the same: {what}.", what=one.words
            )
            yield subject.point(said, one.paragraph, ADVICE)


def _reasons(plan: ActionPlan) -> Iterator[PlanPoint]:
    for one in plan.omissions:
        if not has_words(one.reason):
            subject = Subject(part=PlanPart.APPROACHES, about=one.what)
            said = message("Something is left out without a reason.")
            yield subject.point(said, "1995/9:3", BEFORE_ADOPTION)
