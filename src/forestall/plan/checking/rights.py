"""This file knows what the rights assessments of a plan lack (1997/33 ¶4–13; 2002/13 ¶12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import message
from forestall.plan.checking.points import (
    BEFORE_ADOPTION,
    BEFORE_CONSULTATION,
    PlanPart,
    Subject,
)
from forestall.safeguards.gate import check_rights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.records import ActionPlan


def check_rights_of_actions(
    plan: ActionPlan, *, drafted_by: Mapping[str, frozenset[str]]
) -> Iterator[PlanPoint]:
    """Yield what stands between each action and its adoption, as far as rights go.

    What is refused outright stands in the way of consultation, too: residents should not be asked
    about an action that cannot be.

    Parameters
    ----------
    drafted_by
        From the key of an action to the keys of the people who drafted it.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> for one in check_rights_of_actions(example_plan(), drafted_by={}):
    ...     print(one.about, one.said)
    light A second person has to decide.
    """
    for action in plan.actions:
        subject = Subject(part=PlanPart.RIGHTS, about=action.key, title=action.title)
        if action.assessment is None:
            said = message("Nobody has looked at the rights that it touches.")
            yield subject.point(said, "2002/13:12", BEFORE_ADOPTION)
            continue
        found = check_rights(action.assessment, drafted_by=drafted_by.get(action.key, frozenset()))
        for one in found.refused:
            yield subject.point(one.said, one.paragraph, BEFORE_CONSULTATION)
        for one in (*found.missing, *found.undecided):
            yield subject.point(one.said, one.paragraph, BEFORE_ADOPTION)
