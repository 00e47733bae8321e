"""This file knows how any few needs, offers and proposals are drawn, and short ones by hand."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from forestall.assistance import (
    Area,
    Cost,
    Need,
    Offer,
    Priority,
    Proposal,
    ProposalState,
    Window,
)

START = date(2026, 1, 1)
YEAR = Window(first=START, last=date(2026, 12, 31))


def a_need(key, **changes):
    usual = {
        "owner": {"en": "A state"},
        "area": Area.EVALUATION,
        "languages": ("en",),
        "regions": ("asia",),
        "window": YEAR,
        "asked": date(2025, 6, 1),
    }
    return Need(key=key, **{**usual, **changes})


def an_offer(key, **changes):
    usual = {
        "owner": {"en": "An institute"},
        "areas": (Area.EVALUATION,),
        "languages": ("en",),
        "window": YEAR,
    }
    return Offer(key=key, **{**usual, **changes})


@st.composite
def windows(draw):
    first = START + timedelta(days=draw(st.integers(0, 6)))
    return Window(first=first, last=first + timedelta(days=draw(st.integers(0, 6))))


def some_of(values, least=0):
    return st.lists(st.sampled_from(values), unique=True, min_size=least, max_size=2).map(tuple)


@st.composite
def needs_and_offers(draw, most=4, areas=(Area.EVALUATION, Area.SKILLS)):
    """Draw few values from short lists, so that much fits and much is alike."""
    needs = [
        a_need(
            f"n{number}",
            area=draw(st.sampled_from(areas)),
            languages=draw(some_of(["ar", "fr", "zh-Hans"], least=1)),
            regions=draw(some_of(["asia", "africa"], least=1)),
            window=draw(windows()),
            asked=START - timedelta(days=draw(st.integers(1, 3))),
            priority=draw(st.sampled_from(Priority)),
            must_cover=draw(some_of([Cost.TRAVEL, Cost.FEES])),
        )
        for number in range(draw(st.integers(0, most)))
    ]
    offers = [
        an_offer(
            f"o{number}",
            areas=draw(some_of(list(areas), least=1)),
            languages=draw(some_of(["ar", "fr", "zh"], least=1)),
            regions=draw(some_of(["asia", "africa"])),
            window=draw(windows()),
            covers=draw(some_of([Cost.TRAVEL, Cost.FEES])),
            capacity=draw(st.integers(1, 2)),
        )
        for number in range(draw(st.integers(0, most)))
    ]
    return needs, offers


@st.composite
def with_proposals(draw):
    """Draw proposals too; no need is held twice."""
    needs, offers = draw(needs_and_offers())
    if not needs or not offers:
        return needs, offers, []
    proposals, held = [], set()
    for _ in range(draw(st.integers(0, 4))):
        need, offer = draw(st.sampled_from(needs)), draw(st.sampled_from(offers))
        state = draw(st.sampled_from(ProposalState))
        if not (state.holds and need.key in held):
            proposals.append(Proposal(need=need.key, offer=offer.key, proposed=START, state=state))
        if state.holds:
            held.add(need.key)
    return needs, offers, proposals
