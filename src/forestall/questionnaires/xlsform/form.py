"""This file knows the parts of a form: fields, groups, repeats and lists of choices."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from forestall.languages import Texts

# Of every column, field and sheet that XLSForm has no word for.
OWN = "forestall_"
# The column that says under which row of the table above a row of a nested table stands.
PARENT_ROW = "_parent_index"


class Part(StrEnum):
    """What a row of a form is in the questionnaire."""

    GROUP = "group"
    ITEM = "item"
    FOLLOW_UP = "follow-up"
    COLUMN = "column"
    HEAD = "head"
    DETAILS = "details"


@dataclass(frozen=True, kw_only=True)
class Field:
    """A question, a note or a value that nobody is asked for.

    Attributes
    ----------
    name, type
        Of the element; as XLSForm writes it, such as "select_one yes_no".
    label, hint
        In each language.
    logic
        From a column of XLSForm, such as "relevant", to what stands there.
    part, own
        What it is in the questionnaire; from the name of an own column to what stands there.
    """

    name: str
    type: str
    label: Texts
    part: Part
    hint: Texts = field(default_factory=dict)
    logic: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A group, or a repeat, with its parts; the attributes are those of a field."""

    name: str
    repeats: bool
    label: Texts
    part: Part
    parts: tuple[FormPart, ...]
    hint: Texts = field(default_factory=dict)
    logic: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)


FormPart: TypeAlias = Field | Section


@dataclass(frozen=True, kw_only=True)
class Form:
    """A whole form.

    Attributes
    ----------
    parts
        In their order.
    lists
        From the name of a list to its choices: from name to words.
    items
        From the key of an item to its name.
    follow_ups
        From the key of an item to the names of its follow-up and of the day of it ("" for none).
    columns
        From the key of a table to its columns: from key to name.
    """

    parts: tuple[FormPart, ...]
    lists: Mapping[str, Mapping[str, Texts]]
    items: Mapping[str, str]
    follow_ups: Mapping[str, tuple[str, str]]
    columns: Mapping[str, Mapping[str, str]]


def repeats_in(parts: tuple[FormPart, ...]) -> Iterator[tuple[Section, str]]:
    """Yield each repeat with the name of the repeat it stands in; "" for none.

    Examples
    --------
    >>> inner = Section(name="b", repeats=True, label={}, part=Part.ITEM, parts=())
    >>> outer = Section(name="a", repeats=True, label={}, part=Part.ITEM, parts=(inner,))
    >>> [(one.name, above) for one, above in repeats_in((outer,))]
    [('a', ''), ('b', 'a')]
    """
    yield from _repeats(parts, "")


def _repeats(parts: tuple[FormPart, ...], above: str) -> Iterator[tuple[Section, str]]:
    for part in parts:
        if isinstance(part, Section):
            if part.repeats:
                yield part, above
            yield from _repeats(part.parts, part.name if part.repeats else above)


def fields_in(parts: tuple[FormPart, ...]) -> Iterator[Field]:
    """Yield the fields of parts that can hold a value, but not those of repeats in them.

    Examples
    --------
    >>> note = Field(name="a", type="note", label={}, part=Part.ITEM)
    >>> list(fields_in((note,)))
    []
    """
    for part in parts:
        if isinstance(part, Field):
            if part.type != "note":
                yield part
        elif not part.repeats:
            yield from fields_in(part.parts)
