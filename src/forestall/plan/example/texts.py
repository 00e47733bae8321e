"""This file knows the languages of the example plan: English, and for main texts French, Arabic."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.languages import Texts


def texts(english: str, french: str = "", arabic: str = "") -> Texts:
    """Return a text in the languages in which it is given.

    Examples
    --------
    >>> texts("Gates", "Des grilles")
    {'en': 'Gates', 'fr': 'Des grilles'}
    """
    given = {"en": english, "fr": french, "ar": arabic}
    return {tag: text for tag, text in given.items() if text}
