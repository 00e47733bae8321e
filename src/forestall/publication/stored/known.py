"""This file knows the classes that a stored publication may hold, and no other is ever made."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from forestall import languages, results
from forestall.publication import (
    blanks,
    blocks,
    contents,
    evidence_pictures,
    pictures,
    plan_pictures,
    smooth,
)
from forestall.records import kinds

if TYPE_CHECKING:
    from types import ModuleType

# Every dataclass and enumeration that these define or name may occur: they hold words, choices
# and references to protected tables, and make nothing happen when they are made.
_MODULES = (
    languages,
    blanks,
    blocks,
    kinds,
    pictures,
    evidence_pictures,
    plan_pictures,
    smooth,
    contents,
)


@cache
def known_classes() -> dict[str, type[Any]]:
    """Return the classes that may occur, by name.

    Examples
    --------
    >>> "Paragraph" in known_classes(), "Path" in known_classes()
    (True, False)
    """
    found = {
        name: one
        for module in _MODULES
        for name, one in vars(module).items()
        if isinstance(one, type) and _belongs(one, module)
    }
    return {**found, "Certainty": results.Certainty}


def _belongs(one: type[Any], module: ModuleType) -> bool:
    inside = one.__module__ == module.__name__ or one.__module__.startswith(f"{module.__name__}.")
    return inside and (is_dataclass(one) or issubclass(one, Enum))


def fields_of(one: type[Any]) -> dict[str, Any]:
    """Return the names of the fields of a class, with what stands for a field that is not given.

    Examples
    --------
    >>> fields_of(known_classes()["Heading"])
    {'text': <required>, 'id': ''}
    """
    if one not in _FIELDS:
        _FIELDS[one] = {
            field.name: field.default if _is_plain(field.default) else REQUIRED
            for field in fields(one)
            if field.init
        }
    return _FIELDS[one]


_FIELDS: dict[type[Any], dict[str, Any]] = {}


def _is_plain(usual: object) -> bool:
    return usual is None or isinstance(usual, str | int | float | tuple)


class _Required:
    def __repr__(self) -> str:
        return "<required>"


REQUIRED = _Required()
