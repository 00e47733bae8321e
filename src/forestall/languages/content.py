"""This file knows texts that users write themselves, each in the languages they have it in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from forestall.languages.catalogues import fallbacks
from forestall.languages.digits import isolated
from forestall.languages.in_force import base_of, language
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


@dataclass(frozen=True)
class UserText(Words):
    r"""A text of a user, in the language in force where it has one, else in its own.

    What would turn the words around it round, or is no character of a text, is taken out.

    Attributes
    ----------
    texts
        From the tag of a language to the text in it.
    own
        The languages to look in when the one in force is missing, the best first.

    Examples
    --------
    >>> str(UserText({"en": "Gates\u202e", "fr": "Des grilles"}, own=("fr",)))
    'Gates'
    >>> UserText({"fr": "Des grilles"}).tag, bool(UserText({"en": " "}))
    ('fr', False)
    """

    texts: Texts
    own: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Keep what can be shown."""
        kept = {tag: _shown(text) for tag, text in self.texts.items()}
        object.__setattr__(self, "texts", {tag: text for tag, text in kept.items() if text})

    def __str__(self) -> str:
        """Return the text."""
        return in_language(self.texts, *self._wanted)

    def in_sentence(self) -> str:
        """Return it set off from the words around it."""
        return isolated(str(self))

    def __bool__(self) -> bool:
        """Say whether there is any text."""
        return bool(self.texts)

    @property
    def tag(self) -> str:
        """Return the language in which it stands there; "" for no text."""
        return written_in(self.texts, *self._wanted)

    @property
    def is_foreign(self) -> bool:
        """Say whether it stands there in another language than the one in force."""
        return bool(self) and base_of(self.tag) != base_of(language())

    @property
    def _wanted(self) -> tuple[str, ...]:
        return (*fallbacks(language()), *self.own)


def _shown(text: str) -> str:
    return _HIDDEN.sub("", text).strip()


# Marks that turn or isolate what follows, and controls; a line break stays.
_HIDDEN = re.compile(
    "[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]"
)
