"""This file knows the first section: what, where, until when, who answers, and what is aimed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import (
    Ended,
    LineStart,
    Message,
    Number,
    Period,
    message,
    plural_message,
)
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Fact,
    Facts,
    Finding,
    Findings,
    Item,
    KeyNumber,
    KeyNumbers,
    Link,
    Section,
)
from forestall.publication.plan_pages.objectives import target_in_words
from forestall.publication.plan_pages.words import money

if TYPE_CHECKING:
    from forestall.plan.records import Objective
    from forestall.publication.blocks import Block
    from forestall.publication.plan_pages.setting import PlanSetting


def brief_section(setting: PlanSetting) -> Section:
    """Build the section that tells the plan in a few lines."""
    blocks: list[Block] = [Facts(_head(setting)), KeyNumbers(_numbers(setting))]
    objectives = setting.plan.objectives[:_FIRST]
    told = [_finding(one, setting) for one in objectives]
    blocks.append(Findings((*told, Finding(bold=_CANNOT, then=_TOLD_LATER))))
    if not objectives:
        blocks.append(Box(kind=BoxKind.EMPTY, items=(Item(_NO_OBJECTIVE),)))
    return Section(id="brief", heading=message("In brief"), blocks=tuple(blocks))


def _head(setting: PlanSetting) -> tuple[Fact, ...]:
    plan = setting.plan
    return (
        Fact(message("Place"), _place(setting)),
        Fact(message("Period"), Period(plan.starts, plan.ends)),
        Fact(message("State"), LineStart(plan.state.words)),
        Fact(message("Version"), str(plan.version)),
        Fact(message("Accountable"), setting.partner(plan.accountable)),
    )


def _place(setting: PlanSetting) -> Message:
    place = setting.plan.place
    return message("{place} ({level})", place=setting.text(place.name), level=place.level.words)


def _numbers(setting: PlanSetting) -> tuple[KeyNumber, ...]:
    plan = setting.plan
    actions, partners = len(plan.actions), len(plan.partners)
    numbers = [
        KeyNumber(Number(actions), plural_message("action", "actions", actions)),
        KeyNumber(Number(partners), plural_message("partner", "partners", partners)),
    ]
    entries = [one for action in plan.actions for one in action.money]
    if entries:
        amount = sum(one.amount for one in entries if not one.in_kind)
        years = len({one.year for one in entries})
        meaning = plural_message(
            "money planned for {count} year", "money planned for {count} years", years
        )
        numbers.append(KeyNumber(money(amount, plan.currency), meaning))
    return tuple(numbers)


def _finding(objective: Objective, setting: PlanSetting) -> Finding:
    return Finding(
        bold=Ended(setting.text(objective.title)),
        then=message("Target: {target}.", target=target_in_words(objective, setting)),
        more=(Link(message("More on this objective"), f"#objective-{objective.key}"),),
    )


_FIRST = 5
_CANNOT = message("What a plan cannot say: whether its actions are the reason for a change.")
_TOLD_LATER = message("That is told by their evaluation.")
_NO_OBJECTIVE = message("This plan names no objective yet.")
