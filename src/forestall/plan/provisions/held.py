"""This file knows what a plan already says to each paragraph, counted from the plan itself.

A sentence tells what is there, never how good it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import has_words, message
from forestall.plan.provisions import told
from forestall.plan.vocabulary import ActorGroup, Approach, Basis, Factor, PreventionLevel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from forestall.languages import Message
    from forestall.plan.records import ActionPlan

    Said = Iterator[tuple[str, Message]]


def held_by(plan: ActionPlan) -> dict[str, tuple[Message, ...]]:
    """Return what a plan says to each paragraph that it touches.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> for one in held_by(example_plan())["1995/9:3(a)(ii)"]:
    ...     print(one)
    2 objectives have a day by which they are to be reached.
    """
    found: dict[str, tuple[Message, ...]] = {}
    for part in (_partners, _problems, _objectives, _actions, _rights, _left_out, _whole):
        for paragraph, said in part(plan):
            found[paragraph] = (*found.get(paragraph, ()), said)
    return found


def _counted(paragraph: str, things: Iterable[object], said: Callable[[int], Message]) -> Said:
    """Yield a sentence with how many of the things are there, if any is."""
    if count := sum(1 for one in things if one):
        yield paragraph, said(count)


def _partners(plan: ActionPlan) -> Said:
    partners = plan.partners
    if len(partners) > 1:
        yield "1995/9:2", told.taking_part(len(partners))
        yield "2002/13:9", told.of_groups(len({one.sector for one in partners}))
    yield from _counted("2002/13:19", (one.agreement for one in partners), told.agreed)
    yield from _counted("2002/13:19(a)", (has_words(one.role) for one in partners), told.roles)
    for group in ActorGroup:
        there = (one.sector.group is group for one in partners)
        yield from _counted(group.paragraph, there, told.taking_part)


def _problems(plan: ActionPlan) -> Said:
    problems = plan.problems
    figures = [figure for one in problems for figure in one.figures]
    yield from _counted("1995/9:2(a)", figures, told.figures)
    yield from _counted("1995/9:3(a)(i)", (one.factors for one in problems), told.fed)
    yield from _counted(
        "1995/9:3(c)", (has_words(one.factors_words) for one in problems), told.looked_at
    )
    yield from _counted("2002/13:11", (has_words(one.source) for one in figures), told.sourced)
    yield from _counted("2002/13:21(a)", (has_words(one.said) for one in figures), told.figures)
    yield from _counted("2002/13:22(a)", (has_words(one.where) for one in problems), told.placed)
    affected = (one.affected or has_words(one.affected_words) for one in problems)
    yield from _counted("2002/13:14", affected, told.affecting)
    for factor in Factor:
        yield from _counted(
            factor.paragraph, (factor in one.factors for one in problems), told.looked_at
        )


def _objectives(plan: ActionPlan) -> Said:
    objectives = plan.objectives
    yield from _counted("1995/9:3(a)(ii)", (one.deadline for one in objectives), told.with_day)
    targets = (one.target is not None for one in objectives)
    yield from _counted("2002/13:17(b)", targets, told.with_target)
    yield from _counted("2002/13:22(e)", (one.indicator for one in objectives), told.measured)
    yield from _counted("2002/13:23(c)", (one.baseline for one in objectives), told.with_baseline)


def _actions(plan: ActionPlan) -> Said:
    actions = plan.actions
    yield from _counted("1995/9:3(a)(iii)", (one.accountable for one in actions), told.answered_for)
    yield from _counted("2002/13:3", actions, told.planned)
    yield from _counted("2002/13:10", (one.money or one.staff for one in actions), told.with_means)
    tested = (one.ground.basis is Basis.TESTED for one in actions)
    yield from _counted("2002/13:11", tested, told.tested)
    mechanism = (has_words(one.mechanism) for one in actions)
    yield from _counted("2002/13:22(b)", mechanism, told.with_mechanism)
    yield from _counted("2002/13:22(c)", (one.steps for one in actions), told.with_steps)
    evaluated = (has_words(one.ground.evaluation) for one in actions)
    yield from _counted("2002/13:23(a)", evaluated, told.evaluated)
    yield from _counted("2002/13:23(d)", (one.side_effects for one in actions), told.side_effects)
    for approach in Approach:
        of_approach = (one.approach is approach for one in actions)
        yield from _counted(approach.paragraph, of_approach, told.planned)
    for level in PreventionLevel:
        yield from _counted(level.paragraph, (one.level is level for one in actions), told.planned)


def _rights(plan: ActionPlan) -> Said:
    given = [one.assessment for one in plan.actions if one.assessment is not None]
    yield from _counted("2002/13:12", given, told.assessed)
    for paragraph, there in (
        ("1997/33:4", [one.decisions for one in given]),
        ("1997/33:5", [has_words(one.equality) for one in given]),
        ("1997/33:6", [has_words(one.legal_basis) for one in given]),
        ("1997/33:7", [has_words(one.review_body) for one in given]),
        ("1997/33:8", [has_words(one.stigma) for one in given]),
        ("1997/33:10", [has_words(one.police_part) or one.personal_data for one in given]),
        ("1997/33:11", [has_words(one.private_security_limits) for one in given]),
        ("1997/33:13", [one.touches or has_words(one.none_touched_because) for one in given]),
    ):
        yield from _counted(paragraph, there, told.assessments_say)


def _left_out(plan: ActionPlan) -> Said:
    said = message("It is left out, with a reason.")
    reasons = {one.what for one in plan.omissions if has_words(one.reason)}
    for kind, of_kind in (
        ("approach", Approach),
        ("level", PreventionLevel),
        ("actors", ActorGroup),
        ("factor", Factor),
    ):
        for one in of_kind:
            if f"{kind}:{one.value}" in reasons:
                yield one.paragraph, said
    yield from _counted("1995/9:3", reasons, told.reasons)


def _whole(plan: ActionPlan) -> Said:
    yield from _counted("1995/9:5(d)", plan.reviews, told.reviews)
    yield from _counted("2002/13:16", plan.consultations, told.consultations)
    if has_words(plan.summary):
        yield "2002/13:17(e)", message("It tells residents in a few sentences what it does.")
    if plan.accountable:
        yield "2002/13:20(b)", message("One partner answers for the plan as a whole.")
    if has_words(plan.lasting):
        yield "2002/13:22(c)", message("It says how what works goes on after the plan.")
    yield from _counted("2002/13:33", plan.languages, told.languages)
