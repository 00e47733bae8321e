"""This file knows where words begin and end in six languages, and when two of them are one word.

Words are compared without case, accents and vowel marks, and by their stem. Chinese has no spaces:
every character is a word here, and neighbours are looked for in pairs.

The stemming is that of Snowball (Porter 2001, snowballstem.org).
"""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

import snowballstemmer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")

LONGEST_WORD = 64
"""Characters of a word that are looked at."""


class Script(Enum):
    """The writings that words are told apart by, and the languages written in each."""

    _value_: tuple[str, ...]
    LATIN = ("en", "fr", "es")
    CYRILLIC = ("ru",)
    ARABIC = ("ar",)
    HAN = ("zh",)
    OTHER = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the codes of the languages whose words may be written so."""
        return self._value_


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text, or one Chinese character.

    Attributes
    ----------
    start, end
        Where it stands in the text, in characters.
    folded
        Letters and digits of the word without case, accents and vowel marks.
    script
        What it is written in.
    """

    start: int
    end: int
    folded: str
    script: Script


def read_tokens(text: str) -> list[Token]:
    """Return the words of a text in their order; Chinese characters stand alone.

    Examples
    --------
    >>> [token.folded for token in read_tokens("Éclairage public, 视频监控")]
    ['eclairage', 'public', '视', '频', '监', '控']
    """
    found = []
    for match in _WORD.finditer(text):
        folded = fold(match.group())
        if folded:
            found.append(Token(match.start(), match.end(), folded, script_of(folded)))
    return found


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return the letters and digits of a word without what people leave out when they type.

    Case, accents, Arabic vowel marks and stretching go; the forms of alef are one letter, and so
    are taa marbuta and haa, alef maqsura and yaa, Russian е and ё. Russian й stays.

    Examples
    --------
    >>> fold("Prévention"), fold("ЁЖ"), fold("إنــارَة")
    ('prevention', 'еж', 'اناره')
    """
    # Case first and last: a few letters gain or lose case when they are taken apart.
    apart = unicodedata.normalize("NFKD", word[:LONGEST_WORD].casefold()).casefold()
    kept = (_LETTERS.get(sign, sign) for sign in _SHORT_I.sub("й", apart))
    folded = "".join(_digit(sign) for letters in kept for sign in letters if sign.isalnum())
    return folded[:LONGEST_WORD]


def script_of(folded: str) -> Script:
    """Return what a word is written in, by its first letter; digits count as Latin.

    Examples
    --------
    >>> script_of("кража")
    <Script.CYRILLIC: ('ru',)>
    """
    sign = next((sign for sign in folded if not sign.isdigit()), "0")
    for script, (first, last) in _BLOCKS:
        if first <= sign <= last:
            return script
    return Script.OTHER


@lru_cache(maxsize=200_000)
def stem(folded: str, language: str) -> str:
    """Return what the forms of a word have in common; the word itself where no rules are known.

    Stems are taken without accents, so that a word typed without them is the same word.

    Examples
    --------
    >>> stem("burglaries", "en"), stem("cambriolages", "fr"), stem("السرقه", "ar")
    ('burglari', 'cambriolag', 'سرق')
    """
    if language not in _STEMMERS or folded.isdigit():
        return folded
    if language == "ar" and folded.startswith(("وال", "فال")):
        folded = folded[1:]
    # An article hides an Arabic ending in the first round; further ones bring the forms together.
    rounds = 3 if language == "ar" else 1
    with _ONE_AT_A_TIME:
        for _ in range(rounds):
            folded = _STEMMERS[language].stemWord(folded)
    return folded


def stem_of(token: Token, *, language: str) -> str:
    """Return the stem of a word in a text of a language.

    A word in another writing than the text's is of the language of that writing; Latin words in a
    text that is written otherwise are taken for English.

    Examples
    --------
    >>> [stem_of(token, language="ru") for token in read_tokens("камеры CCTV cameras")]
    ['камер', 'cctv', 'camera']
    """
    spoken = token.script.languages
    if language in spoken:
        return stem(token.folded, language)
    return stem(token.folded, spoken[0]) if spoken else token.folded


def pairs(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Yield pairs of Chinese characters that touch, with the place of the first in the list.

    Examples
    --------
    >>> list(pairs(read_tokens("CCTV监控点")))
    [(1, '监控'), (2, '控点')]
    """
    for place in range(len(tokens) - 1):
        here, after = tokens[place], tokens[place + 1]
        if here.script is after.script is Script.HAN and here.end == after.start:
            yield place, here.folded + after.folded


def primary_language(tag: str) -> str:
    """Return the language of a tag without region and writing.

    Examples
    --------
    >>> primary_language("zh-Hans")
    'zh'
    """
    return re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Marks that are part of a word: accents, Arabic vowels, soft hyphen, joiners.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\ufe20-\ufe2f"
)
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}](?:[^\W_{_HAN}]|[{_MARKS}])*")
_SHORT_I = re.compile("и\u0306")
_LETTERS = {
    "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ٱ": "ا", "ـ": "",
    "œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ß": "ss",
}  # fmt: skip
_BLOCKS = (
    (Script.LATIN, ("0", "\u024f")),
    (Script.CYRILLIC, ("\u0400", "\u052f")),
    (Script.ARABIC, ("\u0600", "\u06ff")),
    (Script.HAN, ("\u3007", "\u3007")),
    (Script.HAN, ("\u3400", "\u4dbf")),
    (Script.HAN, ("\u4e00", "\u9fff")),
    (Script.HAN, ("\uf900", "\ufaff")),
    (Script.HAN, ("\U00020000", "\U0003ffff")),
)
# A stemmer keeps the word it works on, so that only one may work at a time.
_ONE_AT_A_TIME = threading.Lock()
_STEMMERS = {
    "en": snowballstemmer.stemmer("english"),
    "fr": snowballstemmer.stemmer("french"),
    "es": snowballstemmer.stemmer("spanish"),
    "ru": snowballstemmer.stemmer("russian"),
    "ar": snowballstemmer.stemmer("arabic"),
}
