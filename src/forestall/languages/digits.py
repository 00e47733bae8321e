"""This file knows how digits are written, and kept from turning round in a right-to-left text."""

from __future__ import annotations

import re
from functools import lru_cache

from forestall.languages.in_force import direction, locale

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
# Unicode isolates: a stretch that runs from left to right, one from right to left, and their end.
LEFT_TO_RIGHT, RIGHT_TO_LEFT, END_ISOLATE = "\u2066", "\u2067", "\u2069"
_ISOLATES = re.compile("[\u2066-\u2069]")
_SIGN_BEFORE = re.compile(f"([<>≤≥±+{MINUS}])({LEFT_TO_RIGHT})")
_RIGHT_TO_LEFT_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_TWO_STOPS = re.compile(r"(?<=\w)\.\.(?![./\w])")
_TWO_STOPS_ZH = re.compile("。。+")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def isolated(text: str) -> str:
    """Return numbers, codes and names in Latin letters as one stretch from left to right.

    Only a right-to-left language needs this: without it "10 %" and "5–9" turn round. Words of
    such a language, and what is a stretch already, stay as they are.

    Examples
    --------
    >>> isolated("5–9")
    '5–9'
    """
    if direction() == "ltr" or not _LETTER_OR_DIGIT.search(text):
        return text
    if _RIGHT_TO_LEFT_LETTER.search(text) or _ISOLATES.search(text):
        return text
    return f"{LEFT_TO_RIGHT}{text}{END_ISOLATE}"


def set_off(text: str) -> str:
    """Return a date with its numbers set off from the words between them.

    Examples
    --------
    >>> set_off("2 May 2019")
    '2 May 2019'
    """
    if direction() == "ltr":
        return text
    return re.sub(r"[0-9]+", rf"{LEFT_TO_RIGHT}\g<0>{END_ISOLATE}", text)


def without_isolates(text: str) -> str:
    r"""Return a text without the marks of `isolated`, for what arranges its letters by itself.

    Examples
    --------
    >>> without_isolates("\u20665–9\u2069")
    '5–9'
    """
    return _ISOLATES.sub("", text)


def signs_inside(text: str) -> str:
    """Return a sentence in which a sign before a number belongs to its stretch."""
    return _SIGN_BEFORE.sub(r"\2\1", text)


def one_full_stop(text: str) -> str:
    """Return a sentence with one full stop where a value ends with one, such as "2019 г.".

    Examples
    --------
    >>> one_full_stop("Recorded by Hill & Co.."), one_full_stop("see ../store")
    ('Recorded by Hill & Co.', 'see ../store')
    >>> one_full_stop("道路有照明。。")
    '道路有照明。'
    """
    return _TWO_STOPS_ZH.sub("。", _TWO_STOPS.sub(".", text))


def right_to_left(text: str) -> str:
    """Return words of a right-to-left language as one stretch, for a drawing from left to right.

    A text that holds such a stretch already stays as it is.

    Examples
    --------
    >>> right_to_left("each month")
    'each month'
    """
    if direction() == "ltr" or RIGHT_TO_LEFT in text or not _RIGHT_TO_LEFT_LETTER.search(text):
        return text
    return f"{RIGHT_TO_LEFT}{text}{END_ISOLATE}"


def decimal(number: float, decimals: int, *, signed: bool = False, trim: bool = False) -> str:
    """Write a number by the separators of the language, not isolated."""
    from babel.numbers import format_decimal

    places = ("#" if trim else "0") * decimals
    pattern = "#,##0" + (f".{places}" if places else "")
    rounded = round(float(number), decimals)
    text = str(format_decimal(abs(rounded), format=pattern, locale=locale()))
    if rounded < 0:
        return MINUS + text
    return f"+{text}" if signed and rounded > 0 else text


def per_cent() -> str:
    """Return the per cent sign as it stands after a number in a table."""
    return f"{NO_BREAK_SPACE}%" if locale().language in _SPACED or _is_spaced() else "%"


# Where the project has a rule of its own; elsewhere CLDR says whether there is a space.
_SPACED = frozenset({"en", "ar"})


def _is_spaced() -> bool:
    pattern = str(locale().percent_formats[None].pattern)
    return pattern.endswith((" %", f"{NO_BREAK_SPACE}%", "\u202f%"))


def shown_float(number: float) -> float:
    """Return a number without the digits that a sentence does not show.

    Examples
    --------
    >>> shown_float(3.14159), shown_float(1234.5678), shown_float(9.999)
    (3.14, 1234.6, 10.0)
    """
    number = float(number)
    return round(number, 2 if abs(number) < 10 else 1)


@lru_cache(maxsize=4096)
def shown_share(fraction: float, decimals: int) -> float:
    """Return a fraction with just the digits that its percentage shows."""
    return round(round(fraction * 100, decimals) / 100, decimals + 2) + 0.0
