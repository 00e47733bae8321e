"""This file knows where the translations of the sentences are, and finds the one for a text."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from babel.messages.catalog import Catalog

SOURCE_LANGUAGE = "en"
_CATALOGUE = "{}/LC_MESSAGES/forestall.po"


def available_languages() -> tuple[str, ...]:
    """Return the tags of all languages with a catalogue, English first.

    Catalogues are ``<tag>/LC_MESSAGES/forestall.po`` in the package and in the folder named by
    the environment variable ``FORESTALL_LOCALES``.
    """
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
    """Return a text in a language; None where the catalogue has no finished translation of it."""
    for one in fallbacks(tag):
        catalogue = None if one == SOURCE_LANGUAGE else _catalogue(one, _own_folder())
        entry = catalogue.get((text, plural) if plural else text) if catalogue else None
        if entry is None or entry.fuzzy or not entry.string:
            continue
        found = entry.string
        if not isinstance(found, str):
            found = found[_plural_index(one, _own_folder())(int(count)) if plural else 0]
        if found:
            return str(found)
    return None


def _own_folder() -> str:
    return os.environ.get("FORESTALL_LOCALES", "")


def _folders() -> list[Path]:
    own = _own_folder()
    return [*([Path(own)] if own else []), Path(__file__).parent.parent / "locales"]


@cache
def _catalogue(tag: str, own_folder: str) -> Catalog | None:
    """Read a catalogue; one in the folder of the city goes before that of the package."""
    from babel import Locale, UnknownLocaleError
    from babel.messages.pofile import read_po

    try:
        known: Locale | None = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        known = None
    for folder in _folders():
        path = folder / _CATALOGUE.format(tag)
        if path.is_file():
            with path.open("rb") as stream:
                return read_po(stream, locale=known)
    return None


@cache
def _plural_index(tag: str, own_folder: str) -> Callable[[int], int]:
    from gettext import c2py

    catalogue = _catalogue(tag, own_folder)
    assert catalogue is not None
    form: Callable[[int], int] = c2py(catalogue.plural_expr)
    return form
