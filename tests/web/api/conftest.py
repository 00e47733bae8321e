"""This file knows how the tests ask the JSON interface."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from forestall.plan.example import example_plan
from forestall.web.api.services import make_token
from forestall.web.organisations.roles import Role
from forestall.web.plans.services import add_plan
from tests.web.data.conftest import files, store  # noqa: F401 - fixtures of the tests on data


@pytest.fixture(autouse=True)
def nobody_asked_before():
    """Forget how often tokens asked: numbers of tokens come again in the next test."""
    cache.clear()


class Asking:
    """A program with a token."""

    def __init__(self, client, secret):
        self.client, self.secret = client, secret

    def __call__(self, method, path, body=None, **headers):
        sent = {"Authorization": f"Bearer {self.secret}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        content = body if isinstance(body, bytes | str) else json.dumps(body)
        return self.client.generic(
            method,
            f"/api/v1{path}",
            content if body is not None else b"",
            content_type="application/json",
            headers=sent,
        )


def token_for(person, city, *roles, days=30):
    return make_token(
        name="a program",
        jurisdiction=city,
        roles=set(roles),
        ends_at=timezone.now() + timedelta(days=days),
        by=person,
    )


@pytest.fixture
def ask(client, city, people):
    """Return who asks with a token of each role."""
    made = {}

    def asking(role):
        if role not in made:
            made[role] = Asking(client, token_for(people[role], city, role)[1])
        return made[role]

    return asking


@pytest.fixture
def coordinator(ask):
    return ask(Role.COORDINATOR)


@pytest.fixture
def example(city, people):
    """The example plan, in this city."""
    return add_plan(content=example_plan(), jurisdiction=city, by=people[Role.COORDINATOR])
