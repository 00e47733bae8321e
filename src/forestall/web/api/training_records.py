"""This file knows what programs read and send about courses and skills."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the records are built from their types

from msgspec import Struct

from forestall.training.bands import PeopleBand  # noqa: TC001
from forestall.training.records import Audience, CourseForm  # noqa: TC001
from forestall.training.skills import Skill  # noqa: TC001


class CourseFacts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A course as it is sent; what is left out is empty.

    Attributes
    ----------
    dates
        First and last day of each time, parted by a space, one time a line.
    more_languages
        Tags of languages beside those of the workspace, parted by spaces.
    """

    title: str
    provider: str
    skills: tuple[Skill, ...]
    form: CourseForm
    audience: Audience
    about: str = ""
    website: str = ""
    languages: tuple[str, ...] = ()
    more_languages: str = ""
    hours: float | None = None
    price: float | None = None
    currency: str = ""
    price_source: str = ""
    dates: str = ""
    qualification: str = ""


class CourseEntry(Struct, frozen=True, kw_only=True):
    """A course of the catalogue; dates are pairs of a first and a last day."""

    number: int
    jurisdiction: int
    title: str
    provider: str
    skills: list[str]
    form: CourseForm
    audience: Audience
    about: str
    website: str
    languages: list[str]
    hours: float | None
    price: float | None
    currency: str
    price_source: str
    dates: list[list[str]]
    qualification: str


class SkillsOfBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an organisation says of itself, and the last day on which that counts."""

    skills: tuple[Skill, ...]
    until: date


class WantedFacts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A skill that a plan needs beyond its fields; without an action, the plan as a whole."""

    skill: Skill
    reason: str
    action: str = ""


class WantedEntry(Struct, frozen=True, kw_only=True):
    """A skill that was added to those that a plan needs."""

    number: int
    skill: Skill
    reason: str
    action: str


class SkillHeld(Struct, frozen=True, kw_only=True):
    """A skill of an organisation, and in steps how many people have it.

    The step is left out for few people, or where no number was said.
    """

    skill: Skill
    people: PeopleBand | None


class BodyEntry(Struct, frozen=True, kw_only=True):
    """An organisation, its skills today, and until when its own word counts."""

    organisation: int
    name: str
    skills: list[SkillHeld]
    until: date | None
