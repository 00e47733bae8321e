"""This file knows texts that users write themselves, each in the languages they have it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from forestall.languages.digits import isolated
from forestall.languages.in_force import language
from forestall.languages.messages import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

# From the tag of a language to the text in it, such as {"en": "Gates", "fr": "Des grilles"}.
Texts: TypeAlias = dict[str, str]


def in_language(texts: Mapping[str, str], *wanted: str) -> str:
    """Return a text in the first wanted language that it has, else as it was first written.

    Parameters
    ----------
    texts
        From the tag of a language to the text in it.
    wanted
        Tags of languages, the best first; without any, the language in force.

    Examples
    --------
    >>> in_language({"en": "Gates", "fr": "Des grilles"}, "zh", "fr")
    'Des grilles'
    >>> in_language({"en": "Gates"}, "ar"), in_language({})
    ('Gates', '')
    """
    for tag in (*(wanted or (language(),)),):
        if texts.get(tag, "").strip():
            return texts[tag]
    return next((text for text in texts.values() if text.strip()), "")


def written_in(texts: Mapping[str, str], *wanted: str) -> str:
    """Return the language in which `in_language` gives a text, for its ``lang``; "" for none.

    Examples
    --------
    >>> written_in({"en": "Gates", "fr": "Des grilles"}, "zh", "fr")
    'fr'
    """
    for tag in (*(wanted or (language(),)),):
        if texts.get(tag, "").strip():
            return tag
    return next((tag for tag, text in texts.items() if text.strip()), "")


def has_words(texts: Mapping[str, str]) -> bool:
    """Say whether a text has words in any language.

    Examples
    --------
    >>> has_words({"en": " "}), has_words({"fr": "Des grilles"})
    (False, True)
    """
    return any(text.strip() for text in texts.values())


@dataclass(frozen=True)
class OwnWords(Words):
    """A text that users wrote themselves, in the language in force if it has it in that.

    Examples
    --------
    >>> str(OwnWords({"fr": "Des grilles", "en": "Gates"}))
    'Gates'
    """

    texts: Mapping[str, str]

    def __str__(self) -> str:
        """Return the text as `in_language` gives it."""
        return in_language(self.texts)

    def in_sentence(self) -> str:
        """Return the text, set off where its letters run against those of the sentence."""
        return isolated(str(self))
