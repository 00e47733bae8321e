"""This file knows a draft of which everybody is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from forestall.plan.example import example_plan
from forestall.web.consultation import policies
from forestall.web.consultation.services import open_consultation
from forestall.web.organisations.roles import Role
from forestall.web.plans.services import add_plan


@pytest.fixture(autouse=True)
def nobody_sent_anything():
    cache.clear()


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Tests read fast."""
    monkeypatch.setattr(policies, "FASTEST_SECONDS", 0)


@pytest.fixture
def draft(city, people):
    return add_plan(content=example_plan(), jurisdiction=city, by=people[Role.COORDINATOR])


@pytest.fixture
def consultation(draft, people):
    today = timezone.localdate()
    return open_consultation(
        plan=draft, opens=today, ends=today + timedelta(days=30), by=people[Role.COORDINATOR]
    )


@pytest.fixture
def coordinator(client, people):
    client.force_login(people[Role.COORDINATOR])
    return client
