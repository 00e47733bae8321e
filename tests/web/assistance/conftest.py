"""This file knows the people and proposals that the tests of assistance share."""

from __future__ import annotations

import pytest

from forestall.web.assistance import answering
from forestall.web.assistance.matching import start_round
from forestall.web.assistance.models import AssistanceProposal
from forestall.web.assistance.sides import Side
from forestall.web.organisations.roles import Role
from tests.web.assistance.given import TODAY, need_of, offer_of
from tests.web.conftest import member


@pytest.fixture
def asks(city):
    """Return a coordinator of the place that asks."""
    return member(city, Role.COORDINATOR, name="asks")


@pytest.fixture
def offers(elsewhere):
    """Return a coordinator of the place whose organisation offers."""
    return member(elsewhere, Role.COORDINATOR, name="offers")


@pytest.fixture
def proposed(city, elsewhere, asks, offers):
    """Return the proposal of a round with one need and one offer."""
    need_of(city, asks)
    offer_of(elsewhere, offers)
    start_round(jurisdiction=city, by=asks, today=TODAY)
    return AssistanceProposal.objects.get()


@pytest.fixture
def accepted(proposed, asks, offers):
    """Return a proposal that both sides accepted."""
    for side, by in ((Side.NEED, asks), (Side.OFFER, offers)):
        answering.accept_proposal(proposal=proposed, side=side, because={}, by=by, today=TODAY)
    proposed.refresh_from_db()
    return proposed
