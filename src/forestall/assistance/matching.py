"""This file knows how needs and offers of assistance are matched, and the reason of each answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forestall.assistance.explanations import (
    Holder,
    NearMiss,
    Unmatched,
    Why,
    reasons_for,
    why_none,
)
from forestall.assistance.fitting import (
    Constraint,
    common_languages,
    common_time,
    obstacles_between,
)
from forestall.assistance.pairing import assign_offers
from forestall.assistance.preferences import (
    Preferences,
    deciding_between,
    distance_of,
    needs_in_order,
)
from forestall.assistance.proposals import ProposalState
from forestall.assistance.serving import needs_served
from forestall.assistance.soundness import check_assistance
from forestall.languages import plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from forestall.assistance.proposals import Proposal
    from forestall.assistance.records import Need, Offer, Window
    from forestall.languages import Message


@dataclass(frozen=True, kw_only=True)
class Pair:
    """An offer proposed for a need.

    Attributes
    ----------
    need, offer
        Their keys.
    languages, together
        What both have in common.
    reasons
        One sentence for each thing that had to hold, and how many offers fitted.
    """

    need: str
    offer: str
    languages: tuple[str, ...]
    together: Window
    reasons: tuple[Message, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Matching:
    """Which offer is proposed for which need, and why the others got none.

    Attributes
    ----------
    pairs, unmatched
        In the order in which needs are served.
    standing
        Earlier proposals that hold their places, and were left as they are.
    preferences
        The orders that were followed.
    """

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    standing: tuple[Proposal, ...]
    preferences: Preferences

    def summary(self) -> str:
        """Return the finding in one plain sentence."""
        return str(
            plural_message(
                "{met} of {count} open need has a fitting offer.",
                "{met} of {count} open needs have a fitting offer.",
                len(self.pairs) + len(self.unmatched),
                met=len(self.pairs),
            )
        )

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each open need: ``need``, ``offer``, ``why``, ``said``.

        ``offer`` is empty where there is none; ``why`` is then the word of the reason.
        """
        import pandas as pd

        rows = [
            (one.need, one.offer, "", " ".join(str(said) for said in one.reasons))
            for one in self.pairs
        ]
        rows += [(one.need, "", one.why.value, str(one.in_words)) for one in self.unmatched]
        return pd.DataFrame(rows, columns=["need", "offer", "why", "said"], dtype="str")


def match_assistance(
    needs: Sequence[Need],
    offers: Sequence[Offer],
    *,
    proposals: Sequence[Proposal] = (),
    preferences: Preferences | None = None,
) -> Matching:
    """Propose an offer for each need, as many as possible and the first in order first.

    An offer fits a need if area, language, region, time and costs do (`Constraint`), and the pair
    was not declined. Which needs are served is decided before which offer each gets, so that no
    need goes without because another would like its offer better. The order in which needs and
    offers are given does not matter, and what fits nothing changes nothing.

    Parameters
    ----------
    proposals
        Earlier ones. Those that are proposed, accepted, under way or ended hold their need and
        their place; declined pairs are not proposed again; withdrawn ones count for nothing.
    preferences
        The orders to follow instead of the usual ones.

    Raises
    ------
    InvalidAssistance
        If a record contradicts itself or a proposal names what is not there.

    Examples
    --------
    >>> from forestall.assistance.example import example_needs, example_offers
    >>> found = match_assistance(example_needs(), example_offers())
    >>> found.summary()
    '2 of 4 open needs have a fitting offer.'
    >>> for one in found.unmatched:
    ...     print(one.in_words)
    1 offer fits, and it is taken. “institute” went to “harbour-evaluation”, by the order
    “who has waited longer”.
    1 offer is in the area “Situational prevention”, but does not work in Arabic.
    """
    check_assistance(needs, offers, proposals)
    orders = preferences or Preferences()
    standing = tuple(one for one in proposals if one.state.holds)
    bound = {one.need for one in standing}
    open_needs = needs_in_order([one for one in needs if one.key not in bound], orders)
    fair = _Round(open_needs, sorted(offers, key=lambda one: one.key), proposals)
    chosen = fair.assigned(orders)
    went_to: defaultdict[int, list[Need]] = defaultdict(list)
    for need, offer in chosen.items():
        went_to[offer].append(open_needs[need])
    return Matching(
        pairs=tuple(fair.pair(need, offer) for need, offer in chosen.items()),
        unmatched=tuple(
            fair.unmatched(need, went_to, orders)
            for need in range(len(open_needs))
            if need not in chosen
        ),
        standing=tuple(sorted(standing, key=lambda one: (one.need, one.offer))),
        preferences=orders,
    )


