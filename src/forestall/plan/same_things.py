"""This file knows which things of two versions of a plan are the same, wherever they stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from forestall.plan.actions import Involved
from forestall.plan.records import ConsultationRecord, Measured, Omission, Review
from forestall.safeguards.assessment import Decision, RightTouched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from msgspec import Struct

# What a thing without a key of its own is known by.
_KNOWN_BY: dict[type, tuple[str, ...]] = {
    ConsultationRecord: ("opened",),
    Decision: ("by", "on"),
    Involved: ("partner", "part"),
    Measured: ("on",),
    Omission: ("what",),
    Review: ("on",),
    RightTouched: ("right",),
}
# For all others the first of these fields that they have.
_NAMES = ("key", "said", "what")


def paired(
    old: Sequence[Struct], new: Sequence[Struct]
) -> Iterator[tuple[str, Struct | None, Struct | None]]:
    """Yield each thing with its key, as it was and as it is; None where it was not or is not.

    Those of the new version come first, in their order, then those that are gone.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> old = example_plan().actions
    >>> [(key, was is None, now is None) for key, was, now in paired(old[:2], old[1:3])]
    [('quick-help', False, False), ('workshop', True, False), ('gates', False, True)]
    """
    before, after = _by_key(old), _by_key(new)
    for key in dict.fromkeys((*after, *before)):
        thing = after.get(key) or before[key]
        yield _shown(thing), before.get(key), after.get(key)


def _by_key(things: Sequence[Struct]) -> dict[tuple[object, ...], Struct]:
    """Return things by their key; those that share one are told apart by their order."""
    seen: Counter[tuple[object, ...]] = Counter()
    found: dict[tuple[object, ...], Struct] = {}
    for thing in things:
        key = tuple(_hashable(getattr(thing, name)) for name in _fields(thing))
        found[*key, seen[key]] = thing
        seen[key] += 1
    return found


def _fields(thing: Struct) -> tuple[str, ...]:
    names = type(thing).__struct_fields__
    return _KNOWN_BY.get(type(thing)) or (next(one for one in _NAMES if one in names),)


def _hashable(value: object) -> object:
    return tuple(sorted(value.items())) if isinstance(value, dict) else value


def _shown(thing: Struct) -> str:
    """Return the key that the workspace uses for it; "" for a thing without one."""
    first = getattr(thing, _fields(thing)[0])
    if isinstance(first, dict):
        return ""
    return first if isinstance(first, str) else str(first)
