"""Places and members: who administers, who is invited, and that somebody always administers."""

from __future__ import annotations

import re

import pytest

from forestall.errors import NotAllowed
from forestall.web.audit.models import AuditEntry
from forestall.web.organisations.models import Jurisdiction, Membership
from forestall.web.organisations.registering import change_role, remove_member
from forestall.web.organisations.roles import Role
from tests.web.conftest import member


@pytest.fixture
def boss(people):
    return people[Role.ADMINISTRATOR]


@pytest.fixture
def as_boss(client, boss):
    client.force_login(boss)
    return client


def membership_of(person) -> Membership:
    found: Membership = person.memberships.get()
    return found


def test_the_link_of_an_invitation_is_shown_once_and_never_kept(as_boss, city):
    office = city.organisations.get()

    answer = as_boss.post(f"/organisation/{office.pk}/invite/", {"role": "analyst", "email": ""})

    link = re.search(r"http://testserver(/invited/([^/]+)/)", answer.text)
    assert link
    assert "no-store" in answer.headers["Cache-Control"]
    assert link[2] not in as_boss.get("/organisation/").text
    assert link[2] not in str(list(AuditEntry.objects.values_list("facts", flat=True)))
    as_boss.logout()
    assert "Analyst" in as_boss.get(link[1]).text


def test_a_role_is_changed(as_boss, people):
    held = membership_of(people[Role.READER])

    as_boss.post(f"/organisation/members/{held.pk}/", {"role": "analyst"})

    held.refresh_from_db()
    assert held.role == Role.ANALYST
    assert AuditEntry.objects.latest("number").facts == {
        "member": held.person.key, "before": "reader", "after": "analyst",
    }  # fmt: skip


def test_a_role_that_is_held_already_is_not_held_twice(as_boss, city, people):
    person = people[Role.READER]
    city.organisations.get().memberships.create(person=person, role=Role.ANALYST)
    held = person.memberships.get(role=Role.READER)

    as_boss.post(f"/organisation/members/{held.pk}/", {"role": "analyst"})

    assert list(person.memberships.values_list("role", flat=True)) == ["analyst"]


def test_a_member_is_removed_after_one_question(as_boss, people):
    held = membership_of(people[Role.READER])
    address = f"/organisation/members/{held.pk}/remove/"

    assert "They lose this role at once" in as_boss.get(address).text
    assert Membership.objects.filter(pk=held.pk).exists()
    as_boss.post(address, {"confirmed": "yes"})

    assert not Membership.objects.filter(pk=held.pk).exists()


@pytest.mark.parametrize("step", ["remove/", ""])
def test_the_last_administrator_stays(as_boss, boss, step):
    held = membership_of(boss)

    answer = as_boss.post(
        f"/organisation/members/{held.pk}/{step}", {"role": "reader"}, follow=True
    )

    assert "This is the last administrator" in answer.text
    held.refresh_from_db()
    assert held.role == Role.ADMINISTRATOR


def test_one_of_two_administrators_can_leave(city, boss):
    member(city, Role.ADMINISTRATOR)

    remove_member(membership=membership_of(boss), by=boss)

    assert not boss.memberships.exists()


def test_somebody_whose_account_is_closed_does_not_count_as_administrator(city, boss):
    other = member(city, Role.ADMINISTRATOR)
    other.is_active = False
    other.save()

    with pytest.raises(NotAllowed, match="last administrator"):
        change_role(membership=membership_of(boss), role=Role.READER, by=boss)


def test_an_administrator_above_counts(city, boss):
    below = Jurisdiction.objects.create(
        name="Harbour", slug="harbour", country="GB", level="local", parent=city
    )
    below.organisations.create(key="office", name="Harbour office", sector="coordination")
    own = member(below, Role.ADMINISTRATOR)

    remove_member(membership=membership_of(own), by=boss)

    assert not own.memberships.exists()


def test_a_place_is_made_below_with_its_office(as_boss, city):
    given = {"name": "Harbour", "level": "local", "currency": "GBP", "language": "en",
             "office": "Harbour office"}  # fmt: skip

    as_boss.post(f"/organisation/places/{city.pk}/add/", given)

    place = Jurisdiction.objects.get(slug="harbour")
    assert (place.parent, place.country) == (city, "GB")
    text = as_boss.get("/organisation/").text
    assert "Harbour office" in text
    assert re.search(r"Port Alder.*<ul><li>Harbour", text, re.DOTALL)


def test_a_place_needs_a_currency_of_three_letters(as_boss, city):
    given = {"name": "Harbour", "level": "local", "currency": "pounds", "language": "en",
             "office": "Harbour office"}  # fmt: skip

    answer = as_boss.post(f"/organisation/places/{city.pk}/add/", given)

    assert "A currency is given by three capital letters." in answer.text


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMINISTRATOR])
def test_nobody_else_manages_members(client, city, people, role):
    client.force_login(people[role])
    held = membership_of(people[Role.READER])

    for address in ("/organisation/", f"/organisation/members/{held.pk}/"):
        assert client.get(address).status_code == 403


def test_members_and_places_of_another_city_do_not_exist(client, city, people, elsewhere):
    client.force_login(member(elsewhere, Role.ADMINISTRATOR))
    held = membership_of(people[Role.READER])
    office = city.organisations.get()

    for address in (f"members/{held.pk}/", f"members/{held.pk}/remove/", f"{office.pk}/invite/",
                    f"places/{city.pk}/add/"):  # fmt: skip
        assert client.post(f"/organisation/{address}").status_code == 404
    assert "Port Alder" not in client.get("/organisation/").text
