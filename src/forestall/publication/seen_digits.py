"""This file knows how many digits of a number can be seen in a drawing."""

from __future__ import annotations


def shown_digits(number: float) -> float:
    """Return a number with three digits that count: more cannot be seen in a drawing.

    Examples
    --------
    >>> shown_digits(0.123456), shown_digits(106_423.0)
    (0.123, 106000.0)
    """
    return float(f"{float(number):.3g}")
