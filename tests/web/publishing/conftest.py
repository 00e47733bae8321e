"""This file knows a plan that is published, by two people."""

from __future__ import annotations

import hashlib
import shutil

import pytest

from forestall.plan.example import example_plan
from forestall.publication.publish_plans import publish_action_plan
from forestall.web.organisations.roles import Role
from forestall.web.plans.services import add_plan
from forestall.web.publishing import contents
from forestall.web.publishing.services import prepare_plan, release_publication


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """A folder of the workspace for one test."""
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def draft(city, people):
    return add_plan(content=example_plan(), jurisdiction=city, by=people[Role.COORDINATOR])


@pytest.fixture
def prepared(draft, people):
    made = prepare_plan(
        plan=draft,
        languages=["en", "ar"],
        formats=[],
        by=people[Role.COORDINATOR],
        address="https://plans.example/",
    )
    made.refresh_from_db()
    return made


@pytest.fixture
def released(prepared, people):
    return release_publication(release=prepared, by=people[Role.PUBLISHER])


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """Where documents that were written once are kept for other tests."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture(autouse=True)
def written_once(monkeypatch, shelf):
    """Write the same plan once: on one day it gives the same files, byte by byte."""
    usual = publish_action_plan

    def write(plan, folder, *, languages, formats):
        asked = repr((plan, languages, formats)).encode()
        kept = shelf / hashlib.sha256(asked).hexdigest()
        if not kept.exists():
            usual(plan, kept, languages=languages, formats=formats)
        shutil.copytree(kept, folder)

    monkeypatch.setattr(contents, "publish_action_plan", write)
