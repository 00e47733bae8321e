"""This file knows how the costs of a measure are told in a specification."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from forestall.errors import ForestallError, InvalidSpecification
from forestall.evaluation.costs import (
    Budget,
    BudgetLine,
    CostMethod,
    DiscountSchedule,
    LineKind,
    Money,
    NotPriced,
    RecordedToCommitted,
    Reporting,
    UnitCost,
    deflate,
    discount_schedule,
    example_unit_costs,
    fading,
    lasting,
    money,
    own_schedule,
    read_price_index,
    read_unit_costs,
)
from forestall.evaluation.costs.unit_costs import Confidence
from forestall.evaluation.costs.unpriced import Direction
from forestall.evaluation.specification.parts import CostPart

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.evaluation.costs.persistence import Persistence
    from forestall.evaluation.specification.toml_parts import Part

_EXAMPLES = "examples"


def read_costs(part: Part, folder: Path) -> CostPart:
    """Read the part [costs].

    Raises
    ------
    InvalidSpecification
        If something is missing or wrong, with the part that says it.
    """
    try:
        found = _costs(part, folder)
    except InvalidSpecification:
        raise
    except ForestallError as wrong:
        raise InvalidSpecification(f"{part.name} cannot be used: {wrong}") from wrong
    part.check_nothing_left()
    return found


def _costs(part: Part, folder: Path) -> CostPart:
    currency, price_year = part.text("currency"), str(part.text("price_year"))
    lines = [
        line
        for one in part.parts("budget")
        for line in _budget_lines(one, currency=currency, price_year=price_year)
    ]
    if not lines:
        raise InvalidSpecification(f"{part.name} needs at least one [[costs.budget]].")
    return CostPart(
        budget=Budget(tuple(lines)),
        unit_cost=_unit_cost(part.part("crime"), folder, price_year),
        schedule=_schedule(part),
        persistence=_persistence(part.part("lasts")),
        gains=part.shares("gains"),
        multiplier=_multiplier(part.part("multiplier")) if part.has("multiplier") else None,
        reporting=part.choice("reporting", Reporting, Reporting.NOT_KNOWN),
        not_priced=tuple(_not_priced(one) for one in part.parts("not_priced")),
        first_year=part.whole("first_year", 0),
    )


def _budget_lines(part: Part, *, currency: str, price_year: str) -> list[BudgetLine]:
    def amount(key: str) -> Money | None:
        return money(part.number(key, least=0), currency, price_year) if part.has(key) else None

    years = part.numbers("years", least=0) or (float(part.whole("year", 0)),)
    central = amount("amount")
    if central is None:
        raise InvalidSpecification(f"{part.name} needs “amount”, but does not say it.")
    found = [
        BudgetLine(
            what=part.text("what"),
            who=part.text("who"),
            kind=part.choice("kind", LineKind),
            year=_year(part, year),
            amount=central,
            low=amount("low"),
            high=amount("high"),
            source=part.text("source"),
        )
        for year in years
    ]
    part.check_nothing_left()
    return found


def _year(part: Part, year: float) -> int:
    if year != int(year):
        raise part.wrong("years", "a list of whole numbers from 0", year)
    return int(year)


def _unit_cost(part: Part, folder: Path, price_year: str) -> UnitCost:
    file, offence = part.text("file", _EXAMPLES), part.text("offence")
    costs = example_unit_costs() if file == _EXAMPLES else read_unit_costs(folder / file)
    keys = ("country", "part", "price_year", "currency", "per")
    wanted = {key: part.text(key) for key in keys if part.has(key)}
    found = costs.find(offence, method=part.choice("method", CostMethod), **wanted)
    index = part.text("price_index", "") or None
    part.check_nothing_left()
    if index is None:
        return found
    table = read_price_index(folder / index)
    central, low, high = (
        None if one is None else deflate(one, to=price_year, index=table)
        for one in (found.central, found.low, found.high)
    )
    assert central is not None
    return replace(found, central=central, low=low, high=high)


def _schedule(part: Part) -> DiscountSchedule:
    if not part.has("discount_rate"):
        return discount_schedule(part.text("discounting"))
    rate = part.number("discount_rate", least=0, most=1)
    return own_schedule(rate, title=part.text("discounting"), source=part.text("discount_source"))


def _persistence(part: Part) -> Persistence:
    years, source = part.whole("years", least=1), part.text("source")
    loss = part.number("yearly_loss", 0.0, least=0, most=1)
    part.check_nothing_left()
    if loss:
        return fading(years=years, yearly_loss=loss, source=source)
    return lasting(years=years, source=source)


def _multiplier(part: Part) -> RecordedToCommitted:
    found = RecordedToCommitted(
        offence=part.text("offence"),
        central=part.number("central", least=1),
        low=part.number("low", least=1),
        high=part.number("high", least=1, most=math.inf),
        source=part.text("source"),
        confidence=part.choice("confidence", Confidence),
    )
    part.check_nothing_left()
    return found


def _not_priced(part: Part) -> NotPriced:
    found = NotPriced(
        what=part.text("what"),
        why=part.text("why"),
        who=part.text("who"),
        direction=part.choice("direction", Direction, Direction.NOT_KNOWN),
    )
    part.check_nothing_left()
    return found
