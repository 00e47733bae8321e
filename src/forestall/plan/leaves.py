"""This file knows every value of a plan and its place, such as ``actions[0].steps[1].ends``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct, structs

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def fields_of(record: type[Struct]) -> tuple[structs.FieldInfo, ...]:
    """Return the fields of a kind of record, which are worked out once.

    Examples
    --------
    >>> from forestall.plan.records import Place
    >>> [field.name for field in fields_of(Place)]
    ['name', 'country', 'level']
    """
    return structs.fields(record)


def leaves_of(record: Struct, place: str = "") -> Iterator[tuple[str, object]]:
    """Yield the place and the value of everything in a record that is no record itself.

    A text in several languages is one value, the dictionary of them.

    Examples
    --------
    >>> from forestall.plan.vocabulary import Jurisdiction
    >>> from forestall.plan.records import Place
    >>> alder = Place(name={"en": "Port Alder"}, country="XX", level=Jurisdiction.LOCAL)
    >>> [place for place, _ in leaves_of(alder)]
    ['name', 'country', 'level']
    """
    for name in type(record).__struct_fields__:
        yield from _inside(getattr(record, name), _joined(place, name))


def records_of(record: Struct, place: str = "") -> Iterator[tuple[str, Struct]]:
    """Yield the place and the record of everything in a record that is one, itself first.

    Examples
    --------
    >>> from forestall.plan.actions import Action
    >>> from forestall.plan.vocabulary import Approach, PreventionLevel
    >>> gates = Action(
    ...     key="gates",
    ...     title={"en": "Gates"},
    ...     approach=Approach.SITUATIONAL,
    ...     level=PreventionLevel.PRIMARY,
    ... )
    >>> [place for place, _ in records_of(gates)]
    ['', 'ground']
    """
    yield place, record
    for name in type(record).__struct_fields__:
        value = getattr(record, name)
        where = _joined(place, name)
        if isinstance(value, Struct):
            yield from records_of(value, where)
        elif isinstance(value, tuple):
            for number, one in enumerate(value):
                if isinstance(one, Struct):
                    yield from records_of(one, f"{where}[{number}]")


def _inside(value: object, place: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, Struct):
        yield from leaves_of(value, place)
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _inside(one, f"{place}[{number}]")
    else:
        yield place, value


def _joined(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
