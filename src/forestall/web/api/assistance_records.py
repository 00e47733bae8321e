"""This file knows what programs read and send about technical assistance."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the records are built from their types

from msgspec import Struct

from forestall.assistance import (
    Area,
    Cost,
    Mission,
    MissionOutcome,
    Need,
    Offer,
    Priority,
    ProposalState,
    Window,
)
from forestall.assistance.files import MatchingFile  # noqa: TC001
from forestall.languages import Texts  # noqa: TC001
from forestall.web.assistance.models import RoundState  # noqa: TC001
from forestall.web.assistance.sides import Side  # noqa: TC001


class NeedFacts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A need as it is sent; its key, its owner and since when it waits are known here."""

    area: Area
    title: Texts
    languages: tuple[str, ...]
    regions: tuple[str, ...]
    window: Window
    days: int = 1
    priority: Priority = Priority.NOT_NAMED
    must_cover: tuple[Cost, ...] = ()


class OfferFacts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An offer as it is sent; its key and its owner are known here."""

    areas: tuple[Area, ...]
    title: Texts
    languages: tuple[str, ...]
    window: Window
    regions: tuple[str, ...] = ()
    covers: tuple[Cost, ...] = ()
    capacity: int = 1


class NewOffer(OfferFacts, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new offer, and the number of the organisation that makes it."""

    organisation: int


class NeedEntry(Struct, frozen=True, kw_only=True):
    """A need of a place: the record as in its file, and whether it was withdrawn."""

    number: int
    jurisdiction: int
    record: Need
    withdrawn_on: date | None
    withdrawn_because: Texts


class OfferEntry(Struct, frozen=True, kw_only=True):
    """An offer from a place: the record as in its file, and whether it was withdrawn."""

    number: int
    jurisdiction: int
    organisation: int | None
    record: Offer
    withdrawn_on: date | None
    withdrawn_because: Texts


class BecauseInWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why something is withdrawn; others read it."""

    because: Texts


class RoundRow(Struct, frozen=True, kw_only=True):
    """A round of matching: where and when it was started, and how far it is."""

    number: int
    jurisdiction: int
    on: date
    state: RoundState
    left_out: list[str]


class RoundEntry(RoundRow, frozen=True, kw_only=True):
    """A round of matching with its result, as in its file; none before it is worked out."""

    result: MatchingFile | None


class SideAnswered(Struct, frozen=True, kw_only=True):
    """How one side answered a proposal."""

    side: Side
    accepts: bool
    because: Texts
    on: date


class ProposalEntry(Struct, frozen=True, kw_only=True):
    """A proposal with the answers of both sides, and its mission where there is one."""

    number: int
    need: str
    offer: str
    proposed: date
    state: ProposalState
    reasons: list[Texts]
    answers: list[SideAnswered]
    mission: Mission | None


class MissionTold(Struct, frozen=True, kw_only=True):
    """What a mission led to, as who asked for it says."""

    need: Need
    offer: Offer
    mission: Mission


class SideAnswering(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The answer of a side; a reason is needed to decline."""

    side: Side
    accepts: bool
    because: Texts = {}


class NewMission(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first day of a mission, and when it is first looked at again."""

    started: date
    follow_up: date | None = None


class FollowUpPlanned(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A further day on which a mission is looked at again."""

    due: date


class FollowUpHeld(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a follow-up was held, and what was found."""

    due: date
    held: date
    found: Texts


class MissionEnded(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last day of a mission."""

    ended: date


class MissionSaid(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of a mission."""

    outcome: MissionOutcome
    said: Texts
    still_needed: Texts = {}
    learned: Texts = {}


class BroughtFile(Struct, frozen=True, kw_only=True):
    """How many records of a file were added, changed something, or were left out."""

    added: int
    changed: int
    left_out: int
