"""This file knows how a fault of types in a plan's file is said: where it is, what is needed."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, get_args

from msgspec import Struct, ValidationError, structs

from forestall.errors import InvalidPlan
from forestall.languages import Listing, Message, message
from forestall.plan.field_labels import known_label
from forestall.plan.spoken_places import MOST_SHOWN, SpokenPlace, given, spoken_place
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


def fault_of(
    wrong: ValidationError, content: Mapping[str, Any], record: type[Struct], *, name: str
) -> InvalidPlan:
    """Return what the library found wrong as an error that names the file and the place.

    Values of the file are not repeated, because they could be anything; only the names of its
    parts are.

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
    >>> from forestall.plan.records import Place
    >>> import msgspec
    >>> content = {"name": {"en": "Port Alder"}, "country": "XX", "level": "town"}
    >>> try:
    ...     msgspec.convert(content, Place)
    ... except ValidationError as wrong:
    ...     found = fault_of(wrong, content, Place, name="plan.json")
    >>> print(found.at)
    level
    >>> print(str(found)[:74])
    plan.json cannot be used. Level of government: one of these is needed: “na
    """
    said, _, path = str(wrong).partition(" - at `")
    steps = re.findall(r"\.(\w+)|\[(\d+|\.\.\.)\]", path)
    pointer, kind = _walked([name or index for name, index in steps], content, record)
    fault = _fault(said, kind, spoken_place(pointer, content, record))
    return InvalidPlan(
        message("{name} cannot be used. {fault}", name=name, fault=fault), at=pointer
    )


def _fault(said: str, kind: Any, place: SpokenPlace) -> Message:
    if field := re.fullmatch(
        r"Object (contains unknown|missing required) field `(.*)`", said, re.S
    ):
        return _field(field[1], field[2][:MOST_SHOWN], kind, place)
    if said.startswith("Invalid enum value") and _is_enum(kind):
        possible = Listing([f"“{one.value}”" for one in kind])
        return message(
            "{place}: one of these is needed: {possible}.", possible=possible, place=place
        )
    types_of = re.fullmatch(r"Expected `(\w+).*`, got `(\w+).*`", said)
    if types_of and types_of[1] in _WORDS and types_of[2] in _WORDS:
        return message(
            "{place}: {needed} is needed, but there is {found}.",
            needed=_WORDS[types_of[1]],
            found=_WORDS[types_of[2]],
            place=place,
        )
    if "date" in said:
        return message("{place}: {needed} is needed.", needed=_WORDS["date"], place=place)
    return message("{place}: there is something that no plan has there.", place=place)


def _field(what: str, field: str, kind: Any, place: SpokenPlace) -> Message:
    if what == "missing required":
        label = known_label(kind, field)
        if label is None or label.text == field:
            return message("{place}: the field “{field}” is missing.", field=field, place=place)
        return message(
            "{place}: the field “{field}” ({label}) is missing.",
            field=field,
            label=label,
            place=place,
        )
    if find_personal_columns([field]):
        return message(
            "{place}: there is a field “{field}”, but a plan names offices and never persons.",
            field=field,
            place=place,
        )
    return message(
        "{place}: there is a field “{field}”, which no plan has.", field=field, place=place
    )


def _walked(steps: list[str], content: Any, kind: Any) -> tuple[str, Any]:
    """Return the place as it is written in the file, and the type that belongs there."""
    place = ""
    for step in steps:
        key: str | int = step
        if step == "...":  # of a dictionary the library does not tell the key
            key = next((one for one, text in content.items() if not isinstance(text, str)), "")
            place, kind = f"{place}.{key[:MOST_SHOWN]}", get_args(kind)[-1]
        elif step.isdigit():
            key = int(step)
            place, kind = f"{place}[{step}]", get_args(given(kind))[0]
        else:
            place = f"{place}.{step}" if place else step
            kind = {one.name: one.type for one in structs.fields(given(kind))}[step]
        content = content[key]
    return place, given(kind)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)
