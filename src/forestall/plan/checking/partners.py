"""This file knows what a plan has to say of its partners (2002/13 ¶9, 19; 1997/33 ¶10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import has_words, message
from forestall.plan.checking.points import ADVICE, BEFORE_ADOPTION, PlanPart, Subject
from forestall.plan.vocabulary import Part, Sector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.plan.actions import Action
    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.records import ActionPlan, Partner


def check_partners(plan: ActionPlan) -> Iterator[PlanPoint]:
    """Yield what the plan lacks on its partners.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> list(check_partners(example_plan()))
    []
    """
    if len(plan.partners) < 2:
        said = message("One organisation alone cannot make an integrated plan.")
        yield Subject(part=PlanPart.PARTNERS).point(said, "1995/9:2", BEFORE_ADOPTION)
    doing = {plan.accountable} | {key for one in plan.actions for key in _doing(one)}
    taking_part = doing | {one.partner for action in plan.actions for one in action.involved}
    for partner in plan.partners:
        subject = Subject(part=PlanPart.PARTNERS, about=partner.key, title=partner.name)
        yield from _role(partner, subject)
        if partner.key not in taking_part:
            said = message("It is a partner, but has a part in no action.")
            yield subject.point(said, "2002/13:19(a)", ADVICE)
        if partner.key in doing:
            yield from _agreement(partner, plan, subject)


def _doing(action: Action) -> set[str]:
    """Return the partners that answer for an action or carry it out."""
    responsible = {one.partner for one in action.involved if one.part is Part.RESPONSIBLE}
    steps = {step.responsible for step in action.steps}
    staff = {one.partner for one in action.staff}
    return ({action.accountable} | responsible | steps | staff) - {""}


def _role(partner: Partner, subject: Subject) -> Iterator[PlanPoint]:
    if has_words(partner.role):
        return
    if partner.sector is Sector.POLICE:
        said = message("The part of the police is not said; everybody has to be able to see it.")
        yield subject.point(said, "1997/33:10", BEFORE_ADOPTION)
    else:
        said = message("Nothing says what its part is.")
        yield subject.point(said, "2002/13:19(a)", BEFORE_ADOPTION)


def _agreement(partner: Partner, plan: ActionPlan, subject: Subject) -> Iterator[PlanPoint]:
    if partner.agreement is None:
        said = message("It answers for something or carries it out, but no agreement is noted.")
        yield subject.point(said, "2002/13:19", BEFORE_ADOPTION)
    elif partner.agreement.until is not None and partner.agreement.until < plan.ends:
        said = message("Its agreement ends before the plan does.")
        yield subject.point(said, "2002/13:19", ADVICE)
