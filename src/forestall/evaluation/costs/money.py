"""This file knows money: an amount that is worth nothing without its currency and its price year.

Amounts are added only when both agree. The ways from one price year or currency to another are in
`price_indexes` and `exchange`; each leaves its name and vintage on the amount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Self

from forestall.errors import InvalidMoney, MixedMoney
from forestall.languages import Amount, message

_YEAR = re.compile(r"^(\d{4})$")
_FINANCIAL_YEAR = re.compile(r"^(\d{4})[/-](\d{2}|\d{4})$")


@dataclass(frozen=True, order=True)
class PriceYear:
    """The year whose prices an amount is in: a calendar year, or a financial year such as 2015/16.

    Examples
    --------
    >>> str(PriceYear.parse("2015/16")), PriceYear.parse("2003").financial
    ('2015/16', False)
    """

    first: int
    financial: bool

    @classmethod
    def parse(cls, text: str | int) -> Self:
        """Read a price year.

        Raises
        ------
        InvalidMoney
            If it is neither a year nor two years that follow each other.
        """
        written = str(text).strip()
        if found := _YEAR.match(written):
            return cls(int(found[1]), financial=False)
        found = _FINANCIAL_YEAR.match(written)
        if found and (int(found[1]) + 1) % 100 == int(found[2]) % 100:
            return cls(int(found[1]), financial=True)
        raise InvalidMoney(
            message(
                "A price year is written 2015 or, for a financial year, 2015/16; "
                "here it is “{found}”.",
                found=written,
            )
        )

    def __str__(self) -> str:
        """Return the year as it is written in tables."""
        return f"{self.first}/{(self.first + 1) % 100:02d}" if self.financial else str(self.first)


@dataclass(frozen=True)
class Conversion:
    """One step from a price year or a currency to another, with what it rests on.

    Attributes
    ----------
    by
        Name of the price index or of the exchange rates.
    vintage
        The edition of that table.
    source
        Where it was read.
    start, end
        Currency and price year before and after.
    """

    by: str
    vintage: str
    source: str
    start: str
    end: str


@dataclass(frozen=True)
class Money:
    """An amount in one currency, at the prices of one year.

    Attributes
    ----------
    amount
        Exact; made from a number by `money`.
    currency
        Three letters of ISO 4217.
    conversions
        How it got to this currency and price year; empty when it was published so.

    Examples
    --------
    >>> cost = money("14050", "GBP", "2015/16")
    >>> str(cost), str(cost.shown())
    ('14050 GBP (2015/16 prices)', 'GBP 14,050')
    >>> (cost + cost).amount
    Decimal('28100')
    >>> cost + money(100, "GBP", 2003)
    Traceback (most recent call last):
        ...
    forestall.errors.MixedMoney: GBP at prices of 2015/16 and GBP at prices of 2003 are not added;
    convert one of them first.
    """

    amount: Decimal
    currency: str
    price_year: PriceYear
    conversions: tuple[Conversion, ...] = ()

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise InvalidMoney(message("An amount of money is a number."))
        if self.currency not in _currencies():
            raise InvalidMoney(
                message(
                    "A currency is written in three letters of ISO 4217, such as GBP; "
                    "here it is “{found}”.",
                    found=self.currency,
                )
            )

    @property
    def number(self) -> float:
        """Return the amount for arithmetic on arrays."""
        return float(self.amount)

    @property
    def basis(self) -> str:
        """Return currency and price year, which must agree before amounts are put together."""
        return f"{self.currency} {self.price_year}"

    def __add__(self, other: Money) -> Self:
        """Return the sum.

        Raises
        ------
        MixedMoney
            If currency or price year differ.
        """
        self.check_same_basis(other)
        steps = (*self.conversions, *(s for s in other.conversions if s not in self.conversions))
        return replace(self, amount=self.amount + other.amount, conversions=steps)

    def __neg__(self) -> Self:
        """Return the amount with the other sign."""
        return replace(self, amount=-self.amount)

    def __sub__(self, other: Money) -> Self:
        """Return the difference; currency and price year must agree."""
        return self + (-other)

    def times(self, factor: Decimal | int | str) -> Self:
        """Return the amount times an exact number."""
        return replace(self, amount=self.amount * Decimal(factor))

    def check_same_basis(self, other: Money) -> None:
        """Refuse to go on if currency or price year differ.

        Raises
        ------
        MixedMoney
            If they do.
        """
        if (self.currency, self.price_year) != (other.currency, other.price_year):
            raise MixedMoney(
                message(
                    "{currency} at prices of {year} and {other} at prices of {other_year} are not "
                    "added; convert one of them first.",
                    currency=self.currency,
                    year=str(self.price_year),
                    other=other.currency,
                    other_year=str(other.price_year),
                )
            )

    def shown(self) -> Amount:
        """Return the amount as readers see it."""
        return Amount(self.number, self.currency)

    def __str__(self) -> str:
        """Return the exact amount with currency and price year."""
        written = f"{self.amount:f}"
        trimmed = written.rstrip("0").rstrip(".") if "." in written else written
        return f"{trimmed} {self.currency} ({self.price_year} prices)"


def money(amount: Decimal | float | str, currency: str, price_year: PriceYear | str | int) -> Money:
    """Make an amount of money.

    Parameters
    ----------
    amount
        A number, or text with a point for decimals and no separators.
    currency
        Three letters of ISO 4217.
    price_year
        The year whose prices it is in, such as 2003 or "2015/16".

    Raises
    ------
    InvalidMoney
        If one of the three is missing or cannot be read.

    Examples
    --------
    >>> money("2900", "AUD", 2005).price_year.first
    2005
    """
    try:
        exact = amount if isinstance(amount, Decimal) else Decimal(str(amount).strip())
    except InvalidOperation as unreadable:
        raise InvalidMoney(
            message(
                "An amount is a number without separators, such as 14050.50; here it is “{found}”.",
                found=str(amount),
            )
        ) from unreadable
    year = price_year if isinstance(price_year, PriceYear) else PriceYear.parse(price_year)
    return Money(exact, currency.strip().upper(), year)


@cache
def _currencies() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())
