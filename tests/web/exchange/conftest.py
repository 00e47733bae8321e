"""This file knows a place that signs, and what the tests of the exchange share."""

from __future__ import annotations

import pytest

from forestall.exchange import Kind
from forestall.exchange.example import example_bundle
from forestall.web.exchange.sharing import prepare_bundle, release_bundle
from forestall.web.exchange.signing import make_signing_key
from forestall.web.exchange.taking import receive_bundle
from forestall.web.organisations.roles import Role
from tests.exchange.made_bundles import practice_json


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """A folder of the workspace for one test."""
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    settings.INBOX = tmp_path / "inbox"
    settings.INBOX.mkdir()
    return tmp_path


@pytest.fixture
def key(city, people):
    return make_signing_key(jurisdiction=city, publisher=city.name, by=people[Role.COORDINATOR])


@pytest.fixture
def prepared(city, people, key):
    return prepare_bundle(
        jurisdiction=city,
        kind=Kind.PRACTICE,
        files={"practice.json": practice_json(), "notes.md": b"# Notes\n<script>alert(1)</script>"},
        licence="CC-BY-4.0",
        key="alley-gates",
        by=people[Role.COORDINATOR],
    )


@pytest.fixture
def released(prepared, people):
    return release_bundle(bundle=prepared, by=people[Role.PUBLISHER])


@pytest.fixture
def received(city, people):
    found, _ = receive_bundle(
        example_bundle(publisher="Far Mere"),
        jurisdiction=city,
        source="far-mere.bundle.zip",
        by=people[Role.COORDINATOR],
    )
    return found