# Of an offer in another area nothing else is asked.
_ELSEWHERE = (Constraint.AREA,)


class _Round:
    """Needs and offers in their orders, and what keeps each pair apart."""

    def __init__(
        self, needs: Sequence[Need], offers: Sequence[Offer], proposals: Sequence[Proposal]
    ) -> None:
        self.needs, self.offers = needs, offers
        declined = {
            (one.need, one.offer) for one in proposals if one.state is ProposalState.DECLINED
        }
        self.bound: defaultdict[str, list[Proposal]] = defaultdict(list)
        for one in sorted(proposals, key=lambda one: one.need):
            if one.state.holds:
                self.bound[one.offer].append(one)
        self.places = [max(0, one.capacity - len(self.bound[one.key])) for one in offers]
        self.apart = [
            [
                obstacles_between(need, offer, was_declined=(need.key, offer.key) in declined)
                if need.area in offer.areas
                else _ELSEWHERE
                for offer in offers
            ]
            for need in needs
        ]

    def fitting(self, need: int) -> list[int]:
        """Return the numbers of the offers that fit, taken or not."""
        return [number for number, one in enumerate(self.apart[need]) if not one]

    def assigned(self, orders: Preferences) -> dict[int, int]:
        """Return the offer of each need that is served, by their numbers."""
        free = [
            [offer for offer in self.fitting(need) if self.places[offer]]
            for need in range(len(self.needs))
        ]
        served = [need for need, holds in enumerate(needs_served(free, self.places)) if holds]
        fits = np.zeros((len(served), len(self.offers)), dtype=bool)
        distances = [np.zeros(fits.shape, dtype=np.int64) for _ in orders.pairs]
        for row, need in enumerate(served):
            for offer in free[need]:
                fits[row, offer] = True
                for order, distance in zip(orders.pairs, distances, strict=True):
                    distance[row, offer] = distance_of(order, self.needs[need], self.offers[offer])
        return dict(zip(served, assign_offers(fits, distances, self.places), strict=True))

    def pair(self, need: int, offer: int) -> Pair:
        """Return a pair with its reasons."""
        one, other = self.needs[need], self.offers[offer]
        together = common_time(one, other)
        assert together is not None  # the pair fits
        return Pair(
            need=one.key,
            offer=other.key,
            languages=common_languages(one, other),
            together=together,
            reasons=reasons_for(one, other, fitting=len(self.fitting(need))),
        )

    def unmatched(
        self, need: int, went_to: Mapping[int, Sequence[Need]], orders: Preferences
    ) -> Unmatched:
        """Return a need without an offer, and why.

        Parameters
        ----------
        went_to
            The needs that each offer goes to in this round, by the number of the offer.
        """
        why, left, said = why_none(self.needs[need], self.apart[need])
        near = [
            NearMiss(offer=self.offers[number].key, lacking=lacking)
            for number, lacking in enumerate(self.apart[need])
            if lacking and Constraint.AREA not in lacking
        ]
        return Unmatched(
            need=self.needs[need].key,
            why=why,
            offers=left,
            said=said,
            holders=tuple(self._holders(need, went_to, orders)) if why is Why.TAKEN else (),
            near=tuple(near),
        )

    def _holders(
        self, need: int, went_to: Mapping[int, Sequence[Need]], orders: Preferences
    ) -> Iterator[Holder]:
        for number in self.fitting(need):
            offer = self.offers[number].key
            for one in self.bound[offer]:
                yield Holder(offer=offer, need=one.need, standing=one.state)
            for other in went_to.get(number, ()):
                by = deciding_between(other, self.needs[need], orders)
                yield Holder(offer=offer, need=other.key, by=by)
