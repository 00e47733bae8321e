"""This file knows when an offer fits a need: what both must have in common, in a fixed order."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.assistance.records import Window
from forestall.assistance.spelling import compared_name
from forestall.languages import Message, message
from forestall.languages.in_force import base_of

if TYPE_CHECKING:
    from forestall.assistance.records import Cost, Need, Offer


class Constraint(StrEnum):
    """What a pair must have in common; the order is that in which it is told."""

    AREA = "area"
    LANGUAGE = "language"
    REGION = "region"
    TIME = "time"
    COSTS = "costs"
    DECLINED = "declined"

    @property
    def words(self) -> Message:
        """Return what is lacking where it does not hold, translated when written."""
        return _LACKING[self]


def obstacles_between(
    need: Need, offer: Offer, *, was_declined: bool = False
) -> tuple[Constraint, ...]:
    """Return everything that keeps an offer from a need; nothing if it fits.

    Parameters
    ----------
    was_declined
        Whether the pair was proposed before and declined.

    Examples
    --------
    >>> from forestall.assistance.example import example_needs, example_offers
    >>> need, offer = example_needs()[0], example_offers()[2]
    >>> [one.value for one in obstacles_between(need, offer)]
    ['area', 'costs']
    """
    together = common_time(need, offer)
    holds = {
        Constraint.AREA: need.area in offer.areas,
        Constraint.LANGUAGE: bool(common_languages(need, offer)),
        Constraint.REGION: not offer.regions or serves_by_name(need, offer),
        Constraint.TIME: together is not None and together.days >= need.days,
        Constraint.COSTS: not uncovered_costs(need, offer),
        Constraint.DECLINED: not was_declined,
    }
    return tuple(one for one in Constraint if not holds[one])


def common_languages(need: Need, offer: Offer) -> tuple[str, ...]:
    """Return the languages of a need that the offer works in, script and region aside."""
    spoken = {base_of(one) for one in offer.languages}
    return tuple(one for one in need.languages if base_of(one) in spoken)


def common_time(need: Need, offer: Offer) -> Window | None:
    """Return the days that both have; None if there are none."""
    first = max(need.window.first, offer.window.first)
    last = min(need.window.last, offer.window.last)
    return Window(first=first, last=last) if first <= last else None


def serves_by_name(need: Need, offer: Offer) -> bool:
    """Say whether the offer names a region of the need, and is not only open to all."""
    return bool(common_regions(need, offer))


def common_regions(need: Need, offer: Offer) -> tuple[str, ...]:
    """Return the regions of a need that the offer names, however either spells them.

    Examples
    --------
    >>> from msgspec.structs import replace
    >>> from forestall.assistance.example import example_needs, example_offers
    >>> need, offer = example_needs()[0], example_offers()[0]
    >>> common_regions(need, replace(offer, regions=("West Africa",)))
    ('west-africa',)
    """
    named = {compared_name(one) for one in offer.regions}
    return tuple(one for one in need.regions if compared_name(one) in named)


def uncovered_costs(need: Need, offer: Offer) -> tuple[Cost, ...]:
    """Return the costs that neither side bears."""
    return tuple(one for one in need.must_cover if one not in offer.covers)


_LACKING = {
    Constraint.AREA: message("another area"),
    Constraint.LANGUAGE: message("no language in common"),
    Constraint.REGION: message("serves other regions"),
    Constraint.TIME: message("too few days in common"),
    Constraint.COSTS: message("leaves costs uncovered"),
    Constraint.DECLINED: message("was proposed and declined"),
}
