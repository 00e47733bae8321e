"""This file knows how things are named in a form: elements, sheets and languages.

A key such as “Q4(c)(ii)” is no name of an element, so each has a name beside it, which follows from
the questionnaire alone.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from forestall.languages import SOURCE_LANGUAGE, available_languages, use_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from forestall.languages import Message, Texts

_OTHER = re.compile("[^A-Za-z0-9]+")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")
_TAG = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MOST_LETTERS_OF_SHEET = 31
# Databases behind the tools cut longer names; ODK Validate refuses some of them.
_MOST_LETTERS = 64
# A form has an element of this name by itself.
_TAKEN = ("meta", "instanceid", "instancename")


class Names:
    """Names of elements, each given once in a form; upper and lower case do not tell them apart."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._given = {*_TAKEN, *(one.casefold() for one in taken)}

    def give(self, key: str, *, otherwise: str) -> str:
        """Return a name for a key that no other key has.

        Examples
        --------
        >>> names = Names()
        >>> names.give("Q4(c)(ii)", otherwise="item"), names.give("Q4-c-ii", otherwise="item")
        ('Q4_c_ii', 'Q4_c_ii_2')
        >>> names.give("2(a)", otherwise="item"), names.give("是", otherwise="item")
        ('_2_a', 'item')
        """
        name = _OTHER.sub("_", key).strip("_") or otherwise
        name = (f"_{name}" if name[0].isdigit() else name)[:_MOST_LETTERS]
        found, at = name, 1
        while found.casefold() in self._given:
            at += 1
            found = f"{name}_{at}"
        self._given.add(found.casefold())
        return found


def sheet_names(names: Sequence[str]) -> dict[str, str]:
    """Return from each name of a repeat to the name of its sheet, which a workbook holds to 31.

    Examples
    --------
    >>> list(sheet_names(["a" * 40, "a" * 41]).values())[1]
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_2'
    """
    found: dict[str, str] = {}
    for name in names:
        sheet, at = name[:_MOST_LETTERS_OF_SHEET], 1
        while sheet.casefold() in {one.casefold() for one in found.values()}:
            at += 1
            sheet = f"{name[: _MOST_LETTERS_OF_SHEET - len(str(at)) - 1]}_{at}"
        found[name] = sheet
    return found


def language_title(tag: str) -> str:
    """Return what forms call a language: its own name, and its tag.

    Examples
    --------
    >>> language_title("fr"), language_title("qqq")
    ('Français (fr)', 'Qqq (qqq)')
    """
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tag, sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        name = tag
    return f"{name[:1].upper()}{name[1:]} ({tag})"


def language_tag(title: str) -> str | None:
    """Return the tag of a language as a form calls it; None if nobody knows it.

    Examples
    --------
    >>> language_tag("Français (fr)"), language_tag("French"), language_tag("русский")
    ('fr', 'fr', 'ru')
    >>> language_tag("Klingonish") is None
    True
    """
    found = _IN_BRACKETS.search(title)
    tag = (found[1] if found else title).strip().replace("_", "-")
    if _TAG.fullmatch(tag):
        return tag
    return _known_languages().get(title.strip().casefold())


@cache
def _known_languages() -> dict[str, str]:
    from babel import Locale

    names = {name.casefold(): tag for tag, name in Locale("en").languages.items()}
    for tag in available_languages():
        own = Locale.parse(tag, sep="-").get_display_name()
        names[(own or tag).casefold()] = tag
    return {name: tag.replace("_", "-") for name, tag in names.items()}


def in_each(words: Message, tags: Sequence[str]) -> Texts:
    """Return a message in each language; in English where the package has no other words.

    Examples
    --------
    >>> from forestall.languages import message
    >>> in_each(message("yes"), ["fr", "en", "qqq"])
    {'fr': 'oui', 'en': 'yes', 'qqq': 'yes'}
    """
    known = available_languages()
    found = {}
    for tag in tags:
        with use_language(tag if tag.partition("-")[0] in known else SOURCE_LANGUAGE):
            found[tag] = str(words)
    return found
