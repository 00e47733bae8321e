"""This file knows the sections on what a plan leaves out, and on how it lasts."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from forestall.languages import LineStart, message
from forestall.plan.vocabulary import ActorGroup, Approach, Factor, PreventionLevel
from forestall.publication.blocks import Box, BoxKind, Paragraph, Section, WordTable

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.plan_pages.setting import PlanSetting

_KINDS: dict[str, type[Any]] = {
    "approach": Approach,
    "level": PreventionLevel,
    "actors": ActorGroup,
    "factor": Factor,
}


def left_out_section(setting: PlanSetting) -> Section:
    """Build the list of what the plan leaves out, each with its reason."""
    rows = tuple((named(one.what), setting.text(one.reason)) for one in setting.plan.omissions)
    if rows:
        blocks: tuple[Block, ...] = (
            WordTable(
                heads=(message("What is left out"), message("Why")), rows=rows, labelled=True
            ),
        )
    else:
        blocks = (Paragraph((message("The plan says of nothing that it is left out."),)),)
    return Section(
        id="left-out",
        heading=message("What is left out"),
        question=message("What was weighed and left out, and why?"),
        blocks=blocks,
    )


def lasting_section(setting: PlanSetting) -> Section:
    """Build the section on how what works goes on after the plan."""
    words = setting.text(setting.plan.lasting)
    block = Paragraph((words,)) if words else Box(kind=BoxKind.EMPTY, sentences=(_NOT_TOLD,))
    return Section(
        id="lasting",
        heading=message("After the plan"),
        question=message("How does what works go on?"),
        blocks=(block,),
    )


def named(what: str) -> Text:
    """Return what is left out, in words.

    Examples
    --------
    >>> str(named("approach:reintegration")), str(named("something"))
    ('Reintegration', 'something')
    """
    kind, _, value = what.partition(":")
    known = _KINDS.get(kind)
    if known is None or not issubclass(known, StrEnum) or value not in [*known]:
        return what
    words: Text = known(value).words  # type: ignore[attr-defined]
    return LineStart(words)


_NOT_TOLD = message("Not told yet; means and partners should last (2002/13 ¶20, 22(c)).")
