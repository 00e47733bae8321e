"""This file knows the command ``forestall plan check``: what a plan lacks, and who asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from forestall.cli.plan_words import (  # noqa: TC001 -- cyclopts reads the annotations
    Language,
    PlanFile,
    Today,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.states import PlanState


def check(
    file: PlanFile,
    *,
    state: Annotated[str | None, Parameter(name="--for")] = None,
    language: Language = None,
    today: Today = None,
) -> None:
    """Say what a plan lacks, each point with the paragraph that asks for it.

    A plan that can be read ends with status 0, whatever it lacks. With --for, the status is 1 if
    something stands in the way of that state.

    Parameters
    ----------
    file
        The plan, as JSON.
    state
        Only what has to be settled before this state, such as consulted or adopted.
    language
        Tag of the language in which to answer, such as fr.
    today
        Day on which the plan is looked at, such as 2025-05-03; today if none is named.
    """
    from forestall.cli.plan_words import day_of, told_in
    from forestall.languages import say
    from forestall.plan.checks import check_plan
    from forestall.plan.files import read_plan

    with told_in(language):
        wanted = _state(state) if state else None
        found = check_plan(read_plan(file), today=day_of(today))
        points = found.points if wanted is None else found.before(wanted)
        _tell(points)
        if wanted is None:
            print(found.summary())
        elif points:
            _refuse(wanted, points)
        else:
            print(say("Nothing stands in the way of “{state}”.", state=wanted.words))


def _tell(points: Sequence[PlanPoint]) -> None:
    from forestall.languages import LineStart

    part = None
    for one in points:
        if one.part is not part:
            part = one.part
            print(LineStart(part.words))
        print(f"  - {one.named} ({_in_short(one.paragraph)})")


def _in_short(paragraph: str) -> str:
    return paragraph.replace(":", " ¶", 1)


def _refuse(state: PlanState, points: Sequence[PlanPoint]) -> None:
    from forestall.errors import MoveNotAllowed
    from forestall.languages import plural_message

    raise MoveNotAllowed(
        plural_message(
            "{count} point stands in the way of “{state}”.",
            "{count} points stand in the way of “{state}”.",
            len(points),
            state=state.words,
        )
    )


def _state(name: str) -> PlanState:
    from forestall.errors import InvalidCommand
    from forestall.languages import Listing, message
    from forestall.plan.states import PlanState

    known = [one.value for one in PlanState]
    if name not in known:
        raise InvalidCommand(
            message(
                "--for needs a state of a plan ({known}), but “{name}” was given.",
                known=Listing(known),
                name=name,
            )
        )
    return PlanState(name)
