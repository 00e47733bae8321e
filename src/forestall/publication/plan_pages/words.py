"""This file knows how numbers, money and days that were typed into a plan are written: exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Day, Decimal, Message, UserText, message

if TYPE_CHECKING:
    from datetime import date

    from forestall.languages import Text
    from forestall.plan.records import Figure, Measured

_MOST_DECIMALS = 6


def typed(number: float) -> Decimal:
    """Return a number with the decimals it was typed with, six at most.

    Examples
    --------
    >>> str(typed(2282)), str(typed(6.25)), str(typed(0.1 + 0.2))
    ('2,282', '6.25', '0.3')
    """
    places = (places for places in range(_MOST_DECIMALS) if _is_exact(number, places))
    return Decimal(number, next(places, _MOST_DECIMALS))


def _is_exact(number: float, places: int) -> bool:
    return abs(round(number, places) - number) <= 1e-9 * max(1.0, abs(number))


def money(amount: float, currency: str) -> Message:
    """Return an amount of a plan: nothing is rounded away but parts of a cent.

    Examples
    --------
    >>> str(money(369_125, "EUR")), str(money(0.5, "EUR"))
    ('EUR 369,125', 'EUR 0.50')
    """
    places = 0 if round(amount, 2) == round(amount) else 2
    return message("{currency} {number}", currency=currency, number=Decimal(amount, places))


def with_interval(one: Figure | Measured) -> Text:
    r"""Return a value, and its interval where it has one; "" without a value.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.records import Measured
    >>> one = Measured(on=date(2025, 2, 28), value=6, low=-1, high=14)
    >>> str(with_interval(one)).replace("\xa0", " ")
    '6 (95 % interval −1 to 14)'
    """
    if one.value is None:
        return ""
    if one.low is None or one.high is None:
        return typed(one.value)
    return message(
        "{number} (95 % interval {low} to {high})",
        number=typed(one.value),
        low=typed(one.low),
        high=typed(one.high),
    )


def in_unit(number: Text, unit: UserText) -> Text:
    """Return a number with what it counts, where that was written.

    Examples
    --------
    >>> str(in_unit("12", UserText({"en": "homes"})))
    '12 homes'
    """
    return message("{number} {unit}", number=number, unit=unit) if unit else number


def day_or_dash(day: date | None) -> Text:
    """Return a day, or a dash where there is none."""
    return "–" if day is None else Day(day)


def in_short(paragraph: str) -> str:
    """Return the name of a paragraph as readers see it.

    Examples
    --------
    >>> in_short("1995/9:3(a)(i)")
    '1995/9 ¶3(a)(i)'
    """
    return paragraph.replace(":", "\u00a0¶", 1)
