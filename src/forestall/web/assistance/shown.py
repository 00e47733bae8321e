"""This file knows how needs, offers and rounds are told to people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from forestall.assistance import (
    MatchingFile,
    NearMiss,
    Need,
    Offer,
    Preferences,
)
from forestall.languages import LanguageName, Listing
from forestall.web.assistance.models import (
    HOLDING,
    AssistanceNeed,
    AssistanceOffer,
    AssistanceProposal,
    MatchingRound,
    RoundState,
)
from forestall.web.directory.models import Office, OfficeKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from forestall.languages import Message, Text
    from forestall.web.organisations.models import Jurisdiction


@dataclass(frozen=True, kw_only=True)
class Told:
    """A need or an offer with its record, as a page tells it.

    Attributes
    ----------
    row, content
        As it is kept, and the record of the library.
    over
        Whether its days are over.
    bound
        How many proposals rest on it.
    """

    row: AssistanceNeed | AssistanceOffer
    content: Any
    over: bool
    bound: int

    @property
    def languages(self) -> Text:
        """Return its languages in words."""
        return Listing([LanguageName(one) for one in self.content.languages])

    @property
    def regions(self) -> Text:
        """Return its regions."""
        return Listing([f"“{one}”" for one in self.content.regions])

    @property
    def areas(self) -> Text:
        """Return its areas in words."""
        content = self.content
        own = (content.area,) if isinstance(content, Need) else content.areas
        return Listing([one.words for one in own])

    @property
    def costs(self) -> Text:
        """Return the costs that the other side has to bear, or that it bears."""
        content = self.content
        own = content.must_cover if isinstance(content, Need) else content.covers
        return Listing([one.words for one in own])


@dataclass(frozen=True, kw_only=True)
class PairTold:
    """A pair of a round: both records, its reasons, and what became of it."""

    need: Need
    offer: Offer
    reasons: tuple[dict[str, str], ...]
    proposal: AssistanceProposal | None


@dataclass(frozen=True, kw_only=True)
class UnmatchedTold:
    """A need that got no offer: its record, why, and which offers came near."""

    need: Need
    said: dict[str, str]
    near: tuple[NearMiss, ...]


def told(rows: Iterable[Any], *, today: date) -> list[Told]:
    """Return needs or offers as a page tells them, who has waited longest first."""
    found = list(rows)
    counted = _resting(found)
    every = [
        Told(
            row=one,
            content=(content := one.content),
            over=content.window.last < today,
            bound=counted.get(one.pk, 0),
        )
        for one in found
    ]
    return sorted(every, key=lambda one: (getattr(one.content, "asked", today), one.row.key))


def pairs_told(found: MatchingRound) -> list[PairTold]:
    """Return the pairs of a round, in the order in which needs were served."""
    result = _result(found)
    needs, offers = _records(found)
    made = {one.need.key: one for one in found.proposals.select_related("need")}
    return [
        PairTold(
            need=needs[one.need],
            offer=offers[one.offer],
            reasons=one.reasons,
            proposal=made.get(one.need),
        )
        for one in result.pairs
    ]


def unmatched_told(found: MatchingRound) -> list[UnmatchedTold]:
    """Return the needs of a round that got no offer, in the order in which needs were served."""
    needs, _ = _records(found)
    return [
        UnmatchedTold(
            need=needs[one.need],
            said=one.said,
            near=tuple(NearMiss(offer=near.offer, lacking=near.lacking) for near in one.near),
        )
        for one in _result(found).unmatched
    ]


def orders_told() -> list[tuple[Message, Message]]:
    """Return by what needs come first, and then which offer is preferred, each with its reason."""
    orders = Preferences()
    needs = [(one.words, one.reason) for one in orders.needs]
    return [*needs, *((one.words, one.reason) for one in orders.pairs)]


def last_said(need: AssistanceNeed) -> dict[str, str] | None:
    """Return why a need got no offer in the last round; None if it got one or was not in it."""
    last = MatchingRound.objects.filter(state=RoundState.DONE.value).first()
    if last is None:
        return None
    return next((one.said for one in _result(last).unmatched if one.need == need.key), None)


def offices_of(*places: Jurisdiction) -> dict[int, list[Office]]:
    """Return the focal points of places, or of the nearest place above them that names one."""
    above = {one.pk: one.above() for one in places}
    every = Office.objects.filter(
        jurisdiction_id__in={key for keys in above.values() for key in keys},
        kind=OfficeKind.FOCAL_POINT.value,
    )
    by_place: dict[int, list[Office]] = {}
    for one in every:
        by_place.setdefault(one.jurisdiction_id, []).append(one)
    return {
        place: next((by_place[key] for key in keys if key in by_place), [])
        for place, keys in above.items()
    }


def _resting(rows: list[Any]) -> dict[int, int]:
    if not rows:
        return {}
    name = "need_id" if isinstance(rows[0], AssistanceNeed) else "offer_id"
    counted: dict[int, int] = {}
    for key in AssistanceProposal.objects.filter(state__in=HOLDING).values_list(name, flat=True):
        counted[key] = counted.get(key, 0) + 1
    return counted


def _result(found: MatchingRound) -> MatchingFile:
    return msgspec.convert(found.result, MatchingFile)


def _records(found: MatchingRound) -> tuple[dict[str, Need], dict[str, Offer]]:
    needs = msgspec.convert(found.inputs["needs"], list[Need])
    offers = msgspec.convert(found.inputs["offers"], list[Offer])
    return {one.key: one for one in needs}, {one.key: one for one in offers}
