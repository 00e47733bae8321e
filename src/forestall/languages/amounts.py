"""This file knows amounts of money as readers see them."""

from __future__ import annotations

from dataclasses import dataclass

from forestall.languages.messages import Words, message
from forestall.languages.numbers import Decimal


@dataclass(frozen=True)
class Amount(Words):
    """An amount as readers see it: to the unit below ten thousand, else to four digits.

    Examples
    --------
    >>> str(Amount(-1234567.0, "GBP")), str(Amount(3268.4, "NZD")), str(Amount(0.5, "USD"))
    ('−GBP 1,235,000', 'NZD 3,268', 'USD 0.50')
    """

    number: float
    currency: str

    def __post_init__(self) -> None:
        """Keep the digits that are shown."""
        object.__setattr__(self, "number", _rounded(float(self.number)))

    def __str__(self) -> str:
        """Return the amount with its currency."""
        small = 0 < abs(self.number) < 10
        shown = Decimal(abs(self.number), 2 if small else 0)
        if self.number < 0:
            return str(message("−{currency} {number}", currency=self.currency, number=shown))
        return str(message("{currency} {number}", currency=self.currency, number=shown))


@dataclass(frozen=True)
class ExactAmount(Words):
    """An amount with all its digits, for accounts: to the unit, or to as many decimals as it has.

    Examples
    --------
    >>> str(ExactAmount(60125.0, "EUR")), str(ExactAmount(1234567.5, "EUR"))
    ('EUR 60,125', 'EUR 1,234,567.50')
    """

    number: float
    currency: str

    def __str__(self) -> str:
        """Return the amount with its currency."""
        decimals = next((few for few in (0, 2) if _has_few(self.number, few)), 3)
        shown = Decimal(abs(self.number), decimals)
        if self.number < 0:
            return str(message("−{currency} {number}", currency=self.currency, number=shown))
        return str(message("{currency} {number}", currency=self.currency, number=shown))


def _has_few(number: float, decimals: int) -> bool:
    return abs(round(number, decimals) - number) < 1e-9 * max(1.0, abs(number))


def _rounded(number: float) -> float:
    if abs(number) < 10:
        return round(number, 2) + 0.0
    return float(f"{number:.4g}") if abs(number) >= 10_000 else round(number) + 0.0
