"""This file knows why a pair was proposed, and why a need got no offer, in sentences.

Every sentence can be checked from the needs and offers alone: it names counts, keys and days.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.assistance.fitting import (
    Constraint,
    common_languages,
    common_regions,
    common_time,
)
from forestall.languages import LanguageName, Listing, Message, Sentences, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.assistance.preferences import NeedOrder
    from forestall.assistance.proposals import ProposalState
    from forestall.assistance.records import Need, Offer


class Why(StrEnum):
    """Why a need got no offer: the first constraint that leaves none, or that all are taken."""

    AREA = "area"
    LANGUAGE = "language"
    REGION = "region"
    TIME = "time"
    COSTS = "costs"
    DECLINED = "declined"
    TAKEN = "taken"


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A need that has a fitting offer which another need would like.

    Attributes
    ----------
    offer, need
        Keys of the offer, and of the need it went to.
    by
        By what that need comes first; None if only by its key, or if ``standing`` tells why.
    standing
        The state of the earlier proposal that holds the place; None for one of this round.
    """

    offer: str
    need: str
    by: NeedOrder | None = None
    standing: ProposalState | None = None

    @property
    def said(self) -> Message:
        """Return it as a sentence."""
        if self.standing is not None:
            return message(
                "“{offer}” is bound to “{need}” by a proposal that is “{state}”.",
                offer=self.offer,
                need=self.need,
                state=self.standing.words,
            )
        if self.by is None:
            return message(
                "“{offer}” went to “{need}”, which is its equal and comes first by its key.",
                offer=self.offer,
                need=self.need,
            )
        return message(
            "“{offer}” went to “{need}”, by the order “{order}”.",
            offer=self.offer,
            need=self.need,
            order=self.by.words,
        )


@dataclass(frozen=True, kw_only=True)
class NearMiss:
    """An offer in the area of a need, and what keeps it from the need."""

    offer: str
    lacking: tuple[Constraint, ...]

    @property
    def said(self) -> Message:
        """Return it as a sentence."""
        return message(
            "“{offer}”: {lacking}.",
            offer=self.offer,
            lacking=Listing([one.words for one in self.lacking]),
        )


@dataclass(frozen=True, kw_only=True)
class Unmatched:
    """A need without an offer, and why.

    Attributes
    ----------
    need
        Its key.
    why
        The first constraint that leaves no offer, or that all fitting ones are taken.
    offers
        How many offers were left before that constraint, of those in the area; for TAKEN, how
        many fit.
    said
        The reason as a sentence.
    holders
        For TAKEN, who has each place of the fitting offers.
    near
        Offers in the area that do not fit, with everything that each lacks.
    """

    need: str
    why: Why
    offers: int
    said: Message
    holders: tuple[Holder, ...] = ()
    near: tuple[NearMiss, ...] = ()

    @property
    def in_words(self) -> Sentences:
        """Return the reason and who has the offers."""
        return Sentences((self.said, *(one.said for one in self.holders)))


def reasons_for(need: Need, offer: Offer, *, fitting: int) -> tuple[Message, ...]:
    """Return why an offer is proposed for a need, one sentence for each constraint.

    Parameters
    ----------
    fitting
        How many offers fit the need.

    Examples
    --------
    >>> from forestall.assistance.example import example_needs, example_offers
    >>> for one in reasons_for(example_needs()[0], example_offers()[0], fitting=1):
    ...     print(one)
    Both name the area “Monitoring and evaluation”.
    Both work in French.
    The offer names the region “west-africa”.
    Both have the days from 1 March 2026 to 30 June 2026.
    The offer covers what the need asks to be covered: travel.
    The need was stated on 12 May 2025.
    It is the only offer that fits.
    """
    together = common_time(need, offer)
    assert together is not None  # the pair fits
    return (
        message("Both name the area “{area}”.", area=need.area.words),
        message(
            "Both work in {languages}.",
            languages=Listing([LanguageName(one) for one in common_languages(need, offer)]),
        ),
        _of_region(need, offer),
        message(
            "Both have the days from {first} to {last}.", first=together.first, last=together.last
        ),
        _of_costs(need),
        message("The need was stated on {day}.", day=need.asked),
        plural_message(
            "It is the only offer that fits.",
            "{count} offers fit; the orders, over all needs together, give this one.",
            fitting,
        ),
    )


def why_none(need: Need, obstacles: Sequence[tuple[Constraint, ...]]) -> tuple[Why, int, Message]:
    """Return the first constraint that leaves no offer, how many were left before, and a sentence.

    Parameters
    ----------
    obstacles
        Of each offer, what keeps it from the need.
    """
    left = list(obstacles)
    for constraint in Constraint:
        still = [one for one in left if constraint not in one]
        if not still:
            before = 0 if constraint is Constraint.AREA else len(left)
            return Why(constraint.value), before, _said(constraint, need, before)
        left = still
    return Why.TAKEN, len(left), _taken(len(left))


def _of_region(need: Need, offer: Offer) -> Message:
    shared = common_regions(need, offer)
    if not shared:
        return message("The offer is open to every region.")
    return plural_message(
        "The offer names the region {regions}.",
        "The offer names the regions {regions}.",
        len(shared),
        regions=Listing([f"“{one}”" for one in shared]),
    )


def _of_costs(need: Need) -> Message:
    if not need.must_cover:
        return message("The need asks for no costs to be covered.")
    return message(
        "The offer covers what the need asks to be covered: {costs}.",
        costs=Listing([one.words for one in need.must_cover]),
    )


def _said(constraint: Constraint, need: Need, left: int) -> Message:
    area = need.area.words
    if constraint is Constraint.AREA:
        return message("No offer is in the area “{area}”.", area=area)
    if constraint is Constraint.LANGUAGE:
        return plural_message(
            "{count} offer is in the area “{area}”, but does not work in {languages}.",
            "{count} offers are in the area “{area}”, but none works in {languages}.",
            left,
            area=area,
            languages=Listing([LanguageName(one) for one in need.languages]),
        )
    if constraint is Constraint.REGION:
        return plural_message(
            "{count} offer fits in area and language, but does not serve the region.",
            "{count} offers fit in area and language, but none serves the region.",
            left,
        )
    return _said_later(constraint, need, left)


def _said_later(constraint: Constraint, need: Need, left: int) -> Message:
    if constraint is Constraint.TIME:
        return plural_message(
            "{count} offer fits in area, language and region, but too few days are in common; "
            "the need takes {days}.",
            "{count} offers fit in area, language and region, but none has enough days in common; "
            "the need takes {days}.",
            left,
            days=need.days,
        )
    if constraint is Constraint.COSTS:
        return plural_message(
            "{count} offer fits but for costs; it does not cover all of: {costs}.",
            "{count} offers fit but for costs; none covers all of: {costs}.",
            left,
            costs=Listing([one.words for one in need.must_cover]),
        )
    return plural_message(
        "{count} offer fits, but it was proposed before and declined.",
        "{count} offers fit, but each was proposed before and declined.",
        left,
    )


def _taken(fitting: int) -> Message:
    return plural_message(
        "{count} offer fits, and it is taken.",
        "{count} offers fit, and all are taken.",
        fitting,
    )
