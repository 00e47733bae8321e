"""What holds for every page: headers, hosts, redirects, cookies, sizes, texts that attack."""

from __future__ import annotations

import runpy
from functools import partial

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, RequestFactory
from msgspec.structs import replace

from forestall.web import settings as settings_of_workspace
from forestall.web.operations.limits import client_address
from forestall.web.organisations.roles import Role
from forestall.web.plans.services import change_plan
from tests.web.addresses import every_address
from tests.web.probes import PROBES, assert_harmless, attacks_in

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.fixture(autouse=True)
def nothing_counted():
    """What senders posted in one test does not count in the next."""
    cache.clear()
    yield
    cache.clear()


def assert_guarded(answer):
    policy = set(answer.headers["Content-Security-Policy"].split("; "))
    assert policy >= POLICY
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_every_page_has_its_headers_and_none_is_broken(client, people, plan):
    addresses = every_address()
    assert len(addresses) > 20
    client.raise_request_exception = False

    for person in (None, people[Role.ADMINISTRATOR], people[Role.COORDINATOR]):
        if person is not None:
            client.force_login(person)
        assert_guarded(client.head("/static/forestall/style.css"))
        for address in [*addresses, "/nowhere/"]:
            answer = client.get(address)
            assert_guarded(answer)
            assert answer.status_code < 500 or address == "/health/", address


def test_every_page_with_a_probe_in_the_plan_stays_harmless(client, people, plan):
    client.force_login(people[Role.COORDINATOR])
    pages = [path for path in every_address() if path.startswith("/plans/")]
    for probe in PROBES:
        change_plan(
            plan=plan,
            change=partial(replace, title={"en": probe}),
            by=people[Role.COORDINATOR],
            what=probe,
        )
        for page in [*pages, plan.get_absolute_url(), "/"]:
            answer = client.get(page)
            # A file of the plan is no page: it is saved, and its kind is not guessed.
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                assert_harmless(answer.text)


@pytest.mark.parametrize("probe", [one for one in PROBES if "<" in one])
def test_a_probe_that_was_not_escaped_is_found(probe):
    page = f'<html><head><title>{probe}</title></head><body><a href="{probe}">{probe}</a></body>'

    assert attacks_in(page)


def test_a_host_that_is_not_ours_is_refused(client, db):
    assert client.get("/account/login/", headers={"Host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_nobody_is_led_away(client, people, away):
    person = people[Role.READER]
    form = {"login": person.email, "password": "a long password", "next": away}

    signed_in = client.post("/account/login/", form)
    language = client.post("/language/", {"language": "fr", "next": away})

    assert signed_in.headers["Location"].startswith("/")
    assert not signed_in.headers["Location"].startswith("//")
    assert language.headers["Location"] == "/"


def test_signing_in_gives_a_new_session_and_its_cookie_is_out_of_reach(client, people):
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key

    client.post(
        "/account/login/",
        {"login": people[Role.READER].email, "password": "a long password"},
    )

    cookie = client.cookies["sessionid"]
    assert cookie.value != before
    assert not Session.objects.filter(session_key=before).exists()
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_new_password_ends_the_other_sessions(people):
    person, other = people[Role.READER], Client()
    other.force_login(person)
    assert other.get("/").status_code == 200

    person.set_password("another long password")
    person.save()

    assert other.get("/").status_code == 302


def test_who_guesses_passwords_is_stopped(client, people):
    guess = {"login": people[Role.READER].email, "password": "wrong"}

    answers = [client.post("/account/login/", guess) for _ in range(12)]

    assert "Too many" in answers[-1].text
    assert answers[-1].status_code in (200, 429)


@pytest.mark.urls("tests.web.operations.failing_urls")
def test_who_posts_too_often_waits(client, db, people):
    assert [client.post("/comment/").status_code for _ in range(3)] == [200, 200, 429]
    answer = client.post("/comment/")
    assert answer.headers["Retry-After"] == "1000"
    assert "Too many attempts" in answer.text
    assert client.get("/comment/").status_code == 200
    assert client.post("/comment/", REMOTE_ADDR="192.0.2.7").status_code == 200
    # All addresses of one household count together.
    for end in ("1", "2", "3"):
        last = client.post("/comment/", REMOTE_ADDR=f"2001:db8:1:2::{end}")
    assert last.status_code == 429
    client.force_login(people[Role.READER])
    assert client.post("/comment/").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.9", "127.0.0.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "invented, 198.51.100.9", "198.51.100.9"),
        (1, "", "127.0.0.1"),
        (2, "198.51.100.9", "127.0.0.1"),
    ],
)
def test_only_what_our_own_proxy_wrote_is_believed(settings, proxies, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().post("/", headers={"X-Forwarded-For": forwarded})

    assert client_address(request) == address


def test_more_than_a_form_is_refused_before_it_is_read(client, people, settings):
    settings.MOST_UPLOAD_BYTES = 4_000_000
    large = {"text": "x" * 3_000_000}

    assert client.post("/account/login/", large).status_code == 413
    client.force_login(people[Role.COORDINATOR])
    assert client.post("/account/profile/", {"text": "x" * 7_000_000}).status_code == 413
    assert client.post("/account/profile/", large).status_code == 400


def test_a_form_needs_its_proof(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people[Role.READER])

    assert client.post("/account/profile/", {"shown_as": "Somebody"}).status_code == 403


def test_by_https_everything_is_secure(monkeypatch, tmp_path):
    monkeypatch.setenv("FORESTALL_HTTPS", "1")
    monkeypatch.setenv("FORESTALL_HOME", str(tmp_path))

    made = runpy.run_path(settings_of_workspace.__file__)

    assert made["SESSION_COOKIE_SECURE"] is made["CSRF_COOKIE_SECURE"] is True
    assert made["SECURE_SSL_REDIRECT"] is True
    assert made["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert made["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert made["DEBUG"] is False
