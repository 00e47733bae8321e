"""This file knows when two names are the same however they are spelled, as of regions and bodies.

Case, accents, spaces and signs make no other name. Vowel signs that stand for a sound of their own,
as in Hindi or Thai, do.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@lru_cache(maxsize=8192)
def compared_name(name: str) -> str:
    """Return a name as it is compared with others; "" where it has no letter or digit.

    Examples
    --------
    >>> compared_name("Côte  d’Or") == compared_name("COTE-D'OR")
    True
    >>> compared_name("West Africa") == compared_name("East Africa")
    False
    """
    # Case first and last: a few letters gain or lose case when they are taken apart.
    apart = unicodedata.normalize("NFKD", name.casefold()).casefold()
    plain = (one for one in apart if not unicodedata.combining(one))
    words = "".join(one if one.isalnum() or _is_vowel(one) else " " for one in plain).split()
    return " ".join(words) if any(map(str.isalnum, "".join(words))) else ""


def named_once(names: Iterable[str]) -> tuple[str, ...]:
    """Return names each once, as others write them: small letters, with hyphens between words.

    Examples
    --------
    >>> named_once(["West  Africa", "Árabe", "west-africa", "arabe", "–"])
    ('west-africa', 'árabe')
    """
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(compared_name(name), "-".join(name.casefold().split()))
    return tuple(written for plain, written in found.items() if plain)


def _is_vowel(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")
