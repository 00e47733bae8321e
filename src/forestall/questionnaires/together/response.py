"""This file knows how many of the states that were asked replied, and which did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.questionnaires.together.orders import StateOrder, in_state_order
from forestall.questionnaires.together.states import region_of, regions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


@dataclass(frozen=True, kw_only=True)
class Response:
    """Who replied, and who is missing.

    Attributes
    ----------
    region
        Code of the region; "" for all of them.
    replied, missing
        Codes of states, in the order of their names.
    """

    region: str
    replied: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def asked(self) -> int:
        """Return how many were asked."""
        return len(self.replied) + len(self.missing)

    @property
    def share(self) -> float:
        """Return the share of those asked that replied; 0 where nobody was asked."""
        return len(self.replied) / self.asked if self.asked else 0.0


def count_response(
    asked: Iterable[str], replied: Collection[str], *, by: StateOrder = StateOrder.NAME
) -> tuple[Response, ...]:
    """Say for all states, and then for each region, who replied and who is missing.

    Examples
    --------
    >>> whole, africa, europe = count_response(["KE", "DE", "AT"], {"KE"})
    >>> whole.asked, whole.replied, whole.missing
    (3, ('KE',), ('AT', 'DE'))
    >>> africa.region, europe.missing
    ('002', ('AT', 'DE'))
    """
    there = in_state_order(set(asked), by=by)
    whole = _response("", there, replied)
    parts = (
        _response(region, tuple(one for one in there if region_of(one) == region), replied)
        for region in regions()
    )
    return (whole, *(one for one in parts if one.asked))


def _response(region: str, asked: tuple[str, ...], replied: Collection[str]) -> Response:
    came = frozenset(replied)
    return Response(
        region=region,
        replied=tuple(one for one in asked if one in came),
        missing=tuple(one for one in asked if one not in came),
    )
