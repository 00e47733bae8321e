"""This file knows the sections on partners: who does what, who takes part, who is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Clauses, Listing, message
from forestall.plan.responsibilities import PartInAction, who_does_what
from forestall.plan.vocabulary import Sector
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
    from forestall.plan.responsibilities import WhoDoesWhat
    from forestall.publication.blocks import Block, Run
    from forestall.publication.plan_pages.setting import PlanSetting


def roles_section(setting: PlanSetting) -> Section:
    """Build the table of who is accountable, does the work, is asked and is told."""
    blocks: list[Block] = []
    found = who_does_what(setting.plan)
    if not found.actions:
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
                rows=tuple(_row(one, found, setting) for one in found.actions),
                labelled=True,
            )
        )
        blocks.append(Source((_LETTERS,)))
        blocks.append(Paragraph((_police(found, setting),)))
    return Section(
        id="roles",
        heading=message("Who does what"),
        question=message("Who answers for each action, who works on it, who is asked and told?"),
        blocks=tuple(blocks),
    )


def _row(action: Action, found: WhoDoesWhat, setting: PlanSetting) -> tuple[Run, ...]:
    return (
        Link(setting.text(action.title), f"#action-{action.key}"),
        *(_names(action, part, found, setting) for part in PartInAction),
    )


def _names(action: Action, part: PartInAction, found: WhoDoesWhat, setting: PlanSetting) -> Text:
    keys = [one.key for one in found.partners if part in found.of(action.key, one.key)]
    if part is PartInAction.ACCOUNTABLE and not keys:
        return setting.partner("")
    return Listing(setting.names(keys)) if keys else NOTHING


def _police(found: WhoDoesWhat, setting: PlanSetting) -> Text:
    police = [one.key for one in setting.plan.partners if one.sector is Sector.POLICE]
    named = [
        setting.text(one.title)
        for one in found.actions
        if any(found.of(one.key, partner) for partner in police)
    ]
    if not named:
        return message("Police take part in none of the actions.")
    return message("Police take part openly in: {actions}.", actions=Clauses(named))


_NO_ROLES = message("There is no action yet, so nobody has a part.")
_LETTERS = message("A answers for the action, R does the work, C is asked before, I is told after.")
