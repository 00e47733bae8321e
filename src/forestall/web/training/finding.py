"""This file knows how courses are found: by skill and language, in the order of titles.

JSON lists are compared in Python, because the two databases compare them differently; a catalogue
has hundreds of courses, not millions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.web.training.models import Course

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from forestall.web.people.models import Person


def courses_found(person: Person, *, wanted: Mapping[str, Any]) -> list[Course]:
    """Return the courses that are shared with a person and fit all that is wanted.

    Parameters
    ----------
    wanted
        ``skill`` and ``language``; what is empty or missing fits all.
    """
    shared = Course.objects.shared_with(person).select_related("jurisdiction")
    return [
        one
        for one in shared
        if (not wanted.get("skill") or wanted["skill"] in one.skills)
        and (not wanted.get("language") or wanted["language"] in one.languages)
    ]
