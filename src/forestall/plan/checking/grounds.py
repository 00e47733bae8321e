"""This file knows what an action has to say of its ground: evidence, or how it is evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.errors import UnknownIntervention
from forestall.evidence.interventions import Role, intervention_named
from forestall.languages import has_words, message
from forestall.plan.checking.points import ADVICE, BEFORE_ADOPTION, BEFORE_CONSULTATION
from forestall.plan.vocabulary import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.evidence.interventions import Intervention
    from forestall.plan.actions import Action
    from forestall.plan.checking.points import PlanPoint, Subject


def check_ground(action: Action, subject: Subject) -> Iterator[PlanPoint]:
    """Yield what the ground of an action lacks (2002/13 ¶3, 11, 23(a)).

    Examples
    --------
    >>> from forestall.plan.checking.points import PlanPart, Subject
    >>> from forestall.plan.actions import Ground
    >>> from forestall.plan.example import example_plan
    >>> from msgspec.structs import replace
    >>> subject = Subject(part=PlanPart.ACTIONS)
    >>> patrols = Ground(intervention="preventive-patrol")
    >>> patrols = replace(example_plan().actions[0], ground=patrols)
    >>> [one.paragraph for one in check_ground(patrols, subject)]
    ['2002/13:3', '2002/13:23(a)']
    """
    ground = action.ground
    if ground.intervention:
        yield from _intervention(ground.intervention, subject)
    tested = ground.basis is Basis.TESTED
    told = has_words(ground.said) and ground.source.strip()
    if tested and not ground.intervention and not told:
        said = message("It is called tested, but no evidence with a source is named.")
        yield subject.point(said, "2002/13:11", BEFORE_ADOPTION)
    if has_words(ground.evaluation):
        return
    if tested:
        said = message("Nothing says how it will be seen whether it works here, too.")
        yield subject.point(said, "2002/13:23(a)", ADVICE)
    else:
        said = message("It is untested, and nothing says how it will be evaluated.")
        yield subject.point(said, "2002/13:23(a)", BEFORE_ADOPTION)


def _intervention(key: str, subject: Subject) -> Iterator[PlanPoint]:
    found = _found(key)
    if found is None:
        said = message("It names evidence that is not known here.")
        yield subject.point(said, "2002/13:11", BEFORE_ADOPTION)
    elif found.is_law_enforcement:
        said = message(
            "Law enforcement lies outside the Guidelines and is no action of such a plan."
        )
        yield subject.point(said, "2002/13:3", BEFORE_CONSULTATION)
    elif found.role is not Role.MEASURE:
        said = message("The evidence that it names is about no measure that a city can take.")
        yield subject.point(said, "2002/13:11", BEFORE_ADOPTION)


def _found(key: str) -> Intervention | None:
    try:
        return intervention_named(key)
    except UnknownIntervention:
        return None
