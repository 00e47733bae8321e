"""This file knows section 9: what it cost, what it was worth, who pays and who gains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.evaluation.costs.answers import Sides, probability_words
from forestall.languages import Amount, Decimal, Ended, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Details,
    Heading,
    Item,
    Items,
    Paragraph,
    Section,
    Source,
    WordTable,
)
from forestall.publication.evaluation_report.money_charts import acceptability_chart, swing_chart

if TYPE_CHECKING:
    from forestall.evaluation.costs import CostsAndBenefits
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.evaluation_report.setting import EvaluationSetting


def money_section(setting: EvaluationSetting) -> Section:
    """Build the section that is always there: the balance, or why there is none."""
    return Section(
        id="money",
        number="9",
        heading=message("Costs and benefits"),
        question=message("What did it cost, what was it worth, and to whom?"),
        blocks=tuple(_blocks(setting)),
    )


def money_finding(setting: EvaluationSetting) -> Text | None:
    """Return the net value with its interval and probability; None where it may not be told."""
    found = setting.evaluation.costs
    if isinstance(found, Unanswered) or not setting.told.may_tell("costs"):
        return None
    value = found.net_value
    return message(
        "Net present value: {value} (95 % interval: {low} to {high}); probability that it is above "
        "zero: {probability}.",
        value=Amount(value.central, found.currency),
        low=Amount(value.interval.low, found.currency),
        high=Amount(value.interval.high, found.currency),
        probability=probability_words(value.probability),
    )


def _blocks(setting: EvaluationSetting) -> list[Block]:
    found = setting.evaluation.costs
    if isinstance(found, Unanswered):
        return [Box(kind=BoxKind.EMPTY, title=_NO_BALANCE, sentences=(Ended(found.reason),))]
    told = money_finding(setting)
    if told is None:
        why = setting.told.why("costs")
        return [Box(kind=BoxKind.EMPTY, title=_NO_BALANCE, sentences=(why, _TELLS_EFFECT))]
    return [
        Paragraph((told,)),
        *_examples(found),
        Items(tuple(Item(text, lead=lead) for lead, text in _answers(found))),
        Heading(message("Who pays and who gains"), "who-pays"),
        _stakeholders(found),
        Heading(message("What the balance hangs on"), "sensitivity"),
        swing_chart(found),
        acceptability_chart(found),
        Heading(message("What has no price here"), "not-priced"),
        *_not_priced(found),
        Details(message("Every figure that was used"), (_inputs(found),)),
        Details(message("What the balance rests on"), (_rests(found),)),
        Source((_basis(found),)),
    ]


def _examples(found: CostsAndBenefits) -> list[Block]:
    rows = found.inputs
    if "is_example" not in rows.columns or not rows["is_example"].eq(other=True).any():
        return []
    return [Box(kind=BoxKind.CARE, title=_EXAMPLE, sentences=(_OWN_COSTS,))]


def _answers(found: CostsAndBenefits) -> list[tuple[Text, Text]]:
    answers: list[tuple[Text, Text]] = [
        (message("Benefits over costs."), one.in_words())
        for one in found.ratios
        if one.sides is Sides.WITH_BENEFITS or not one.nothing_moves
    ]
    answers += [(message("Break-even."), one.in_words()) for one in found.break_even]
    answers += [(message("Cost per crime."), one.in_words()) for one in found.cost_per_crime]
    return answers


def _stakeholders(found: CostsAndBenefits) -> WordTable:
    return WordTable(
        title=message("Present value, by who pays and who gains"),
        heads=(message("Who"), message("Pays"), message("Gains"), message("Net")),
        rows=tuple(
            (
                str(row["who"]),
                *(Amount(float(row[name]), found.currency) for name in ("pays", "gains", "net")),
            )
            for row in found.by_stakeholder.to_dict("records")
        ),
        number_columns=(1, 2, 3),
    )


def _not_priced(found: CostsAndBenefits) -> list[Block]:
    if not found.not_priced:
        return [Paragraph((_NOTHING_NAMED,))]
    items = tuple(
        Item(
            message("{why}. It concerns {who}.", why=one.why, who=one.who),
            lead=message("{what}:", what=one.what),
        )
        for one in found.not_priced
    )
    return [Items(items)]


def _inputs(found: CostsAndBenefits) -> WordTable:
    return WordTable(
        heads=(
            message("What"),
            message("Of"),
            message("Value"),
            message("Range"),
            message("Source"),
        ),
        rows=tuple(
            (
                _INPUTS.get(str(row["input"]), str(row["input"])),
                str(row["of"]),
                _figure(row["central"]),
                _range(row["low"], row["high"]),
                str(row["source"]),
            )
            for row in found.inputs.to_dict("records")
        ),
        number_columns=(2,),
    )


def _rests(found: CostsAndBenefits) -> Items:
    return Items(tuple(Item(Ended(caveat)) for caveat in found.caveats))


def _figure(value: object) -> Text:
    number = _number(value)
    if number is None:
        return "–"
    return Decimal(number, 0 if abs(number) >= 100 else 3 if abs(number) < 1 else 1)


def _range(low: object, high: object) -> Text:
    if _number(low) is None or _number(high) is None:
        return "–"
    return message("{low} to {high}", low=_figure(low), high=_figure(high))


def _number(value: object) -> float | None:
    if value is None or value != value:  # noqa: PLR0124 -- not-a-number
        return None
    return float(str(value))


def _basis(found: CostsAndBenefits) -> Text:
    return message(
        "{currency} at prices of {year}; discounted by {schedule}.",
        currency=found.currency,
        year=str(found.price_year),
        schedule=found.schedule,
    )


_INPUTS = {
    "effect": message("Effect"),
    "unit cost": message("Cost of one crime"),
    "multiplier": message("Crimes committed for each recorded"),
    "persistence": message("Years for which the effect counts"),
    "one-off": message("Paid once"),
    "running": message("Running cost"),
    "in kind": message("Given in kind"),
    "offset": message("Saved elsewhere"),
    "harm": message("Harm done"),
    "discounting": message("Discount rate"),
}
_NO_BALANCE = message("There is no balance")
_TELLS_EFFECT = message("The balance would tell the effect, and the effect the hidden counts.")
_EXAMPLE = message("The cost of a crime is an example")
_OWN_COSTS = message(
    "It was read from a publication for another time or place. Put in your own figures before you "
    "decide on this balance."
)
_NOTHING_NAMED = message("Nothing was named as without a price; that is rarely so.")
