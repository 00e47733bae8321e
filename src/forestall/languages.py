"""This file knows the language in force, and turns messages into sentences of that language.

A sentence is written once, in English, with named places::

    say("Half of {offence} was recorded in {places} of {total} squares.", offence=..., ...)

It is never built from pieces, because other languages order the pieces differently. Values are
written by the rules of the language: numbers by their separators, dates by month names, and the
small types below (`Share`, `Quantity`, `Month` ...) by their unit.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import UnknownLanguage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from babel.messages.catalog import Catalog

SOURCE_LANGUAGE = "en"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "dv", "fa", "ha", "he", "khw", "ks", "ku", "ps", "ur", "yi"}
)

_language: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


def language() -> str:
    """Return the tag of the language in force."""
    return _language.get()


@contextmanager
def use_language(tag: str) -> Iterator[None]:
    """Use a language until the block ends.

    Raises
    ------
    UnknownLanguage
        If there is no catalogue for the language.

    Examples
    --------
    >>> with use_language("en"):
    ...     say("{rows} rows were read.", rows=40898)
    '40,898 rows were read.'
    """
    if tag not in available_languages():
        known = ", ".join(available_languages())
        raise UnknownLanguage(f"There is no catalogue for the language “{tag}”; there is: {known}.")
    token = _language.set(tag)
    try:
        yield
    finally:
        _language.reset(token)


def available_languages() -> tuple[str, ...]:
    """Return the tags of all languages with a catalogue, English first.

    Catalogues are ``<tag>/LC_MESSAGES/forestall.po`` in the package and in the folder named by
    the environment variable ``FORESTALL_LOCALES``.
    """
    found = {
        path.parts[-3] for folder in _folders() for path in folder.glob(_CATALOGUE.format("*"))
    }
    return (SOURCE_LANGUAGE, *sorted(found - {SOURCE_LANGUAGE}))


def direction(tag: str | None = None) -> str:
    """Return ``rtl`` or ``ltr``; it follows from the tag, never from the text.

    Examples
    --------
    >>> direction("ar"), direction("fr-CA")
    ('rtl', 'ltr')
    """
    return "rtl" if (tag or language()).split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True)
class Message:
    """A sentence that is written out in the language in force when it is read.

    Results keep messages, not strings, so that one result can be read in several languages.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: float | None = None

    def filled(self, **values: object) -> Message:
        """Return the sentence with more of its places filled.

        Examples
        --------
        >>> str(message("{distance} north of {origin}").filled(distance="2 km", origin="A"))
        '2 km north of A'
        """
        return replace(self, values={**self.values, **values})

    def __str__(self) -> str:
        """Return the sentence in the language in force."""
        template = _translated(self.text, self.plural, self.count)
        return template.format_map({name: write(value) for name, value in self.values.items()})


def message(text: str, /, **values: object) -> Message:
    """Make a sentence with named places."""
    return Message(text, values)


def plural_message(one: str, many: str, /, count: float, **values: object) -> Message:
    """Make a sentence whose form follows a number, which the text may name as ``{count}``.

    Examples
    --------
    >>> str(plural_message("{count} area stands out.", "{count} areas stand out.", 8))
    '8 areas stand out.'
    """
    return Message(one, {"count": count, **values}, many, count)


def say(text: str, /, **values: object) -> str:
    r"""Write a sentence in the language in force now.

    Examples
    --------
    >>> say("{share} of {total} crimes", share=Share(0.362), total=28760)
    '36\xa0% of 28,760 crimes'
    """
    return str(Message(text, values))


def say_plural(one: str, many: str, /, count: float, **values: object) -> str:
    """Write a sentence whose form follows a number, in the language in force now."""
    return str(plural_message(one, many, count, **values))


@dataclass(frozen=True)
class Share:
    r"""A fraction written in per cent.

    Examples
    --------
    >>> str(Share(0.362)), str(Share(0.0074, decimals=1)), str(Share(-0.1, signed=True))
    ('36\xa0%', '0.7\xa0%', '−10\xa0%')
    """

    fraction: float
    decimals: int = 0
    signed: bool = False

    def __str__(self) -> str:
        """Return the percentage with a no-break space before the sign."""
        percent = _decimal(self.fraction * 100, self.decimals, signed=self.signed)
        return f"{percent}{NO_BREAK_SPACE}%"


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
class Decimal:
    """A number with a fixed count of decimals.

    Examples
    --------
    >>> str(Decimal(1234.5678, 1)), str(Decimal(-0.3, 1, signed=True))
    ('1,234.6', '−0.3')
    """

    number: float
    decimals: int = 1
    signed: bool = False

    def __str__(self) -> str:
        """Return the number by the separators of the language."""
        return _decimal(self.number, self.decimals, signed=self.signed)


