"""This file knows how texts are put together: sentences in a row, lists, clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages.catalogues import SOURCE_LANGUAGE
from forestall.languages.in_force import base_of, language, locale
from forestall.languages.messages import Text, Words, as_shown, message, write

if TYPE_CHECKING:
    from collections.abc import Sequence

_WITHOUT_SPACES = frozenset({"zh", "ja", "th", "lo", "km", "my"})
_FULL_STOPS = {"zh": "。", "ja": "。", "hi": "।", "ur": "۔", "my": "။"}
_COMMAS = {"ar": "، ", "fa": "، ", "ur": "، ", "zh": "、", "ja": "、"}
_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟", "۔", "।", "။")


def joint() -> str:
    """Return what stands between two sentences: a space, or nothing.

    Examples
    --------
    >>> joint()
    ' '
    """
    return "" if locale().language in _WITHOUT_SPACES else " "


def comma() -> str:
    """Return what stands between two words of a plain list.

    Examples
    --------
    >>> comma()
    ', '
    """
    return _COMMAS.get(locale().language, ", ")


@dataclass(frozen=True)
class Sentences(Words):
    """Sentences one after the other; what is empty is left away.

    Examples
    --------
    >>> str(Sentences((message("One."), "", message("Two."))))
    'One. Two.'
    """

    parts: Sequence[Text]

    def __post_init__(self) -> None:
        """Keep what is not empty."""
        object.__setattr__(self, "parts", tuple(part for part in self.parts if part))

    def __str__(self) -> str:
        """Return all of them with the joint of the language."""
        written = ""
        for text in filter(None, map(write, self.parts)):
            # A sentence in Latin letters ends with a space, also among those of another script.
            between = " " if written.endswith(".") else joint()
            written = f"{written}{between}{text}" if written else text
        return written

    def __bool__(self) -> bool:
        """Say whether there is any sentence."""
        return bool(self.parts)


@dataclass(frozen=True)
class OnlyTranslated(Words):
    """A sentence about the translation: nothing where the text is in the source language.

    Examples
    --------
    >>> str(OnlyTranslated(message("Translated.")))
    ''
    """

    text: Text

    def __str__(self) -> str:
        """Return the sentence, or nothing."""
        return "" if base_of(language()) == SOURCE_LANGUAGE else str(self.text)


@dataclass(frozen=True)
class Ended(Words):
    """A sentence that gets the full stop of the language where it ends with none.

    Examples
    --------
    >>> str(Ended("no place holds any")), str(Ended("Why?"))
    ('no place holds any.', 'Why?')
    """

    text: Text

    def __str__(self) -> str:
        """Return the sentence with its end."""
        text = str(self.text)
        return text if text.endswith(_ENDS) else text + _FULL_STOPS.get(locale().language, ".")


@dataclass(frozen=True)
class Unended(Words):
    """A sentence without its full stop, for a title.

    Examples
    --------
    >>> str(Unended(message("No area differs.")))
    'No area differs'
    """

    text: Text

    def __str__(self) -> str:
        """Return the words before the full stop."""
        return str(self.text).rstrip("".join({".", *_FULL_STOPS.values()}))


@dataclass(frozen=True)
class LineStart(Words):
    """Words that begin a line: their first letter is a capital where the script has them.

    Examples
    --------
    >>> str(LineStart(message("squares")))
    'Squares'
    """

    text: Text

    def __str__(self) -> str:
        """Return the words with a capital."""
        text = str(self.text)
        return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Clauses(Words):
    """Parts of one sentence, each set off from the next.

    Examples
    --------
    >>> str(Clauses(("half of theft in 2 %", "half of robbery in 5 %")))
    'half of theft in 2 %; half of robbery in 5 %'
    """

    parts: Sequence[Text]

    def __post_init__(self) -> None:
        """Keep the parts as they are now."""
        object.__setattr__(self, "parts", tuple(self.parts))

    def __str__(self) -> str:
        """Return all of them with the mark of the language between two."""
        written = ""
        for part in map(write, self.parts):
            written = str(message("{one}; {next}", one=written, next=part)) if written else part
        return written


@dataclass(frozen=True)
class Listing(Words):
    """Several things in one list: "a, b and c".

    Examples
    --------
    >>> str(Listing(["Hartlepool", "Redcar"]))
    'Hartlepool and Redcar'
    """

    items: Sequence[object]

    def __post_init__(self) -> None:
        """Keep the digits that are shown."""
        object.__setattr__(self, "items", tuple(as_shown(item) for item in self.items))

    def __str__(self) -> str:
        """Return the list by the rules of the language."""
        from babel.lists import format_list

        items = [write(item) for item in self.items]
        if len(items) > 1 and locale().language == "es" and _BEFORE_I.match(items[-1]):
            return " e ".join((comma().join(items[:-1]), items[-1]))
        return str(format_list(items, locale=locale()))


# In Spanish “y” becomes “e” before this sound, but not before the diphthong of “hierro”.
_BEFORE_I = re.compile(r"[^\w]*(?:[ií]|h[ií](?![aeo]))", re.IGNORECASE)
