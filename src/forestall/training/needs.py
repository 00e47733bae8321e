"""This file knows which skills a plan calls for: rules on its fields, each with its paragraph.

The rules read fields, such as the approach of an action, and never guess from texts. What they
cannot see, partners add themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.evidence.vocabulary import Problem
from forestall.languages import Listing, OwnWords, message, plural_message
from forestall.plan.vocabulary import Approach, Basis, PreventionLevel, Sector, StepState
from forestall.safeguards.assessment import Right
from forestall.training.skills import Skill, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.languages import Words
    from forestall.plan.actions import Action
    from forestall.plan.records import ActionPlan


@dataclass(frozen=True, kw_only=True)
class SkillNeed:
    """A skill that a plan calls for.

    Attributes
    ----------
    skill
        Its key.
    action
        Key of the action that calls for it; "" for the plan as a whole.
    reason
        What in the plan calls for it, as a sentence.
    paragraph
        The paragraph behind the rule, such as "2002/13:23(a)"; "" for what partners added.
    """

    skill: str
    action: str
    reason: Words
    paragraph: str


def needs_of(plan: ActionPlan) -> tuple[SkillNeed, ...]:
    """Return which skills a plan calls for, and why.

    An action whose steps are all done or dropped calls for nothing any more. The order is that of
    the list of skills, then of the plan; it says nothing on weight.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> for one in needs_of(example_plan()):
    ...     if one.skill == "data-protection":
    ...         print(one.action, one.paragraph, one.reason)
    quick-help 1997/33:10 The action needs data on persons.
    """
    found = list(_of_the_whole(plan))
    for action in plan.actions:
        if not _is_over(action):
            found.extend(_of_an_action(action, plan))
    return tuple(sorted(found, key=lambda one: in_order(one.skill)))


def _is_over(action: Action) -> bool:
    ended = (StepState.DONE, StepState.DROPPED)
    return bool(action.steps) and all(one.state in ended for one in action.steps)


def _of_the_whole(plan: ActionPlan) -> Iterator[SkillNeed]:
    yield _whole(Skill.PLANNING, message("Every plan needs priorities and targets."))
    yield _whole(Skill.CONSULTATION, message("Residents are asked about every plan."))
    if plan.problems:
        said = plural_message(
            "The plan answers {count} problem, whose causes have to be known.",
            "The plan answers {count} problems, whose causes have to be known.",
            len(plan.problems),
        )
        yield _whole(Skill.ANALYSIS, said)
    if len(plan.partners) > 1:
        said = plural_message(
            "{count} partner takes part.", "{count} partners take part.", len(plan.partners)
        )
        yield _whole(Skill.PARTNERSHIP, said)
    if any(one.sector is Sector.MEDIA for one in plan.partners):
        yield _whole(Skill.INFORMING, message("The media take part in the plan."))
    yield from _of_problems(plan)
    yield from _of_looking_back(plan)


def _of_problems(plan: ActionPlan) -> Iterator[SkillNeed]:
    for problem in plan.problems:
        name = OwnWords(problem.title, plan.languages)
        if problem.kind is Problem.FEAR:
            said = message("“{problem}” is known only by asking people.", problem=name)
            yield _whole(Skill.SURVEYS, said, "2002/13:23(c)")
        if problem.kind is Problem.TRAFFICKING:
            said = message("“{problem}” can be linked with organised crime.", problem=name)
            yield _whole(Skill.ORGANISED_CRIME, said)


def _of_looking_back(plan: ActionPlan) -> Iterator[SkillNeed]:
    for objective in plan.objectives:
        if objective.indicator is not None:
            said = plural_message(
                "“{indicator}” is measured every month.",
                "“{indicator}” is measured every {count} months.",
                objective.indicator.every_months,
                indicator=OwnWords(objective.indicator.name, plan.languages),
            )
            yield _whole(Skill.MONITORING, said)
    coming = [one for one in plan.reviews if one.held is None]
    if coming:
        said = plural_message(
            "{count} review of the plan is to come.",
            "{count} reviews of the plan are to come.",
            len(coming),
        )
        yield _whole(Skill.EVALUATION, said, "1995/9:5(d)")


def _of_an_action(action: Action, plan: ActionPlan) -> Iterator[SkillNeed]:
    skill, said = _BY_APPROACH[action.approach]
    yield _needed(skill, action, said)
    if action.level in _BY_LEVEL:
        skill, said = _BY_LEVEL[action.level]
        if (action.approach, skill) != (Approach.REINTEGRATION, Skill.RECIDIVISM):
            yield _needed(skill, action, said, action.level.paragraph)
    doing = {one.responsible or action.accountable for one in action.steps} - {""}
    if len(doing) > 1:
        names = {one.key: OwnWords(one.name, plan.languages) for one in plan.partners}
        said = message(
            "Its steps are in several hands: {partners}.",
            partners=Listing([name for key, name in names.items() if key in doing]),
        )
        yield _needed(Skill.PARTNERSHIP, action, said)
    if action.money:
        yield _needed(Skill.MEANS, action, message("The action has means to account for."))
    yield from _of_rights(action)
    yield from _of_grounds(action)


def _of_rights(action: Action) -> Iterator[SkillNeed]:
    assessment = action.assessment
    if assessment is None:
        said = message("Nobody has looked at the rights that it touches.")
        yield _needed(Skill.RIGHTS, action, said)
        return
    rights = [one.right for one in assessment.touches]
    if rights:
        said = message(
            "The action touches rights: {rights}.", rights=Listing([one.words for one in rights])
        )
        yield _needed(Skill.RIGHTS, action, said)
    with_care = [one.words for one in rights if one in (Right.CHILD, Right.EQUALITY)]
    if with_care:
        said = message("The action touches rights: {rights}.", rights=Listing(with_care))
        yield _needed(Skill.INCLUSION, action, said)
    if assessment.personal_data is not None:
        said = message("The action needs data on persons.")
        yield _needed(Skill.DATA_PROTECTION, action, said)


def _of_grounds(action: Action) -> Iterator[SkillNeed]:
    if action.ground.basis is Basis.TESTED:
        said = message("It was tested elsewhere and has to be fitted to this place.")
        yield _needed(Skill.EVIDENCE, action, said)
    else:
        said = message("It is untested and will be evaluated.")
        yield _needed(Skill.EVALUATION, action, said)
    if action.ground.basis is Basis.TESTED and any(action.ground.evaluation.values()):
        said = message("The plan says that it will be evaluated.")
        yield _needed(Skill.EVALUATION, action, said)
    if action.side_effects:
        said = plural_message(
            "{count} side effect is watched.",
            "{count} side effects are watched.",
            len(action.side_effects),
        )
        yield _needed(Skill.MONITORING, action, said, "2002/13:23(d)")


def _whole(skill: Skill, reason: Words, paragraph: str = "") -> SkillNeed:
    return SkillNeed(
        skill=skill.value, action="", reason=reason, paragraph=paragraph or skill.paragraph
    )


def _needed(skill: Skill, action: Action, reason: Words, paragraph: str = "") -> SkillNeed:
    return SkillNeed(
        skill=skill.value,
        action=action.key,
        reason=reason,
        paragraph=paragraph or skill.paragraph,
    )


_BY_APPROACH = {
    Approach.SOCIAL: (Skill.SOCIAL, message("The action works by social development.")),
    Approach.LOCAL: (Skill.LOCAL, message("The action works with residents.")),
    Approach.SITUATIONAL: (
        Skill.SITUATIONAL,
        message("The action takes away opportunities for crime."),
    ),
    Approach.REINTEGRATION: (
        Skill.RECIDIVISM,
        message("The action helps people to live without crime."),
    ),
}

_BY_LEVEL = {
    PreventionLevel.VICTIMS: (Skill.VICTIM_SUPPORT, message("The action is for victims.")),
    PreventionLevel.RECIDIVISM: (
        Skill.RECIDIVISM,
        message("The action works against offending again."),
    ),
    PreventionLevel.AFTER_SENTENCE: (
        Skill.RECIDIVISM,
        message("The action comes after a sentence."),
    ),
}
