"""This file knows how experts are found: by field, language, day and words, in the order of names.

The order never says who is better. JSON lists are compared in Python, because the two databases
compare them differently; a roster has hundreds of entries, not millions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.web.directory.models import Expert

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any


def experts_found(*, wanted: Mapping[str, Any], today: date) -> list[Expert]:
    """Return the experts who agree to be shown today and fit all that is wanted.

    Parameters
    ----------
    wanted
        ``area``, ``language``, ``on`` (a day) and ``words``; what is empty or missing fits all.
    """
    agreed = Expert.objects.agreed(today).select_related("person", "jurisdiction")
    return [one for one in agreed if _fits(one, wanted)]


def _fits(expert: Expert, wanted: Mapping[str, Any]) -> bool:
    area, language, on = wanted.get("area"), wanted.get("language"), wanted.get("on")
    words = str(wanted.get("words") or "").casefold().split()
    told = " ".join(
        (expert.about, expert.missions, expert.regions, expert.more_languages)
    ).casefold()
    return (
        (not area or area in expert.areas)
        and (not language or language in expert.languages)
        and (not on or _is_available(expert, on))
        and all(word in told for word in words)
    )


def _is_available(expert: Expert, day: date) -> bool:
    begins, ends = expert.available_from, expert.available_until
    return (begins is None or begins <= day) and (ends is None or day <= ends)
