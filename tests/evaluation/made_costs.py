"""This file knows small made-up costs and estimates for the tests of costs and benefits."""

from forestall.evaluation import CountDifference, Engine, ErrorKind, Estimate, Sample
from forestall.evaluation.costs import (
    Budget,
    BudgetLine,
    Confidence,
    CostBasis,
    CostMethod,
    CostPart,
    CountedBy,
    LineKind,
    PricedOutcome,
    UnitCost,
    lasting,
    money,
    own_schedule,
    weigh_costs_and_benefits,
)
from forestall.languages import message

YEAR = "2023/24"
TEN_PER_CENT = own_schedule(0.10, title="ten per cent", source="made up")


def pounds(amount, year=YEAR):
    return money(amount, "GBP", year)


def estimate(effect=None, error=2.0, **changed):
    given = {
        "estimand": message("burglaries over the year"),
        "outcome": "burglary",
        "effect": CountDifference(-10.0) if effect is None else effect,
        "standard_error": error,
        "error_kind": ErrorKind.POISSON,
        "sample": Sample(treated_places=1, comparison_places=1, observations=4),
        "engine": Engine(method="made up", software="made up", version="0"),
    }
    return Estimate(**{**given, **changed})


def unit_cost(central=1000, **changed):
    given = {
        "offence": "burglary",
        "central": pounds(central) if isinstance(central, int) else central,
        "method": CostMethod.BOTTOM_UP,
        "part": CostPart.TOTAL,
        "per": CostBasis.COMMITTED,
        "source": "made up",
        "confidence": Confidence.OWN,
    }
    return UnitCost(**{**given, **changed})


def outcome(**changed):
    given = {
        "estimate": estimate(),
        "unit_cost": unit_cost(),
        "persistence": lasting(years=3, source="made up"),
        "counted_by": CountedBy.POLICE_RECORDS,
        "period_years": 1,
        "gains": {"households": 0.6, "police": 0.4},
    }
    return PricedOutcome(**{**given, **changed})


def line(kind, amount, *, year=0, who="council", what=None, **changed):
    return BudgetLine(
        what=what or str(kind),
        who=who,
        kind=kind,
        year=year,
        amount=pounds(amount),
        source="made up",
        **changed,
    )


def budget(*more):
    first = line(LineKind.ONE_OFF, 12_000)
    upkeep = [line(LineKind.RUNNING, 1100, year=year, who="residents") for year in (1, 2)]
    return Budget((first, *upkeep, *more))


def weigh(outcomes=None, **changed):
    given = {
        "budget": budget(),
        "schedule": TEN_PER_CENT,
        "not_priced": [],
        "draws": 4000,
        "seed": 7,
    }
    return weigh_costs_and_benefits(
        outcome() if outcomes is None else outcomes, **{**given, **changed}
    )
