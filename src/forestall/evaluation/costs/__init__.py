"""This folder knows what crime and its prevention cost, and how to weigh one against the other."""

from forestall.evaluation.costs.budgets import Budget, BudgetLine, LineKind, running_costs
from forestall.evaluation.costs.discounting import (
    DiscountSchedule,
    RateBand,
    discount_factors,
    discount_schedule,
    own_schedule,
)
from forestall.evaluation.costs.exchange import (
    ExchangeRates,
    RateKind,
    convert,
    exchange,
    read_exchange_rates,
)
from forestall.evaluation.costs.money import Amount, Conversion, Money, PriceYear, money
from forestall.evaluation.costs.multipliers import (
    CountedBy,
    RecordedToCommitted,
    Reporting,
    check_multiplier,
)
from forestall.evaluation.costs.price_indexes import PriceIndex, deflate, read_price_index
from forestall.evaluation.costs.unit_cost_forms import (
    UnitCosts,
    example_unit_costs,
    read_unit_costs,
    write_unit_cost_form,
)
from forestall.evaluation.costs.unit_costs import (
    Confidence,
    CostBasis,
    CostMethod,
    CostPart,
    RangeShape,
    UnitCost,
    total_of_parts,
)

__all__ = [
    "Amount",
    "Budget",
    "BudgetLine",
    "Confidence",
    "Conversion",
    "CostBasis",
    "CostMethod",
    "CostPart",
    "CountedBy",
    "DiscountSchedule",
    "ExchangeRates",
    "LineKind",
    "Money",
    "PriceIndex",
    "PriceYear",
    "RangeShape",
    "RateBand",
    "RateKind",
    "RecordedToCommitted",
    "Reporting",
    "UnitCost",
    "UnitCosts",
    "check_multiplier",
    "convert",
    "deflate",
    "discount_factors",
    "discount_schedule",
    "example_unit_costs",
    "exchange",
    "money",
    "own_schedule",
    "read_exchange_rates",
    "read_price_index",
    "read_unit_costs",
    "running_costs",
    "total_of_parts",
    "write_unit_cost_form",
]
