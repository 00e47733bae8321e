"""The workspace says whether it works, to people and to machines, and nothing more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from forestall import __version__
from forestall.web.operations import health
from forestall.web.operations.leases import beat
from forestall.web.operations.models import Worker


def test_a_workspace_that_works_says_so_to_a_machine(client, db):
    beat("first")

    answer = client.get("/health/")

    assert answer.status_code == 200
    assert answer.json() | {"free_mb": 0} == {
        "well": True,
        "database": True,
        "worker": True,
        "disk": True,
        "free_mb": 0,
        "version": __version__,
    }
    assert "no-store" in answer.headers["Cache-Control"]


def test_it_says_so_to_people_on_a_page(client, db):
    beat("first")

    answer = client.get("/health/", headers={"Accept": "text/html"})

    assert "Everything works." in answer.text


def without_a_beat(monkeypatch):
    Worker.objects.update(beat_at=timezone.now() - timedelta(minutes=2))


def with_a_full_disk(monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE_MB", 10**12)


def without_a_database(monkeypatch):
    def fails():
        raise OperationalError("connection to server at 10.0.0.5, user forestall, failed")

    monkeypatch.setattr(health, "last_beat", fails)


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (without_a_beat, "Nobody does the work"),
        (with_a_full_disk, "nearly full"),
        (without_a_database, "does not answer"),
    ],
)
def test_what_does_not_work_is_said_with_503(client, db, monkeypatch, breaks, said):
    beat("first")
    breaks(monkeypatch)

    page = client.get("/health/", headers={"Accept": "text/html"})

    assert page.status_code == client.get("/health/").status_code == 503
    assert said in page.text
    assert "10.0.0.5" not in page.text


def test_nothing_can_be_posted_to_it(client, db):
    assert client.post("/health/").status_code == 405
