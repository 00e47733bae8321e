"""This file knows what a plan has to say of its problems (1995/9 ¶2(a), 3(a)(i), 3(c))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evidence.vocabulary import Population
from forestall.languages import has_words, message
from forestall.plan.checking.points import (
    ADVICE,
    BEFORE_ADOPTION,
    BEFORE_CONSULTATION,
    PlanPart,
    Subject,
)
from forestall.plan.vocabulary import Factor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.records import ActionPlan, PlanProblem

_PROBLEMS = Subject(part=PlanPart.PROBLEMS)


def check_problems(plan: ActionPlan) -> Iterator[PlanPoint]:
    """Yield what the plan lacks on its problems.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> from msgspec.structs import replace
    >>> [one.paragraph for one in check_problems(replace(example_plan(), problems=()))][:1]
    ['1995/9:3(a)(i)']
    """
    if not plan.problems:
        said = message("The plan names no problem.")
        yield _PROBLEMS.point(said, "1995/9:3(a)(i)", BEFORE_CONSULTATION)
        return
    answered = {key for one in plan.objectives for key in one.problems}
    for problem in plan.problems:
        subject = Subject(part=PlanPart.PROBLEMS, about=problem.key, title=problem.title)
        yield from _known(problem, subject)
        yield from _told(problem, subject)
        if problem.key not in answered:
            said = message("No objective answers this problem.")
            yield subject.point(said, "1995/9:3(a)(ii)", BEFORE_ADOPTION)
    yield from _women(plan)
    yield from _factors(plan)


def _known(problem: PlanProblem, subject: Subject) -> Iterator[PlanPoint]:
    if not problem.figures and not has_words(problem.known_from):
        said = message("It has no figure, and nothing says how the problem is known.")
        yield subject.point(said, "1995/9:2(a)", BEFORE_CONSULTATION)
    if not all(has_words(one.source) for one in problem.figures):
        said = message("A figure has no source.")
        yield subject.point(said, "2002/13:11", BEFORE_ADOPTION)
    if not all(has_words(one.said) for one in problem.figures):
        said = message("A figure has no sentence that says what it means.")
        yield subject.point(said, "2002/13:21(a)", BEFORE_ADOPTION)


def _told(problem: PlanProblem, subject: Subject) -> Iterator[PlanPoint]:
    if not has_words(problem.description):
        said = message("Nothing describes what happens.")
        yield subject.point(said, "1995/9:2(a)", BEFORE_CONSULTATION)
    if not has_words(problem.where):
        said = message("Nothing says where and when it happens.")
        yield subject.point(said, "2002/13:22(a)", BEFORE_ADOPTION)
    if not problem.affected and not has_words(problem.affected_words):
        said = message("Nothing says whom it affects.")
        yield subject.point(said, "2002/13:22(a)", BEFORE_ADOPTION)
    if not problem.factors:
        said = message("Nothing says what directly or indirectly feeds it.")
        yield subject.point(said, "1995/9:3(a)(i)", BEFORE_ADOPTION)
    elif not has_words(problem.factors_words):
        said = message("Factors are named, but nothing says what was found on them.")
        yield subject.point(said, "1995/9:3(c)", BEFORE_ADOPTION)


def _women(plan: ActionPlan) -> Iterator[PlanPoint]:
    """Yield whether women and people in a weak position were thought of (2002/13 ¶14)."""
    if any(Population.WOMEN in one.affected for one in plan.problems):
        return
    if any(has_words(one.affected_words) for one in plan.problems):
        said = message("No problem names women among those affected; say so if needs are alike.")
        yield _PROBLEMS.point(said, "2002/13:14", ADVICE)
        return
    said = message(
        "Nothing says how women and men, and people in a weak position, are affected differently."
    )
    yield _PROBLEMS.point(said, "2002/13:14", BEFORE_ADOPTION)


def _factors(plan: ActionPlan) -> Iterator[PlanPoint]:
    """Yield each background factor that was neither looked at nor left out with a reason."""
    looked_at = {factor for one in plan.problems for factor in one.factors}
    left_out = {one.what for one in plan.omissions}
    for factor in Factor:
        if factor not in looked_at and f"factor:{factor}" not in left_out:
            said = message(
                "Background not looked at, and no reason given: {factor}.", factor=factor.words
            )
            yield _PROBLEMS.point(said, factor.paragraph, BEFORE_ADOPTION)
