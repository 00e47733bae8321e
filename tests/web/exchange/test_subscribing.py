"""New bundles are looked for once a day, from the internet only, and wait for a person."""

from __future__ import annotations

import socket
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from forestall.errors import InvalidBundle, NotAllowed
from forestall.exchange import write_index
from forestall.exchange.example import example_bundle
from forestall.exchange.subscriptions import Withdrawn
from forestall.exchange.verifying import bundle_from
from forestall.web.exchange import subscribing
from forestall.web.exchange.models import ReceivedBundle, Subscription
from forestall.web.exchange.subscribing import add_subscription, fetch_due
from forestall.web.operations import tidying
from forestall.web.operations.models import Job
from forestall.web.organisations.roles import Role

ADDRESS = "https://far.example/bundles/index.json"


@pytest.fixture
def shared(tmp_path, monkeypatch):
    """A folder of another place, which is fetched as from the internet."""
    folder = tmp_path / "far"
    folder.mkdir()
    (folder / "alder-v1.bundle.zip").write_bytes(example_bundle(publisher="Far Mere"))
    write_index(folder)

    def fetched(address, *, most_bytes, private):
        file = folder / urlsplit(address).path.rpartition("/")[2]
        if not file.is_file():
            raise InvalidBundle("far.example answered with status 404.")
        read = file.read_bytes()
        assert len(read) <= most_bytes
        return read

    monkeypatch.setattr(subscribing, "fetch_public", fetched)
    return folder


def subscribed(city, people, address=ADDRESS):
    made = add_subscription(jurisdiction=city, address=address, by=people[Role.ADMINISTRATOR])
    made.refresh_from_db()
    return made


def again():
    Subscription.objects.update(checked_at=timezone.now() - timedelta(days=1))
    assert fetch_due() == 1


def test_what_is_new_waits_for_a_person_and_comes_once(client, city, people, shared):
    made = subscribed(city, people)
    again()

    (one,) = ReceivedBundle.objects.all()
    assert (one.state, one.received_by, one.subscription) == ("waiting", None, made)
    assert one.source == "https://far.example/bundles/alder-v1.bundle.zip"
    client.force_login(people[Role.COORDINATOR])
    assert "Waits for a decision" in client.get(reverse("exchange")).text


def test_it_is_looked_at_once_a_day(city, people, shared):
    subscribed(city, people)
    before = Job.objects.count()

    assert fetch_due() == 0
    assert Job.objects.count() == before
    assert fetch_due in tidying._TIDIERS


def test_what_was_tampered_with_is_noted_and_the_rest_comes(client, city, people, shared):
    bad = bytearray(example_bundle(publisher="Far Mere", version=2))
    (shared / "bad-v2.bundle.zip").write_bytes(bad)
    write_index(shared)
    bad[500] ^= 1
    (shared / "bad-v2.bundle.zip").write_bytes(bad)

    made = subscribed(city, people)

    assert (made.found, [one["name"] for one in made.refused]) == (1, ["bad-v2.bundle.zip"])
    client.force_login(people[Role.ADMINISTRATOR])
    text = client.get(reverse("subscriptions")).text
    assert "It is not the file that the index announces." in text


def test_newer_versions_and_withdrawals_are_told(client, city, people, shared):
    subscribed(city, people)
    first = ReceivedBundle.objects.get()
    manifest = bundle_from(example_bundle(publisher="Far Mere")).manifest
    (shared / "alder-v1.bundle.zip").unlink()
    (shared / "alder-v2.bundle.zip").write_bytes(example_bundle(publisher="Far Mere", version=2))
    write_index(
        shared,
        withdrawn=[
            Withdrawn(
                public_key=manifest.public_key,
                key=manifest.key,
                version=1,
                on=manifest.created,
                reason="A wrong figure.<b>",
            )
        ],
    )

    again()

    first.refresh_from_db()
    assert (first.state, first.withdrawn_on) == ("superseded", manifest.created)
    assert ReceivedBundle.objects.filter(state="waiting").get().version == 2
    client.force_login(people[Role.READER])
    assert "A wrong figure.&lt;b&gt;" in client.get(first.get_absolute_url()).text


