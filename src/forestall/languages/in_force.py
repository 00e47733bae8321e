"""This file knows the language in force, and the direction and the locale that follow from it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

from forestall.errors import UnknownLanguage
from forestall.languages.catalogues import SOURCE_LANGUAGE, available_languages, fallbacks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel import Locale

_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "dv", "fa", "ha", "he", "khw", "ks", "ku", "ps", "ur", "yi"}
)

_language: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


def language() -> str:
    """Return the tag of the language in force."""
    return _language.get()


@contextmanager
def use_language(tag: str) -> Iterator[None]:
    """Use a language until the block ends.

    A tag with a script or a region, such as ``fr-CA``, is written by the habits of the region, in
    the sentences of the language where the region has none of its own.

    Raises
    ------
    UnknownLanguage
        If there is no catalogue for the language.

    Examples
    --------
    >>> from forestall.languages import say
    >>> with use_language("en"):
    ...     say("{rows} rows were read.", rows=40898)
    '40,898 rows were read.'
    """
    known = available_languages()
    if not any(one in known for one in fallbacks(tag)):
        raise UnknownLanguage(
            f"There is no catalogue for the language “{tag}”; there is: {', '.join(known)}."
        )
    token = _language.set(tag)
    try:
        yield
    finally:
        _language.reset(token)


def direction(tag: str | None = None) -> str:
    """Return ``rtl`` or ``ltr``; it follows from the tag, never from the text.

    Examples
    --------
    >>> direction("ar"), direction("fr-CA")
    ('rtl', 'ltr')
    """
    return "rtl" if base_of(tag or language()) in _RIGHT_TO_LEFT else "ltr"


def base_of(tag: str) -> str:
    """Return the language of a tag without script and region.

    Examples
    --------
    >>> base_of("zh-Hans")
    'zh'
    """
    return tag.split("-", maxsplit=1)[0].lower()


def locale() -> Locale:
    """Return how numbers and dates are written in the language in force."""
    return _locale(language())


@cache
def _locale(tag: str) -> Locale:
    """Return the locale of a tag, or the nearest that is known; English where none is."""
    from babel import Locale, UnknownLocaleError  # slow to import, needed only for values

    for one in (*fallbacks(tag), SOURCE_LANGUAGE):
        try:
            return Locale.parse(one, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("Babel knows English.")
