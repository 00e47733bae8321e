"""A bundle of others is looked at, decided on by a person, then used; or refused."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forestall.errors import ChangedKey, InvalidBundle, NotAllowed, OlderBundle
from forestall.exchange.example import example_bundle
from forestall.web.audit.models import AuditEntry
from forestall.web.exchange.folders import received_file
from forestall.web.exchange.models import ReceivedBundle, TrustedKey
from forestall.web.exchange.taking import (
    accept_bundle,
    decline_bundle,
    forget_key,
    receive_bundle,
)
from forestall.web.organisations.roles import Role
from forestall.web.plans.models import Plan
from tests.exchange.made_bundles import OTHER, a_bundle
from tests.web.conftest import member


def bring(client, city, content, name="far.bundle.zip"):
    return client.post(
        reverse("receive", args=[city.pk]), {"file": SimpleUploadedFile(name, content)}
    )


def received_by(person, city, content):
    return receive_bundle(content, jurisdiction=city, source="x.bundle.zip", by=person)[0]


def accepted(received, person):
    return accept_bundle(received=received, compared=received.fingerprint, by=person)


def test_a_person_decides_to_trust_a_new_key(client, city, people):
    client.force_login(people[Role.COORDINATOR])
    answer = bring(client, city, example_bundle(publisher="Far Mere"))
    one = ReceivedBundle.objects.get()
    shown = client.get(answer.headers["Location"]).text
    assert one.fingerprint in shown
    assert "The key is new here." in shown
    assert "far.bundle.zip" in shown

    accept = reverse("received-accept", args=[one.pk])
    told = client.post(accept, follow=True)
    assert "Compare the fingerprint" in told.text
    assert not TrustedKey.objects.exists()
    told = client.post(accept, {"compared": "yes"}, follow=True)

    one.refresh_from_db()
    assert one.state == "accepted"
    assert "The key is trusted here." in told.text
    assert one.title["en"] in client.get(reverse("exchange")).text
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs >= {"receive bundle", "trust key", "accept bundle"}


@pytest.mark.parametrize("at", [0, 40, 400, -3])
def test_a_bundle_that_was_tampered_with_is_refused_and_nothing_is_kept(
    client, city, people, home, at
):
    changed = bytearray(example_bundle())
    changed[at] ^= 1
    client.force_login(people[Role.COORDINATOR])

    answer = bring(client, city, bytes(changed))

    assert answer.status_code == 422
    assert "Nothing of it is kept" in answer.text
    assert not ReceivedBundle.objects.exists()
    assert not list(home.rglob("*.bundle.zip"))


def test_a_bundle_that_is_changed_on_the_disk_is_found(client, received, people):
    file = received_file(received)
    changed = bytearray(file.read_bytes())
    changed[-200] ^= 1
    file.write_bytes(changed)
    client.force_login(people[Role.COORDINATOR])

    assert "It cannot be used" in client.get(received.get_absolute_url()).text
    with pytest.raises(InvalidBundle):
        accepted(received, people[Role.COORDINATOR])
    file.write_bytes(example_bundle(publisher="Far Mere", version=2))
    with pytest.raises(InvalidBundle, match="not the bundle that came"):
        accepted(received, people[Role.COORDINATOR])


def test_another_key_of_a_known_publisher_is_refused_until_the_trust_ends(city, people, received):
    person = people[Role.COORDINATOR]
    accepted(received, person)
    other = example_bundle(publisher=" far  MERE", seed=2)

    with pytest.raises(ChangedKey, match="do not belong together"):
        received_by(person, city, other)
    forget_key(trusted=TrustedKey.objects.get(), by=person)
    assert accepted(received_by(person, city, other), person).state == "accepted"


def test_ending_a_trust_is_asked_once(client, city, people, received):
    accepted(received, people[Role.COORDINATOR])
    client.force_login(people[Role.COORDINATOR])
    forget = reverse("exchange-key-forget", args=[TrustedKey.objects.get().pk])

    assert "needs a new decision" in client.post(forget).text
    assert TrustedKey.objects.exists()
    client.post(forget, {"confirmed": "yes"})
    assert not TrustedKey.objects.exists()


def test_nobody_else_comes_under_the_name_of_this_place(city, people, key):
    with pytest.raises(ChangedKey):
        received_by(people[Role.COORDINATOR], city, a_bundle(publisher=key.publisher))


def test_of_two_who_claim_one_name_only_the_first_is_trusted(city, people, received):
    person = people[Role.COORDINATOR]
    second = received_by(person, city, example_bundle(publisher="Far Mere", seed=2))
    accepted(received, person)

    with pytest.raises(ChangedKey):
        accepted(second, person)


def test_versions_only_rise(city, people, received):
    person = people[Role.COORDINATOR]
    accepted(received, person)
    third = received_by(person, city, example_bundle(publisher="Far Mere", version=3))
    received.refresh_from_db()
    assert received.state == "accepted"

    accepted(third, person)

    received.refresh_from_db()
    assert received.state == "superseded"
    with pytest.raises(OlderBundle, match="older version 2"):
        received_by(person, city, example_bundle(publisher="Far Mere", version=2))
    same = example_bundle(publisher="Far Mere", version=3)
    assert received_by(person, city, same).pk == third.pk
    with pytest.raises(InvalidBundle, match="nothing to decide"):
        accepted(third, person)


def test_the_same_version_with_other_contents_is_refused(city, people):
    person = people[Role.COORDINATOR]
    received_by(person, city, a_bundle())

    with pytest.raises(InvalidBundle, match="with other contents"):
        received_by(person, city, a_bundle({"notes.md": b"# Other"}))


def test_a_draft_begins_from_a_plan_of_others(client, city, people, received):
    client.force_login(people[Role.COORDINATOR])
    begin = reverse("received-plan", args=[received.pk])
    client.post(begin)
    assert not Plan.objects.exists()
    accepted(received, people[Role.COORDINATOR])

    client.post(begin)

    plan = Plan.objects.get()
    assert (plan.jurisdiction, plan.state) == (city, "draft")
    assert plan.get_absolute_url() in client.get(received.get_absolute_url()).text


def test_a_practice_is_shown_with_where_it_is_from_and_never_as_html(client, city, people):
    evil = b"<img src=x onerror=alert(1)>"
    one = received_by(people[Role.COORDINATOR], city, a_bundle({"notes.md": evil}, secret=OTHER))
    accepted(one, people[Role.COORDINATOR])
    client.force_login(people[Role.READER])

    text = client.get(one.get_absolute_url()).text

    assert "Lockable gates were put up" in text
    assert "From “" in text
    assert "<img src=x" not in text
    assert "translated in part" in text
    assert "Use it here" not in text


def test_what_was_declined_can_be_used_later_and_only_by_who_may(city, people, received):
    person = people[Role.PUBLISHER]
    with pytest.raises(NotAllowed):
        decline_bundle(received=received, by=people[Role.READER])
    decline_bundle(received=received, by=person)

    assert accepted(received, person).state == "accepted"


def test_the_list_asks_as_seldom_for_many_as_for_one(client, city, people, received):
    client.force_login(people[Role.COORDINATOR])
    client.get(reverse("exchange"))
    with CaptureQueriesContext(connection) as of_one:
        client.get(reverse("exchange"))
    for key in ("b", "c", "d"):
        received_by(people[Role.COORDINATOR], city, a_bundle(key=key))

    with CaptureQueriesContext(connection) as of_four:
        client.get(reverse("exchange"))

    assert len(of_four) <= len(of_one)


def test_another_place_sees_nothing_of_it(client, received, elsewhere):
    client.force_login(member(elsewhere, Role.COORDINATOR))

    assert client.get(received.get_absolute_url()).status_code == 404
    assert "Far Mere" not in client.get(reverse("exchange")).text
