"""This file knows numbers with what they are: shares, decimals, quantities and ranges.

Each is rounded when it is made, to what it shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from forestall.languages.digits import (
    NO_BREAK_SPACE,
    decimal,
    isolated,
    per_cent,
    shown_share,
)
from forestall.languages.in_force import locale
from forestall.languages.messages import Message, Words, as_shown, message, write


@dataclass(frozen=True)
class Share(Words):
    r"""A fraction written in per cent.

    Examples
    --------
    >>> str(Share(0.362)), str(Share(0.0074, decimals=1)), str(Share(-0.1, signed=True))
    ('36\xa0%', '0.7\xa0%', '−10\xa0%')
    >>> Share(0.362).fraction
    0.36
    """

    fraction: float
    decimals: int = 0
    signed: bool = False

    def __post_init__(self) -> None:
        """Keep the digits that are shown."""
        shown = shown_share(float(self.fraction), self.decimals)
        object.__setattr__(self, "fraction", shown)

    def __str__(self) -> str:
        """Return the percentage with the sign, as in a table."""
        return isolated(f"{self._number()}{per_cent()}")

    def in_sentence(self) -> str:
        """Return the percentage in words where the language says it so in a sentence."""
        words = _PER_CENT_IN_WORDS.get(locale().language)
        return str(self) if words is None else f"{isolated(self._number())}{NO_BREAK_SPACE}{words}"

    def _number(self) -> str:
        return decimal(self.fraction * 100, self.decimals, signed=self.signed)


_PER_CENT_IN_WORDS = {"ar": f"في{NO_BREAK_SPACE}المائة"}


def decimals_of_limit(fraction: float) -> int:
    """Return the decimals that keep a limit of an interval from being written as 0 per cent.

    Examples
    --------
    >>> decimals_of_limit(-0.28), decimals_of_limit(-0.0042), decimals_of_limit(0.0)
    (0, 1, 0)
    """
    percent = abs(fraction) * 100
    return next((places for places in range(4) if round(percent, places)), 0)


def share_in_full(fraction: float) -> Share:
    r"""Return a share with as many decimals as it has, four at most: 2.5 % is not 2 %.

    Examples
    --------
    >>> str(share_in_full(0.05)), str(share_in_full(1 - 0.975)), str(share_in_full(0.001))
    ('5\xa0%', '2.5\xa0%', '0.1\xa0%')
    """
    percent = fraction * 100
    exact = (places for places in range(4) if abs(round(percent, places) - percent) < 1e-9)
    return Share(fraction, decimals=next(exact, 4))


@dataclass(frozen=True)
class Number(Words):
    """A number that stands alone, written as in a sentence.

    Examples
    --------
    >>> str(Number(28760)), str(Number(5.06))
    ('28,760', '5.06')
    """

    number: float

    def __post_init__(self) -> None:
        """Keep the digits that are shown."""
        object.__setattr__(self, "number", as_shown(self.number))

    def __str__(self) -> str:
        """Return the number by the separators of the language."""
        return write(self.number)


@dataclass(frozen=True)
class Decimal(Words):
    """A number with a fixed count of decimals.

    Examples
    --------
    >>> str(Decimal(1234.5678, 1)), str(Decimal(-0.3, 1, signed=True))
    ('1,234.6', '−0.3')
    """

    number: float
    decimals: int = 1
    signed: bool = False

    def __post_init__(self) -> None:
        """Keep the digits that are shown."""
        object.__setattr__(self, "number", round(float(self.number), self.decimals) + 0.0)

    def __str__(self) -> str:
        """Return the number by the separators of the language."""
        return isolated(decimal(self.number, self.decimals, signed=self.signed))


@dataclass(frozen=True)
class Quantity(Words):
    r"""A number with its unit, such as ``m`` or ``km``.

    Examples
    --------
    >>> str(Quantity(500, "m"))
    '500\xa0m'
    """

    number: float
    unit: str

    def __post_init__(self) -> None:
        """Keep the digits that are shown, and refuse a unit that nobody can translate.

        Raises
        ------
        ValueError
            If the unit is not known.
        """
        if self.unit not in _UNITS:
            raise ValueError(f"A quantity is in {', '.join(_UNITS)}, not in “{self.unit}”.")
        object.__setattr__(self, "number", as_shown(self.number))

    def __str__(self) -> str:
        """Return number and unit with a no-break space between them."""
        return str(_UNITS[self.unit].filled(number=self.number)).replace(" ", NO_BREAK_SPACE)


_UNITS: dict[str, Message] = {
    "m": message("{number} m"),
    "km": message("{number} km"),
    "km²": message("{number} km²"),
}


@dataclass(frozen=True)
class Span(Words):
    """A range of whole numbers, or of short words, for a legend or the head of a column.

    Examples
    --------
    >>> str(Span(5, 9)), str(Span(5, 5))
    ('5–9', '5')
    """

    low: int | Words
    high: int | Words

    def __str__(self) -> str:
        """Return both ends with a dash, or one where they are the same."""
        if self.low == self.high:
            return write(self.low)
        if isinstance(self.low, Words) or isinstance(self.high, Words):
            return f"{write(self.low)}–{write(self.high)}"
        return isolated(f"{decimal(self.low, 0)}–{decimal(self.high, 0)}")
