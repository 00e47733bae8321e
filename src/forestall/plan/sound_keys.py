"""This file knows the keys of a plan: each once, plain, and each reference to one that exists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from forestall.evidence.practices.forms import KEY
from forestall.languages import Message, message
from forestall.plan.vocabulary import ActorGroup, Approach, Factor, PreventionLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from forestall.plan.actions import Action
    from forestall.plan.records import ActionPlan

    Placed: TypeAlias = Iterable[tuple[str, str]]

_MOST_LETTERS = 80

# What an omission can name.
OMITTABLE = {
    "approach": Approach,
    "level": PreventionLevel,
    "actors": ActorGroup,
    "factor": Factor,
}
_KNOWN = frozenset(f"{kind}:{one.value}" for kind, words in OMITTABLE.items() for one in words)


def faults_of_keys(plan: ActionPlan) -> Iterator[Message]:
    """Yield keys that are not plain or stand twice, and references to what does not exist.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> list(faults_of_keys(example_plan()))
    []
    """
    yield from _faults_of_form([("key", plan.key)])
    for name in ("partners", "problems", "objectives", "actions"):
        keys = [(f"{name}[{at}].key", one.key) for at, one in enumerate(getattr(plan, name))]
        yield from _faults_of_own(keys)
    for number, action in enumerate(plan.actions):
        place = f"actions[{number}]"
        yield from _faults_of_own(
            (f"{place}.steps[{at}].key", s.key) for at, s in enumerate(action.steps)
        )
        yield from _faults_of_own(
            (f"{place}.money[{at}].key", m.key) for at, m in enumerate(action.money)
        )
        yield from _faults_of_deciders(action, place)
    yield from _faults_of_references(plan)
    yield from _faults_of_omissions(plan)


def _faults_of_own(keys: Placed) -> Iterator[Message]:
    seen: set[str] = set()
    for place, key in keys:
        yield from _faults_of_form([(place, key)])
        if key in seen:
            yield message("{place}: “{key}” stands there twice.", key=key, place=place)
        seen.add(key)


def _faults_of_form(keys: Placed) -> Iterator[Message]:
    for place, key in keys:
        if not re.fullmatch(KEY, key) or len(key) > _MOST_LETTERS:
            yield message(
                "{place}: small letters, digits and hyphens are needed, such as “alley-gates”.",
                place=place,
            )


def _faults_of_deciders(action: Action, place: str) -> Iterator[Message]:
    decisions = () if action.assessment is None else action.assessment.decisions
    keys = ((f"{place}.assessment.decisions[{at}].by", one.by) for at, one in enumerate(decisions))
    yield from _faults_of_form(keys)


def _faults_of_references(plan: ActionPlan) -> Iterator[Message]:
    partners = {one.key for one in plan.partners}
    problems = {one.key for one in plan.problems}
    objectives = {one.key for one in plan.objectives}
    if plan.accountable:
        yield from _faults_of_partners([("accountable", plan.accountable)], partners)
    for number, objective in enumerate(plan.objectives):
        named = [(f"objectives[{number}].problems", key) for key in objective.problems]
        yield from _faults_of_named(named, problems, _NO_PROBLEM)
    for number, action in enumerate(plan.actions):
        place = f"actions[{number}]"
        served = [(f"{place}.objectives", key) for key in action.objectives]
        yield from _faults_of_named(served, objectives, _NO_OBJECTIVE)
        yield from _faults_of_partners(_partners_named(action, place), partners)
        yield from _faults_of_involved(action, place)


_NO_PROBLEM = message("{place}: the plan has no problem “{key}”.")
_NO_OBJECTIVE = message("{place}: the plan has no objective “{key}”.")
_NO_PARTNER = message("{place}: the plan has no partner “{key}”.")


def _faults_of_named(named: Placed, known: set[str], said: Message) -> Iterator[Message]:
    seen: set[str] = set()
    for place, key in named:
        if key not in known:
            yield said.filled(key=key[:_MOST_LETTERS], place=place)
        if key in seen:
            yield message("{place}: “{key}” stands there twice.", key=key, place=place)
        seen.add(key)


def _faults_of_partners(named: Placed, known: set[str]) -> Iterator[Message]:
    for place, key in named:
        if key not in known:
            yield _NO_PARTNER.filled(key=key[:_MOST_LETTERS], place=place)


def _partners_named(action: Action, place: str) -> Iterator[tuple[str, str]]:
    if action.accountable:
        yield f"{place}.accountable", action.accountable
    for at, one in enumerate(action.involved):
        yield f"{place}.involved[{at}].partner", one.partner
    for at, step in enumerate(action.steps):
        if step.responsible:
            yield f"{place}.steps[{at}].responsible", step.responsible
    for at, staff in enumerate(action.staff):
        yield f"{place}.staff[{at}].partner", staff.partner


def _faults_of_involved(action: Action, place: str) -> Iterator[Message]:
    parts = [(one.partner, one.part) for one in action.involved]
    if len(set(parts)) < len(parts):
        yield message("{place}: a partner has the same part twice.", place=place)


def _faults_of_omissions(plan: ActionPlan) -> Iterator[Message]:
    for at, one in enumerate(plan.omissions):
        if one.what not in _KNOWN:
            yield message(
                "{place}: something such as “approach:social”, “level:victims”, “actors:media” or "
                "“factor:welfare” is needed.",
                place=f"omissions[{at}].what",
            )
    named = [one.what for one in plan.omissions]
    if len(set(named)) < len(named):
        yield message("The plan leaves out the same thing twice.")
