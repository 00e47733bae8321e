"""This file knows the section on progress: what was due, what was spent, what was measured."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from forestall.languages import Day, LineStart, message
from forestall.plan.budget import plan_budget
from forestall.plan.duties import duties_of
from forestall.plan.progress import indicator_progress
from forestall.publication.blocks import (
    Heading,
    Link,
    Paragraph,
    Section,
    Source,
    Strong,
    WordTable,
)
from forestall.publication.plan_pages.words import day_or_dash, money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.languages import Text
    from forestall.plan.duties import Duty
    from forestall.publication.blocks import Block, Run
    from forestall.publication.plan_pages.setting import PlanSetting

_DAYS_AHEAD = 90


def progress_section(setting: PlanSetting) -> Section:
    """Build the section on what partners owed and owe, on spending, and on indicators."""
    return Section(
        id="progress",
        heading=message("Progress"),
        question=message("What was due, what was spent, and what was measured?"),
        blocks=(*_duties(setting), *_spending(setting), *_indicators(setting)),
    )


def _duties(setting: PlanSetting) -> list[Block]:
    duties = duties_of(setting.plan, today=setting.today).duties
    until = setting.today + timedelta(days=_DAYS_AHEAD)
    before = [one for one in duties if one.due < setting.today or one.finished is not None]
    after = [one for one in duties if one not in before and one.due <= until]
    return [
        Heading(message("What was due")),
        *_table(before, setting, none=message("Nothing has been due so far.")),
        Heading(message("What is due in the next {days} days", days=_DAYS_AHEAD)),
        *_table(after, setting, none=message("Nothing is due in this time.")),
    ]


def _table(duties: Sequence[Duty], setting: PlanSetting, *, none: Text) -> list[Block]:
    if not duties:
        return [Paragraph((none,))]
    rows = tuple(
        (
            setting.text(one.title) or LineStart(one.kind.words),
            one.kind.words,
            Day(one.due),
            day_or_dash(one.finished),
            one.state.words,
            setting.partner(one.responsible),
        )
        for one in duties
    )
    return [
        WordTable(
            heads=(
                message("What was promised"),
                message("Kind"),
                message("Due on"),
                message("Finished on"),
                message("How it stands"),
                message("Who"),
            ),
            rows=rows,
            labelled=True,
        )
    ]


def _spending(setting: PlanSetting) -> list[Block]:
    budget = plan_budget(setting.plan)
    head = Heading(message("Spending"))
    if not budget.lines:
        return [head, Paragraph((message("No means are planned yet."),))]
    rows: list[tuple[Run, ...]] = [
        (
            str(one.key),
            money(one.sums.money, budget.currency),
            money(one.sums.spent, budget.currency),
            money(one.sums.left, budget.currency),
        )
        for one in budget.by_year
    ]
    total = budget.total
    rows.append(
        tuple(
            Strong(one)
            for one in (
                message("All years"),
                money(total.money, budget.currency),
                money(total.spent, budget.currency),
                money(total.left, budget.currency),
            )
        )
    )
    heads = (
        message("Year"),
        message("Planned in money"),
        message("Spent so far"),
        message("Not spent yet"),
    )
    return [
        head,
        WordTable(heads=heads, rows=tuple(rows), number_columns=(1, 2, 3), labelled=True),
    ]


def _indicators(setting: PlanSetting) -> list[Block]:
    head = Heading(message("Indicators"))
    if not setting.plan.objectives:
        return [head, Paragraph((message("This plan names no objective yet."),))]
    found = [indicator_progress(one, today=setting.today) for one in setting.plan.objectives]
    rows = tuple(
        (
            Link(setting.text(one.objective.title), f"#objective-{one.objective.key}"),
            LineStart(one.reading.words),
            one.said,
        )
        for one in found
    )
    heads = (message("Objective"), message("On the way?"), message("What was found"))
    return [head, WordTable(heads=heads, rows=rows, labelled=True), Source((_LINE,))]


_LINE = message(
    "The straight line from baseline to target is what the plan promised; it is no forecast."
)
