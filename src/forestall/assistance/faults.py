"""This file knows how a fault of types in a file is said: where it is, and what is needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forestall.languages import Message, message
from forestall.records.personal import find_personal_columns

if TYPE_CHECKING:
    from msgspec import ValidationError

_TOP = message("the top")
_MOST_SHOWN = 80


def fault_in_words(wrong: ValidationError, *, name: str) -> Message:
    """Return what the library found wrong as a sentence that names the file and the place.

    Values of the file are not repeated, because they could be anything.

    Examples
    --------
    >>> import msgspec
    >>> from forestall.assistance.files import NeedsFile
    >>> try:
    ...     msgspec.convert({"needs": [{"key": "n"}]}, NeedsFile)
    ... except msgspec.ValidationError as wrong:
    ...     print(fault_in_words(wrong, name="needs.json"))
    needs.json lacks the field “owner” at needs[0].
    """
    said, _, path = str(wrong).partition(" - at `")
    place = path.removesuffix("`").removeprefix("$").removeprefix(".") or _TOP
    lacking = re.fullmatch(r"Object missing required field `(.*)`", said, re.DOTALL)
    if lacking:
        return message(
            "{name} lacks the field “{field}” at {place}.", name=name, field=lacking[1], place=place
        )
    unknown = re.fullmatch(r"Object contains unknown field `(.*)`", said, re.DOTALL)
    if unknown:
        return _unknown(unknown[1][:_MOST_SHOWN], name, place)
    if said.startswith("Invalid enum value"):
        return message(
            "{name} holds a word at {place} that is not in the list for it.", name=name, place=place
        )
    if "date" in said:
        return message("{name} needs a day such as 2026-01-31 at {place}.", name=name, place=place)
    return message(
        "{name} holds something of another kind than is needed at {place}.", name=name, place=place
    )


def _unknown(field: str, name: str, place: str | Message) -> Message:
    if find_personal_columns([field]):
        return message(
            "{name} has a field “{field}” at {place}, but bodies are named here and never persons.",
            name=name,
            field=field,
            place=place,
        )
    return message(
        "{name} has a field “{field}” at {place}, which does not belong there.",
        name=name,
        field=field,
        place=place,
    )
