"""A reply that was submitted here is handed over by those who lead it, to whom they choose."""

from __future__ import annotations

import pytest
from django.urls import reverse

from forestall.errors import InvalidQuestionnaire, NotAllowed
from forestall.web.organisations.models import Jurisdiction
from forestall.web.organisations.roles import Role
from forestall.web.returns.services import begin_return
from forestall.web.returns.signing import submit_return
from forestall.web.secretariat.models import ReceivedAnswer
from forestall.web.secretariat.receiving import hand_over
from tests.web.conftest import member
from tests.web.returns.given import DAY, MINISTRY, SECRET, signed, write


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
    assert kept.withheld == ["Q14"]
    assert kept.sha256 != found.frozen
    assert [one.words for one in ReceivedAnswer.objects.all()] == ["The ministry"]


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
