"""This file knows what a language is called in the language in force."""

from __future__ import annotations

from dataclasses import dataclass

from forestall.languages.in_force import locale
from forestall.languages.messages import Words


@dataclass(frozen=True)
class LanguageName(Words):
    """The name of a language, for readers of the language in force; its tag where none is known.

    Attributes
    ----------
    tag
        Such as ``fr`` or ``zh-Hans``.

    Examples
    --------
    >>> from forestall.languages import use_language
    >>> with use_language("fr"):
    ...     str(LanguageName("ar"))
    'arabe'
    >>> str(LanguageName("fr")), str(LanguageName("no-such-tag"))
    ('French', 'no-such-tag')
    """

    tag: str

    def __str__(self) -> str:
        """Return the name."""
        from babel import Locale, UnknownLocaleError

        try:
            named = Locale.parse(self.tag, sep="-").get_display_name(locale())
        except (UnknownLocaleError, ValueError):
            named = None
        return named or self.tag
