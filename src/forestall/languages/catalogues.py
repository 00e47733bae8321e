"""This file knows where the translations of the sentences are, and finds the one for a text.

A translation is used only where it names the places of its sentence and nothing else, since a city
may bring a catalogue of its own: one wrong entry leaves its sentence in English.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from forestall.errors import InvalidCatalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from babel.messages.catalog import Catalog

SOURCE_LANGUAGE = "en"
_CATALOGUE = "{}/LC_MESSAGES/forestall.po"


def available_languages() -> tuple[str, ...]:
    """Return the tags of all languages with a catalogue, English first.

    Catalogues are ``<tag>/LC_MESSAGES/forestall.po`` in the package and in the folder named by
    the environment variable ``FORESTALL_LOCALES``. They are looked for once.
    """
    return _available(_own_folder())


@cache
def _available(own_folder: str) -> tuple[str, ...]:
    found = {
        path.parts[-3] for folder in _folders() for path in folder.glob(_CATALOGUE.format("*"))
    }
    return (SOURCE_LANGUAGE, *sorted(found - {SOURCE_LANGUAGE}))


def fallbacks(tag: str) -> tuple[str, ...]:
    """Return a tag and what it falls back to: without its region, then without its script.

    Examples
    --------
    >>> fallbacks("zh-Hans-CN")
    ('zh-Hans-CN', 'zh-Hans', 'zh')
    """
    parts = tag.split("-")
    return tuple("-".join(parts[:end]) for end in range(len(parts), 0, -1))


def translation(tag: str, text: str, plural: str | None = None, count: float = 0) -> str | None:
    """Return a text in a language; None where the catalogue has no finished translation of it.

    Raises
    ------
    InvalidCatalogue
        If the catalogue cannot be read.
    """
    for one in fallbacks(tag):
        catalogue = None if one == SOURCE_LANGUAGE else _catalogue(one, _own_folder())
        entry = catalogue.get((text, plural) if plural else text) if catalogue else None
        if entry is None or entry.fuzzy or not entry.string:
            continue
        found = entry.string
        if not isinstance(found, str):
            found = _form(one, found, count) if plural else found[0]
        if found and _fits(str(found), text, plural):
            return str(found)
    return None


@cache
def places_in(text: str) -> frozenset[str]:
    """Return the names of the places of a sentence.

    Examples
    --------
    >>> sorted(places_in("{share} of {total} crimes"))
    ['share', 'total']
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


@cache
def _fits(translated: str, text: str, plural: str | None) -> bool:
    """Say whether a translation has the places of its text; a plural form may leave some out."""
    try:
        parts = list(Formatter().parse(translated))
    except ValueError:
        return False
    if any(spec or conversion or name == "" for _, name, spec, conversion in parts):
        return False
    named = frozenset(name for _, name, _, _ in parts if name)
    if plural is None:
        return named == places_in(text)
    return named <= places_in(text) | places_in(plural)


def _form(tag: str, forms: Sequence[str], count: float) -> str:
    """Return the form for a number; nothing where the catalogue has none for it."""
    try:
        place = _plural_index(tag, _own_folder())(int(count))
    except (ArithmeticError, ValueError):
        return ""
    return forms[place] if 0 <= place < len(forms) else ""


def _own_folder() -> str:
    return os.environ.get("FORESTALL_LOCALES", "")


def _folders() -> list[Path]:
    own = _own_folder()
    return [*([Path(own)] if own else []), Path(__file__).parent.parent / "locales"]


@cache
def _catalogue(tag: str, own_folder: str) -> Catalog | None:
    """Read a catalogue; one in the folder of the city goes before that of the package."""
    from babel import Locale, UnknownLocaleError
    from babel.messages.pofile import PoFileError, read_po

    try:
        known: Locale | None = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        known = None
    for folder in _folders():
        path = folder / _CATALOGUE.format(tag)
        if path.is_file():
            try:
                with path.open("rb") as stream:
                    return read_po(stream, locale=known, abort_invalid=True)
            except (LookupError, PoFileError, ValueError) as wrong:
                raise InvalidCatalogue(
                    f"The catalogue “{path}” must be a .po file in UTF-8, but {_why(wrong)}."
                ) from wrong
    return None


def _why(wrong: Exception) -> str:
    if isinstance(wrong, UnicodeDecodeError | LookupError):
        return "its letters are of another encoding"
    line = getattr(wrong, "lineno", None)
    return "it is none" if line is None else f"line {line + 1} is not as it should be"


@cache
def _plural_index(tag: str, own_folder: str) -> Callable[[int], int]:
    from gettext import c2py

    catalogue = _catalogue(tag, own_folder)
    assert catalogue is not None
    form: Callable[[int], int] = c2py(catalogue.plural_expr)
    return form
