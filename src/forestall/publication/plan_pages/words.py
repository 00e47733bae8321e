"""This file knows how numbers, money and days that were typed into a plan are written: exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Day, ExactAmount, OwnWords, message
from forestall.plan.told_values import exact

if TYPE_CHECKING:
    from datetime import date

    from forestall.languages import Text
    from forestall.plan.records import Figure, Measured


def money(amount: float, currency: str) -> ExactAmount:
    """Return an amount of a plan, of which nothing is rounded away.

    Examples
    --------
    >>> str(money(369_125, "EUR"))
    'EUR 369,125'
    """
    return ExactAmount(amount, currency)


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
        return exact(one.value)
    return message(
        "{number} (95 % interval {low} to {high})",
        number=exact(one.value),
        low=exact(one.low),
        high=exact(one.high),
    )


def in_unit(number: Text, unit: OwnWords) -> Text:
    """Return a number with what it counts, where that was written.

    Examples
    --------
    >>> str(in_unit("12", OwnWords({"en": "homes"})))
    '12 homes'
    """
    return message("{number} {unit}", number=number, unit=unit) if unit else number


def day_or_dash(day: date | None) -> Text:
    """Return a day, or a dash where there is none."""
    return "–" if day is None else Day(day)


def in_short(paragraph: str) -> str:
    r"""Return the name of a paragraph as readers see it.

    Examples
    --------
    >>> in_short("1995/9:3(a)(i)").replace("\xa0", " ")
    '1995/9 ¶3(a)(i)'
    """
    return paragraph.replace(":", "\u00a0¶", 1)
