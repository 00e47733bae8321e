"""This file knows how one currency becomes another: prices first, then rates that the user brings.

The form in CSV has one row a rate::

    name,vintage,kind,start,end,year,rate,source
    PPP for GDP,2025-03,purchasing power,NZD,USD,2003,0.67,"OECD"
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.errors import InvalidFile, InvalidMoney
from forestall.evaluation.costs.forms import check_first_time, heading_of, number_of, read_form
from forestall.evaluation.costs.money import Conversion, Money, PriceYear
from forestall.evaluation.costs.price_indexes import PriceIndex, deflate
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from pathlib import Path

EXCHANGE_COLUMNS = ("name", "vintage", "kind", "start", "end", "year", "rate", "source")


class RateKind(StrEnum):
    """What a rate between two currencies equals: what people can buy, or what markets pay."""

    PURCHASING_POWER = "purchasing power"
    MARKET = "market"


@dataclass(frozen=True, kw_only=True)
class ExchangeRates:
    """Rates between currencies by price year, in one edition.

    ``rates`` maps (start, end, year) to units of the end currency for one of the start currency.
    """

    name: str
    vintage: str
    source: str
    kind: RateKind
    rates: Mapping[tuple[str, str, PriceYear], Decimal]

    def __post_init__(self) -> None:
        if not (self.name and self.vintage and self.source):
            raise InvalidMoney(message("Exchange rates need a name, a vintage and a source."))
        if not all(rate > 0 for rate in self.rates.values()):
            raise InvalidMoney(
                message("Exchange rates are above 0; one of “{rates}” is not.", rates=self.name)
            )


def exchange(amount: Money, *, to: str, rates: ExchangeRates) -> Money:
    """Bring an amount to another currency, at the rate of its own price year.

    Raises
    ------
    InvalidMoney
        If there is no rate for this pair and year.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from forestall.evaluation.costs import money
    >>> rates = ExchangeRates(
    ...     name="made up", vintage="2025", source="example", kind=RateKind.PURCHASING_POWER,
    ...     rates={("NZD", "USD", PriceYear(2003, False)): Decimal("0.6")})
    >>> str(exchange(money(100, "NZD", 2003), to="USD", rates=rates))
    '60 USD (2003 prices)'
    """
    if amount.currency == to:
        return amount
    key = (amount.currency, to, amount.price_year)
    if key not in rates.rates:
        raise InvalidMoney(
            message(
                "{rates} has no rate from {start} to {end} for {year}.",
                rates=rates.name,
                start=amount.currency,
                end=to,
                year=str(amount.price_year),
            )
        )
    step = Conversion(
        rates.name, rates.vintage, rates.source, amount.basis, f"{to} {amount.price_year}"
    )
    return replace(
        amount,
        amount=amount.amount * rates.rates[key],
        currency=to,
        conversions=(*amount.conversions, step),
    )


def convert(
    amount: Money,
    *,
    price_year: PriceYear | str | int,
    index: PriceIndex,
    currency: str | None = None,
    rates: ExchangeRates | None = None,
) -> Money:
    """Bring an amount to other prices in its home currency, and only then to another currency.

    Parameters
    ----------
    amount
        In its home currency.
    price_year, index
        The prices wanted, and the index of the home currency.
    currency, rates
        The currency wanted and the rates of that price year; none keeps the home currency.

    Raises
    ------
    InvalidMoney
        If a currency is named without rates, or a level or rate is missing.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from forestall.evaluation.costs import money
    >>> y3, y9 = PriceYear(2003, False), PriceYear(2009, False)
    >>> index = PriceIndex(name="made up", vintage="2025", source="example", currency="NZD",
    ...                    values={y3: Decimal(80), y9: Decimal(100)})
    >>> rates = ExchangeRates(name="made up too", vintage="2025", source="example",
    ...                       kind=RateKind.MARKET, rates={("NZD", "USD", y9): Decimal("0.5")})
    >>> str(convert(money(80, "NZD", 2003), price_year=2009, index=index,
    ...             currency="USD", rates=rates))
    '50 USD (2009 prices)'
    """
    deflated = deflate(amount, to=price_year, index=index)
    if currency is None or currency == deflated.currency:
        return deflated
    if rates is None:
        raise InvalidMoney(
            message(
                "Going from {start} to {end} needs exchange rates with a name and a vintage.",
                start=deflated.currency,
                end=currency,
            )
        )
    return exchange(deflated, to=currency, rates=rates)


def read_exchange_rates(path: str | Path) -> ExchangeRates:
    r"""Read exchange rates from the form in CSV.

    Raises
    ------
    InvalidFile
        If columns are missing, a row cannot be read, or the rows are of several tables.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> form = Path(tempfile.mkdtemp()) / "rates.csv"
    >>> _ = form.write_text(
    ...     "name,vintage,kind,start,end,year,rate,source\n"
    ...     "made up,2025,market,NZD,USD,2003,0.6,example\n")
    >>> len(read_exchange_rates(form).rates)
    1
    """
    rows = read_form(path, EXCHANGE_COLUMNS)
    name, vintage, source, kind = heading_of(rows, ("name", "vintage", "source", "kind"))
    if kind not in set(RateKind):
        raise InvalidFile(
            message(
                "The kind of exchange rates is “purchasing power” or “market”; "
                "here it is “{found}”.",
                found=kind,
            )
        )
    found: dict[tuple[str, str, PriceYear], Decimal] = {}
    for number, row in rows.items():
        pair = (row["start"], row["end"], PriceYear.parse(row["year"]))
        check_first_time(
            found, pair, row=number, shown=f"{row['start']} {row['end']} {row['year']}"
        )
        found[pair] = number_of(row["rate"], row=number, column="rate")
    return ExchangeRates(
        name=name, vintage=vintage, source=source, kind=RateKind(kind), rates=found
    )
