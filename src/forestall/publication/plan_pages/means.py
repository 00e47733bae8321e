"""This file knows how the means of one action are told: money, gifts in kind, people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Sentences, message
from forestall.plan.told_values import exact
from forestall.publication.blocks import Heading, Paragraph, WordTable
from forestall.publication.plan_pages.words import money

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.plan.actions import Action, Money
    from forestall.publication.blocks import Block
    from forestall.publication.plan_pages.setting import PlanSetting


def means_blocks(action: Action, setting: PlanSetting) -> list[Block]:
    """Return what the action costs, who pays it, and who works on it."""
    blocks: list[Block] = [Heading(message("Money and people"))]
    if not action.money and not action.staff:
        blocks.append(Paragraph((message("No money and no people have been written down yet."),)))
    if action.money:
        blocks.append(_money(action.money, setting))
    if action.staff:
        blocks.append(_staff(action, setting))
    return blocks


def _money(entries: tuple[Money, ...], setting: PlanSetting) -> WordTable:
    rows = tuple(
        (
            setting.text(one.what),
            str(one.year),
            money(one.amount, setting.plan.currency),
            setting.text(one.payer),
            one.level.words,
            _standing(one, setting),
        )
        for one in sorted(entries, key=lambda one: one.year)
    )
    return WordTable(
        title=message("Money"),
        heads=(
            message("For what"),
            message("Year"),
            message("Amount"),
            message("Who pays"),
            message("Level of the payer"),
            message("Standing"),
        ),
        rows=rows,
        number_columns=(2,),
        labelled=True,
    )


def _standing(one: Money, setting: PlanSetting) -> Text:
    said = message("Confirmed.") if one.confirmed else message("Not confirmed yet.")
    kind = message("Given in kind; the amount is its estimated worth.") if one.in_kind else ""
    return Sentences((said, kind, setting.text(one.basis)))


def _staff(action: Action, setting: PlanSetting) -> WordTable:
    rows = tuple(
        (setting.partner(one.partner), setting.text(one.what), str(one.year), exact(one.posts))
        for one in action.staff
    )
    return WordTable(
        title=message("People who work on it"),
        heads=(
            message("Partner"),
            message("Work"),
            message("Year"),
            message("Full-time posts"),
        ),
        rows=rows,
        number_columns=(3,),
        labelled=True,
    )
