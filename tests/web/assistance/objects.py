"""This file knows how a city with something of each kind of assistance is made."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from forestall.assistance import (
    Area,
    Mission,
    Need,
    Offer,
    Proposal,
    ProposalAnswer,
    ProposalState,
    Window,
    match_assistance,
    matching_file,
)
from forestall.web.assistance.models import (
    AssistanceMission,
    AssistanceNeed,
    AssistanceOffer,
    AssistanceProposal,
    MatchingRound,
    plain,
)

if TYPE_CHECKING:
    from forestall.web.organisations.models import Jurisdiction


def need_of(city: Jurisdiction) -> int:
    return _need_in(city).pk


def _need_in(city: Jurisdiction) -> AssistanceNeed:
    content = Need(
        key=f"{city.slug}-evaluation",
        owner={"en": city.name},
        area=Area.EVALUATION,
        title={"en": "Plan an evaluation"},
        languages=("fr",),
        regions=("africa",),
        window=Window(first=date(2026, 1, 1), last=date(2099, 1, 1)),
        asked=date(2026, 1, 1),
    )
    found, _ = AssistanceNeed.objects.get_or_create(
        jurisdiction=city, key=content.key, defaults={"document": plain(content)}
    )
    return found


def offer_of(city: Jurisdiction) -> int:
    return _offer_in(city).pk


def _offer_in(city: Jurisdiction) -> AssistanceOffer:
    content = Offer(
        key=f"{city.slug}-office",
        owner={"en": "Safer City office"},
        areas=(Area.EVALUATION,),
        title={"en": "Evaluators"},
        languages=("fr",),
        window=Window(first=date(2026, 1, 1), last=date(2099, 1, 1)),
    )
    found, _ = AssistanceOffer.objects.get_or_create(
        jurisdiction=city, key=content.key, defaults={"document": plain(content)}
    )
    return found


def proposal_of(city: Jurisdiction) -> int:
    """Return a proposal with a mission, of the round of the city."""
    round_of(city)
    need, offer = _need_in(city), _offer_in(city)
    found = AssistanceProposal.objects.filter(need=need).first()
    if found is None:
        day = date(2026, 1, 2)
        answers = (
            ProposalAnswer(state=ProposalState.ACCEPTED, on=day),
            ProposalAnswer(state=ProposalState.UNDER_WAY, on=day),
        )
        content = Proposal(
            need=need.key, offer=offer.key, proposed=day, state=answers[-1].state, answers=answers
        )
        found = AssistanceProposal.objects.create(
            need=need, offer=offer, document=plain(content), state=content.state.value
        )
        mission = Mission(need=need.key, offer=offer.key, started=day)
        AssistanceMission.objects.create(proposal=found, document=plain(mission))
    return found.pk


def round_of(city: Jurisdiction) -> int:
    need, offer = _need_in(city).content, _offer_in(city).content
    found, _ = MatchingRound.objects.get_or_create(
        jurisdiction=city,
        on=date(2026, 1, 2),
        defaults={
            "state": "done",
            "inputs": {"needs": [plain(need)], "offers": [plain(offer)]},
            "result": plain(matching_file(match_assistance([need], [offer]))),
        },
    )
    return found.pk


def key_of_need(city: Jurisdiction) -> str:
    return _need_in(city).key


def key_of_offer(city: Jurisdiction) -> str:
    return _offer_in(city).key
