"""This file knows sentences with named places, and how a value is written into one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from forestall.languages.catalogues import SOURCE_LANGUAGE, places_in, translation
from forestall.languages.digits import (
    decimal,
    isolated,
    one_full_stop,
    shown_float,
    signs_inside,
)
from forestall.languages.in_force import language

if TYPE_CHECKING:
    from collections.abc import Mapping


class Words:
    """What is written out in the language in force when it is read: ``str()`` writes it.

    It keeps no more digits than it shows in any language, because it is stored as it is.
    """

    def in_sentence(self) -> str:
        """Return how it is written inside a sentence."""
        return str(self)


# What a document is made of: finished words, such as a name, and what is still to be written.
Text: TypeAlias = str | Words


@dataclass(frozen=True)
class Message(Words):
    """A sentence that is written out in the language in force when it is read.

    Results keep messages, not strings, so that one result can be read in several languages. A
    message keeps only the values that its text names, with the digits that are shown.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: float | None = None

    def __post_init__(self) -> None:
        """Leave out what the text does not name, and digits that it does not show."""
        named = places_in(self.text) | (places_in(self.plural) if self.plural else frozenset())
        kept = {name: as_shown(value) for name, value in self.values.items() if name in named}
        object.__setattr__(self, "values", kept)
        if self.count is not None:
            object.__setattr__(self, "count", as_shown(self.count))

    def __hash__(self) -> int:
        """Return a hash by the text and the number; equal messages have the same."""
        return hash((self.text, self.plural, self.count))

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
        template = _template(self.text, self.plural, self.count)
        written = {name: write(value) for name, value in self.values.items()}
        return one_full_stop(signs_inside(template.format_map(written)))


def message(text: str, /, **values: object) -> Message:
    """Make a sentence with named places."""
    return Message(text, values)


def plural_message(one: str, many: str, /, count: float, **values: object) -> Message:
    """Make a sentence whose form follows a number, which the text may name as ``{count}``.

    The number is stored with the sentence: it must be one that may be published.

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
    >>> from forestall.languages import Share
    >>> say("{share} of {total} crimes", share=Share(0.362), total=28760)
    '36\xa0% of 28,760 crimes'
    """
    return str(Message(text, values))


def say_plural(one: str, many: str, /, count: float, **values: object) -> str:
    """Write a sentence whose form follows a number, in the language in force now."""
    return str(plural_message(one, many, count, **values))


def write(value: object) -> str:
    """Write a value by the rules of the language in force.

    Whole numbers get separators, other numbers up to three significant digits after the point
    that matter, dates their long form; names and messages are written as they are.

    Examples
    --------
    >>> write(28760), write(-3), write(0.5), write(date(2019, 5, 2))
    ('28,760', '−3', '0.5', '2 May 2019')
    """
    if isinstance(value, bool):
        raise TypeError("A sentence cannot hold a true/false value; write two sentences.")
    if isinstance(value, Words):
        return value.in_sentence()
    if isinstance(value, date):
        from forestall.languages.days import write_day

        return write_day(value)
    if hasattr(value, "__index__"):
        return isolated(decimal(int(value), 0))
    if isinstance(value, float):
        whole = value == round(value)
        return isolated(decimal(value, 0 if whole else 2 if abs(value) < 10 else 1, trim=True))
    return isolated(str(value))


def as_shown(value: object) -> object:
    """Return a plain number without the digits that `write` does not show.

    Examples
    --------
    >>> as_shown(3.14159), as_shown("E01011949")
    (3.14, 'E01011949')
    """
    if isinstance(value, bool):
        return value
    if hasattr(value, "__index__"):
        return int(value)
    return shown_float(value) if isinstance(value, float) else value


def _template(text: str, plural: str | None, count: float | None) -> str:
    tag = language()
    if tag != SOURCE_LANGUAGE:
        translated = translation(tag, text, plural, count or 0)
        if translated is not None:
            return translated
    return text if plural is None or count == 1 else plural
