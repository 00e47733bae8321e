"""Programs prepare, sign, bring and decide on bundles, with the roles that people need."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forestall.exchange.example import example_bundle
from forestall.exchange.verifying import bundle_from
from forestall.web.exchange.models import ReceivedBundle, SharedBundle, Subscription
from forestall.web.organisations.roles import Role
from tests.exchange.made_bundles import practice_json
from tests.web.api.test_data import send


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME, settings.MEDIA_ROOT, settings.INBOX = tmp_path, tmp_path / "files", None


def test_a_practice_goes_out_and_comes_in(ask, city, client):
    writes, signs = ask(Role.COORDINATOR), ask(Role.PUBLISHER)
    where = f"/jurisdictions/{city.pk}"
    file = SimpleUploadedFile("gates.json", practice_json())
    wanted = {"kind": "practice", "file": file, "licence": "CC-BY-4.0"}

    assert send(writes, f"{where}/bundles", dict(wanted)).status_code == 422
    made = writes("POST", f"{where}/keys", {"publisher": "Port Alder"})
    file.seek(0)
    told = send(writes, f"{where}/bundles", wanted)
    shared = told.headers["Location"].removeprefix("/api/v1")
    assert (made.status_code, told.status_code) == (201, 201)
    assert writes("GET", f"{shared}/bundle").status_code == 404
    assert writes("POST", f"{shared}/sign").status_code == 403
    signed = signs("POST", f"{shared}/sign").json()
    assert (signed["state"], signed["version"]) == ("released", 1)
    assert signed["fingerprint"] == made.json()["fingerprint"]
    answer = writes("GET", f"{shared}/bundle")
    bundle = bundle_from(b"".join(answer.streaming_content))
    assert bundle.sha256 == signed["sha256"] == writes("GET", shared).json()["sha256"]
    taken = signs("POST", f"{shared}/withdraw", {"reason": "A wrong figure."}).json()
    assert taken["reason"] == "A wrong figure."
    assert signs("POST", f"{shared}/withdraw", {"reason": "Again."}).status_code == 422


def test_a_plan_without_contacts_is_prepared(coordinator, city, example):
    coordinator("POST", f"/jurisdictions/{city.pk}/keys", {"publisher": "Port Alder"})
    where, wanted = f"/plans/{example.pk}/bundles", {"revision": 1, "licence": "CC-BY-4.0"}

    assert coordinator("POST", where, wanted | {"revision": 7}).status_code == 422
    assert coordinator("POST", where, wanted | {"licence": ""}).status_code == 422
    told = coordinator("POST", where, wanted)

    assert told.status_code == 201
    assert [one["state"] for one in told.json()["translations"]] == ["original", "part", "part"]
    assert [one["number"] for one in coordinator("GET", "/exchange/shared").json()] == [
        SharedBundle.objects.get().pk
    ]


def test_a_bundle_is_brought_trusted_and_becomes_a_draft(coordinator, ask, city):
    where = f"/jurisdictions/{city.pk}/received"
    content = example_bundle(publisher="Far Mere")
    changed = content[:300] + bytes([content[300] ^ 1]) + content[301:]

    assert send(coordinator, where, {"file": SimpleUploadedFile("x", changed)}).status_code == 422
    assert not ReceivedBundle.objects.exists()
    told = send(coordinator, where, {"file": SimpleUploadedFile("far.bundle.zip", content)})
    received = told.headers["Location"].removeprefix("/api/v1")
    fingerprint = told.json()["fingerprint"]
    assert coordinator("POST", f"{received}/plan").status_code == 422
    assert coordinator("POST", f"{received}/accept", {"fingerprint": "00"}).status_code == 422
    assert ask(Role.READER)("POST", f"{received}/accept", {}).status_code == 403
    used = coordinator("POST", f"{received}/accept", {"fingerprint": fingerprint}).json()
    begun = coordinator("POST", f"{received}/plan")

    assert (used["state"], used["source"]) == ("accepted", "far.bundle.zip")
    assert begun.status_code == 201
    assert coordinator("GET", received).json()["plan"] == begun.json()["plan"]
    (key,) = coordinator("GET", f"/jurisdictions/{city.pk}/keys").json()
    assert key["fingerprint"] == fingerprint
    assert coordinator("DELETE", f"/exchange/keys/{key['number']}").status_code == 204
    assert coordinator("POST", f"{received}/decline").json()["state"] == "declined"
    answer = coordinator("GET", f"{received}/bundle")
    assert b"".join(answer.streaming_content) == content
    assert len(coordinator("GET", "/exchange/received").json()) == 1


def test_administrators_subscribe(ask, city):
    asks, where = ask(Role.ADMINISTRATOR), "/exchange/subscriptions"
    assert ask(Role.COORDINATOR)("POST", where, {"address": "inbox:x"}).status_code == 403
    assert asks("POST", where, {"address": "http://far.example/"}).status_code == 422
    made = Subscription.objects.create(
        jurisdiction=city, address="inbox:x", made_by=asks_as(city), said="Away.", refused=[]
    )

    assert asks("GET", where).json()[0]["failure"] == "Away."
    assert asks("POST", f"{where}/{made.pk}/fetch").status_code == 200
    assert "no inbox" in asks("GET", where).json()[0]["failure"]
    assert asks("DELETE", f"{where}/{made.pk}").status_code == 204
    assert asks("GET", where).json() == []


def asks_as(city):
    return city.organisations.get().memberships.first().person
