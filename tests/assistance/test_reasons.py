"""Each reason can be checked from the needs and offers alone, and is true."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from forestall.assistance import (
    Area,
    Constraint,
    Cost,
    NeedOrder,
    Preferences,
    Priority,
    Proposal,
    ProposalState,
    Why,
    Window,
    match_assistance,
    obstacles_between,
)
from forestall.assistance.preferences import needs_in_order
from forestall.languages import available_languages, use_language
from tests.assistance.any_assistance import START, a_need, an_offer, with_proposals

HOLDS = {
    Constraint.AREA: lambda need, offer: need.area in offer.areas,
    Constraint.LANGUAGE: lambda need, offer: bool(
        {one[:2] for one in need.languages} & {one[:2] for one in offer.languages}
    ),
    Constraint.REGION: lambda need, offer: (
        not offer.regions or bool(set(need.regions) & set(offer.regions))
    ),
    Constraint.TIME: lambda need, offer: (
        (min(need.window.last, offer.window.last) - max(need.window.first, offer.window.first)).days
        + 1
        >= need.days
    ),
    Constraint.COSTS: lambda need, offer: set(need.must_cover) <= set(offer.covers),
}


@settings(max_examples=200, deadline=None)
@given(with_proposals())
def test_the_reason_of_every_unmatched_need_is_true(drawn):
    needs, offers, proposals = drawn
    declined = {(one.need, one.offer) for one in proposals if one.state is ProposalState.DECLINED}
    found = match_assistance(needs, offers, proposals=proposals)
    named, got = {one.key: one for one in needs}, {one.need: one for one in found.pairs}
    order = [one.key for one in needs_in_order(needs, Preferences())]

    for one in found.unmatched:
        need = named[one.need]
        left = list(offers)
        for constraint, holds in HOLDS.items():
            still = [offer for offer in left if holds(need, offer)]
            if one.why.value == constraint.value:
                break
            left = still
        else:
            still = [offer for offer in left if (need.key, offer.key) not in declined]
        if one.why is not Why.TAKEN:
            assert not still
            assert one.offers == (0 if one.why is Why.AREA else len(left))
            continue
        assert one.offers == len(still) > 0
        for offer in still:
            holders = [held for held in one.holders if held.offer == offer.key]
            assert len(holders) >= offer.capacity
            for held in holders:
                if held.standing is None:
                    assert got[held.need].offer == offer.key
                    assert order.index(held.need) < order.index(need.key)
                    assert says_the_truth(held.by, named[held.need], need)
                else:
                    assert any(
                        (made.need, made.offer, made.state) == (held.need, offer.key, held.standing)
                        for made in proposals
                    )


def says_the_truth(by, first, second):
    if by is NeedOrder.WAITED:
        return first.asked < second.asked
    if by is NeedOrder.PRIORITY:
        return first.asked == second.asked and first.priority is Priority.NAMED
    return (first.asked, first.priority) == (second.asked, second.priority)


@settings(max_examples=100, deadline=None)
@given(with_proposals())
def test_near_misses_are_the_offers_in_the_area_with_all_that_they_lack(drawn):
    needs, offers, proposals = drawn
    declined = {(one.need, one.offer) for one in proposals if one.state is ProposalState.DECLINED}
    named = {one.key: one for one in needs}

    for one in match_assistance(needs, offers, proposals=proposals).unmatched:
        need = named[one.need]
        expected = {
            offer.key: {by for by, holds in HOLDS.items() if not holds(need, offer)}
            | ({Constraint.DECLINED} if (need.key, offer.key) in declined else set())
            for offer in offers
            if need.area in offer.areas
        }
        assert {near.offer: set(near.lacking) for near in one.near} == {
            key: lacking for key, lacking in expected.items() if lacking
        }


@settings(max_examples=100, deadline=None)
@given(with_proposals())
def test_every_pair_has_all_in_common_and_says_so(drawn):
    needs, offers, proposals = drawn
    named, known = {one.key: one for one in needs}, {one.key: one for one in offers}

    for one in match_assistance(needs, offers, proposals=proposals).pairs:
        need, offer = named[one.need], known[one.offer]
        assert not obstacles_between(need, offer)
        assert all(holds(need, offer) for holds in HOLDS.values())
        assert set(one.languages) <= set(need.languages)
        assert max(need.window.first, offer.window.first) == one.together.first
        assert len(one.reasons) == 7


CASES = [
    ([], "No offer is in the area “Monitoring and evaluation”."),
    (
        [an_offer(f"o{number}", languages=("fr",)) for number in range(3)],
        "3 offers are in the area “Monitoring and evaluation”, but none works in Arabic.",
    ),
    (
        [an_offer("o", languages=("ar",), regions=("europe",))],
        "1 offer fits in area and language, but does not serve the region.",
    ),
    (
        [
            an_offer(
                "o",
                languages=("ar",),
                window=Window(first=date(2027, 1, 1), last=date(2027, 2, 1)),
            )
        ],
        "1 offer fits in area, language and region, but too few days are in common; "
        "the need takes 1.",
    ),
    (
        [an_offer("o", languages=("ar",))],
        "1 offer fits but for costs; it does not cover all of: travel.",
    ),
]


@pytest.mark.parametrize(("offers", "said"), CASES)
def test_reasons_are_told_in_sentences(offers, said):
    need = a_need("n", languages=("ar",), must_cover=(Cost.TRAVEL,))

    (unmatched,) = match_assistance([need], offers).unmatched

    assert str(unmatched.in_words) == said


def test_who_has_the_only_fitting_offer_is_named():
    first = a_need("first", asked=date(2025, 1, 1))

    (unmatched,) = match_assistance([a_need("second"), first], [an_offer("o")]).unmatched

    assert str(unmatched.in_words) == (
        "1 offer fits, and it is taken. “o” went to “first”, by the order “who has waited longer”."
    )


def test_who_has_each_place_of_a_scarce_offer_is_named_with_what_decided():
    early, late = date(2025, 1, 1), date(2025, 5, 1)
    needs = [
        a_need("waited", asked=early),
        a_need("named", asked=late, priority=Priority.NAMED),
        a_need("a-equal", asked=late),
        a_need("b-equal", asked=late),
        a_need("bound", asked=date(2025, 12, 1)),
    ]
    offers = [an_offer("scarce", capacity=4), an_offer("fits-nobody", languages=("fr",))]
    held = Proposal(need="bound", offer="scarce", proposed=START, state=ProposalState.ACCEPTED)

    (one,) = match_assistance(needs, offers, proposals=[held]).unmatched

    assert (one.need, one.why, one.offers) == ("b-equal", Why.TAKEN, 1)
    assert [(who.need, who.by, who.standing) for who in one.holders] == [
        ("bound", None, ProposalState.ACCEPTED),
        ("waited", NeedOrder.WAITED, None),
        ("named", NeedOrder.PRIORITY, None),
        ("a-equal", None, None),
    ]
    assert str(one.in_words) == (
        "1 offer fits, and it is taken. "
        "“scarce” is bound to “bound” by a proposal that is “accepted”. "
        "“scarce” went to “waited”, by the order “who has waited longer”. "
        "“scarce” went to “named”, by the order “what its owner named a priority”. "
        "“scarce” went to “a-equal”, which is its equal and comes first by its key."
    )


def test_a_declined_pair_is_not_proposed_again():
    declined = Proposal(need="n", offer="o", proposed=START, state=ProposalState.DECLINED)

    (one,) = match_assistance([a_need("n")], [an_offer("o")], proposals=[declined]).unmatched

    assert str(one.said) == "1 offer fits, but it was proposed before and declined."
    assert [str(near.said) for near in one.near] == ["“o”: was proposed and declined."]


def test_reasons_can_be_told_in_every_language():
    found = match_assistance([a_need("n"), a_need("m", area=Area.SKILLS)], [an_offer("o")])

    for tag in available_languages():
        with use_language(tag):
            assert found.summary()
            assert all(found.table["said"].str.len() > 10)
