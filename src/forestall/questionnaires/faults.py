"""This file knows how a fault of types in a file is said: where it is, and what is needed."""

from __future__ import annotations

import re
import types
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from msgspec import Struct, ValidationError, convert, structs

from forestall.languages import Listing, Message, message
from forestall.records.personal import find_personal_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS = {
    "str": message("a text"),
    "int": message("a whole number"),
    "float": message("a number"),
    "bool": message("true or false"),
    "array": message("a list"),
    "object": message("a part in braces"),
    "date": message("a day such as 2026-01-31"),
    "null": message("nothing"),
}
_TOP = message("the top")
_MOST_SHOWN = 80


def fault_of(
    wrong: ValidationError, content: Mapping[str, Any], record: type[Struct], *, name: str
) -> Message:
    """Return what the library found wrong as a sentence that names the file and the place.

    Values of the file are not repeated, because they could be anything.

    Parameters
    ----------
    content
        What the file holds.
    record
        The record that it should be.
    name
        Of the file.

    Examples
    --------
    >>> import msgspec
    >>> from forestall.questionnaires.records import Condition
    >>> content = {"item": "Q1", "choices": ["perhaps"]}
    >>> try:
    ...     msgspec.convert(content, Condition)
    ... except ValidationError as wrong:
    ...     print(fault_of(wrong, content, Condition, name="own.json"))
    own.json needs one of these at choices[0]: “yes”, “yes-in-part”, “no”, and “not-applicable”.
    """
    said, _, path = str(wrong).partition(" - at `")
    steps = [name or at for name, at in re.findall(r"\.(\w+)|\[(\d+|\.\.\.)\]", path)]
    place, kind = _walked(steps, content, record)
    known = {"name": name, "place": place or _TOP}
    if field := re.fullmatch(
        r"Object (contains unknown|missing required) field `(.*)`", said, re.S
    ):
        return _field(field[1], field[2][:_MOST_SHOWN], known)
    if said.startswith("Invalid enum value") and isinstance(kind, type) and issubclass(kind, Enum):
        possible = Listing([f"“{one.value}”" for one in kind])
        return message(
            "{name} needs one of these at {place}: {possible}.", possible=possible, **known
        )
    types_of = re.fullmatch(r"Expected `(\w+).*`, got `(\w+).*`", said)
    if types_of and types_of[1] in _WORDS and types_of[2] in _WORDS:
        return message(
            "{name} needs {needed} at {place}, but holds {found}.",
            needed=_WORDS[types_of[1]],
            found=_WORDS[types_of[2]],
            **known,
        )
    if "date" in said:
        return message("{name} needs {needed} at {place}.", needed=_WORDS["date"], **known)
    return message("{name} holds something at {place} that belongs nowhere there.", **known)


def _field(what: str, field: str, known: Mapping[str, object]) -> Message:
    if what == "missing required":
        return message("{name} lacks the field “{field}” at {place}.", field=field, **known)
    if find_personal_columns([field]):
        return message(
            "{name} has a field “{field}” at {place}, but a reply names offices and never persons.",
            field=field,
            **known,
        )
    return message(
        "{name} has a field “{field}” at {place}, which no such file has.", field=field, **known
    )


def _walked(steps: list[str], content: Any, kind: Any) -> tuple[str, Any]:
    """Return the place as it is written in the file, and the type that belongs there."""
    place = ""
    for step in steps:
        key: str | int = step
        if step == "...":  # of a dictionary the library does not tell the key
            kind = get_args(_given(kind))[-1]
            key = _entry_at_fault(content, kind)
            place = f"{place}.{key[:_MOST_SHOWN]}"
        elif step.isdigit():
            key = int(step)
            place, kind = f"{place}[{step}]", get_args(_given(kind))[0]
        else:
            place = f"{place}.{step}" if place else step
            kind = {one.name: one.type for one in structs.fields(_given(kind))}[step]
        content = content[key]
    return place, _given(kind)


def _entry_at_fault(content: Mapping[str, Any], kind: Any) -> str:
    """Return the key of the first entry that is not of the kind it should be."""
    for key, value in content.items():
        try:
            convert(value, kind)
        except ValidationError:
            return key
    raise AssertionError("no entry is at fault")


def _given(kind: Any) -> Any:
    """Return the type of what is there, for one that may also be null or has limits."""
    if get_origin(kind) is Annotated:
        return _given(get_args(kind)[0])
    if get_origin(kind) is types.UnionType or type(None) in get_args(kind):
        return next(one for one in get_args(kind) if one is not type(None))
    return kind