def test_what_is_too_much_for_one_look_is_told_and_comes_at_the_next(
    city, people, shared, monkeypatch
):
    for version in (2, 3, 4):
        bad = shared / f"alder-v{version}.bundle.zip"
        bad.write_bytes(example_bundle(publisher="Far Mere", version=version))
    write_index(shared)
    for version in (1, 2, 3):
        (shared / f"alder-v{version}.bundle.zip").write_bytes(b"x")
    monkeypatch.setattr(subscribing, "MOST_TRIES", 2)

    made = subscribed(city, people)

    assert (made.found, len(made.refused)) == (0, 2)
    assert "tried the next time" in str(made.words)
    again()
    made.refresh_from_db()
    assert (made.found, len(made.refused)) == (1, 3)
    again()
    made.refresh_from_db()
    assert (made.found, made.refused, str(made.words)) == (0, [], "")

    for version in (1, 2, 3):
        (shared / f"alder-v{version}.bundle.zip").unlink()
    monkeypatch.setattr(subscribing, "MOST_SECONDS", -1)
    (shared / "lamps.bundle.zip").write_bytes(example_bundle(publisher="Far Mere", version=5))
    write_index(shared)
    again()
    made.refresh_from_db()
    assert (made.found, str(made.words)) == (
        0,
        "There are more bundles; they are tried the next time.",
    )


def test_a_host_that_is_away_is_told_in_a_sentence(client, city, people, shared):
    (shared / "index.json").unlink()
    made = subscribed(city, people)

    assert str(made.words) == "far.example answered with status 404."
    client.force_login(people[Role.ADMINISTRATOR])
    assert "status 404" in client.get(reverse("subscriptions")).text


@pytest.mark.parametrize("place", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1"])
def test_nothing_is_fetched_from_inside_the_network(city, people, monkeypatch, place):
    family = socket.AF_INET6 if ":" in place else socket.AF_INET
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, port, **_: [(family, socket.SOCK_STREAM, 6, "", (place, port))],
    )

    made = subscribed(city, people)

    assert "inside a private network" in str(made.words)


def test_hosts_of_the_city_can_be_allowed(city, people, monkeypatch, settings):
    settings.EXCHANGE_HOSTS = ("far.example",)
    went = []
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, port, **_: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.1.2.3", port))],
    )

    def connected(_self, place):
        went.append(place)
        raise TimeoutError

    monkeypatch.setattr(socket.socket, "connect", connected)
    subscribed(city, people)

    assert went == [("10.1.2.3", 443)]


def test_a_folder_of_the_inbox_is_read_and_nothing_outside(city, people, settings, shared):
    folder = settings.INBOX / "partners"
    folder.mkdir()
    (folder / "a.bundle.zip").write_bytes(example_bundle(publisher="Far Mere"))

    subscribed(city, people, "inbox:partners")

    assert ReceivedBundle.objects.get().source == "inbox:partners/a.bundle.zip"
    for address in ("inbox:..", "inbox:../far", "inbox:/etc", "inbox:no\x00thing", "inbox:none"):
        with pytest.raises(InvalidBundle, match="no such folder"):
            subscribed(city, people, address)


@pytest.mark.parametrize(
    "address", ["http://far.example/", "file:///etc/passwd", "/etc", "https://a:b@far.example/"]
)
def test_other_addresses_are_refused(client, city, people, address):
    client.force_login(people[Role.ADMINISTRATOR])

    answer = client.post(reverse("subscriptions"), {"address": address})

    assert answer.status_code == 422
    assert "begins with" in answer.text
    assert not Subscription.objects.exists()


def test_only_administrators_subscribe_and_end_it(client, city, people, shared):
    with pytest.raises(NotAllowed):
        add_subscription(jurisdiction=city, address=ADDRESS, by=people[Role.COORDINATOR])
    made = subscribed(city, people)
    with pytest.raises(InvalidBundle, match="already"):
        subscribed(city, people)
    client.force_login(people[Role.ADMINISTRATOR])

    remove = reverse("subscription-remove", args=[made.pk])
    client.post(remove)
    assert Subscription.objects.exists()
    client.post(remove, {"confirmed": "yes"})

    assert not Subscription.objects.exists()
    assert ReceivedBundle.objects.get().subscription is None
