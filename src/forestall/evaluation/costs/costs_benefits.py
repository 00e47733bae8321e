"""This file knows the answer to "was it worth it": a balance with all that is unsure about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.evaluation.costs.answers import Sides, probability_words
from forestall.languages import Amount, Listing, Sentences, message, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

    from forestall.evaluation.costs.answers import (
        BenefitCostRatio,
        BreakEven,
        CostPerCrime,
        NetValue,
    )
    from forestall.evaluation.costs.money import PriceYear
    from forestall.evaluation.costs.unpriced import NotPriced
    from forestall.languages import Message


@dataclass(frozen=True, eq=False, kw_only=True)
class CostsAndBenefits(Result):
    """Costs and benefits of a measure in present value.

    ``table`` has one row a part: ``side`` (cost, benefit, offset, harm), ``what``, ``who``,
    ``present_value`` (central), ``low``, ``high`` (95 % of the draws), without sign.

    Attributes
    ----------
    net_value
        Net present value, its interval, and the probability that it is above 0.
    ratios
        Benefits over costs, once with offsets and harms on each side.
    break_even, cost_per_crime
        One an outcome.
    by_year
        ``year``, ``factor``, ``cost``, ``benefit``, ``offset``, ``harm`` (not discounted),
        ``net``, ``net_present``.
    by_stakeholder
        ``who``, ``pays`` (costs and harms), ``gains`` (benefits and offsets), ``net``, in present
        value; the nets add to the net value.
    sensitivity
        One row an input, widest first: ``input``, ``of``, ``low``, ``high``, ``net_at_low``,
        ``net_at_high``, ``probability_at_low``, ``probability_at_high``, ``swing``,
        ``changes_sign``.
    acceptability
        ``outcome``, ``price`` of one crime, ``probability`` of a net value above 0,
        ``simulation_error``.
    inputs
        Every figure that was used, with source, price year and confidence.
    not_priced
        What matters and has no price here.
    currency, price_year
        Of all amounts.
    schedule
        Title of the discount schedule.
    """

    net_value: NetValue
    ratios: tuple[BenefitCostRatio, ...]
    break_even: tuple[BreakEven, ...]
    cost_per_crime: tuple[CostPerCrime, ...]
    by_year: pd.DataFrame
    by_stakeholder: pd.DataFrame
    sensitivity: pd.DataFrame
    acceptability: pd.DataFrame
    inputs: pd.DataFrame
    not_priced: tuple[NotPriced, ...]
    currency: str
    price_year: PriceYear
    schedule: str

    def summary(self) -> str:
        """Return the balance with its interval, probability, sides, and what has no price."""
        return str(Sentences((self._net(), self._ratio(), self._without_price())))

    def plot(self) -> alt.LayerChart:
        """Return what one input at a time does to the net value, widest first."""
        from forestall._charts import tornado_chart

        rows = self.sensitivity.assign(label=[str(label) for label in self.input_labels()])
        return tornado_chart(rows, central=self.net_value.central, title=self._axis(_NET_AXIS))

    def plot_acceptability(self) -> alt.LayerChart:
        """Return the probability of a net value above 0 by what one crime is worth."""
        from forestall._charts import acceptability_chart

        return acceptability_chart(
            self.acceptability,
            x_title=self._axis(_PRICE_AXIS),
            y_title=say("Probability that the net value is above 0"),
        )

    def plot_stakeholders(self) -> alt.LayerChart:
        """Return who pays and who gains, in present value."""
        from forestall._charts import stakeholder_chart

        return stakeholder_chart(
            self.by_stakeholder,
            title=self._axis(_PRESENT_AXIS),
            pays=say("pays"),
            gains=say("gains"),
        )

    def _net(self) -> Message:
        value = self.net_value
        return message(
            "Net present value: {value} ({low} to {high}) at prices of {year}; probability that "
            "it is above 0: {probability}.",
            value=Amount(value.central, self.currency),
            low=Amount(value.interval.low, self.currency),
            high=Amount(value.interval.high, self.currency),
            year=str(self.price_year),
            probability=probability_words(value.probability),
        )

    def _ratio(self) -> Message:
        by_sides = {ratio.sides: ratio for ratio in self.ratios}
        first = by_sides[Sides.WITH_BENEFITS]
        if first.nothing_moves:
            return message("Benefits over costs: {one}.", one=first.in_words())
        return message(
            "Benefits over costs: {one}; {other}.",
            one=first.in_words(),
            other=by_sides[Sides.WITH_COSTS].in_words(),
        )

    def _without_price(self) -> Message:
        if not self.not_priced:
            return message("Nothing was named as without a price; that is rarely so.")
        return message(
            "Not priced: {things}.", things=Listing([one.what for one in self.not_priced])
        )

    def input_labels(self) -> list[Message]:
        """Return the inputs of ``sensitivity`` in words, in its order."""
        rows = zip(self.sensitivity["input"], self.sensitivity["of"], strict=True)
        return [message(_LABELS[kind], of=of) for kind, of in rows]

    def _axis(self, text: str) -> str:
        return str(message(_AXES[text], currency=self.currency, year=str(self.price_year)))


_NET_AXIS, _PRICE_AXIS, _PRESENT_AXIS = "net", "price", "present"
_AXES = {
    "net": "Net present value, {currency} at prices of {year}",
    "price": "Worth of one prevented crime, {currency} at prices of {year}",
    "present": "Present value, {currency} at prices of {year}",
}
_LABELS = {
    "effect": "Effect on {of}",
    "unit cost": "Cost of one {of}",
    "multiplier": "Crimes committed for each recorded: {of}",
    "amount": "Amount: {of}",
    "persistence": "How long the effect on {of} lasts",
    "discounting": "Discount rates: {of}",
}
