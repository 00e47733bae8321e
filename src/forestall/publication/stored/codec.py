"""This file knows how a publication becomes plain JSON and back: typed, and nothing is executed.

A dataclass is an object with its name under ``is`` and its fields; a tuple is a list; all else
that JSON lacks has a mark of its own. Protected tables and places stand in lists of their own and
are referred to, so that each is stored once and is one object again when it is read.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from forestall.disclosure import count_from_data, count_to_data, table_from_data, table_to_data
from forestall.disclosure.safe_table import SafeCount, SafeTable
from forestall.errors import ForestallError, InvalidPublication
from forestall.publication.stored.known import REQUIRED, fields_of, known_classes
from forestall.publication.stored.places import places_from_data, places_to_data
from forestall.records.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable

_IS = "is"


@dataclass(frozen=True)
class Parts:
    """A value as plain data, with the tables and places that it refers to."""

    value: Any
    tables: list[Any] = field(default_factory=list)
    places: list[Any] = field(default_factory=list)


def encode(value: object) -> Parts:
    """Return a value as plain data.

    Raises
    ------
    TypeError
        If it holds something of an unknown kind.

    Examples
    --------
    >>> from forestall.publication.blocks import Paragraph, Strong
    >>> encode(Paragraph((Strong("Half"), "of it."))).value
    {'is': 'Paragraph', 'runs': [{'is': 'Strong', 'text': 'Half'}, 'of it.']}
    """
    writer = _Writer()
    return Parts(writer.value(value), writer.tables, writer.places)


def decode(parts: Parts) -> Any:
    """Return the value that `encode` was given.

    Raises
    ------
    InvalidPublication
        If it is not what `encode` writes; the sentence says where.

    Examples
    --------
    >>> from forestall.publication.blocks import Heading
    >>> decode(encode(Heading("Where", id="where")))
    Heading(text='Where', id='where')
    >>> decode(Parts({"is": "Path", "parts": ["/"]}))
    Traceback (most recent call last):
    ...
    forestall.errors.InvalidPublication: a stored publication has no “Path” (in content)
    """
    tables = [_checked(table_from_data, one, f"tables[{k}]") for k, one in enumerate(parts.tables)]
    places = [_checked(places_from_data, one, f"places[{k}]") for k, one in enumerate(parts.places)]
    return _Reader(tables, places).value(parts.value, "content")


def _checked(read: Callable[[Any], Any], data: Any, where: str) -> Any:
    try:
        return read(data)
    except (*_WRONG, ForestallError) as wrong:
        raise InvalidPublication(f"{_told(wrong)} (in {where})") from wrong


# What Python's own checks raise when data are not of the kind that is needed.
_WRONG = (
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)


def _told(wrong: Exception) -> str:
    if isinstance(wrong, ForestallError):
        text = str(wrong).rstrip(".")
        return text[:1].lower() + text[1:]
    return "a part is missing or is of another kind than it should be"


class _Writer:
    def __init__(self) -> None:
        self.tables: list[Any] = []
        self.places: list[Any] = []
        self._found: dict[int, tuple[object, dict[str, Any]]] = {}

    def value(self, value: Any) -> Any:
        if isinstance(value, Enum):
            return {_IS: _known_name(value), "value": value.value}
        if value is None or isinstance(value, str | bool | int):
            return str(value) if isinstance(value, str) else value
        if isinstance(value, float):
            return float(value) if math.isfinite(value) else {_IS: "float", "of": str(value)}
        if isinstance(value, SafeTable):
            return self._once(value, "table", self.tables, table_to_data)
        if isinstance(value, Places):
            return self._once(value, "places", self.places, places_to_data)
        return self._several(value)

    def _several(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return [self.value(one) for one in value]
        if isinstance(value, list):
            return {_IS: "list", "of": [self.value(one) for one in value]}
        if isinstance(value, frozenset):
            return {_IS: "set", "of": [self.value(one) for one in sorted(value, key=repr)]}
        if isinstance(value, Mapping):
            return self._mapping(value)
        if isinstance(value, SafeCount):
            return {_IS: "count", **count_to_data(value)}
        return self._fields(value) if is_dataclass(value) else self._label(value)

    def _label(self, value: Any) -> Any:
        """Write what a row or a column may be named by, and arrays of such names."""
        if isinstance(value, date):
            return _time_to_data(value)
        if hasattr(value, "freqstr") and hasattr(value, "ordinal"):
            return {_IS: "period", "of": str(value), "every": value.freqstr}
        dimensions = getattr(value, "ndim", None)
        if dimensions == 0 and hasattr(value, "item"):
            return self.value(value.item())
        if dimensions == 1 and hasattr(value, "dtype"):
            of = [self.value(one) for one in value.tolist()]
            return {_IS: "array", "of": of, "kind": str(value.dtype)}
        raise TypeError(f"A publication cannot hold {type(value).__name__}.")

    def _mapping(self, value: Mapping[Any, Any]) -> dict[str, Any]:
        if all(type(key) is str for key in value):
            return {_IS: "names", "of": {key: self.value(one) for key, one in value.items()}}
        return {_IS: "map", "of": [[self.value(k), self.value(v)] for k, v in value.items()]}

    def _fields(self, value: Any) -> dict[str, Any]:
        written: dict[str, Any] = {_IS: _known_name(value)}
        for name, usual in fields_of(type(value)).items():
            given = getattr(value, name)
            if usual is REQUIRED or type(given) is not type(usual) or given != usual:
                written[name] = self.value(given)
        return written

    def _once(
        self, value: Any, name: str, shelf: list[Any], to_data: Callable[[Any], Any]
    ) -> dict[str, Any]:
        if id(value) not in self._found:
            shelf.append(to_data(value))
            # The value is kept, so that its number is not given to another.
            self._found[id(value)] = (value, {_IS: name, "at": len(shelf) - 1})
        return self._found[id(value)][1]


def _known_name(value: object) -> str:
    name = type(value).__name__
    if known_classes().get(name) is not type(value):
        raise TypeError(f"A publication cannot hold {name}.")
    return name


def _time_to_data(value: date) -> dict[str, Any]:
    if not isinstance(value, datetime):
        return {_IS: "date", "of": value.isoformat()}
    kind = "timestamp" if hasattr(value, "nanosecond") else "datetime"
    return {_IS: kind, "of": value.isoformat()}


class _Reader:
    def __init__(self, tables: list[Any], places: list[Any]) -> None:
        self._marks: dict[str, Callable[[Any, str], Any]] = {
            "float": lambda data, _: float(data["of"]),
            "list": lambda data, where: list(self._each(data["of"], where)),
            "set": lambda data, where: frozenset(self._each(data["of"], where)),
            "names": self._names,
            "map": self._map,
            "date": lambda data, _: date.fromisoformat(data["of"]),
            "datetime": lambda data, _: datetime.fromisoformat(data["of"]),
            "timestamp": lambda data, _: _pandas("Timestamp", data["of"]),
            "period": lambda data, _: _pandas("Period", data["of"], freq=data["every"]),
            "array": self._array,
            "count": lambda data, _: count_from_data(data),
            "table": lambda data, _: _at(tables, data["at"]),
            "places": lambda data, _: _at(places, data["at"]),
        }

    def value(self, data: Any, where: str) -> Any:
        if data is None or isinstance(data, str | bool | int | float):
            return data
        try:
            if isinstance(data, list):
                return tuple(self._each(data, where))
            return self._marked(data, where)
        except InvalidPublication:
            raise
        except (*_WRONG, ForestallError) as wrong:
            raise InvalidPublication(f"{_told(wrong)} (in {where})") from wrong

    def _marked(self, data: dict[str, Any], where: str) -> Any:
        name = data[_IS]
        if name in self._marks:
            return self._marks[name](data, where)
        one = known_classes().get(name)
        if one is None:
            raise InvalidPublication(f"a stored publication has no “{name}” (in {where})")
        if issubclass(one, Enum):
            return one(data["value"])
        given = {
            key: self.value(part, f"{where}.{key}") for key, part in data.items() if key != _IS
        }
        if set(given) - set(fields_of(one)):
            raise TypeError("An unknown field.")
        return one(**given)

    def _each(self, data: list[Any], where: str) -> list[Any]:
        return [self.value(part, f"{where}[{k}]") for k, part in enumerate(data)]

    def _names(self, data: dict[str, Any], where: str) -> dict[str, Any]:
        return {key: self.value(part, f"{where}.{key}") for key, part in data["of"].items()}

    def _map(self, data: dict[str, Any], where: str) -> dict[Any, Any]:
        pairs = [self._each(pair, f"{where}[{k}]") for k, pair in enumerate(data["of"])]
        return {key: value for key, value in pairs}  # noqa: C416 - each must be a pair

    def _array(self, data: dict[str, Any], where: str) -> Any:
        import numpy as np

        return np.array(self._each(data["of"], where), dtype=data["kind"])


def _at(shelf: list[Any], place: int) -> Any:
    if not 0 <= place < len(shelf):
        raise IndexError(place)
    return shelf[place]


def _pandas(name: str, *given: Any, **more: Any) -> Any:
    import pandas as pd

    return {"Timestamp": pd.Timestamp, "Period": pd.Period}[name](*given, **more)
