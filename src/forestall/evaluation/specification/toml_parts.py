"""This file knows how to read a TOML file strictly: every key is known, every fault is named."""

from __future__ import annotations

import difflib
import math
import tomllib
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from forestall.errors import InvalidSpecification

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

E = TypeVar("E", bound=StrEnum)
_MOST_BYTES = 1_000_000
_FIRST_YEAR, _LAST_YEAR = 1800, 2200


class Part:
    """One part of a TOML file; asking for a key marks it as known.

    Examples
    --------
    >>> part = Part({"what": "Gates", "sinse": 3}, "[intervention]")
    >>> part.text("what")
    'Gates'
    >>> part.has("since")
    False
    >>> part.check_nothing_left()
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidSpecification: [intervention] knows no “sinse”; “since” was perhaps
    meant.
    """

    def __init__(self, table: Mapping[str, Any], name: str) -> None:
        self._table, self.name = table, name
        self._known: set[str] = set()

    def has(self, key: str) -> bool:
        """Say whether a key is there."""
        self._known.add(key)
        return key in self._table

    def text(self, key: str, otherwise: str | None = None) -> str:
        """Return words that are not empty."""
        found = self._get(key, otherwise)
        if not isinstance(found, str) or (not found.strip() and otherwise is None):
            raise self.wrong(key, "words between quotation marks", found)
        return found.strip()

    def texts(self, key: str, otherwise: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of words, each once."""
        found = self._get(key, otherwise)
        if not isinstance(found, list | tuple) or not all(
            isinstance(one, str) and one.strip() for one in found
        ):
            raise self.wrong(key, "a list of words", found)
        if not found and otherwise is None:
            raise self.wrong(key, "a list with one entry or more", found)
        twice = [one for place, one in enumerate(found) if one in found[:place]]
        if twice:
            raise InvalidSpecification(f"{self.name} {key} names {twice[0]} twice.")
        return tuple(found)

    def day(self, key: str, otherwise: date | None = None) -> date:
        """Return a day."""
        return self._day(key, self._get(key, otherwise))

    def days(self, key: str) -> tuple[date, ...]:
        """Return one day or several in order."""
        found = self._get(key, None)
        days = tuple(self._day(key, one) for one in (found if isinstance(found, list) else [found]))
        if not days or list(days) != sorted(set(days)):
            raise self.wrong(key, "a day, or several in order", found)
        return days

    def number(
        self, key: str, otherwise: float | None = None, *, least: float, most: float = math.inf
    ) -> float:
        """Return a number within limits."""
        found = self._get(key, otherwise)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self.wrong(key, "a number", found)
        if not least <= found <= most:
            limits = f"from {least:g}" + (f" to {most:g}" if most < math.inf else "")
            raise self.wrong(key, f"a number {limits}", found)
        return float(found)

    def numbers(self, key: str, *, least: float) -> tuple[float, ...]:
        """Return a list of numbers, empty if the key is not there."""
        found = self._get(key, ())
        if not isinstance(found, list | tuple) or not all(
            isinstance(one, int | float) and not isinstance(one, bool) and least <= one < math.inf
            for one in found
        ):
            raise self.wrong(key, f"a list of numbers from {least:g}", found)
        return tuple(float(one) for one in found)

    def whole(
        self, key: str, otherwise: int | None = None, *, least: int = 0, most: float = math.inf
    ) -> int:
        """Return a whole number."""
        found = self.number(key, otherwise, least=least, most=most)
        if found != int(found):
            raise self.wrong(key, "a whole number", found)
        return int(found)

    def says_yes(self, key: str) -> bool:
        """Return true or false; false if the key is not there."""
        found = self._get(key, otherwise=False)
        if not isinstance(found, bool):
            raise self.wrong(key, "true or false", found)
        return found

    def choice(self, key: str, choices: type[E], otherwise: E | None = None) -> E:
        """Return one of the members of an enumeration, by its words."""
        found = self._get(key, otherwise)
        try:
            return choices(found)
        except ValueError:
            listed = ", ".join(f"“{one.value}”" for one in choices)
            raise self.wrong(key, f"one of {listed}", found) from None

    def shares(self, key: str) -> dict[str, float]:
        """Return names with a number above 0 each."""
        found = self._get(key, {})
        if not isinstance(found, dict) or not all(
            isinstance(one, int | float) and not isinstance(one, bool) and 0 < one < math.inf
            for one in found.values()
        ):
            raise self.wrong(key, "names with a number above 0 each", found)
        return {name: float(one) for name, one in found.items()}

    def part(self, key: str) -> Part:
        """Return a part inside this one, which must be there."""
        found = self._get(key, None)
        if not isinstance(found, dict):
            raise self.wrong(key, "a part of its own", found)
        return Part(found, f"[{self._inside(key)}]")

    def parts(self, key: str) -> tuple[Part, ...]:
        """Return the parts of a list, none if the key is not there."""
        found = self._get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self.wrong(key, f"parts that each begin with [[{self._inside(key)}]]", found)
        return tuple(
            Part(one, f"[[{self._inside(key)}]] number {place}")
            for place, one in enumerate(found, start=1)
        )

    def check_nothing_left(self) -> None:
        """Refuse keys that nobody asked for.

        Raises
        ------
        InvalidSpecification
            With the first, and what was perhaps meant.
        """
        for key in self._table:
            if key not in self._known:
                near = difflib.get_close_matches(key, sorted(self._known), n=1)
                meant = f"“{near[0]}” was perhaps meant" if near else self._listed()
                raise InvalidSpecification(f"{self.name} knows no “{_short(key)}”; {meant}.")

    def wrong(self, key: str, needed: str, found: object) -> InvalidSpecification:
        """Return the error that a key holds something else than what is needed."""
        return InvalidSpecification(
            f"{self.name} {key} is {needed}, but here it is {_short(_shown(found))}."
        )

    def _get(self, key: str, otherwise: Any) -> Any:
        self._known.add(key)
        if key in self._table:
            return self._table[key]
        if otherwise is None:
            raise InvalidSpecification(f"{self.name} needs “{key}”, but does not say it.")
        return otherwise

    def _day(self, key: str, found: object) -> date:
        try:
            day = date.fromisoformat(found) if isinstance(found, str) else found
        except ValueError:
            raise self.wrong(key, "a day such as 2024-01-31", found) from None
        if not isinstance(day, date) or isinstance(day, datetime):
            raise self.wrong(key, "a day such as 2024-01-31", found)
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise self.wrong(key, f"a day from {_FIRST_YEAR} to {_LAST_YEAR}", found)
        return day

    def _inside(self, key: str) -> str:
        above = self.name.strip("[]")
        return key if not self.name.startswith("[") else f"{above}.{key}"

    def _listed(self) -> str:
        return "it knows " + ", ".join(f"“{one}”" for one in sorted(self._known))


def read_part(path: str | os.PathLike[str]) -> Part:
    """Read a TOML file as one part.

    Raises
    ------
    InvalidSpecification
        If it cannot be read, is too large, or is no TOML.
    """
    file = Path(path)
    try:
        with file.open("rb") as stream:
            read = stream.read(_MOST_BYTES + 1)
    except OSError as wrong:
        raise InvalidSpecification(
            f"{file.name} cannot be read: {(wrong.strerror or 'no such file').lower()}."
        ) from None
    if len(read) > _MOST_BYTES:
        raise InvalidSpecification(f"{file.name} is larger than 1 MB, and no specification is.")
    try:
        return Part(tomllib.loads(read.decode("utf-8-sig")), file.name)
    except UnicodeDecodeError:
        raise InvalidSpecification(f"{file.name} is not written in UTF-8.") from None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as wrong:
        raise InvalidSpecification(f"{file.name} is no TOML: {_short(str(wrong))}.") from None


def _shown(found: object) -> str:
    if isinstance(found, str):
        return f"“{found}”" if found.strip() else "empty"
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, dict):
        return "a part"
    if isinstance(found, list | tuple):
        return "an empty list" if not found else f"[{', '.join(_shown(one) for one in found)}]"
    return str(found)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
