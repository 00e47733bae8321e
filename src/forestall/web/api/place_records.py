"""This file knows the records of partners, members and the log for programs."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the records are built from their types
from typing import Annotated

from msgspec import Meta, Struct

from forestall.plan.vocabulary import ActorGroup, Sector  # noqa: TC001
from forestall.plan.vocabulary import Jurisdiction as Level  # noqa: TC001
from forestall.web.organisations.roles import Role  # noqa: TC001

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Written = Annotated[str, Meta(max_length=2000)]


class PartnerFacts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is written down of a partner.

    Attributes
    ----------
    role
        Its part in prevention, in plain words.
    contact
        The address of an office, never of a person.
    agreement, agreed_on, agreed_until
        What it agreed to, and from when to when.
    """

    name: Name
    sector: Sector
    role: Written = ""
    contact: Annotated[str, Meta(max_length=300)] = ""
    agreement: Written = ""
    agreed_on: date | None = None
    agreed_until: date | None = None


class Group(Struct, frozen=True, kw_only=True):
    """A group of actors: who takes part, and which kinds of bodies do not yet.

    Attributes
    ----------
    why, paragraph
        Why a plan should weigh it, and the paragraph that names it.
    present
        Numbers of the organisations that take part.
    absent
        Kinds of bodies of which none does; never a score.
    """

    group: ActorGroup
    why: str
    paragraph: str
    present: list[int]
    absent: list[Sector]


class MemberRow(Struct, frozen=True, kw_only=True):
    """That a person acts for an organisation, in one role; `key` tells nobody who they are."""

    number: int
    organisation: int
    key: str
    shown_as: str
    role: Role
    since: datetime


class WantedRole(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The role that a member is given."""

    role: Role


class Inviting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to invite, as what; the address is written into the form of the invitation."""

    role: Role
    email: Annotated[str, Meta(max_length=254)] = ""


class Invited(Struct, frozen=True, kw_only=True):
    """An invitation; its link is told once and used once."""

    organisation: int
    role: Role
    link: str
    ends_at: datetime


class NewPlace(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place below another, and the office that coordinates prevention there."""

    name: Name
    level: Level
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")]
    language: str
    office: Name


class Checked(Struct, frozen=True, kw_only=True):
    """Whether the log is whole: how many entries it has, and the first that was changed."""

    entries: int
    first_broken: int | None
