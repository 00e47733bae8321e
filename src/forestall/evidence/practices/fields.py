"""This file knows how a part of a record is read strictly: every field known, every fault named."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from forestall.errors import InvalidEvidence
from forestall.evidence.practices.forms import EMAIL, LANGUAGE
from forestall.evidence.practices.records import Texts
from forestall.records.personal import find_personal_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

E = TypeVar("E", bound=StrEnum)

_NO_PERSON = (
    "a practice names offices and organisations only, because people move on and have not agreed "
    "to be published"
)


class Fields:
    """One part of a record; asking for a field marks it as known.

    Examples
    --------
    >>> part = Fields({"name": "Exampletown", "contry": "XX"}, "place")
    >>> part.text("name")
    'Exampletown'
    >>> part.has("country")
    False
    >>> part.check_nothing_left()
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidEvidence: place knows no “contry”; “country” was perhaps meant.
    """

    def __init__(self, table: Mapping[str, Any], where: str) -> None:
        self._table, self._where = table, where
        self._known: set[str] = set()

    def has(self, key: str) -> bool:
        """Say whether a field is there and not null."""
        self._known.add(key)
        return self._table.get(key) is not None

    def is_said(self, key: str, words: str) -> bool:
        """Say whether a field holds just these words."""
        self._known.add(key)
        return bool(self._table.get(key) == words)

    def text(self, key: str) -> str:
        """Return words that are not empty."""
        found = self._get(key)
        if not _is_text(found):
            raise self.wrong(key, "words")
        return str(found)

    def matched(self, key: str, pattern: str, needed: str) -> str:
        """Return words that have one form from end to end."""
        found = self._get(key)
        if not (isinstance(found, str) and re.fullmatch(pattern, found)):
            raise self.wrong(key, needed)
        return found

    def email(self, key: str) -> str:
        """Return an e-mail address; a wrong one is never repeated in the error."""
        found = self._get(key)
        if not (isinstance(found, str) and re.fullmatch(EMAIL, found)):
            raise InvalidEvidence(
                f"{self._inside(key)} is the e-mail address of an office, such as "
                "prevention@city.example, but here it is none."
            )
        return found

    def all_matched(self, key: str, pattern: str, needed: str) -> tuple[str, ...]:
        """Return a list of words that each have one form, none if it is not there."""
        if not self.has(key):
            return ()
        for one in self._list(key, needed):
            if not (isinstance(one, str) and re.fullmatch(pattern, one)):
                raise self.wrong(key, needed)
        return self._each_once(key)

    def languages(self, key: str) -> tuple[str, ...]:
        """Return one tag of a language or more."""
        found = self.all_matched(key, LANGUAGE, 'a list of tags of languages, such as ["en"]')
        if not found:
            raise self.wrong(key, "a list with one tag of a language or more")
        return found

    def texts(self, key: str) -> Texts:
        """Return one text in one language or more."""
        found = self._get(key)
        needed = 'a text by language, such as {"en": "…"}'
        if not isinstance(found, dict) or not found:
            raise self.wrong(key, needed)
        for language, words in found.items():
            if not re.fullmatch(LANGUAGE, language):
                raise InvalidEvidence(
                    f"{self._inside(key)} is {needed}, but “{_short(language)}” is no language."
                )
            if not _is_text(words):
                raise InvalidEvidence(f"{self._inside(key)} has no words in “{language}”.")
        return Texts(tuple(found.items()))

    def texts_if_any(self, key: str) -> Texts | None:
        """Return one text, None if it is not there."""
        return self.texts(key) if self.has(key) else None

    def day(self, key: str) -> date:
        """Return a day."""
        found = self._get(key)
        try:
            if isinstance(found, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", found):
                return date.fromisoformat(found)
        except ValueError:
            pass
        raise self.wrong(key, "a day such as 2024-01-31")

    def amount(self, key: str) -> float:
        """Return a number from 0."""
        found = self._get(key)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self.wrong(key, "a number from 0")
        if not (math.isfinite(found) and found >= 0):
            raise self.wrong(key, "a number from 0")
        return float(found)

    def yes_or_no(self, key: str) -> bool:
        """Return true or false."""
        found = self._get(key)
        if not isinstance(found, bool):
            raise self.wrong(key, "true or false")
        return found

    def choice(self, key: str, choices: type[E]) -> E:
        """Return one of the members of an enumeration, by its words."""
        found = self._get(key)
        try:
            return choices(found)
        except ValueError:
            raise self.wrong(key, f"one of {_listed(choices)}") from None

    def choices(self, key: str, choices: type[E]) -> tuple[E, ...]:
        """Return members of an enumeration, each once; there may be none."""
        known = {one.value for one in choices}
        for one in self._list(key, f"a list of {_listed(choices)}"):
            if not (isinstance(one, str) and one in known):
                raise InvalidEvidence(
                    f"{self._inside(key)} names {_short(_shown(one))}, but knows only "
                    f"{_listed(choices)}."
                )
        return tuple(choices(one) for one in self._each_once(key))

    def part(self, key: str) -> Fields:
        """Return a part inside this one, which must be there."""
        found = self._get(key)
        if not isinstance(found, dict):
            raise self.wrong(key, "a part of its own")
        return Fields(found, self._inside(key))

    def parts(self, key: str) -> tuple[Fields, ...]:
        """Return the parts of a list; there may be none."""
        return tuple(
            self._entry(key, number, one)
            for number, one in enumerate(self._list(key, "a list of parts"), start=1)
        )

    def check_nothing_left(self) -> None:
        """Refuse fields that nobody asked for, those about persons with the reason.

        Raises
        ------
        InvalidEvidence
            With the first, and what was perhaps meant.
        """
        for key in (one for one in self._table if one not in self._known):
            if find_personal_columns([key]):
                raise InvalidEvidence(
                    f"{self._inside(_short(key))} is about a person, but {_NO_PERSON}."
                )
            near = difflib.get_close_matches(key, sorted(self._known), n=1)
            meant = f"“{near[0]}” was perhaps meant" if near else f"it knows {self._all_known()}"
            name = self._where or "The practice"
            raise InvalidEvidence(f"{name} knows no “{_short(key)}”; {meant}.")

    def wrong(self, key: str, needed: str) -> InvalidEvidence:
        """Return the error that a field holds something else than what is needed."""
        found = _short(_shown(self._table.get(key)))
        return InvalidEvidence(f"{self._inside(key)} is {needed}, but here it is {found}.")

    def _get(self, key: str) -> Any:
        self._known.add(key)
        if key not in self._table:
            raise InvalidEvidence(
                f"{self._where or 'The practice'} needs “{key}”, but does not say it."
            )
        return self._table[key]

    def _list(self, key: str, needed: str) -> list[Any]:
        found = self._get(key)
        if not isinstance(found, list):
            raise self.wrong(key, needed)
        return found

    def _each_once(self, key: str) -> tuple[str, ...]:
        found = self._table[key]
        twice = next((one for place, one in enumerate(found) if one in found[:place]), None)
        if twice is not None:
            raise InvalidEvidence(f"{self._inside(key)} names “{_short(twice)}” twice.")
        return tuple(found)

    def _entry(self, key: str, number: int, found: object) -> Fields:
        where = f"{self._inside(key)}, entry {number},"
        if not isinstance(found, dict):
            raise InvalidEvidence(f"{where} is a part of its own, but here it is no part.")
        return Fields(found, where)

    def _inside(self, key: str) -> str:
        if not self._where:
            return key
        return f"{self._where} {key}" if self._where.endswith(",") else f"{self._where}.{key}"

    def _all_known(self) -> str:
        return ", ".join(f"“{one}”" for one in sorted(self._known))


def _is_text(found: object) -> bool:
    """Say whether it is words that every program can read: no control signs, no half signs."""
    return (
        isinstance(found, str)
        and bool(found.strip())
        and not any(
            unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in found
        )
    )


def _listed(choices: type[StrEnum]) -> str:
    return ", ".join(f"“{one.value}”" for one in choices)


def _shown(found: object) -> str:
    if found is None:
        return "not said"
    if isinstance(found, str):
        return f"“{found}”" if found.strip() else "empty"
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, dict):
        return "a part" if found else "an empty part"
    if isinstance(found, list):
        return f"[{', '.join(_shown(one) for one in found)}]" if found else "an empty list"
    return str(found)


def _short(words: str) -> str:
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
    return line if len(line) <= 80 else f"{line[:79]}…"
