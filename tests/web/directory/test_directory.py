"""Whom to ask: offices of all places, and experts who agree to be shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forestall.errors import InvalidEntry, NotAllowed
from forestall.web.audit.models import AuditEntry
from forestall.web.directory.finding import experts_found
from forestall.web.directory.jobs import forget
from forestall.web.directory.models import LONGEST_CONSENT, Expert, Office
from forestall.web.directory.services import add_office, forget_ended, tell_of_oneself
from forestall.web.operations import tidying
from forestall.web.organisations.roles import Role
from tests.web.conftest import member

TODAY = date(2026, 6, 1)
OFFICE = {"kind": "focal-point", "name": "Prevention desk", "email": "desk@example.org"}
TOLD = {
    "areas": ["evaluation", "planning"],
    "languages": ["fr"],
    "about": "Twenty years of evaluations of youth work.",
    "interests": "none",
    "contact": "asked@example.org",
}


def expert(city, *, until=TODAY + timedelta(days=30), name="expert", **facts):
    person = member(city, Role.PARTNER, name=name)
    told = {**TOLD, "consent_until": until, **facts}
    return tell_of_oneself(person=person, jurisdiction=city, facts=told, today=TODAY)


def test_an_office_is_found_from_every_place(client, city, people, elsewhere):
    add_office(jurisdiction=city, facts=OFFICE, by=people[Role.COORDINATOR], today=TODAY)
    client.force_login(member(elsewhere, Role.READER))

    text = client.get(reverse("directory")).text

    assert "Prevention desk" in text
    assert "mailto:desk@example.org" in text
    assert reverse("office-edit", args=[Office.objects.get().pk]) not in text


def test_only_those_who_keep_the_register_change_offices(city, people):
    with pytest.raises(NotAllowed):
        add_office(jurisdiction=city, facts=OFFICE, by=people[Role.READER], today=TODAY)


def test_the_same_office_twice_is_said_in_a_sentence(client, city, people):
    add_office(jurisdiction=city, facts=OFFICE, by=people[Role.COORDINATOR], today=TODAY)
    with pytest.raises(InvalidEntry, match="already"):
        add_office(jurisdiction=city, facts=OFFICE, by=people[Role.COORDINATOR], today=TODAY)

    client.force_login(people[Role.COORDINATOR])
    answer = client.post(reverse("office-add"), OFFICE)

    assert answer.status_code == 200
    assert "An office of this kind and name is there already." in answer.text


def test_an_office_is_changed_confirmed_and_taken_out(client, city, people):
    client.force_login(people[Role.COORDINATOR])
    client.post(reverse("office-add"), {**OFFICE, "languages": ["ar", "fr"]})
    office = Office.objects.get()
    Office.objects.update(confirmed_on=date(2020, 1, 1))
    assert "Not since 1 January 2020" in client.get(reverse("directory")).text

    edit = reverse("office-edit", args=[office.pk])
    assert client.post(edit, {**OFFICE, "name": "National desk"}).status_code == 302
    office.refresh_from_db()
    assert (office.name, office.confirmed_on) == ("National desk", timezone.localdate())

    remove = reverse("office-remove", args=[office.pk])
    assert "National desk" in client.get(remove).text
    client.post(remove)
    assert Office.objects.exists()
    client.post(remove, {"confirmed": "yes"})
    assert not Office.objects.exists()
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs >= {"add office", "change office", "remove office"}


def test_what_is_typed_stays_text(client, city, people):
    client.force_login(people[Role.COORDINATOR])
    evil = {**OFFICE, "name": "<script>alert(1)</script>", "website": "javascript:alert(1)"}

    assert client.post(reverse("office-add"), evil).status_code == 200
    assert not Office.objects.exists()
    client.post(reverse("office-add"), {**evil, "website": ""})

    assert "<script>alert" not in client.get(reverse("directory")).text


def test_experts_are_found_by_what_they_wrote(city):
    first = expert(city, name="b-first", available_from=date(2026, 7, 1))
    second = expert(city, name="a-second", areas=["social"], languages=["en"], regions="Sahel")

    def found(**wanted):
        return experts_found(wanted=wanted, today=TODAY)

    assert found() == [second, first]
    assert found(area="planning") == found(language="fr") == [first]
    assert found(words="YOUTH work", area="planning") == [first]
    assert found(words="youth sahel", area="planning") == []
    assert found(words="sahel") == found(on=date(2026, 6, 15)) == [second]
    assert found(on=date(2026, 7, 1)) == [second, first]


def test_an_expert_is_gone_on_the_day_after_the_consent(city):
    shown = expert(city, until=TODAY)

    assert experts_found(wanted={}, today=TODAY) == [shown]
    assert experts_found(wanted={}, today=TODAY + timedelta(days=1)) == []
    assert forget_ended(today=TODAY) == 0
    assert forget_ended(today=TODAY + timedelta(days=1)) == 1
    assert not Expert.objects.exists()
    kept = str(list(AuditEntry.objects.values()))
    assert "asked@example.org" not in kept
    assert "evaluations of youth" not in kept


def test_the_regular_work_forgets_who_no_longer_agrees(city, monkeypatch):
    expert(city, until=TODAY)
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY + timedelta(days=1))

    assert forget in tidying._TIDIERS
    forget()

    assert not Expert.objects.exists()


def test_the_entry_of_who_takes_part_no_more_is_forgotten(city):
    shown = expert(city)
    assert forget_ended(today=TODAY) == 0

    shown.person.memberships.all().delete()

    assert forget_ended(today=TODAY) == 1
    assert not Expert.objects.exists()


def test_who_takes_part_no_more_is_not_shown_and_can_still_withdraw(client, city):
    shown = expert(city)
    assert experts_found(wanted={}, today=TODAY) == [shown]

    shown.person.memberships.all().delete()
    assert experts_found(wanted={}, today=TODAY) == []
    client.force_login(shown.person)
    assert client.post(reverse("expert-leave")).status_code == 302
    assert not Expert.objects.exists()


def test_an_account_that_is_closed_is_not_shown(city):
    shown = expert(city)
    shown.person.is_active = False
    shown.person.save()

    assert experts_found(wanted={}, today=TODAY) == []


def test_somebody_writes_only_themselves_down_and_can_leave(client, city, people):
    client.force_login(people[Role.READER])
    today = timezone.localdate()
    told = {**TOLD, "consent_until": today + timedelta(days=10)}

    answer = client.post(reverse("expert-oneself"), told)
    assert "I agree that all signed-in members" in answer.text
    assert not Expert.objects.exists()

    assert client.post(reverse("expert-oneself"), {**told, "consent": "on"}).status_code == 302
    assert Expert.objects.get().person == people[Role.READER]
    assert "asked@example.org" in client.get(reverse("experts")).text

    client.post(reverse("expert-leave"))
    assert not Expert.objects.exists()
    assert "asked@example.org" not in client.get(reverse("experts")).text


@pytest.mark.parametrize("days", [-1, LONGEST_CONSENT.days + 1])
def test_a_consent_ends_within_two_years(client, city, people, days):
    client.force_login(people[Role.READER])
    told = {**TOLD, "consent": "on", "consent_until": timezone.localdate() + timedelta(days=days)}

    answer = client.post(reverse("expert-oneself"), told)

    assert "Choose a day from" in answer.text
    assert not Expert.objects.exists()


def test_experts_stand_in_the_order_of_names_and_never_of_anything_else(client, city, people):
    far = timezone.localdate() + timedelta(days=9)
    expert(city, name="zeta", areas=["social"], until=far)
    expert(city, name="alpha", areas=["social", "planning"], until=far)
    client.force_login(people[Role.READER])

    plain = client.get(reverse("experts")).text
    asked = client.get(reverse("experts"), {"order": "-areas", "sort": "areas"}).text

    for text in (plain, asked):
        assert text.index("alpha") < text.index("zeta")
