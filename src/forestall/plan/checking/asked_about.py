"""This file knows what was changed after residents were asked, and which of it they are asked anew.

Communities take part in setting priorities and carrying out (2002/13 ¶16), and a plan answers needs
that were found with them (1995/9 ¶2(c)). So residents are asked anew before a later version is
adopted when a problem, an objective or an action came, went, or became another. What is changed
while the version on which they were asked is worked on is mostly the answer to what they said, and
a correction of the wording is no new question: both are told as advice, or not at all.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from forestall.languages import Listing, message
from forestall.plan.actions import Action
from forestall.plan.checking.points import ADVICE, BEFORE_ADOPTION, PlanPart, Subject
from forestall.plan.field_labels import field_label
from forestall.plan.records import Indicator, Objective, PlanProblem
from forestall.plan.same_things import paired
from forestall.safeguards.assessment import RightsAssessment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from msgspec import Struct

    from forestall.languages import Message
    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.records import ActionPlan

# A text of which less than this share of the words stayed says something else.
SAME_WORDS = 0.5
_PARAGRAPH = "2002/13:16"
_LISTS = {
    "problems": PlanPart.PROBLEMS,
    "objectives": PlanPart.OBJECTIVES,
    "actions": PlanPart.ACTIONS,
}
# What makes a thing another one. Not here: how far it is, what it costs, and who works on it.
_FIELDS: dict[type, tuple[str, ...]] = {
    PlanProblem: ("title", "kind", "description", "where", "affected"),
    Objective: ("title", "problems", "indicator", "target", "deadline"),
    Action: (
        "title",
        "approach",
        "level",
        "description",
        "objectives",
        "mechanism",
        "accountable",
        "assessment",
    ),
}
_CAME = message("This came after residents were asked, and they were not asked about it.")
_WENT = message("This was taken out after residents were asked, and they were not told.")


def check_asked_about(plan: ActionPlan, consulted: ActionPlan | None) -> Iterator[PlanPoint]:
    """Yield what is otherwise than in the plan about which residents were last asked.

    Parameters
    ----------
    consulted
        The plan as they read it; None where that is not known.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> from msgspec.structs import replace
    >>> asked = example_plan()
    >>> later = replace(asked, version=asked.version + 1, actions=asked.actions[1:])
    >>> [(one.title["en"], str(one.said)) for one in check_asked_about(later, asked)][0][1]
    'This was taken out after residents were asked, and they were not told.'
    """
    if consulted is None:
        return
    later = plan.version > consulted.version
    for name, part in _LISTS.items():
        for key, before, after in paired(getattr(consulted, name), getattr(plan, name)):
            thing = after if after is not None else before
            about = key if after is not None else ""
            subject = Subject(part=part, about=about, title=getattr(thing, "title", {}))
            yield from _points(subject, before, after, later=later)


def _points(
    subject: Subject, before: Struct | None, after: Struct | None, *, later: bool
) -> Iterator[PlanPoint]:
    blocks = BEFORE_ADOPTION if later else ADVICE
    if before is None or after is None:
        yield subject.point(_CAME if before is None else _WENT, _PARAGRAPH, blocks)
        return
    other, corrected = _changed(before, after)
    if other:
        said = message(
            "This was changed after residents were asked, and they were not asked about it: "
            "{changes}.",
            changes=Listing(other),
        )
        yield subject.point(said, _PARAGRAPH, blocks)
    elif corrected and later:
        said = message(
            "Its wording was corrected after residents were asked: {changes}.",
            changes=Listing(corrected),
        )
        yield subject.point(said, _PARAGRAPH, ADVICE)


def _changed(before: Struct, after: Struct) -> tuple[list[Message], list[Message]]:
    """Return the fields that say something else now, and those that only read otherwise."""
    other: list[Message] = []
    corrected: list[Message] = []
    for name in _FIELDS[type(after)]:
        old, new = (_asked(name, getattr(one, name)) for one in (before, after))
        if old == new:
            continue
        label = field_label(type(after), name)
        same = isinstance(old, dict) and isinstance(new, dict) and _says_the_same(old, new)
        (corrected if same else other).append(label)
    return other, corrected


def _says_the_same(old: dict[str, str], new: dict[str, str]) -> bool:
    """Say whether a text was only corrected, or written in one more language."""
    both = old.keys() & new.keys()
    if not both:
        return not old and not new
    return all(
        SequenceMatcher(None, old[tag].split(), new[tag].split(), autojunk=False).ratio()
        >= SAME_WORDS
        for tag in both
    )


def _asked(name: str, value: object) -> object:
    """Return of a value what residents are asked about; lists without their order."""
    if name == "assessment":
        return _rights(value if isinstance(value, RightsAssessment) else RightsAssessment())
    if isinstance(value, Indicator):
        return value.name
    return frozenset(value) if isinstance(value, tuple) else value


def _rights(assessment: RightsAssessment) -> tuple[object, ...]:
    """Return which rights are touched, and whether data, police or guards come into it."""
    return (
        frozenset(one.right for one in assessment.touches),
        assessment.personal_data is not None,
        assessment.police,
        assessment.private_security,
        assessment.like_a_penalty,
    )
