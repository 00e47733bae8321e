"""This file knows the records of courses, qualifications and of which body has which skill.

Skills belong to bodies, never to persons: a record says how many people of a body say that they
have a skill, or only that the body has it. Nothing in it is a grade.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the records are built from their types
from enum import StrEnum

from msgspec import Struct

from forestall.languages import Message, Texts, message

FORMAT = 1


class CourseForm(StrEnum):
    """How a course is given."""

    IN_PERSON = "in-person"
    ONLINE = "online"
    MIXED = "mixed"
    ALONE = "alone"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _FORMS[self]


class Audience(StrEnum):
    """For whom a course is (2002/13 ¶18)."""

    OFFICIALS = "officials"
    BASIC = "basic"
    ADVANCED = "advanced"
    COMMUNITIES = "communities"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _AUDIENCES[self][1]

    @property
    def paragraph(self) -> str:
        """Return the paragraph that names it."""
        return _AUDIENCES[self][0]


class OwnSkill(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A skill that a place adds to the list: a short name, and what it is."""

    key: str
    name: Texts


class Price(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a course costs for one person: amount, currency (ISO 4217), and where this is said."""

    amount: float
    currency: str
    source: Texts


class CourseDate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a course is given: its first and last day, and where."""

    first: date
    last: date
    place: Texts = {}


class Qualification(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A certificate or professional qualification (2002/13 ¶18(c)).

    Attributes
    ----------
    key, title
        Short name that stays, and what it is called.
    body
        Who awards it.
    skills
        Keys of the skills that it stands for.
    source
        Where its rules can be read.
    """

    key: str
    title: Texts
    body: Texts
    skills: tuple[str, ...]
    source: Texts = {}


class Course(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A course that somebody offers.

    Attributes
    ----------
    key, title
        Short name that stays, and what it is called.
    provider
        The body that gives it, never a person.
    skills
        Keys of the skills that it teaches.
    languages
        In which it is given.
    form, audience
        How it is given, and for whom.
    hours
        How long it takes; None if that is not known.
    price
        None if that is not known; an amount of 0 for one without a fee.
    dates
        When it is given next; empty for one that can begin on any day.
    qualification
        Key of the qualification it leads to; "" for none.
    source
        Where it is described.
    """

    key: str
    title: Texts
    provider: Texts
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    form: CourseForm
    audience: Audience = Audience.BASIC
    hours: float | None = None
    price: Price | None = None
    dates: tuple[CourseDate, ...] = ()
    qualification: str = ""
    source: Texts = {}


class Courses(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A catalogue: courses, qualifications, and the own skills that they name."""

    courses: tuple[Course, ...]
    qualifications: tuple[Qualification, ...] = ()
    skills: tuple[OwnSkill, ...] = ()
    format: int = FORMAT


class Body(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body beside the partners of the plan, such as one that would help: key and name."""

    key: str
    name: Texts


class Holding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That a body has a skill, or says that it has not.

    Attributes
    ----------
    organisation
        Key of a partner of the plan, or of a body of this file.
    skill
        Key of the skill.
    people
        How many people there say that they have it; 0 for none, None where nobody was counted and
        the body only says that it has it.
    told, until
        The day on which it was said, and the last day on which it counts.
    """

    organisation: str
    skill: str
    told: date
    until: date
    people: int | None = None


class Wanted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A skill that the partners say the plan needs beyond what its fields show.

    Attributes
    ----------
    skill
        Key of the skill.
    reason
        Why it is needed.
    action
        Key of the action that needs it; "" for the plan as a whole.
    """

    skill: str
    reason: Texts
    action: str = ""


class Holdings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which body of a partnership has which skill, and which more are wanted."""

    holdings: tuple[Holding, ...]
    organisations: tuple[Body, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    skills: tuple[OwnSkill, ...] = ()
    format: int = FORMAT


_FORMS = {
    CourseForm.IN_PERSON: message("in one place"),
    CourseForm.ONLINE: message("online"),
    CourseForm.MIXED: message("partly online"),
    CourseForm.ALONE: message("alone, at any time"),
}

_AUDIENCES = {
    Audience.OFFICIALS: ("2002/13:18(a)", message("senior officials")),
    Audience.BASIC: ("2002/13:18(b)", message("people who begin")),
    Audience.ADVANCED: ("2002/13:18(b)", message("people with experience")),
    Audience.COMMUNITIES: ("2002/13:18(d)", message("residents and associations")),
}
