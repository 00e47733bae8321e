"""This folder knows what crime and its prevention cost, and how to weigh one against the other."""

from forestall.evaluation.costs.answers import (
    BenefitCostRatio,
    BreakEven,
    CostPerCrime,
    NetValue,
    Sides,
)
from forestall.evaluation.costs.budgets import Budget, BudgetLine, LineKind, running_costs
from forestall.evaluation.costs.costs_benefits import CostsAndBenefits
from forestall.evaluation.costs.discounting import (
    DiscountSchedule,
    RateBand,
    discount_factors,
    discount_schedule,
    own_schedule,
)
from forestall.evaluation.costs.example import example_of_gates
from forestall.evaluation.costs.exchange import (
    ExchangeRates,
    RateKind,
    convert,
    exchange,
    read_exchange_rates,
)
from forestall.evaluation.costs.money import Conversion, Money, PriceYear, money
from forestall.evaluation.costs.multipliers import (
    CountedBy,
    RecordedToCommitted,
    Reporting,
    check_multiplier,
)
from forestall.evaluation.costs.outcomes import PricedOutcome
from forestall.evaluation.costs.persistence import Persistence, fading, lasting
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
from forestall.evaluation.costs.unpriced import Direction, NotPriced, questions_about_the_unpriced
from forestall.evaluation.costs.weighing import weigh_costs_and_benefits
from forestall.languages import Amount

__all__ = [
    "Amount",
    "BenefitCostRatio",
    "BreakEven",
    "Budget",
    "BudgetLine",
    "Confidence",
    "Conversion",
    "CostBasis",
    "CostMethod",
    "CostPart",
    "CostPerCrime",
    "CostsAndBenefits",
    "CountedBy",
    "Direction",
    "DiscountSchedule",
    "ExchangeRates",
    "LineKind",
    "Money",
    "NetValue",
    "NotPriced",
    "Persistence",
    "PriceIndex",
    "PriceYear",
    "PricedOutcome",
    "RangeShape",
    "RateBand",
    "RateKind",
    "RecordedToCommitted",
    "Reporting",
    "Sides",
    "UnitCost",
    "UnitCosts",
    "check_multiplier",
    "convert",
    "deflate",
    "discount_factors",
    "discount_schedule",
    "example_of_gates",
    "example_unit_costs",
    "exchange",
    "fading",
    "lasting",
    "money",
    "own_schedule",
    "questions_about_the_unpriced",
    "read_exchange_rates",
    "read_price_index",
    "read_unit_costs",
    "running_costs",
    "total_of_parts",
    "weigh_costs_and_benefits",
    "write_unit_cost_form",
]
