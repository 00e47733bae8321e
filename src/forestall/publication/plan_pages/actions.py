"""This file knows the sections on actions: all in short, then one section for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Clauses, LineStart, message
from forestall.plan.vocabulary import Part
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Fact,
    Facts,
    Heading,
    Link,
    Paragraph,
    Section,
    WordTable,
)
from forestall.publication.plan_pages.ground import ground_blocks
from forestall.publication.plan_pages.means import means_blocks
from forestall.publication.plan_pages.rights import rights_blocks, rights_in_short
from forestall.publication.plan_pages.setting import NOTHING
from forestall.publication.plan_pages.words import day_or_dash, in_short

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.plan.actions import Action
    from forestall.publication.blocks import Block
    from forestall.publication.plan_pages.setting import PlanSetting


def actions_section(setting: PlanSetting) -> Section:
    """Build the table of all actions, each with a link to its section."""
    actions = setting.plan.actions
    if not actions:
        blocks: tuple[Block, ...] = (Box(kind=BoxKind.EMPTY, sentences=(_NONE, _FIRST)),)
    else:
        rows = tuple(
            (
                Link(setting.text(one.title), f"#action-{one.key}"),
                LineStart(one.approach.words),
                setting.partner(one.accountable),
                one.ground.basis.words,
                rights_in_short(one.assessment),
            )
            for one in actions
        )
        blocks = (
            WordTable(
                title=message("All actions"),
                heads=(
                    message("Action"),
                    message("Approach"),
                    message("Accountable"),
                    message("Evidence"),
                    message("Rights"),
                ),
                rows=rows,
                labelled=True,
            ),
        )
    return Section(
        id="actions",
        heading=message("Actions"),
        question=message("What is done, and who answers for it?"),
        blocks=blocks,
    )


def action_section(action: Action, setting: PlanSetting) -> Section:
    """Build the section of one action."""
    blocks: list[Block] = []
    if action.description:
        blocks.append(Paragraph((setting.text(action.description),)))
    blocks.append(Facts(tuple(_facts(action, setting))))
    blocks += ground_blocks(action.ground, setting)
    blocks += _partners(action, setting)
    blocks += _steps(action, setting)
    blocks += means_blocks(action, setting)
    blocks += _risks(action, setting)
    blocks += rights_blocks(action.assessment, setting)
    return Section(
        id=f"action-{action.key}",
        heading=setting.text(action.title),
        blocks=tuple(blocks),
    )


def _facts(action: Action, setting: PlanSetting) -> list[Fact]:
    served = [
        setting.text(setting.objectives[key].title)
        for key in action.objectives
        if key in setting.objectives
    ]
    return [
        Fact(
            message("Approach"),
            _with_paragraph(LineStart(action.approach.words), action.approach.paragraph),
        ),
        Fact(
            message("When it comes in"),
            _with_paragraph(LineStart(action.level.words), action.level.paragraph),
        ),
        Fact(message("Objectives it serves"), Clauses(served) if served else _NOT_TOLD),
        Fact(message("How it works"), setting.text(action.mechanism) or _NOT_TOLD),
        Fact(message("Accountable"), setting.partner(action.accountable)),
    ]


def _with_paragraph(words: Text, paragraph: str) -> Text:
    return message("{words} ({paragraph})", words=words, paragraph=in_short(paragraph))


def _partners(action: Action, setting: PlanSetting) -> list[Block]:
    rows: list[tuple[Text, ...]] = [
        (setting.partner(action.accountable), message("answers for it"), NOTHING)
    ]
    rows += [
        (setting.partner(one.partner), one.part.words, setting.told(one.words))
        for part in Part
        for one in action.involved
        if one.part is part
    ]
    return [
        Heading(message("Who takes part")),
        WordTable(
            heads=(message("Partner"), message("Part"), message("In words")),
            rows=tuple(rows),
            labelled=True,
        ),
    ]


def _steps(action: Action, setting: PlanSetting) -> list[Block]:
    head = Heading(message("Steps"))
    if not action.steps:
        return [head, Paragraph((message("No step has been written down yet."),))]
    rows = tuple(
        (
            setting.text(one.title),
            day_or_dash(one.starts),
            day_or_dash(one.ends),
            setting.partner(setting.responsible(action, one)),
            one.state.words,
            setting.told(one.progress),
        )
        for one in action.steps
    )
    return [
        head,
        WordTable(
            heads=(
                message("Step"),
                message("From"),
                message("To"),
                message("Who"),
                message("State"),
                message("So far"),
            ),
            rows=rows,
            labelled=True,
        ),
    ]


def _risks(action: Action, setting: PlanSetting) -> list[Block]:
    blocks: list[Block] = [Heading(message("What could go wrong"))]
    if not action.risks:
        blocks.append(Paragraph((message("No risk has been written down yet."),)))
    else:
        blocks.append(
            WordTable(
                heads=(message("Risk"), message("What is done then")),
                rows=tuple(
                    (setting.text(one.what), setting.told(one.response)) for one in action.risks
                ),
                labelled=True,
            )
        )
    blocks.append(Heading(message("Side effects that are expected, good or bad")))
    if not action.side_effects:
        blocks.append(Paragraph((_NO_SIDE,)))
    else:
        blocks.append(
            WordTable(
                heads=(message("On"), message("What"), message("How it is watched")),
                rows=tuple(
                    (
                        LineStart(one.outcome.words),
                        setting.text(one.what),
                        setting.told(one.watched_by),
                    )
                    for one in action.side_effects
                ),
                labelled=True,
            )
        )
    return blocks


_NOT_TOLD = message("Not told yet.")
_NONE = message("This plan names no action yet.")
_FIRST = message("An action has one partner that answers for it, dates and means (1995/9 ¶3(a)).")
_NO_SIDE = message("None has been written down; the norms ask to watch for them (2002/13 ¶23(d)).")
