"""This file knows how a place in a plan is said: not “actions[0].steps[4]”, but what stands there.

Partners, problems, objectives and actions are known by their names; what is inside them is counted
from 1, as on a page. Programs get the place as it is in the file, too: `SpokenPlace.pointer`.
"""

from __future__ import annotations

import re
import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args, get_origin

from msgspec import Struct

from forestall.languages import (
    LanguageName,
    LineStart,
    OwnWords,
    Text,
    Words,
    comma,
    message,
    write,
)
from forestall.plan.field_labels import known_label
from forestall.plan.leaves import fields_of
from forestall.plan.records import ActionPlan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_SHOWN = 80
_TOP = message("at the top")


@dataclass(frozen=True)
class SpokenPlace(Words):
    """A place in a plan as it is said, from the outside in, at the beginning of a sentence.

    Attributes
    ----------
    pointer
        The place as it is in the file, such as ``actions[0].steps[4]``; "" for the top.
    steps
        What stands there, such as “action “Better locks”” and “step 5”.
    """

    pointer: str
    steps: tuple[Text, ...]

    def __str__(self) -> str:
        """Return the steps in a row, with a capital."""
        return str(LineStart(comma().join(write(one) for one in self.steps or (_TOP,))))


def spoken_place(pointer: str, content: object, record: type[Struct]) -> SpokenPlace:
    """Return how a place is said.

    Parameters
    ----------
    pointer
        Such as ``actions[0].steps[4].ends`` or ``problems[0].title.fr``.
    content
        A record, or what a file holds in its place: whatever it is, it is only looked at.
    record
        The kind of record that it is, or should be.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> from forestall.plan.records import ActionPlan
    >>> print(spoken_place("actions[0].steps[1].ends", example_plan(), ActionPlan))
    Action “Gates for 14 rear alleys”, step 2, last day
    >>> print(spoken_place("summary.fr", example_plan(), ActionPlan))
    Summary, French
    """
    return SpokenPlace(pointer, tuple(_steps(pointer, content, record)))


def _steps(pointer: str, content: object, kind: Any) -> Iterator[Text]:
    held: object = content
    for name, number in re.findall(r"([^.\[\]]+)(?:\[(\d+)\])?", pointer):
        owner, kind = kind, _kind_of(kind, name)
        if kind is None:
            # Inside a text in several languages stands the tag of one; else an unknown field.
            tag = name[:MOST_SHOWN]
            yield LanguageName(tag) if get_origin(owner) is dict else tag
            return
        held, label = _held(held, name), known_label(owner, name) or name
        if number:
            kind, place = next(iter(get_args(kind)), None), int(number)
            held = held[place] if isinstance(held, list | tuple) and place < len(held) else None
            label = _item(label, held, place, known_by_name=owner is ActionPlan)
        yield label


def _item(label: Text, held: object, place: int, *, known_by_name: bool) -> Text:
    words = OwnWords(_texts(_held(held, "title") or _held(held, "name")))
    if words and known_by_name:
        return message("{thing} “{name}”", thing=label, name=words)
    return message("{thing} {number}", thing=label, number=place + 1)


def _texts(named: object) -> Mapping[str, str]:
    if not isinstance(named, dict):
        return {}
    return {
        str(tag): " ".join(text.split())[:MOST_SHOWN]
        for tag, text in named.items()
        if isinstance(text, str)
    }


def _held(content: object, name: str) -> object:
    if isinstance(content, dict):
        return content.get(name)
    return getattr(content, name, None) if isinstance(content, Struct) else None


def _kind_of(record: Any, name: str) -> Any:
    """Return what belongs into a field; None where there is no such field."""
    if not (isinstance(record, type) and issubclass(record, Struct)):
        return None
    return next((given(one.type) for one in fields_of(record) if one.name == name), None)


def given(kind: Any) -> Any:
    """Return the type of what is there, for one that may also be null.

    Examples
    --------
    >>> given(int | None)
    <class 'int'>
    """
    if get_origin(kind) is types.UnionType or type(None) in get_args(kind):
        return next(one for one in get_args(kind) if one is not type(None))
    return kind
