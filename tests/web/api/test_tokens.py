"""A token lets a program do what its person may do, within the limits that the person set."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forestall.errors import NotAllowed
from forestall.web.api.models import Token
from forestall.web.api.services import MOST_TOKENS, acting_by, make_token, revoke_token, token_of
from forestall.web.audit.models import AuditEntry
from forestall.web.organisations.models import Membership
from forestall.web.organisations.roles import Role
from tests.web.api.conftest import Asking, token_for
from tests.web.conftest import member


def test_a_token_tells_who_it_is_for_and_what_it_leaves(coordinator, city, people):
    told = coordinator("GET", "/me").json()

    assert told["key"] == people[Role.COORDINATOR].key
    assert told["roles"] == ["coordinator"]
    assert told["jurisdiction"] == city.pk
    assert [one["role"] for one in told["memberships"]] == ["coordinator"]


def test_only_a_hash_of_a_token_is_kept(city, people):
    token, secret = token_for(people[Role.READER], city, Role.READER)

    kept = Token.objects.values_list().get(pk=token.pk)
    assert secret not in [str(one) for one in kept]
    assert len(token.token_hash) == 64


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer nothing", "Basic eA==", "Bearer \udcff"])
def test_without_a_valid_token_there_is_one_sentence(client, db, sent):
    answer = client.get("/api/v1/plans", headers={"Authorization": sent} if sent else {})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert list(answer.json()) == ["detail"]


def test_a_session_is_no_token(client, people):
    client.force_login(people[Role.COORDINATOR])

    assert client.get("/api/v1/plans").status_code == 401


def test_a_revoked_token_is_none(client, city, people):
    token, secret = token_for(people[Role.READER], city, Role.READER)
    revoke_token(token=token, by=people[Role.READER])

    assert Asking(client, secret)("GET", "/me").status_code == 401


def test_a_token_that_ended_is_none(client, city, people):
    token, secret = token_for(people[Role.READER], city, Role.READER)
    now = timezone.now()
    Token.objects.filter(pk=token.pk).update(
        made_at=now - timedelta(days=9), ends_at=now - timedelta(seconds=1)
    )

    assert Asking(client, secret)("GET", "/me").status_code == 401


def test_the_token_of_somebody_who_may_not_sign_in_is_none(client, city, people):
    person = people[Role.READER]
    _, secret = token_for(person, city, Role.READER)
    person.is_active = False
    person.save()

    assert Asking(client, secret)("GET", "/me").status_code == 401


def test_the_last_day_of_use_is_kept(client, city, people):
    token, secret = token_for(people[Role.READER], city, Role.READER)

    Asking(client, secret)("GET", "/me")

    token.refresh_from_db()
    assert token.used_on == timezone.localdate()


def test_a_token_leaves_fewer_roles_than_the_person_has(client, city, people, plan):
    person = people[Role.COORDINATOR]
    Membership.objects.create(
        person=person, organisation=city.organisations.get(), role=Role.READER
    )
    _, secret = token_for(person, city, Role.READER)

    answer = Asking(client, secret)("POST", f"/plans/{plan.pk}/moves", {"to": "consulted"})

    assert answer.status_code == 403
    assert "Coordinator" in answer.json()["detail"]


def test_a_token_loses_the_role_that_its_person_loses(client, city, people, plan):
    person = people[Role.COORDINATOR]
    _, secret = token_for(person, city, Role.COORDINATOR)
    Membership.objects.filter(person=person).delete()

    assert Asking(client, secret)("GET", f"/plans/{plan.pk}").status_code == 404


def test_a_token_ends_at_the_border_of_its_place(client, city, elsewhere, people, example):
    person = people[Role.COORDINATOR]
    Membership.objects.create(
        person=person, organisation=elsewhere.organisations.get(), role=Role.COORDINATOR
    )
    _, secret = token_for(person, elsewhere, Role.COORDINATOR)
    ask = Asking(client, secret)

    assert ask("GET", f"/plans/{example.pk}").status_code == 404
    assert ask("GET", "/plans").json() == []
    assert [one["slug"] for one in ask("GET", "/jurisdictions").json()] == ["long-mere"]


def test_a_token_of_a_country_does_not_reach_its_cities(client, city, elsewhere, example):
    city.parent = elsewhere
    city.save()
    above = member(elsewhere, Role.ADMINISTRATOR)
    _, secret = token_for(above, elsewhere, Role.ADMINISTRATOR)

    assert Asking(client, secret)("GET", f"/plans/{example.pk}").status_code == 404


def test_nobody_gives_a_token_a_role_that_they_lack(city, people):
    for roles in ({Role.COORDINATOR}, set()):
        with pytest.raises(NotAllowed, match="roles that you have"):
            make_token(
                name="more",
                jurisdiction=city,
                roles=roles,
                ends_at=timezone.now() + timedelta(days=1),
                by=people[Role.READER],
            )


def test_a_token_makes_and_ends_no_token(city, people):
    token, _ = token_for(people[Role.READER], city, Role.READER)
    person = acting_by(Token.objects.select_related("person").get(pk=token.pk))

    with pytest.raises(NotAllowed):
        token_for(person, city, Role.READER)
    with pytest.raises(NotAllowed):
        revoke_token(token=token, by=person)


def test_a_person_has_a_bounded_number_of_tokens(city, people):
    for _ in range(MOST_TOKENS):
        token_for(people[Role.READER], city, Role.READER)

    with pytest.raises(NotAllowed, match="most"):
        token_for(people[Role.READER], city, Role.READER)


def test_the_log_names_the_person_and_the_token(coordinator, people, plan):
    head = coordinator("GET", f"/plans/{plan.pk}/head")
    coordinator(
        "PUT",
        f"/plans/{plan.pk}/head",
        head.json() | {"title": {"en": "Safer homes"}},
        If_Match=head.headers["ETag"],
    )

    (*_, last) = AuditEntry.objects.all()
    assert last.actor == people[Role.COORDINATOR].key
    assert last.facts["by_token"] == Token.objects.get().pk


def test_a_token_that_asks_too_often_has_to_wait(client, city, people, settings):
    settings.API_REQUESTS_A_MINUTE = 3
    _, secret = token_for(people[Role.READER], city, Role.READER)
    _, other = token_for(people[Role.READER], city, Role.READER)

    answers = [Asking(client, secret)("GET", "/me") for _ in range(8)]

    refused = [one for one in answers if one.status_code == 429]
    assert refused
    assert 0 < int(refused[0].headers["Retry-After"]) <= 60
    assert "wait" in refused[0].json()["detail"]
    assert Asking(client, other)("GET", "/me").status_code == 200


def made_on_page(client, **changed):
    sent = {
        "name": "figures <b>of</b> the month",
        "roles": ["coordinator"],
        "ends_on": str(timezone.localdate() + timedelta(days=30)),
    }
    return client.post(reverse("tokens"), sent | changed)


def test_a_person_makes_a_token_and_sees_it_once(client, city, people):
    client.force_login(people[Role.COORDINATOR])

    answer = made_on_page(client, place=city.pk)

    (secret,) = re.findall(r"forestall_[\w-]{43}", answer.text)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "<b>of</b>" not in answer.text
    assert secret not in client.get(reverse("tokens")).text
    assert token_of(secret) == Token.objects.get(person=people[Role.COORDINATOR])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"roles": ["publisher"]}, "error-box"),
        ({"roles": []}, "error-box"),
        ({"name": ""}, "error-box"),
        ({"ends_on": "2001-01-01"}, "one year ahead"),
        ({"ends_on": "2099-01-01"}, "one year ahead"),
        ({"place": "999999"}, "error-box"),
    ],
)
def test_a_token_that_cannot_be_is_told(client, city, people, changed, said):
    client.force_login(people[Role.COORDINATOR])

    answer = made_on_page(client, **({"place": city.pk} | changed))

    assert said in answer.text
    assert not Token.objects.exists()


def test_a_role_of_another_place_is_refused_with_the_roles_there(client, city, elsewhere, people):
    person = people[Role.COORDINATOR]
    Membership.objects.create(
        person=person, organisation=elsewhere.organisations.get(), role=Role.READER
    )
    client.force_login(person)

    answer = made_on_page(client, place=elsewhere.pk)

    assert "In this place you are: Reader." in answer.text


def test_a_person_ends_a_token_on_the_page(client, city, people):
    token, _ = token_for(people[Role.READER], city, Role.READER)
    client.force_login(people[Role.READER])

    client.post(reverse("token-revoke", args=[token.pk]))

    token.refresh_from_db()
    assert not token.is_valid
    assert "ended by you" in client.get(reverse("tokens")).text


def test_nobody_sees_or_ends_the_token_of_somebody_else(client, city, people):
    token, _ = token_for(people[Role.READER], city, Role.READER)
    client.force_login(people[Role.ADMINISTRATOR])

    assert client.post(reverse("token-revoke", args=[token.pk])).status_code == 404
    assert "Tokens that you made" not in client.get(reverse("tokens")).text
    with pytest.raises(NotAllowed):
        revoke_token(token=token, by=people[Role.ADMINISTRATOR])


def test_the_page_of_tokens_needs_somebody_who_is_signed_in(client, db):
    assert client.get(reverse("tokens")).status_code == 302
