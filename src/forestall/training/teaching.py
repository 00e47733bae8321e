"""This file knows which courses teach a skill, in which languages, and when they are next given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import LanguageName, Listing, OwnWords, message
from forestall.languages.in_force import base_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from forestall.languages import Message
    from forestall.training.records import Course, CourseDate, Courses


@dataclass(frozen=True, kw_only=True)
class CourseFound:
    """A course that teaches a skill.

    Attributes
    ----------
    course
        Its record.
    shared
        The languages of it that are languages of the plan; empty if there is none.
    following
        When it is given next; None if no day is known.
    """

    course: Course
    shared: tuple[str, ...]
    following: CourseDate | None

    @property
    def said(self) -> Message:
        """Return it as one line: what, by whom, in which languages."""
        parts = {
            "title": OwnWords(self.course.title),
            "provider": OwnWords(self.course.provider),
            "languages": Listing([LanguageName(one) for one in self.course.languages]),
        }
        if self.shared:
            return message("“{title}”, {provider}, in {languages}", **parts)
        return message("“{title}”, {provider}, in {languages}: no language of the plan", **parts)


def courses_for(
    skill: str, catalogue: Courses, *, languages: Sequence[str], today: date
) -> tuple[CourseFound, ...]:
    """Return the courses that teach a skill, those in one of the languages first, then by keys.

    Parameters
    ----------
    languages
        In which people can follow a course, script and region aside.
    today
        Days before it are left out.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.training.example import example_courses
    >>> found = courses_for(
    ...     "evaluation", example_courses(), languages=("fr",), today=date(2025, 4, 1)
    ... )
    >>> [(one.course.key, one.shared) for one in found]
    [('evaluation-online', ('fr',))]
    """
    wanted = {base_of(one) for one in languages}
    found = [
        CourseFound(
            course=one,
            shared=tuple(tag for tag in one.languages if base_of(tag) in wanted),
            following=next_date(one.dates, today),
        )
        for one in catalogue.courses
        if skill in one.skills
    ]
    return tuple(sorted(found, key=lambda one: (not one.shared, one.course.key)))


def next_date(dates: Sequence[CourseDate], today: date) -> CourseDate | None:
    """Return the first of some dates that does not begin before a day; None if there is none."""
    coming = [one for one in dates if one.first >= today]
    return min(coming, key=lambda one: (one.first, one.last), default=None)
