"""This file knows in which order needs are served, and which fitting offer is preferred.

Everything is an order, nothing a weight: a weight would say how many days of waiting a language is
worth, and no text says that. Each default has its reason beside it; both orders can be replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.assistance.fitting import common_languages, common_time, serves_by_name
from forestall.assistance.records import Priority
from forestall.errors import InvalidAssistance
from forestall.languages import Message, message
from forestall.languages.in_force import base_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from forestall.assistance.records import Need, Offer


class NeedOrder(StrEnum):
    """By what one need comes before another when there is not enough for all."""

    WAITED = "waited"
    PRIORITY = "priority"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _NEED_ORDERS[self][0]

    @property
    def reason(self) -> Message:
        """Return why one would order so."""
        return _NEED_ORDERS[self][1]


class PairOrder(StrEnum):
    """By what one fitting offer is preferred to another, over all needs together."""

    LANGUAGE = "language"
    REGION = "region"
    COSTS = "costs"
    SOONEST = "soonest"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _PAIR_ORDERS[self][0]

    @property
    def reason(self) -> Message:
        """Return why one would order so."""
        return _PAIR_ORDERS[self][1]


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """Two orders; what comes first decides, and the next only what is still equal.

    Attributes
    ----------
    needs
        Who is served first. What is left equal is decided by the key of the need.
    pairs
        Which offer is preferred, summed over all needs that are served. What is left equal is
        decided by the keys of the offers, for the needs in their order.

    Raises
    ------
    InvalidAssistance
        If an order names something twice.
    """

    needs: tuple[NeedOrder, ...] = (NeedOrder.WAITED, NeedOrder.PRIORITY)
    pairs: tuple[PairOrder, ...] = (
        PairOrder.LANGUAGE,
        PairOrder.REGION,
        PairOrder.COSTS,
        PairOrder.SOONEST,
    )

    def __post_init__(self) -> None:
        """Refuse an order that says a thing twice."""
        for order in (self.needs, self.pairs):
            twice = next((one for one in order if order.count(one) > 1), None)
            if twice is not None:
                raise InvalidAssistance(
                    message("The order names “{name}” twice.", name=twice.value)
                )


def needs_in_order(needs: Sequence[Need], preferences: Preferences) -> tuple[Need, ...]:
    """Return the needs, the one to be served first at the beginning.

    Examples
    --------
    >>> from forestall.assistance.example import example_needs
    >>> [one.key for one in needs_in_order(example_needs(), Preferences())][:2]
    ['harbour-evaluation', 'hill-evaluation']
    """
    return tuple(sorted(needs, key=lambda one: (*_place_of(one, preferences), one.key)))


def deciding_between(first: Need, second: Need, preferences: Preferences) -> NeedOrder | None:
    """Return by what two needs differ first in the order; None if only by their keys."""
    for order in preferences.needs:
        if _RANKS[order](first) != _RANKS[order](second):
            return order
    return None


def distance_of(order: PairOrder, need: Need, offer: Offer) -> int:
    """Return how far a fitting pair is from what is preferred; 0 or more, whole.

    Yes or no for languages and regions, costs covered beyond need, days until both have time.
    """
    if order is PairOrder.LANGUAGE:
        first = base_of(need.languages[0])
        return int(base_of(common_languages(need, offer)[0]) != first)
    if order is PairOrder.REGION:
        return int(not serves_by_name(need, offer))
    if order is PairOrder.COSTS:
        return len(set(offer.covers) - set(need.must_cover))
    together = common_time(need, offer)
    assert together is not None  # the pair fits
    return (together.first - need.window.first).days


def _place_of(need: Need, preferences: Preferences) -> tuple[int, ...]:
    return tuple(_RANKS[order](need) for order in preferences.needs)


_RANKS: dict[NeedOrder, Callable[[Need], int]] = {
    NeedOrder.WAITED: lambda need: need.asked.toordinal(),
    NeedOrder.PRIORITY: lambda need: int(need.priority is not Priority.NAMED),
}

_NEED_ORDERS = {
    NeedOrder.WAITED: (
        message("who has waited longer"),
        message(
            "Waiting is a fact that nobody can state more of, and help that never comes is none."
        ),
    ),
    NeedOrder.PRIORITY: (
        message("what its owner named a priority"),
        message("Question 26(m) of 2006/20 asks each owner which area is a priority."),
    ),
}

_PAIR_ORDERS = {
    PairOrder.LANGUAGE: (
        message("the language the owner works in best"),
        message("Help is used more easily in the language in which its owner works best."),
    ),
    PairOrder.REGION: (
        message("an offer that names the region"),
        message("An offer that is open to all regions then stays free for those nobody names."),
    ),
    PairOrder.COSTS: (
        message("an offer that covers no more than is asked"),
        message("An offer that covers more then stays free for those who need that."),
    ),
    PairOrder.SOONEST: (
        message("the earliest day that both have"),
        message("What comes earlier ends the waiting earlier."),
    ),
}
