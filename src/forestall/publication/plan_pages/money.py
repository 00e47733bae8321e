"""This file knows the section on money: from whom, for which year, for which approach."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from forestall.languages import LineStart, Sentences, Share, message
from forestall.plan.budget import plan_budget
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Chart,
    Link,
    Paragraph,
    Section,
    Source,
    Strong,
    WordTable,
)
from forestall.publication.plan_pages.setting import NOTHING
from forestall.publication.plan_pages.words import in_short, money
from forestall.publication.plan_pictures import MoneyBars, MoneyRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.languages import Text
    from forestall.plan.budget import BudgetRow, PlanBudget
    from forestall.plan.vocabulary import Approach
    from forestall.publication.blocks import Block, Run
    from forestall.publication.plan_pages.setting import PlanSetting


def money_section(setting: PlanSetting) -> Section:
    """Build the accounts: in all, by payer, by level and year, by approach with its balance."""
    budget = plan_budget(setting.plan)
    if not budget.lines:
        blocks: tuple[Block, ...] = (Box(kind=BoxKind.EMPTY, sentences=(_NONE, _ASKED)),)
    else:
        blocks = (
            Paragraph((_in_all(budget),)),
            _by_payer(budget, setting),
            _by_level_and_year(budget),
            _balance(budget, setting),
            _by_action(budget, setting),
            Source((_PRICES,)),
        )
    return Section(
        id="money",
        heading=message("Money"),
        question=message("Who pays for what, when, and what is not sure yet?"),
        blocks=blocks,
    )


def _in_all(budget: PlanBudget) -> Sentences:
    total, currency = budget.total, budget.currency
    told: list[Text] = [message("Planned: {amount} in money.", amount=money(total.money, currency))]
    if total.in_kind:
        worth = money(total.in_kind, currency)
        told.append(message("Gifts in kind are worth {amount}.", amount=worth))
    if total.unconfirmed:
        unsure = money(total.unconfirmed, currency)
        told.append(message("Of the money, {amount} is not confirmed.", amount=unsure))
    return Sentences(tuple(told))


def _by_payer(budget: PlanBudget, setting: PlanSetting) -> WordTable:
    rows = [(setting.text(_texts_of(one)), *_sums(one, budget)) for one in budget.by_payer]
    return WordTable(
        title=message("By payer"),
        heads=(message("Who pays"), *_HEADS),
        rows=(*rows, _total(budget)),
        number_columns=(1, 2, 3),
        labelled=True,
    )


def _texts_of(row: BudgetRow[str]) -> dict[str, str]:
    return dict(getattr(row.words, "texts", {}))


def _sums(row: BudgetRow[str] | BudgetRow[Approach], budget: PlanBudget) -> tuple[Text, ...]:
    sums, currency = row.sums, budget.currency
    return (
        money(sums.money, currency),
        money(sums.unconfirmed, currency),
        money(sums.in_kind, currency),
    )


def _total(budget: PlanBudget) -> tuple[Run, ...]:
    sums, currency = budget.total, budget.currency
    return _strong(
        message("All together"),
        money(sums.money, currency),
        money(sums.unconfirmed, currency),
        money(sums.in_kind, currency),
    )


def _strong(*cells: Text) -> tuple[Run, ...]:
    return tuple(Strong(one) for one in cells)


def _by_level_and_year(budget: PlanBudget) -> WordTable:
    years = [one.key for one in budget.by_year]
    rows = [
        (
            LineStart(level.words),
            *(
                _amount(budget, (one for one in _lines(budget) if one[:2] == (level.key, year)))
                for year in years
            ),
            _amount(budget, (one for one in _lines(budget) if one[0] is level.key)),
        )
        for level in budget.by_level
    ]
    total = _strong(
        message("All together"),
        *(_amount(budget, (one for one in _lines(budget) if one[1] == year)) for year in years),
        _amount(budget, _lines(budget)),
    )
    return WordTable(
        title=message("Money and gifts in kind by level and year"),
        heads=(message("Level of the payer"), *map(str, years), message("All years")),
        rows=(*rows, total),
        number_columns=tuple(range(1, len(years) + 2)),
        labelled=True,
    )


def _lines(budget: PlanBudget) -> list[tuple[object, int, float]]:
    return [(one.money.level, one.money.year, one.money.amount) for one in budget.lines]


def _amount(budget: PlanBudget, lines: Iterable[tuple[object, int, float]]) -> Text:
    return money(math.fsum(amount for _, _, amount in lines), budget.currency)


def _balance(budget: PlanBudget, setting: PlanSetting) -> Chart:
    whole = budget.total.total
    largest = max(budget.by_approach, key=lambda one: one.sums.total)
    return Chart(
        title=message(
            "{share} goes to: {approach}",
            share=Share(largest.sums.total / whole if whole else 0.0),
            approach=largest.words,
        ),
        subtitle=message("Money and gifts in kind by approach; what gets nothing stays"),
        alt=message(
            "Bars of means by approach, of {total} in all. Most goes to: {approach}. Table below.",
            total=money(whole, budget.currency),
            approach=largest.words,
        ),
        picture=MoneyBars(
            rows=tuple(
                MoneyRow(
                    words=LineStart(one.words),
                    shown=message(
                        "{amount} · {share}",
                        amount=money(one.sums.total, budget.currency),
                        share=Share(one.sums.total / whole if whole else 0.0),
                    ),
                    share=one.sums.total / whole if whole else 0.0,
                )
                for one in budget.by_approach
            )
        ),
        behind=WordTable(
            heads=(message("Approach"), *_HEADS, message("Why nothing")),
            rows=tuple(
                (LineStart(one.words), *_sums(one, budget), _why_nothing(one, setting))
                for one in budget.by_approach
            ),
            number_columns=(1, 2, 3),
            labelled=True,
        ),
        behind_words=message("The balance as a table"),
    )


def _why_nothing(row: BudgetRow[Approach], setting: PlanSetting) -> Text:
    if row.sums.total:
        return NOTHING
    reasons = {one.what: one.reason for one in setting.plan.omissions}
    reason = setting.text(reasons.get(f"approach:{row.key.value}", {}))
    return reason or message(
        "No reason given ({paragraph}).", paragraph=in_short(row.key.paragraph)
    )


def _by_action(budget: PlanBudget, setting: PlanSetting) -> WordTable:
    titles = {one.key: setting.text(one.title) for one in setting.plan.actions}
    rows = [
        (Link(titles[one.key], f"#action-{one.key}"), *_sums(one, budget))
        for one in budget.by_action
    ]
    return WordTable(
        title=message("By action"),
        heads=(message("Action"), *_HEADS),
        rows=(*rows, _total(budget)),
        number_columns=(1, 2, 3),
        labelled=True,
    )


_HEADS = (message("Planned in money"), message("Of it not confirmed"), message("In kind"))
_NONE = message("No means are planned yet.")
_ASKED = message("A plan says whether local or national means pay (1995/9 ¶3(a)(iii)).")
_PRICES = message(
    "Amounts are at prices of their own years; gifts in kind stand with their estimated worth."
)
