"""This file knows the records that the JSON interface sends and takes beside those of a plan."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the records are built from their types
from typing import Any

from msgspec import Struct

from forestall.languages import Texts  # noqa: TC001
from forestall.plan.checking.points import PlanPart  # noqa: TC001
from forestall.plan.differences import Change  # noqa: TC001
from forestall.plan.duties import DutyKind, DutyState  # noqa: TC001
from forestall.plan.progress import OnTheWay  # noqa: TC001
from forestall.plan.records import Measured  # noqa: TC001
from forestall.plan.responsibilities import PartInAction  # noqa: TC001
from forestall.plan.states import PlanState  # noqa: TC001
from forestall.plan.vocabulary import Jurisdiction as Level  # noqa: TC001
from forestall.plan.vocabulary import Sector  # noqa: TC001
from forestall.web.organisations.roles import Role  # noqa: TC001


class Refusal(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why something was not done, in one sentence; `at` is the place in what was sent."""

    detail: str
    at: str = ""


class Health(Struct, frozen=True, kw_only=True):
    """Whether all is well: the database, the process for work in the background, the disk."""

    well: bool
    database: bool
    worker: bool
    disk: bool


class Territory(Struct, frozen=True, kw_only=True):
    """A jurisdiction; `above` is the number of the one it belongs to."""

    number: int
    name: str
    slug: str
    country: str
    level: Level
    currency: str
    language: str
    above: int | None


class Office(Struct, frozen=True, kw_only=True):
    """An organisation of the register of partners."""

    number: int
    jurisdiction: int
    key: str
    name: str
    sector: Sector
    role: str
    contact: str
    agreement: str
    agreed_on: date | None
    agreed_until: date | None


class Held(Struct, frozen=True, kw_only=True):
    """A role that a person has for an organisation."""

    jurisdiction: int
    organisation: int
    role: Role
    since: datetime


class Me(Struct, frozen=True, kw_only=True):
    """Who asks, and what the token leaves of their rights.

    Attributes
    ----------
    key
        Tells two people apart, and nobody who they are.
    memberships
        In the jurisdiction of the token.
    jurisdiction, roles
        Where the token counts, and which roles it leaves.
    ends_at
        When the token ends.
    """

    key: str
    shown_as: str
    memberships: list[Held]
    jurisdiction: int
    roles: list[Role]
    ends_at: datetime


class PlanRow(Struct, frozen=True, kw_only=True):
    """A plan in a list; `revision` counts every saved change."""

    number: int
    jurisdiction: int
    title: str
    state: PlanState
    version: int
    revision: int
    changed_at: datetime


class Head(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a plan says of itself as a whole.

    Attributes
    ----------
    languages
        In which the plan is written, its own first.
    accountable
        Key of the partner that answers for the whole.
    lasting
        How what works goes on after the plan.
    """

    title: Texts
    starts: date
    ends: date
    currency: str
    languages: tuple[str, ...]
    summary: Texts = {}
    accountable: str = ""
    lasting: Texts = {}


class Point(Struct, frozen=True, kw_only=True):
    """One thing that a plan lacks.

    Attributes
    ----------
    part, about, title
        Of which part; the key of the thing, and what it is called.
    said, paragraph
        What is missing, and the paragraph that asks for it.
    before
        The states that the plan cannot enter before it is settled; empty for advice.
    """

    part: PlanPart
    about: str
    title: Texts
    said: str
    paragraph: str
    before: list[PlanState]


class Move(Struct, frozen=True, kw_only=True):
    """A state that may follow, and what stands in the way."""

    to: PlanState
    words: str
    points: list[Point]


class WantedMove(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The state to which a plan is to be taken."""

    to: PlanState


class Decided(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one of the two people says of a rights assessment."""

    agrees: bool
    reason: str
    conditions: str = ""


class Revision(Struct, frozen=True, kw_only=True):
    """One saved change; `what` is the part, and `by` a key that tells nobody who it is."""

    number: int
    version: int
    state: PlanState
    saved_at: datetime
    by: str
    what: str


class Changed(Struct, frozen=True, kw_only=True):
    """One change between two revisions, in the words of a reader."""

    part: PlanPart
    key: str
    title: Texts
    change: Change
    field: str
    language: str
    old: str
    new: str


class Sums(Struct, frozen=True, kw_only=True):
    """Sums of money in the currency of the plan; see the accounts of a plan."""

    key: str
    words: str
    money: float
    in_kind: float
    unconfirmed: float
    in_kind_unconfirmed: float
    spent: float
    given: float


class Budget(Struct, frozen=True, kw_only=True):
    """The accounts of a plan; each list adds up to the total."""

    currency: str
    total: Sums
    by_action: list[Sums]
    by_year: list[Sums]
    by_level: list[Sums]
    by_payer: list[Sums]
    by_approach: list[Sums]


class Owed(Struct, frozen=True, kw_only=True):
    """What a partner owes by a day; partners stand by their keys."""

    kind: DutyKind
    state: DutyState
    due: date
    finished: date | None
    of: str
    key: str
    title: Texts
    accountable: str
    responsible: str


class Due(Struct, frozen=True, kw_only=True):
    """A duty of a plan, and whether it is one of the person's own organisation."""

    plan: int
    own: bool
    duty: Owed


class Doing(Struct, frozen=True, kw_only=True):
    """Which parts a partner takes in an action, the strongest first; both stand by their keys.

    `parts` are letters: A accountable, R responsible, C consulted, I informed.
    """

    action: str
    partner: str
    parts: list[PartInAction]


class OnLine(Struct, frozen=True, kw_only=True):
    """A measurement, and what the straight line has on its day; None without a line."""

    measured: Measured
    expected: float | None


class Progress(Struct, frozen=True, kw_only=True):
    """How an objective gets on; `reading` is whether it is on the way, by the latest measurement.

    Attributes
    ----------
    caveats
        What has to be known with it.
    """

    objective: str
    reading: OnTheWay
    caveats: list[str]
    series: list[OnLine]


class Waiting(Struct, frozen=True, kw_only=True):
    """A rights assessment that waits for somebody, and for what."""

    plan: int
    action: str
    title: Texts
    said: list[str]


class Entry(Struct, frozen=True, kw_only=True):
    """One entry of the audit log; the facts are names of fields and states."""

    number: int
    at: datetime
    actor: str
    verb: str
    about: str
    facts: dict[str, Any]


class Work(Struct, frozen=True, kw_only=True):
    """Work in the background: how far it is, or why it failed."""

    number: int
    kind: str
    state: str
    step: int
    steps: int
    said: str
    made_at: datetime
    ended_at: datetime | None
