"""This file knows how a plan is read and written: one JSON file, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import NODEFAULT, Struct, structs

from forestall.errors import InvalidEvidence, InvalidPlan
from forestall.evidence.strict_json import json_object, read_bytes
from forestall.languages import message
from forestall.plan.faults import fault_of
from forestall.plan.leaves import fields_of
from forestall.plan.records import ActionPlan
from forestall.plan.soundness import FORMAT, check_sound
from forestall.whole_files import write_whole

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

MOST_MEGABYTES = 20
_BYTES = 1_000_000
# Written even where they are as usual, so that a reader sees what the file is.
_ALWAYS = frozenset({"format", "state", "version"})


def read_plan(path: str | os.PathLike[str]) -> ActionPlan:
    """Read a plan from its file.

    Raises
    ------
    InvalidPlan
        If the file cannot be read, is larger than 20 MB, is no JSON in UTF-8, names a key twice,
        holds a number that is not finite, is no plan, or contradicts itself; with the place.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.plan.example import example_plan
    >>> with TemporaryDirectory() as folder:
    ...     file = write_plan(example_plan(), Path(folder) / "plan.json")
    ...     read_plan(file) == example_plan()
    True
    """
    file = Path(path)
    try:
        read = read_bytes(file, most_megabytes=MOST_MEGABYTES)
    except InvalidEvidence as wrong:
        raise InvalidPlan(*wrong.args) from None
    return plan_from_json(read, name=file.name)


def plan_from_json(read: bytes, *, name: str = "plan.json") -> ActionPlan:
    """Read a plan from the bytes of a file.

    Parameters
    ----------
    name
        Of the file, for the sentence of an error.

    Raises
    ------
    InvalidPlan
        As `read_plan`.

    Examples
    --------
    >>> plan_from_json(b'{"key": "alder"}', name="a.json")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidPlan: a.json cannot be used. At the top: the field “title” is missing.
    """
    if len(read) > MOST_MEGABYTES * _BYTES:
        raise InvalidPlan(
            message("{name} is larger than {most} MB.", name=name, most=MOST_MEGABYTES)
        )
    try:
        content = json_object(read, name=name)
    except InvalidEvidence as wrong:
        raise InvalidPlan(*wrong.args) from None
    _check_format(content, name)
    content.pop("$schema", None)  # editors write it; what counts is the format
    try:
        plan = msgspec.convert(content, ActionPlan)
    except msgspec.ValidationError as wrong:
        raise fault_of(wrong, content, ActionPlan, name=name) from None
    try:
        check_sound(plan)
    except InvalidPlan as wrong:
        raise InvalidPlan(
            message("{name} cannot be used. {fault}", name=name, fault=wrong.args[0]), at=wrong.at
        ) from None
    return plan


def plan_to_json(plan: ActionPlan) -> bytes:
    """Return a plan as the bytes of its file: UTF-8, indented, the same for the same plan.

    Fields stand in the order of the record, those that are as usual are left out, and texts stand
    in the order of the plan's languages.

    Raises
    ------
    InvalidPlan
        If the plan contradicts itself, because nobody could read it again.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> print(plan_to_json(example_plan()).decode()[:33])
    {
      "key": "port-alder-harbour",
    """
    check_sound(plan)
    written = json.dumps(
        _plain(plan, plan.languages), ensure_ascii=False, indent=2, allow_nan=False
    )
    return f"{written}\n".encode()


def write_plan(plan: ActionPlan, path: str | os.PathLike[str]) -> Path:
    """Write a plan to its file; one that was there is replaced in one step.

    Raises
    ------
    InvalidPlan
        If the plan contradicts itself.
    InvalidOutput
        If the file cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.plan.example import example_plan
    >>> with TemporaryDirectory() as folder:
    ...     write_plan(example_plan(), Path(folder) / "plan.json").name
    'plan.json'
    """
    return write_whole(path, plan_to_json(plan))


def _check_format(content: dict[str, Any], name: str) -> None:
    """Refuse a later format before its new fields are."""
    found = content.get("format", FORMAT)
    if isinstance(found, int) and not isinstance(found, bool) and found != FORMAT:
        raise InvalidPlan(
            message(
                "{name} is of format {found}, but this program reads format {known}.",
                name=name,
                found=found,
                known=FORMAT,
            )
        )


def _plain(value: object, languages: Sequence[str]) -> Any:
    """Return plain values for JSON."""
    if isinstance(value, Struct):
        return {
            field.name: _plain(getattr(value, field.name), languages)
            for field in fields_of(type(value))
            if field.name in _ALWAYS or not _is_usual(value, field)
        }
    if isinstance(value, dict):
        return {tag: value[tag] for tag in languages if tag in value}
    if isinstance(value, tuple):
        return [_plain(one, languages) for one in value]
    return msgspec.to_builtins(value)


def _is_usual(record: Struct, field: structs.FieldInfo) -> bool:
    if field.default is not NODEFAULT:
        return bool(getattr(record, field.name) == field.default)
    if field.default_factory is not NODEFAULT:
        return bool(getattr(record, field.name) == field.default_factory())
    return False
