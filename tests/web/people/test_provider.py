"""Signing in by the provider of a city, from the button to the page one wanted and back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import jwt
import pytest
import requests
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from forestall.web.organisations.roles import Role
from forestall.web.people.models import Person
from tests.web.people.provider import CLIENT, SECRET, Provider, new_key

PASSWORD = "a long password"
SUBJECT = "person-17-of-the-city"


@pytest.fixture
def provider(settings):
    cache.clear()
    with Provider() as one:
        app = {
            "provider_id": "city",
            "name": "OpenID Connect",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": one.issuer},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        yield one


@pytest.fixture
def reader(people, provider):
    """A member, whom the provider knows by the same address."""
    one = people[Role.READER]
    provider.person = {"sub": SUBJECT, "email": one.email, "email_verified": True}
    return one


def go_there_and_back(client, *, process="login", to=""):
    """Press the button, go to the provider as a browser does, and come back."""
    asked = f"?process={process}" + (f"&next={to}" if to else "")
    leaves = client.post(reverse("openid_connect_login", args=["city"]) + asked)
    assert leaves.status_code == 302, leaves.text
    back = requests.get(leaves.headers["Location"], allow_redirects=False, timeout=10)
    returned = urlsplit(back.headers["Location"])
    assert returned.path == reverse("openid_connect_callback", args=["city"])
    return client.get(f"{returned.path}?{returned.query}", follow=True)


def is_in(client) -> bool:
    return bool(client.get("/plans/").status_code == 200)


def joined(client, person):
    """Sign in by password and join the account with that of the city; then sign out."""
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    answer = go_there_and_back(client, process="connect")
    client.logout()
    cache.clear()
    return answer


def test_a_known_person_joins_once_and_signs_in_by_the_provider(client, reader, provider):
    joined(client, reader)
    assert not is_in(client)

    answer = go_there_and_back(client, to="/plans/")

    assert answer.request["PATH_INFO"] == "/plans/"
    assert client.session["_auth_user_id"] == str(reader.pk)
    account = reader.socialaccount_set.get()
    assert account.uid == SUBJECT
    # The password that they had still works.
    reader.refresh_from_db()
    assert reader.check_password(PASSWORD)


def test_a_person_whom_nobody_invited_is_refused(client, people, provider):
    provider.person = {"sub": "x", "email": "unknown@example.org", "email_verified": True}
    before = Person.objects.count()

    answer = go_there_and_back(client)

    assert "Accounts are made by invitation" in answer.text
    assert not is_in(client)
    assert Person.objects.count() == before


def test_the_same_address_alone_opens_nothing(client, reader, provider):
    """Else the provider could come in as anybody, an administrator too."""
    answer = go_there_and_back(client)

    assert not is_in(client)
    assert "Accounts are made by invitation" in answer.text
    assert "sign in with your password once, and join it" in answer.text
    assert mail.outbox == []


def test_an_account_that_was_closed_stays_closed(client, reader, provider):
    joined(client, reader)
    reader.is_active = False
    reader.save()

    go_there_and_back(client)

    assert not is_in(client)


BAD: dict[str, dict[str, Any]] = {
    "another issuer": {"changed": {"iss": "https://elsewhere.example"}},
    "for another site": {"changed": {"aud": "another-site"}},
    "out of date": {"changed": {"exp": 1_700_000_000}},
    "signed by somebody else": {"signs_with": new_key()},
    "not signed": {"algorithm": "none"},
}


@pytest.mark.parametrize("wrong", BAD)
def test_a_token_that_is_wrong_signs_nobody_in(client, reader, provider, wrong):
    joined(client, reader)
    for name, value in BAD[wrong].items():
        setattr(provider, name, value)

    answer = go_there_and_back(client)

    assert not is_in(client)
    assert "Signing in did not work" in answer.text
    assert reader.email not in answer.text


def test_a_token_signed_with_the_public_key_as_a_secret_signs_nobody_in(
    client, reader, provider, monkeypatch
):
    joined(client, reader)
    claims = {"iss": provider.issuer, "aud": CLIENT, "exp": 4_000_000_000, **provider.person}
    forged = jwt.encode(claims, "p" * 64, algorithm="HS256", headers={"kid": "key-1"})
    monkeypatch.setattr(provider, "token_for", lambda asked: forged)

    answer = go_there_and_back(client)

    assert "Signing in did not work" in answer.text
    assert not is_in(client)


def test_an_answer_that_nobody_asked_for_signs_nobody_in(client, reader, provider):
    joined(client, reader)

    answer = client.get(
        reverse("openid_connect_callback", args=["city"]), {"code": "x", "state": "y"}, follow=True
    )

    assert "Signing in did not work" in answer.text
    assert not is_in(client)


def test_a_provider_that_is_away_is_told_in_words(client, reader, provider):
    joined(client, reader)
    provider.server.shutdown()
    provider.server.server_close()

    answer = client.post(reverse("openid_connect_login", args=["city"]), follow=True)

    assert answer.status_code < 500
    assert "Signing in did not work" in answer.text


def test_who_is_not_the_provider_of_this_city_does_not_exist(client, db, provider):
    assert client.post(reverse("openid_connect_login", args=["other"])).status_code == 404
