"""This file knows what in a bundle would tell of a person, and says where but never what.

Only files that can be looked into are bundled. Looked for are e-mail addresses, telephone numbers,
fields and columns about persons, contacts of partners, and points of single incidents. A name
inside a sentence cannot be found by a program; who publishes reads the texts.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidBundle, InvalidFile
from forestall.languages import Message, message
from forestall.records.personal import is_personal, words_of
from forestall.records.strict_json import json_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

READABLE = frozenset({".json", ".geojson", ".csv", ".txt", ".md", ".ris", ".bib"})
_EMAIL = re.compile(
    # A search begins at the first sign of a word only, so that a long line costs one pass.
    r"(?<![^\s@<>()\[\],;:\"'])[^\s@<>()\[\],;:\"']+@[^\s@<>()\[\],;:\"']+\.[^\s@<>()\[\],;:\"'.]{2,}"
)
_PHONE = re.compile(
    r"""(?<![\w.,/+-])(?:
        (?:\+|00)\d{1,3}[ \u00a0./()-]{0,2}(?:\d[ \u00a0./()-]{0,2}){6,13}\d    # international
      | (?!\d\d([./-])\d\d\1\d{4}\b)                                         # no day of a year
        \(?0\d{1,4}\)?[ \u00a0./-](?:\d{2,13}[ \u00a0.-]?){2,4}                  # as in a country
      | (?:\(\d{3}\)[ \u00a0]?|\d{3}-)\d{3}[ \u00a0.-]\d{4}                      # as in America
    )(?![\w-])""",
    re.VERBOSE,
)
_SAID_PHONE = re.compile(
    r"\b(?:tel|phone|mobile|fax|téléphone|teléfono|тел|هاتف|电话)"
    r"[^\w\d]{0,6}(?:\+?\d[\d ./()-]{5,})",
    re.IGNORECASE,
)
# Columns and fields that say how studies differ, such as by the age of those they were about.
_OF_STUDIES, _AMONG_STUDIES = "moderator:", ".moderators"
_PHONES = frozenset({"tel", "telephone", "phone", "mobile", "cell", "fax", "telefon", "telefono"})
_SHORTEST_PHONE = 1_000_000  # the first number of seven digits
_CONTACTS = frozenset({"contact", "contacts"})
_LATITUDE = frozenset({"lat", "latitude", "y", "ycoordinate", "northing"})
_LONGITUDE = frozenset({"lon", "lng", "long", "longitude", "x", "xcoordinate", "easting"})
_POINTS = frozenset({"Point", "MultiPoint"})
# The record of a practice has one address, which its reader accepts for an office only.
OFFICE_OF_PRACTICE = frozenset({"contact", "contact.email", "contact.office"})


class Personal(StrEnum):
    """What tells of a person."""

    EMAIL = "email"
    PHONE = "phone"
    CONTACT = "contact"
    FIELD = "field"
    POINT = "point"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _WORDS[self]


@dataclass(frozen=True, kw_only=True)
class PersonalPlace:
    """Where a file tells of a person: the place in it, and the kind; never the value."""

    file: str
    place: str
    what: Personal

    @property
    def said(self) -> Message:
        """Return it as a sentence."""
        if not self.place:
            return message("{file} holds {what}.", file=self.file, what=self.what.words)
        return message(
            "{file} holds {what} at {place}.",
            file=self.file,
            what=self.what.words,
            place=self.place,
        )


def check_nothing_personal(
    files: Mapping[str, bytes], *, allowed: frozenset[str] = frozenset(), main_file: str = ""
) -> None:
    """Make sure that no file tells of a person.

    Parameters
    ----------
    files
        From the path of a file to its bytes.
    allowed
        Places of the main file that may hold the address of an office.

    Raises
    ------
    InvalidBundle
        With the first place, or with the first file that cannot be looked into.

    Examples
    --------
    >>> check_nothing_personal({"plan.json": b'{"partners": [{"contact": "Ann, desk 4"}]}'})
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidBundle: Nothing about persons goes into a bundle, but plan.json holds a
    contact at partners[0].contact.
    """
    for path in sorted(files):
        spared = allowed if path == main_file else frozenset()
        found = next(
            (one for one in personal_places(path, files[path]) if one.place not in spared), None
        )
        if found is not None:
            raise InvalidBundle(
                message("Nothing about persons goes into a bundle, but {found}", found=found.said)
            )


def personal_places(path: str, content: bytes) -> Iterator[PersonalPlace]:
    """Yield where a file tells of a person.

    Raises
    ------
    InvalidBundle
        If the file cannot be looked into.
    """
    suffix = "." + path.rpartition(".")[2]
    if suffix not in READABLE:
        raise InvalidBundle(
            message(
                "{file} cannot be looked into for data on persons; these can: {known}.",
                file=path,
                known=", ".join(sorted(READABLE)),
            )
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidBundle(message("{name} is not written in UTF-8.", name=path)) from None
    if suffix in (".json", ".geojson"):
        yield from (_at(path, *one) for one in _in_json(_parsed(path, text)))
    elif suffix == ".csv":
        try:
            yield from (_at(path, *one) for one in _in_table(text))
        except csv.Error:
            raise InvalidBundle(message("{name} cannot be read as a table.", name=path)) from None
    else:
        for number, line in enumerate(text.splitlines(), start=1):
            yield from (_at(path, f"line {number}", what) for what in _in_text(line))


def _at(path: str, place: str, what: Personal) -> PersonalPlace:
    return PersonalPlace(file=path, place=place, what=what)


def _parsed(path: str, text: str) -> Any:
    """Return what JSON holds, of any kind; of two fields of one name one would stay unseen."""
    try:
        found = json_object(f'{{"all":{text}\n}}'.encode(), name=path)
    except InvalidFile as wrong:
        raise InvalidBundle(*wrong.args) from None
    if list(found) != ["all"]:
        raise InvalidBundle(message("{name} is no JSON.", name=path))
    return found["all"]


def _in_json(content: Any) -> Iterator[tuple[str, Personal]]:
    left: list[tuple[str, Any]] = [("", content)]
    while left:
        place, value = left.pop()
        if isinstance(value, str):
            yield from ((place, what) for what in _in_text(value))
        elif isinstance(value, dict):
            yield from _in_object(place, value)
            left += [(f"{place}.{key}" if place else key, one) for key, one in value.items()][::-1]
        elif isinstance(value, list):
            left += [(f"{place}[{number}]", one) for number, one in enumerate(value)][::-1]


def _in_object(place: str, value: dict[str, Any]) -> Iterator[tuple[str, Personal]]:
    if "coordinates" in value and str(value.get("type")) in _POINTS:
        yield place, Personal.POINT
    names = {"".join(words_of(key)) for key, one in value.items() if _is_number(one)}
    if names & _LATITUDE and names & _LONGITUDE:
        yield place, Personal.POINT
    for key, one in value.items():
        where = f"{place}.{key}" if place else key
        yield from ((place, what) for what in _in_text(key))
        if key.casefold() in _CONTACTS and one:
            yield where, Personal.CONTACT
        elif _is_phone(key, one):
            yield where, Personal.PHONE
        elif one and _tells_of_one(key, one) and not place.endswith(_AMONG_STUDIES):
            yield where, Personal.FIELD


def _is_number(value: Any) -> bool:
    """Say whether a value is a number, also one that is written as a text."""
    if isinstance(value, str):
        try:
            float(value.strip().replace(",", ".", 1))
        except ValueError:
            return False
        return True
    return isinstance(value, int | float)


def _is_phone(key: str, value: Any) -> bool:
    """Say whether a field holds a telephone number that is written as a whole number."""
    return (
        isinstance(value, int)
        and value >= _SHORTEST_PHONE
        and not _PHONES.isdisjoint(words_of(key))
    )


def _tells_of_one(key: str, value: Any) -> bool:
    """Say whether a field about persons holds a text about one, and no count or share."""
    return isinstance(value, str) and is_personal(key)


def _in_table(text: str) -> Iterator[tuple[str, Personal]]:
    rows = csv.reader(io.StringIO(text), delimiter=_separator(text))
    header = next(rows, [])
    for name in header:
        if is_personal(name) and not name.startswith(_OF_STUDIES):
            yield f"column “{name[:40]}”", Personal.FIELD
    words = {"".join(words_of(name)) for name in header}
    if words & _LATITUDE and words & _LONGITUDE:
        yield "row 1", Personal.POINT
    for number, row in enumerate([header, *rows], start=1):
        for column, cell in enumerate(row, start=1):
            yield from ((f"row {number}, column {column}", what) for what in _in_text(cell))


def _separator(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _in_text(text: str) -> Iterator[Personal]:
    if "@" in text and _EMAIL.search(text):
        yield Personal.EMAIL
    looks_like_one = _PHONE.search(text) and not _is_number_of_text(text)
    if looks_like_one or _SAID_PHONE.search(text):
        yield Personal.PHONE


def _is_number_of_text(text: str) -> bool:
    """Say whether what looks like a telephone number is that of a book or a journal."""
    return bool(re.match(r"\s*(?:SN|ISBN|ISSN|DO|DOI)\b", text, re.IGNORECASE))


_WORDS = {
    Personal.EMAIL: message("an e-mail address"),
    Personal.PHONE: message("a telephone number"),
    Personal.CONTACT: message("a contact"),
    Personal.FIELD: message("a field about a person"),
    Personal.POINT: message("the point of a single place"),
}
