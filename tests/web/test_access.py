"""Every page as every role: opened, refused with who can, or not there at all.

The table of `docs/reference/access.md` cell by cell. Pages about an object (a number in their
address) also do not exist for the people of another city.
"""

from __future__ import annotations

import pytest

from forestall.web.organisations.roles import ALLOWED, Role
from scripts.addresses import addresses
from scripts.make_access import PAGE, written
from tests.web.conftest import member, read_to_the_end
from tests.web.objects import OBJECTS, address_in

GUARDED = [one for one in addresses() if one.verb is not None]
ABOUT_AN_OBJECT = [one for one in GUARDED if one.about]
# Pages without a role: signing in, one's own account, what everybody may see. A new page that
# stands here by mistake is open to the world.
WITHOUT_A_ROLE = {
    "home", "profile", "language", "invited", "design", "expert-leave", "skills-leave",
    "account_login", "account_logout", "account_inactive", "account_signup",
    "account_reauthenticate", "account_email", "account_change_password", "account_set_password",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "socialaccount_login_cancelled", "socialaccount_login_error",
    "socialaccount_signup", "socialaccount_connections", "openid_connect_login",
    "openid_connect_callback",
    # One's own tokens; whether the workspace works.
    "tokens", "token-revoke", "api-explained", "health",
    # What residents read and say.
    "public", "public-site", "public-file", "public-bundle", "take-part-list", "take-part",
    "take-part-changes", "take-part-on", "take-part-thanks",
}  # fmt: skip


def of(one) -> str:
    return str(one.name)


def test_the_table_of_the_documentation_is_that_of_the_pages():
    assert PAGE.read_text(encoding="utf-8") == written(), "Run python -m scripts.make_access."


def test_no_page_is_without_a_role_by_mistake():
    open_to_all = {one.name for one in addresses() if one.verb is None}

    assert open_to_all <= WITHOUT_A_ROLE


def test_every_page_with_a_number_is_about_an_object():
    numbered = {one.name for one in addresses() if "number" in one.arguments}
    # A person's own token is found among their own; tests/web/api tries those of others.
    numbered.remove("token-revoke")

    assert numbered == {one.name for one in ABOUT_AN_OBJECT}


def test_every_kind_of_object_can_be_made():
    assert {one.about for one in ABOUT_AN_OBJECT} <= set(OBJECTS)


@pytest.mark.parametrize("one", GUARDED, ids=of)
def test_each_role_opens_what_it_may_and_is_refused_the_rest(client, city, people, plan, one):
    address = address_in(one, city)

    for role in Role:
        client.force_login(people[role])
        for answer in (client.get(address), client.post(address)):
            if role in ALLOWED[one.verb]:
                assert answer.status_code not in (403, 404), f"{role} cannot open {address}"
            elif answer.status_code != 405:
                assert answer.status_code == 403, f"{role} can open {address}"
                assert "Not for your role" in answer.text
            read_to_the_end(answer)


@pytest.mark.parametrize("one", ABOUT_AN_OBJECT, ids=of)
def test_it_does_not_exist_for_another_city(client, city, people, plan, elsewhere, one):
    address = address_in(one, city)

    for role in Role:
        client.force_login(member(elsewhere, role))
        assert client.get(address).status_code in (404, 405)
        assert client.post(address).status_code in (404, 405)


@pytest.mark.parametrize("one", GUARDED, ids=of)
def test_somebody_unknown_is_asked_to_sign_in(client, city, people, plan, one):
    address = address_in(one, city)

    for answer in (client.get(address), client.post(address)):
        if answer.status_code != 405:
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/account/login/?next=")


@pytest.mark.parametrize("one", ABOUT_AN_OBJECT, ids=of)
def test_an_administrator_above_opens_what_administrators_may(client, city, people, plan, one):
    above = type(city).objects.create(name="Region", slug="region", country="GB", level="regional")
    above.organisations.create(key="office", name="Region office", sector="coordination")
    city.parent = above
    city.save()
    client.force_login(member(above, Role.ADMINISTRATOR))

    address = address_in(one, city)
    answer = client.get(address)
    if answer.status_code == 405:
        answer = client.post(address)
    read_to_the_end(answer)

    wanted = Role.ADMINISTRATOR in ALLOWED[one.verb]
    assert (answer.status_code in (403, 404)) is not wanted