@dataclass(frozen=True)
class Quantity:
    r"""A number with a unit symbol that is the same in every language, such as ``m`` or ``km``.

    Examples
    --------
    >>> str(Quantity(500, "m"))
    '500\xa0m'
    """

    number: float
    unit: str

    def __str__(self) -> str:
        """Return number and unit with a no-break space between them."""
        return f"{write(self.number)}{NO_BREAK_SPACE}{self.unit}"


@dataclass(frozen=True)
class Month:
    """A calendar month.

    Examples
    --------
    >>> str(Month(date(2018, 10, 1))).replace(NO_BREAK_SPACE, " ")
    'October 2018'
    >>> str(Month(date(2018, 10, 1), short=True))
    'Oct'
    """

    day: date
    short: bool = False

    def __str__(self) -> str:
        """Return the month and its year, or only the short month."""
        from babel.dates import format_skeleton  # slow to import, needed only for dates

        if self.short:
            return str(format_skeleton("MMM", self.day, locale=_locale()))
        return str(format_skeleton("yMMMM", self.day, locale=_locale())).replace(
            " ", NO_BREAK_SPACE
        )


@dataclass(frozen=True)
class Listing:
    """Several things in one list: "a, b and c"."""

    items: Sequence[object]

    def __str__(self) -> str:
        """Return the list by the rules of the language."""
        from babel.lists import format_list

        return str(format_list([write(item) for item in self.items], locale=_locale()))


def write(value: object) -> str:
    """Write a value by the rules of the language in force.

    Whole numbers get separators, other numbers up to three significant digits after the point
    that matter, dates their long form; strings and messages are written as they are.

    Examples
    --------
    >>> write(28760), write(-3), write(0.5), write(date(2019, 5, 2))
    ('28,760', '−3', '0.5', '2 May 2019')
    """
    if isinstance(value, bool):
        raise TypeError("A sentence cannot hold a true/false value; write two sentences.")
    if isinstance(value, date):
        from babel.dates import format_date

        return str(
            format_date(
                value, format="d MMMM y" if language() == "en" else "long", locale=_locale()
            )
        )
    if hasattr(value, "__index__"):
        return _decimal(int(value), 0)
    if isinstance(value, float):
        whole = value == round(value)
        return _decimal(value, 0 if whole else 2 if abs(value) < 10 else 1, trim=True)
    return str(value)


_CATALOGUE = "{}/LC_MESSAGES/forestall.po"


def _folders() -> list[Path]:
    own = os.environ.get("FORESTALL_LOCALES")
    return [*([Path(own)] if own else []), Path(__file__).parent / "locales"]


@cache
def _catalogue(tag: str) -> Catalog | None:
    from babel.messages.pofile import read_po

    for folder in _folders():
        path = folder / _CATALOGUE.format(tag)
        if path.is_file():
            with path.open("rb") as stream:
                return read_po(stream, locale=tag.replace("-", "_"))
    return None


def _translated(text: str, plural: str | None, count: float | None) -> str:
    tag = language()
    catalogue = None if tag == SOURCE_LANGUAGE else _catalogue(tag)
    if catalogue is not None:
        entry = catalogue.get((text, plural) if plural else text)
        if entry is not None and entry.string and not entry.fuzzy:
            if plural is None:
                return str(entry.string)
            return str(entry.string[_plural_index(tag, count)])
    return text if plural is None or count == 1 else plural


def _plural_index(tag: str, count: float | None) -> int:
    from gettext import c2py

    catalogue = _catalogue(tag)
    assert catalogue is not None
    return int(c2py(catalogue.plural_expr)(int(count or 0)))


def _locale() -> str:
    return language().replace("-", "_")


def _decimal(number: float, decimals: int, *, signed: bool = False, trim: bool = False) -> str:
    from babel.numbers import format_decimal

    places = ("#" if trim else "0") * decimals
    pattern = "#,##0" + (f".{places}" if places else "")
    rounded = round(float(number), decimals)
    text = str(format_decimal(abs(rounded), format=pattern, locale=_locale()))
    if rounded < 0:
        return MINUS + text
    return f"+{text}" if signed and rounded > 0 else text
