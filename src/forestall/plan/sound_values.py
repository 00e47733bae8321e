"""This file knows which single values no plan can hold: texts, numbers and dates."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING

from forestall.languages import LanguageName, Listing, Message, message
from forestall.plan.leaves import leaves_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from forestall.plan.records import ActionPlan

MOST_LETTERS = 5000
# Every whole number up to it is exact, and sums of thousands of them can be written.
LARGEST = 1_000_000_000_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2200
# Control characters but the ends of lines and tabs, and halves of signs.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def faults_of_values(plan: ActionPlan) -> Iterator[Message]:
    """Yield what single values have that no plan can hold, the first in the plan first.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> list(faults_of_values(example_plan()))
    []
    """
    for place, value in leaves_of(plan):
        if isinstance(value, dict):
            yield from _faults_of_texts(place, value, plan.languages)
        elif isinstance(value, str):
            yield from _faults_of_text(place, value)
        elif isinstance(value, date):
            yield from _faults_of_year(place, value.year)
        elif isinstance(value, float):
            yield from _faults_of_number(place, value)


def _faults_of_texts(
    place: str, texts: Mapping[str, str], languages: tuple[str, ...]
) -> Iterator[Message]:
    for tag, text in texts.items():
        if tag not in languages:
            yield message(
                "{place}: the text has a language that the plan is not written in; it is written "
                "in: {languages}.",
                place=place,
                languages=Listing([LanguageName(one) for one in languages]),
            )
        yield from _faults_of_text(f"{place}.{tag}", text)


def _faults_of_text(place: str, text: str) -> Iterator[Message]:
    if len(text) > MOST_LETTERS:
        yield message(
            "{place}: the text has {found} characters, but {most} are the most.",
            place=place,
            found=len(text),
            most=MOST_LETTERS,
        )
    if _UNWRITABLE.search(text):
        yield message("{place}: the text holds a sign that cannot be written.", place=place)


def _faults_of_number(place: str, number: float) -> Iterator[Message]:
    if not math.isfinite(number):
        yield message("{place}: the number is not finite.", place=place)
    elif abs(number) > LARGEST:
        yield message(
            "{place}: the number is too large; {most} is the largest that a plan holds.",
            place=place,
            most=LARGEST,
        )


def _faults_of_year(place: str, year: int) -> Iterator[Message]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        yield message(
            "{place}: the day lies outside the years that a plan can be about.", place=place
        )
