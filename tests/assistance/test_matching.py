"""A matching is the best there is, stable, and the same in whatever order it is asked for."""

from __future__ import annotations

from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from forestall.assistance import (
    Area,
    Cost,
    NeedOrder,
    PairOrder,
    Preferences,
    Priority,
    Proposal,
    ProposalState,
    Window,
    match_assistance,
    obstacles_between,
)
from forestall.assistance.pairing import _within_reach
from forestall.assistance.preferences import distance_of, needs_in_order
from forestall.assistance.spelling import compared_name, named_once
from forestall.errors import InvalidAssistance
from tests.assistance.any_assistance import (
    START,
    a_need,
    an_offer,
    needs_and_offers,
    with_proposals,
)


def pairs_of(found):
    return {one.need: one.offer for one in found.pairs}


def best_by_trying_all(needs, offers, preferences):
    """Return the best of every assignment that there is, by the orders and then by keys."""
    order = needs_in_order(needs, preferences)
    offers = sorted(offers, key=lambda one: one.key)
    choices = [
        [None, *(one for one in offers if not obstacles_between(need, one))] for need in order
    ]
    best, found = None, {}
    for chosen in product(*choices):
        if any(chosen.count(one) > one.capacity for one in offers):
            continue
        served = [(need, one) for need, one in zip(order, chosen, strict=True) if one is not None]
        worth = (
            -len(served),
            [one is None for one in chosen],
            [sum(distance_of(by, *pair) for pair in served) for by in preferences.pairs],
            [one.key for one in chosen if one is not None],
        )
        if best is None or worth < best:
            best, found = worth, {need.key: one.key for need, one in served}
    return found


@settings(max_examples=150, deadline=None)
@given(
    needs_and_offers(),
    st.permutations(list(NeedOrder)),
    st.permutations(list(PairOrder)),
)
def test_it_is_the_best_of_all_that_can_be_tried(drawn, need_order, pair_order):
    needs, offers = drawn
    orders = Preferences(needs=tuple(need_order), pairs=tuple(pair_order))

    found = match_assistance(needs, offers, preferences=orders)

    assert pairs_of(found) == best_by_trying_all(needs, offers, orders)


@settings(max_examples=60, deadline=None)
@given(with_proposals(), st.randoms())
def test_the_order_in_which_records_are_given_does_not_matter(drawn, draw):
    needs, offers, proposals = drawn
    first = match_assistance(needs, offers, proposals=proposals)

    for records in (needs, offers, proposals):
        draw.shuffle(records)
    again = match_assistance(needs, offers, proposals=proposals)

    assert (again.pairs, again.unmatched) == (first.pairs, first.unmatched)


@settings(max_examples=60, deadline=None)
@given(needs_and_offers())
def test_an_offer_that_fits_nothing_changes_nothing(drawn):
    needs, offers = drawn
    useless = an_offer("a-first-by-key", areas=(Area.TRANSNATIONAL,))

    before, after = match_assistance(needs, offers), match_assistance(needs, [*offers, useless])

    assert after.pairs == before.pairs
    assert after.unmatched == before.unmatched


@settings(max_examples=100, deadline=None)
@given(needs_and_offers(most=5))
def test_one_more_offer_never_takes_help_away(drawn):
    needs, offers = drawn

    for number in range(len(offers)):
        before = match_assistance(needs, offers[:number])
        after = match_assistance(needs, offers[: number + 1])
        assert set(pairs_of(before)) <= set(pairs_of(after))


@settings(max_examples=60, deadline=None)
@given(needs_and_offers())
def test_an_offer_in_one_area_moves_nobody_in_another(drawn):
    needs, offers = drawn
    offers = [replace(one, areas=one.areas[:1]) for one in offers]
    more = an_offer("a-new", areas=(Area.SKILLS,), languages=("ar", "fr", "zh"))
    elsewhere = {one.key for one in needs if one.area is Area.EVALUATION}

    before = pairs_of(match_assistance(needs, offers))
    after = pairs_of(match_assistance(needs, [*offers, more]))

    assert {key: before.get(key) for key in elsewhere} == {key: after.get(key) for key in elsewhere}


@settings(max_examples=100, deadline=None)
@given(with_proposals())
def test_earlier_proposals_hold_their_need_and_their_place(drawn):
    needs, offers, proposals = drawn
    held = [one for one in proposals if one.state.holds]

    found = match_assistance(needs, offers, proposals=proposals)

    used = [one.offer for one in held] + [one.offer for one in found.pairs]
    assert not {one.need for one in held} & set(pairs_of(found))
    for offer in offers:
        here = sum(one.offer == offer.key for one in held)
        assert used.count(offer.key) <= max(offer.capacity, here)
    declined = {(one.need, one.offer) for one in proposals if one.state is ProposalState.DECLINED}
    assert not declined & set(pairs_of(found).items())


def test_who_has_waited_longer_is_served_and_the_order_can_be_replaced():
    waited = a_need("waited", asked=date(2025, 1, 1))
    named = a_need("named", asked=date(2025, 2, 1), priority=Priority.NAMED)
    priority_first = Preferences(needs=(NeedOrder.PRIORITY, NeedOrder.WAITED))

    assert pairs_of(match_assistance([named, waited], [an_offer("o")])) == {"waited": "o"}
    assert pairs_of(
        match_assistance([named, waited], [an_offer("o")], preferences=priority_first)
    ) == {"named": "o"}


