"""This file knows the section on how a plan should work: from means to problems, in five boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Clauses, Ended, LineStart, Sentences, message
from forestall.plan.told_values import exact
from forestall.publication.blocks import Box, BoxKind, Chart, Section, WordTable
from forestall.publication.plan_pages.setting import NOTHING
from forestall.publication.plan_pages.words import money
from forestall.publication.plan_pictures import LogicBox, LogicModel

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.plan_pages.setting import PlanSetting


def logic_section(setting: PlanSetting) -> Section:
    """Build the logic model: means, actions, what changes, objectives, problems."""
    plan = setting.plan
    if not plan.actions and not plan.objectives and not plan.problems:
        blocks: tuple[Block, ...] = (Box(kind=BoxKind.EMPTY, sentences=(_NOTHING,)),)
    else:
        blocks = (_chart(setting),)
    return Section(
        id="logic",
        heading=message("How it should work"),
        question=message("By which means should which change follow?"),
        blocks=blocks,
    )


def _chart(setting: PlanSetting) -> Chart:
    plan = setting.plan
    columns: tuple[tuple[Text, tuple[Text, ...]], ...] = (
        (message("Money and people"), _means(setting)),
        (message("Actions"), tuple(setting.text(one.title) for one in plan.actions)),
        (message("What changes"), _changes(setting)),
        (message("Objectives"), tuple(setting.text(one.title) for one in plan.objectives)),
        (message("Problems"), tuple(setting.text(one.title) for one in plan.problems)),
    )
    return Chart(
        title=message("From money and people to problems"),
        subtitle=message("What is put in, done, changed and reached, and for which problems"),
        alt=message(
            "Five boxes in a row: {actions} actions for {objectives} objectives and {problems} "
            "problems. Table below.",
            actions=len(plan.actions),
            objectives=len(plan.objectives),
            problems=len(plan.problems),
        ),
        picture=LogicModel(
            boxes=tuple(
                LogicBox(words=head, items=items, empty=message("nothing yet"))
                for head, items in columns
            )
        ),
        behind=WordTable(
            heads=(message("Box"), message("What is in it")),
            rows=tuple((head, _joined(items)) for head, items in columns),
        ),
        behind_words=message("The five boxes as a table"),
    )


def _joined(items: tuple[Text, ...]) -> Text:
    if not items:
        return NOTHING
    return Sentences(items) if isinstance(items[0], Ended) else Clauses(items)


def _means(setting: PlanSetting) -> tuple[Text, ...]:
    """Return money by the level that pays, and the people who work on it."""
    paid: dict[Text, float] = {}
    for action in setting.plan.actions:
        for one in action.money:
            paid[one.level.value] = paid.get(one.level.value, 0.0) + one.amount
    levels = {one.level.value: one.level.words for a in setting.plan.actions for one in a.money}
    means: list[Text] = [
        message(
            "{means}: {amount}",
            means=LineStart(levels[str(level)]),
            amount=money(amount, setting.plan.currency),
        )
        for level, amount in paid.items()
    ]
    people: dict[str, float] = {}
    for action in setting.plan.actions:
        for each in action.staff:
            people[each.partner] = people.get(each.partner, 0.0) + each.posts
    means += [
        message(
            "{posts} years of work: {partner}", posts=exact(posts), partner=setting.partner(key)
        )
        for key, posts in people.items()
    ]
    return tuple(means)


def _changes(setting: PlanSetting) -> tuple[Text, ...]:
    told = (setting.text(one.mechanism) for one in setting.plan.actions)
    return tuple(Ended(one) for one in told if one)


_NOTHING = message("There is no problem, objective or action yet.")
