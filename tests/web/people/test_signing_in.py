"""Signing in, passwords, the second factor: every page is ours, in the language of the person."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache

from forestall.web.organisations.roles import Role

PASSWORD = "a long password"


@pytest.fixture(autouse=True)
def counted_anew():
    """Attempts are counted in the cache, which tests share."""
    cache.clear()


@pytest.fixture
def reader(people):
    return people[Role.READER]


def sign_in(client, person, *, to="/", password=PASSWORD):
    return client.post(
        f"/account/login/?next={to}", {"login": person.email, "password": password}, follow=True
    )


def say_who_one_is(client):
    return client.post("/account/reauthenticate/", {"password": PASSWORD}, follow=True)


def is_ours(answer) -> bool:
    return 'class="bar-top"' in answer.text


def code_of(secret: str) -> str:
    counter = next(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counter)))


def set_up_the_app(client) -> tuple[str, list[str]]:
    """Switch the second factor on, and return its key and the recovery codes."""
    say_who_one_is(client)
    secret = re.search(r'<code class="secret" dir="ltr">(\w+)</code>',
                       client.get("/account/2fa/totp/activate/").text)  # fmt: skip
    assert secret
    answer = client.post("/account/2fa/totp/activate/", {"code": code_of(secret[1])}, follow=True)
    return secret[1], re.findall(r"<li>(\w{4} ?\w{4})</li>", answer.text)


def test_nobody_makes_an_account_alone(client, db):
    answer = client.get("/account/signup/")
    sent = client.post("/account/signup/", {"email": "new@example.org", "password1": PASSWORD})

    assert "Accounts are made by invitation" in answer.text
    assert "Accounts are made by invitation" in sent.text


def test_a_wrong_password_is_told_without_saying_what_is_known(client, reader):
    known = sign_in(client, reader, password="wrong wrong wrong").text
    reader.email = "nobody@example.org"
    unknown = sign_in(client, reader, password="wrong wrong wrong").text

    said = re.compile(r'<div class="error-box".*?</div>', re.DOTALL)
    assert said.findall(known) == said.findall(unknown) != []


def test_one_goes_on_to_the_page_one_wanted(client, reader):
    answer = sign_in(client, reader, to="/plans/")

    assert answer.redirect_chain[-1][0] == "/plans/"


def test_signing_in_never_leads_elsewhere(client, reader):
    answer = sign_in(client, reader, to="https://example.org/")

    assert answer.redirect_chain[-1][0] == "/"


def test_one_signs_out_on_a_page_that_asks(client, reader):
    client.force_login(reader)

    assert "drafts in open forms are lost" in client.get("/account/logout/").text
    client.post("/account/logout/")
    assert client.get("/").status_code == 302


def test_a_password_is_changed(client, reader):
    sign_in(client, reader)
    page = client.get("/account/password/change/")
    short = client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "nine char", "password2": "nine char"},
    )
    client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "seven red boats", "password2": "seven red boats"},
    )

    assert is_ours(page)
    assert "10" in re.findall(r'<p class="error-text">([^<]*)', short.text)[0]
    reader.refresh_from_db()
    assert reader.check_password("seven red boats")


def test_a_forgotten_password_is_set_by_a_link_that_works_once(client, reader):
    asked = client.post("/account/password/reset/", {"email": reader.email}, follow=True)
    link = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[0].body))
    assert link
    form = client.get(link[1], follow=True)
    where = form.redirect_chain[-1][0]
    given = {"password1": "seven red boats", "password2": "seven red boats"}
    done = client.post(where, given, follow=True)
    again = client.get(link[1], follow=True)

    assert "a link was sent to it" in asked.text
    assert mail.outbox[0].subject == "A new password for Forestall"
    assert is_ours(form)
    assert "The new password is set" in done.text
    assert "used already" in again.text


def test_an_unknown_address_gets_the_same_page_and_no_mail(client, db):
    asked = client.post("/account/password/reset/", {"email": "no@example.org"}, follow=True)

    assert "a link was sent to it" in asked.text
    assert mail.outbox == []


def test_the_second_factor_is_set_up_shown_used_and_switched_off(client, reader):
    sign_in(client, reader)
    say_who_one_is(client)
    assert "Not in use" in client.get("/account/2fa/").text
    page = client.get("/account/2fa/totp/activate/").text
    assert 'class="qr" src="data:image/svg+xml;base64,' in page
    _, codes = set_up_the_app(client)
    assert len(codes) == 10
    assert "In use" in client.get("/account/2fa/").text

    client.post("/account/logout/")
    asked = sign_in(client, reader)
    assert "Your second factor" in asked.text
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert 'class="error-text"' in wrong.text
    client.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert client.get("/").status_code == 200

    again = client.get("/account/2fa/totp/deactivate/", follow=True)
    assert "Is it you?" in again.text
    client.post(again.redirect_chain[-1][0], {"code": codes[1], "password": PASSWORD})
    assert is_ours(client.get("/account/2fa/totp/deactivate/"))
    client.post("/account/2fa/totp/deactivate/")
    assert "Not in use" in client.get("/account/2fa/").text


def test_recovery_codes_are_shown_downloaded_and_made_anew(client, reader):
    sign_in(client, reader)
    _, codes = set_up_the_app(client)

    shown = client.get("/account/2fa/recovery-codes/")
    file = client.get("/account/2fa/recovery-codes/download/")
    asked = client.get("/account/2fa/recovery-codes/generate/")
    made = client.post("/account/2fa/recovery-codes/generate/", follow=True)

    assert is_ours(shown)
    assert "10 codes are left." in shown.text
    assert file.text.split("\n")[0].strip() == codes[0]
    assert "no longer work" in asked.text
    assert codes[0] not in made.text


def test_a_protected_step_asks_again_for_the_password(client, reader):
    client.force_login(reader)  # a session that has not given a password

    answer = client.get("/account/2fa/totp/activate/", follow=True)

    assert "Is it you?" in answer.text
    assert answer.redirect_chain[-1][0].startswith("/account/reauthenticate/")


def test_somebody_whose_account_is_closed_is_told(client, reader):
    reader.is_active = False
    reader.save()

    assert "This account is closed" in sign_in(client, reader).text


@pytest.mark.parametrize(
    "address",
    ["elsewhere/", "elsewhere/login/error/", "elsewhere/login/cancelled/", "password/set/",
     "password/reset/done/", "password/reset/key/done/", "inactive/"],
)  # fmt: skip
def test_the_other_pages_are_ours(client, reader, address):
    sign_in(client, reader)

    answer = client.get(f"/account/{address}", follow=True)

    assert is_ours(answer)
    assert "Menu:" not in answer.text


def test_every_page_of_the_library_that_has_an_address_has_a_template_of_ours():
    from django.template import engines
    from django.urls import get_resolver

    def views(resolver):
        for one in resolver.url_patterns:
            yield from views(one) if hasattr(one, "url_patterns") else [one.callback]

    names = {
        name
        for view in views(get_resolver())
        if (name := getattr(getattr(view, "view_class", None), "template_name", None))
        and name.endswith(".html")
    }
    assert len(names) > 15
    for name in names | {"account/signup_closed.html", "socialaccount/login.html"}:
        engines["jinja2"].get_template(name)


def test_pages_and_mails_follow_the_language(client, reader):
    client.cookies["language"] = "fr"

    assert '<html lang="fr"' in client.get("/account/login/").text
    assert "Mot de passe" in client.get("/account/login/").text


def test_the_name_in_the_app_is_the_address(reader):
    assert get_adapter().get_totp_label(reader) == reader.email


@pytest.mark.parametrize("page", ["change", "set"])
def test_the_rules_of_a_password_are_words_and_no_markup(client, reader, page):
    if page == "set":
        reader.set_unusable_password()
        reader.save()
    client.force_login(reader)

    text = client.get(f"/account/password/{page}/", follow=True).text

    assert "At least ten characters." in text
    assert "&lt;li" not in text


def test_a_wrong_password_is_told_as_what_it_is(client, reader):
    text = sign_in(client, reader, password="another password").text

    assert "You are not signed in yet" in text
    assert "This is not saved yet" not in text
