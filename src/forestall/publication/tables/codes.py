"""This file knows how names become codes that SDMX allows, each name one code."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

_ALLOWED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_@$\-]*")
_OTHER = re.compile(r"[^A-Za-z0-9]+")
_MOST = 60


@dataclass(eq=False)
class Codes:
    """Codes with the names they stand for, in the order in which they were asked for.

    Examples
    --------
    >>> codes = Codes()
    >>> codes.code("Violence & sexual offences"), codes.code("Violence, sexual offences")
    ('VIOLENCE_SEXUAL_OFFENCES', 'VIOLENCE_SEXUAL_OFFENCES_2')
    >>> codes.code("Violence & sexual offences"), codes.code("Camden 001", wanted="E01000885")
    ('VIOLENCE_SEXUAL_OFFENCES', 'E01000885')
    """

    names: dict[str, str] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)

    def code(self, name: str, *, wanted: str = "", key: str = "") -> str:
        """Return the code of a name, a new one where it has none.

        Parameters
        ----------
        wanted
            What the code is made from, and what it is where SDMX allows that; else the name.
        key
            What the name is known by, where several may be called the same; else the name.
        """
        key = key or name
        if key not in self._known:
            code = _free(wanted or name, self.names)
            self._known[key] = code
            self.names[code] = name
        return self._known[key]

    def fixed(self, code: str, name: str) -> str:
        """Return a code that SDMX gives, such as ``_O``, after noting its name."""
        self.names.setdefault(code, name)
        return code


def _free(text: str, taken: dict[str, str]) -> str:
    code, number = _made(text), 1
    first = code
    while code in taken:
        number += 1
        code = f"{first}_{number}"
    return code


def _made(text: str) -> str:
    if _ALLOWED.fullmatch(text) and len(text) <= _MOST and text.upper() == text:
        return text
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _OTHER.sub("_", letters).strip("_").upper()[:_MOST].rstrip("_") or "CODE"
