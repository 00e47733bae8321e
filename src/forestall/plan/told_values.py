"""This file knows how a value of a plan is told: with names for keys, and all its digits."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from forestall.languages import (
    Day,
    Decimal,
    ExactAmount,
    LanguageName,
    Listing,
    Message,
    OwnWords,
    Text,
    has_words,
    message,
)
from forestall.plan.actions import Involved, Money, Staff, Step
from forestall.plan.records import ConsultationRecord, Measured, Omission, Review
from forestall.plan.sound_keys import OMITTABLE
from forestall.safeguards.assessment import RightsAssessment, RightTouched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from forestall.languages import Texts
    from forestall.plan.records import ActionPlan

_YES, _NO = message("yes"), message("no")
_NOTHING = ""
# Fields that hold the key of a partner, a problem or an objective.
_REFERENCES = frozenset({"accountable", "responsible", "partner", "problems", "objectives"})
_AS_WRITTEN: Mapping[str, Callable[[str], Text]] = {
    "year": str,
    "version": str,
    "languages": LanguageName,
}
_AMOUNTS = frozenset({"amount", "spent"})
# The text by which a thing without a key is known, the first that it has.
_NAMES = ("title", "name", "said", "what", "about", "office", "how")


class Teller:
    """Tells values of one plan.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> teller = Teller(example_plan())
    >>> str(teller.value("accountable", "housing-department")), str(teller.value("amount", 60125.0))
    ('Housing and works department', 'EUR 60,125')
    """

    def __init__(self, plan: ActionPlan) -> None:
        self._currency = plan.currency
        named = [(one.key, one.name) for one in plan.partners]
        named += [(one.key, one.title) for one in plan.problems]
        named += [(one.key, one.title) for one in plan.objectives]
        self._names: Mapping[str, Texts] = dict(named)

    def value(self, field: str, value: object) -> Text:
        """Return what a field holds, "" for nothing; a record by what it is known by."""
        if is_nothing(value):
            return _NOTHING
        if isinstance(value, Struct):
            return self.item(value)
        if isinstance(value, tuple):
            return Listing([self.value(field, one) for one in value])
        if isinstance(value, dict):
            return OwnWords(value)
        if isinstance(value, date):
            return Day(value)
        return self._single(field, value)

    def item(self, record: Struct) -> Text:
        """Return a thing by what it is known by."""
        if isinstance(record, Step):
            return message(
                "{title}, {starts} to {ends}",
                title=OwnWords(record.title),
                starts=record.starts,
                ends=record.ends,
            )
        if isinstance(record, Money):
            return message(
                "{what}, {year}: {amount}",
                what=OwnWords(record.what),
                year=str(record.year),
                amount=ExactAmount(record.amount, self._currency),
            )
        if isinstance(record, Measured):
            return message("{value} on {day}", value=exact(record.value), day=record.on)
        if isinstance(record, Involved | Staff):
            return self._part(record)
        return _by_type(record) or _by_name(record)

    def _part(self, record: Involved | Staff) -> Message:
        partner = self.value("partner", record.partner)
        part: Text = record.part.words if isinstance(record, Involved) else OwnWords(record.what)
        return message("{title}: {point}", title=partner, point=part)

    def _single(self, field: str, value: object) -> Text:
        if isinstance(value, bool):
            return _YES if value else _NO
        if field in _AMOUNTS and isinstance(value, int | float):
            return ExactAmount(float(value), self._currency)
        if field in _AS_WRITTEN:
            return _AS_WRITTEN[field](str(value))
        if isinstance(value, int | float):
            return exact(value)
        if field in _REFERENCES and has_words(self._names.get(str(value), {})):
            return OwnWords(self._names[str(value)])
        return words_of(value)


def is_nothing(value: object) -> bool:
    """Say whether a field is empty.

    Examples
    --------
    >>> is_nothing(None), is_nothing({}), is_nothing(0.0), is_nothing(False)
    (True, True, False, False)
    """
    return value is None or value in ("", (), {})


def exact(number: float) -> Decimal:
    """Return a number with all its decimals, six at most.

    Examples
    --------
    >>> str(exact(2282.0)), str(exact(0.125))
    ('2,282', '0.125')
    """
    few = (decimals for decimals in range(6) if round(number, decimals) == number)
    return Decimal(number, next(few, 6))


def words_of(value: object) -> Text:
    """Return the words of a member of an enumeration, or the text itself.

    Examples
    --------
    >>> from forestall.plan.vocabulary import Approach
    >>> str(words_of(Approach.SITUATIONAL)), words_of("XX")
    ('fewer opportunities', 'XX')
    """
    found = getattr(value, "words", None) if isinstance(value, StrEnum) else None
    return found if isinstance(found, Message) else str(value)


def _by_type(record: Struct) -> Text:
    if isinstance(record, Review):
        return Day(record.on)
    if isinstance(record, ConsultationRecord):
        return Day(record.opened)
    if isinstance(record, Omission):
        return omitted(record.what)
    if isinstance(record, RightTouched):
        return record.right.words
    if isinstance(record, RightsAssessment):
        touched = [one.right.words for one in record.touches]
        return Listing(touched) if touched else OwnWords(record.none_touched_because)
    return _NOTHING


def omitted(what: str) -> Text:
    """Return the words for what an omission names.

    Examples
    --------
    >>> str(omitted("actors:media"))
    'the media'
    """
    kind, _, value = what.partition(":")
    return words_of(OMITTABLE[kind](value))


def _by_name(record: Struct) -> Text:
    for name in _NAMES:
        texts = getattr(record, name, None)
        if isinstance(texts, dict) and has_words(texts):
            return OwnWords(texts)
    return _NOTHING
