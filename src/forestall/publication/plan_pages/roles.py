"""This file knows the sections on partners: who does what, who takes part, who is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Clauses, Listing, message
from forestall.plan.vocabulary import Part, Sector
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Link,
    Paragraph,
    Section,
    Source,
    WordTable,
)
from forestall.publication.plan_pages.setting import NOTHING

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.plan.actions import Action
    from forestall.publication.blocks import Block, Run
    from forestall.publication.plan_pages.setting import PlanSetting


def roles_section(setting: PlanSetting) -> Section:
    """Build the table of who is accountable, does the work, is asked and is told."""
    blocks: list[Block] = []
    if not setting.plan.actions:
        blocks.append(Box(kind=BoxKind.EMPTY, sentences=(_NO_ROLES,)))
    else:
        blocks.append(
            WordTable(
                title=message("Who does what"),
                heads=(
                    message("Action"),
                    message("A: accountable"),
                    message("R: carries it out"),
                    message("C: is asked"),
                    message("I: is told"),
                ),
                rows=tuple(_row(one, setting) for one in setting.plan.actions),
                labelled=True,
            )
        )
        blocks.append(Source((_LETTERS,)))
        blocks.append(Paragraph((_police(setting),)))
    return Section(
        id="roles",
        heading=message("Who does what"),
        question=message("Who answers for each action, who works on it, who is asked and told?"),
        blocks=tuple(blocks),
    )


def _row(action: Action, setting: PlanSetting) -> tuple[Run, ...]:
    return (
        Link(setting.text(action.title), f"#action-{action.key}"),
        setting.partner(action.accountable),
        *(_names(action, part, setting) for part in Part),
    )


def _names(action: Action, part: Part, setting: PlanSetting) -> Text:
    keys = [one.partner for one in action.involved if one.part is part]
    if part is Part.RESPONSIBLE:
        keys += [step.responsible for step in action.steps if step.responsible]
    names = setting.names(key for key in keys if key != action.accountable)
    return Listing(names) if names else NOTHING


def _police(setting: PlanSetting) -> Text:
    police = {one.key for one in setting.plan.partners if one.sector is Sector.POLICE}
    named = [
        setting.text(one.title)
        for one in setting.plan.actions
        if police & {one.accountable, *(each.partner for each in one.involved)}
        or police & {step.responsible for step in one.steps}
    ]
    if not named:
        return message("Police take part in none of the actions.")
    return message("Police take part openly in: {actions}.", actions=Clauses(named))


_NO_ROLES = message("There is no action yet, so nobody has a part.")
_LETTERS = message("A answers for the action, R does the work, C is asked before, I is told after.")
