"""A reply that was submitted here is handed over by those who lead it, to whom they choose."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse

from forestall.errors import InvalidQuestionnaire, NotAllowed
from forestall.web.organisations.models import Jurisdiction
from forestall.web.organisations.roles import Role
from forestall.web.returns.services import begin_return
from forestall.web.returns.signing import submit_return
from forestall.web.secretariat.models import ReceivedAnswer
from forestall.web.secretariat.receiving import hand_over, receive_file
from tests.web.conftest import member
from tests.web.returns.given import DAY, MINISTRY, SECRET, signed, write
from tests.web.secretariat.given import file_of


@pytest.fixture
def states_people(elsewhere):
    return {role: member(elsewhere, role) for role in (Role.COORDINATOR, Role.ADMINISTRATOR)}


@pytest.fixture
def found(elsewhere, states_people):
    """A reply of another place, not yet submitted."""
    Jurisdiction.objects.filter(pk=elsewhere.pk).update(country="KE")
    elsewhere.refresh_from_db()
    leads = states_people[Role.COORDINATOR]
    made = begin_return(jurisdiction=elsewhere, questionnaire="2006-20", on=DAY, by=leads)
    write(made, "Q3", MINISTRY, leads)
    write(made, "Q14", SECRET, leads)
    return made


def test_what_is_confidential_stays_where_it_was_written(client, reading, found, states_people):
    signed(found, states_people)
    submit_return(found=found, by=states_people[Role.COORDINATOR])
    client.force_login(states_people[Role.COORDINATOR])
    address = reverse("return-hand-over", args=[found.pk])

    assert address in client.get(found.get_absolute_url()).text
    assert "is required" in client.post(address, {"code": reading.code}).text
    assert client.post(address, {"code": reading.code, "agreed": "on"}).status_code == 302

    found.refresh_from_db()
    kept = reading.replies.get(state="KE")
    assert kept.sha256 != found.frozen
    left = client.get(reverse("return-file", args=[found.pk, "json"])).content
    assert kept.sha256 == hashlib.sha256(left).hexdigest()
    assert [one.words for one in ReceivedAnswer.objects.all()] == ["The ministry"]


def test_why_an_invented_country_cannot_hand_over_is_said(
    client, reading, found, elsewhere, states_people
):
    leads = states_people[Role.COORDINATOR]
    Jurisdiction.objects.filter(pk=elsewhere.pk).update(country="XX")
    elsewhere.refresh_from_db()
    made = begin_return(jurisdiction=elsewhere, questionnaire="2006-20", on=DAY, by=leads)
    write(made, "Q3", MINISTRY, leads)
    signed(made, states_people)
    submit_return(found=made, by=leads)
    client.force_login(leads)

    page = client.post(
        reverse("return-hand-over", args=[made.pk]), {"code": reading.code, "agreed": "on"}
    ).text

    assert "“XX” is the code of no state. A reply of a country that does not exist" in page
    assert not reading.replies.exists()


def test_it_is_submitted_first_and_needs_the_code(reading, found, states_people, people):
    leads = states_people[Role.COORDINATOR]

    with pytest.raises(NotAllowed, match="submitted and frozen"):
        hand_over(found=found, code=reading.code, by=leads)
    signed(found, states_people)
    submit_return(found=found, by=leads)
    found.refresh_from_db()
    with pytest.raises(InvalidQuestionnaire, match="Nobody gathers replies by this code"):
        hand_over(found=found, code="no-such-code", by=leads)
    with pytest.raises(NotAllowed):
        hand_over(found=found, code=reading.code, by=people[Role.COORDINATOR])

    assert not reading.replies.exists()


@pytest.fixture
def submitted(elsewhere, states_people, found):
    """Return how the reply of a day is submitted by the other place."""
    leads = states_people[Role.COORDINATOR]

    def made(on=DAY):
        one = begin_return(jurisdiction=elsewhere, questionnaire="2006-20", on=on, by=leads)
        signed(one, states_people)
        submit_return(found=one, by=leads)
        one.refresh_from_db()
        return one

    return made


@pytest.mark.parametrize("came", ["as a file", "from another place", "of a later day"])
def test_what_another_brought_or_a_later_one_is_not_replaced(
    reading, submitted, states_people, people, city, came
):
    leads = states_people[Role.COORDINATOR]
    if came == "as a file":
        read = file_of("KE", {"Q3": MINISTRY})
        receive_file(reading=reading, read=read, name="KE.json", by=people[Role.COORDINATOR])
    else:
        hand_over(found=submitted(DAY), code=reading.code, by=leads)
    if came == "from another place":
        reading.replies.update(from_place=city)
    before = reading.replies.values().get()
    anew = submitted(DAY + timedelta(days=-1 if came == "of a later day" else 1))

    with pytest.raises(InvalidQuestionnaire, match="Kenya is there already; those who gather"):
        hand_over(found=anew, code=reading.code, by=leads)

    assert reading.replies.values().get() == before


def test_the_same_place_hands_over_anew(reading, submitted, states_people):
    leads = states_people[Role.COORDINATOR]
    for on in (DAY, DAY, DAY + timedelta(days=1)):
        hand_over(found=submitted(on), code=reading.code, by=leads)

    assert reading.replies.get().on == DAY + timedelta(days=1)
