"""This file knows the field for words that somebody writes: what cannot be seen is no answer."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms

from forestall.languages import OwnWords

_SEEN = frozenset("LNPS")


class WrittenField(forms.CharField):
    """A text, without marks that would turn round the words beside it.

    A text of which nothing can be seen, such as one space without width, is empty: a thing with
    such a name could not be found on a page, nor its link be followed.
    """

    def to_python(self, value: Any) -> str:
        """Return the text as it can be shown."""
        text = str(super().to_python(value) or "")
        if "\x00" in text:  # said so by the field itself
            return text
        return str(OwnWords({"": text})) if is_seen(text) else ""


def is_seen(text: str) -> bool:
    r"""Return whether a text has a sign that can be seen.

    Examples
    --------
    >>> is_seen("\u200b \u202e"), is_seen("Łódź"), is_seen("!")
    (False, True, True)
    """
    return any(unicodedata.category(sign)[0] in _SEEN for sign in text)
