"""This file knows what one input at a time does to a balance, and at which price it tips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.ranged_draws import share_above_zero
from forestall.evaluation.costs.balance import SIGNS, End, FactorKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from forestall.evaluation.costs.balance import Balance, Factor, FactorName, Part

_PRICES = 41


def vary_one_at_a_time(balance: Balance, others: Mapping[str, Balance]) -> pd.DataFrame:
    """Return one row an input: net value with it at its low and its high end, widest first.

    Other discount schedules are rows of their own: low is the lower net value of the two.
    """
    rows = [_row(balance, name, factors) for name, factors in balance.varying.items()]
    central = balance.net_value()
    for title, other in others.items():
        pair = sorted((central, other.net_value()))
        rows.append(
            {
                "input": str(FactorKind.DISCOUNTING),
                "of": title,
                "low": np.nan,
                "high": np.nan,
                "net_at_low": pair[0],
                "net_at_high": pair[1],
                "probability_at_low": np.nan,
                "probability_at_high": np.nan,
            }
        )
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    table["swing"] = (table["net_at_high"] - table["net_at_low"]).abs()
    table["changes_sign"] = np.sign(table["net_at_low"]) != np.sign(table["net_at_high"])
    return table.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def probability_by_price(balance: Balance, part: Part) -> pd.DataFrame:
    """Return the probability of a net value above 0 by what one crime of the part is worth."""
    price = next(one for one in part.factors if one.kind is FactorKind.UNIT_COST)
    rest = balance.net_draws() - SIGNS[part.side] * part.drawn(balance.draws)
    quantity = np.ones(balance.draws)
    for one in part.factors:
        if one is not price:
            quantity = quantity * (one.central if one.drawn is None else one.drawn)
    rows = []
    for value in np.linspace(0, 2 * price.high, _PRICES):
        probability, error = share_above_zero(rest + value * quantity)
        rows.append((part.what, float(value), probability, error))
    return pd.DataFrame(rows, columns=["outcome", "price", "probability", "simulation_error"])


_COLUMNS = (
    "input", "of", "low", "high", "net_at_low", "net_at_high", "probability_at_low",
    "probability_at_high",
)  # fmt: skip


def _row(balance: Balance, name: FactorName, factors: Sequence[Factor]) -> dict[str, object]:
    ends = {(one.low, one.high) for one in factors}
    low, high = ends.pop() if len(ends) == 1 else (np.nan, np.nan)
    at_low, at_high = (share_above_zero(balance.net_draws_at(name, end))[0] for end in End)
    return {
        "input": str(name[0]),
        "of": name[1],
        "low": low,
        "high": high,
        "net_at_low": balance.net_value_at(name, End.LOW),
        "net_at_high": balance.net_value_at(name, End.HIGH),
        "probability_at_low": at_low,
        "probability_at_high": at_high,
    }
