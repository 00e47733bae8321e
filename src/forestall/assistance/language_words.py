"""This file knows how a language is named in the language in force."""

from __future__ import annotations

from dataclasses import dataclass

from forestall.languages import Words, isolated, locale


@dataclass(frozen=True)
class LanguageName(Words):
    """The name of a language; its tag where no name is known.

    Examples
    --------
    >>> str(LanguageName("ar")), str(LanguageName("xx"))
    ('Arabic', 'xx')
    """

    tag: str

    def __str__(self) -> str:
        """Return the name."""
        from babel import Locale, UnknownLocaleError

        try:
            name = Locale.parse(self.tag, sep="-").get_display_name(locale())
        except (UnknownLocaleError, ValueError):
            name = None
        return str(name or self.tag)

    def in_sentence(self) -> str:
        """Return it set off from the words around it."""
        return isolated(str(self))