def test_a_need_takes_its_second_choice_so_that_another_is_served():
    flexible = a_need("flexible", asked=date(2025, 1, 1))
    bound = a_need("bound", must_cover=(Cost.TRAVEL,))
    near = an_offer("a-near", covers=(Cost.TRAVEL,), regions=("asia",))
    far = an_offer("b-far")

    assert pairs_of(match_assistance([flexible, bound], [near, far])) == {
        "flexible": "b-far",
        "bound": "a-near",
    }


def test_what_is_equal_is_settled_by_keys():
    found = match_assistance(
        [a_need("b"), a_need("a")], [an_offer("y"), an_offer("z"), an_offer("x")]
    )

    assert pairs_of(found) == {"a": "x", "b": "y"}


def test_a_later_round_leaves_open_proposals_as_they_are():
    needs, offers = [a_need("late", asked=date(2025, 9, 1))], [an_offer("o")]
    made = Proposal(need="late", offer="o", proposed=START)
    earlier = a_need("early", asked=date(2025, 1, 1))

    found = match_assistance([earlier, *needs], offers, proposals=[made])

    assert [one.need for one in found.unmatched] == ["early"]
    assert str(found.unmatched[0].in_words).endswith(
        "“o” is bound to “late” by a proposal that is “proposed”."
    )


def test_nothing_to_match_is_an_answer():
    found = match_assistance([], [])

    assert (found.pairs, found.unmatched, len(found.table)) == ((), (), 0)


@pytest.mark.parametrize(
    ("needs", "offers", "proposals", "said"),
    [
        ([a_need("n", regions=())], [], [], "has to name a region"),
        ([a_need("n", regions=("asia", " – "))], [], [], "A region at .* has no name"),
        ([a_need("n", regions=tuple(f"r{one}" for one in range(31)))], [], [], "More than 30"),
        ([a_need("n", title={"en": " "})], [], [], "title at needs.0..title has no words"),
        ([], [an_offer("o", regions=tuple(f"r{one}" for one in range(31)))], [], "More than 30"),
        ([a_need("n", days=400)], [], [], "takes 400 days"),
        ([a_need("N 1")], [], [], "small letters"),
        ([a_need("n", owner={"en": "ann@city.example"})], [], [], "holds an address"),
        ([a_need("n", languages=())], [], [], "A language is needed"),
        ([], [an_offer("o"), an_offer("o")], [], "stands there twice"),
        ([], [an_offer("o", areas=())], [], "has to name an area"),
        ([], [an_offer("o", capacity=0)], [], "needs a capacity"),
        (
            [],
            [an_offer("o", window=Window(first=date(2026, 2, 1), last=START))],
            [],
            "ends before it begins",
        ),
        ([], [], [Proposal(need="n", offer="o", proposed=START)], "no such need"),
        (
            [a_need("n")],
            [an_offer("o"), an_offer("p")],
            [Proposal(need="n", offer=one, proposed=START) for one in ("o", "p")],
            "Two proposals hold the need",
        ),
    ],
)
def test_contradictions_are_refused_in_a_sentence(needs, offers, proposals, said):
    with pytest.raises(InvalidAssistance, match=said):
        match_assistance(needs, offers, proposals=proposals)


def test_an_order_that_names_a_thing_twice_is_refused():
    with pytest.raises(InvalidAssistance, match="twice"):
        Preferences(needs=(NeedOrder.WAITED, NeedOrder.WAITED))


def test_offers_for_very_many_needs_stand_in_few_columns():
    needs = [a_need(f"n{one}") for one in range(60)]
    offers = [an_offer(f"o{one}", capacity=1000) for one in range(60)]
    fits = np.ones((60, 60), dtype=bool)

    found = match_assistance(needs, offers)

    assert {one.offer for one in found.pairs} == {"o0"}
    assert _within_reach(fits, [fits.astype(np.int64)], [1000] * 60).sum(axis=1).max() <= 2


@pytest.mark.parametrize(
    ("asked", "offered", "serves"),
    [
        ("west-africa", "West Africa", True),
        ("ÎLE DE FRANCE", "ile  de-france", True),
        ("Straße", "STRASSE", True),
        ("west-africa", "westafrica", False),
        ("दिल्ली", "दील्ली", False),
        ("africa", "america", False),
    ],
)
def test_a_region_is_the_same_however_it_is_spelled(asked, offered, serves):
    need, offer = a_need("n", regions=(asked,)), an_offer("o", regions=(offered,))

    found = match_assistance([need], [offer])

    assert len(found.pairs) == serves
    if serves:
        assert f"The offer names the region “{asked}”." in map(str, found.pairs[0].reasons)


@given(st.text(max_size=12))
def test_a_name_is_compared_as_its_spellings_are(name):
    plain = compared_name(name)

    assert compared_name(plain) == plain
    assert compared_name(f"  {name}  ") == plain
    assert plain == " ".join(plain.split())
    for written in named_once([name, f"{name}–"]):
        assert compared_name(written) == plain
    assert len(named_once([name, f"{name}–"])) == bool(plain)
