"""This file knows what can be chosen where a part of a plan refers to another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forestall.evidence.interventions import Role, interventions
from forestall.languages import Message, in_language, message
from forestall.plan.vocabulary import ActorGroup, Approach, Factor, PreventionLevel

if TYPE_CHECKING:
    from typing import TypeAlias

    from forestall.plan.records import ActionPlan

    _Listed: TypeAlias = Approach | PreventionLevel | ActorGroup | Factor

_LEFT_OUT: tuple[tuple[str, Message, type[_Listed]], ...] = (
    ("approach", message("Approach: {words}"), Approach),
    ("level", message("Level: {words}"), PreventionLevel),
    ("actors", message("Actors: {words}"), ActorGroup),
    ("factor", message("Background: {words}"), Factor),
)


def choices_of(refers: str, plan: ActionPlan) -> list[tuple[str, str]]:
    """Return keys and words of what can be chosen.

    Parameters
    ----------
    refers
        "partners", "problems", "objectives", "omissions" or "interventions"; "" for nothing.
    """
    if not refers:
        return []
    if refers == "omissions":
        return [
            (f"{kind}:{one.value}", str(replace(said, values={"words": one.words})))
            for kind, said, words in _LEFT_OUT
            for one in words
        ]
    if refers == "interventions":
        return _interventions()
    return [
        (one.key, in_language(one.name if refers == "partners" else one.title))
        for one in getattr(plan, refers)
    ]


def _interventions() -> list[tuple[str, str]]:
    """Return what can be planned; law enforcement is out of scope (2002/13 ¶3)."""
    return sorted(
        (
            (one.key, str(one.name))
            for one in interventions()
            if one.role is Role.MEASURE and not one.is_law_enforcement
        ),
        key=lambda pair: pair[1],
    )
