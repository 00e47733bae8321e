"""Two people sign a reply as it is; what is submitted is frozen with its hash."""

from __future__ import annotations

import hashlib

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from forestall.errors import AnswerChanged, NotAllowed
from forestall.questionnaires import Answer, AnswerState, Choice
from forestall.web.audit.models import AuditEntry
from forestall.web.organisations.roles import Role
from forestall.web.returns.models import Return
from forestall.web.returns.services import assign_section
from forestall.web.returns.signing import sign_return, submit_return
from tests.web.returns.given import MINISTRY, signed, write


def test_two_people_sign_and_a_change_needs_both_again(people, found):
    lead = people[Role.COORDINATOR]
    sign_return(found=found, was=found.digest, by=lead)
    with pytest.raises(NotAllowed, match="another person"):
        sign_return(found=found, was=found.digest, by=lead)
    with pytest.raises(NotAllowed, match="Two people"):
        submit_return(found=found, by=lead)
    sign_return(found=found, was=found.digest, by=people[Role.ADMINISTRATOR])
    found.refresh_from_db()
    assert found.state == "signed"

    before = found.digest
    write(found, "Q3", MINISTRY, lead)

    found.refresh_from_db()
    assert found.state == "drafting"
    with pytest.raises(AnswerChanged):
        sign_return(found=found, was=before, by=lead)
    with pytest.raises(NotAllowed, match="Two people"):
        submit_return(found=found, by=lead)


def test_what_is_submitted_is_frozen_with_the_hash_of_its_file(client, people, found):
    lead = people[Role.COORDINATOR]
    write(found, "Q3", MINISTRY, lead)
    signed(found, people)

    submit_return(found=found, by=lead)

    found.refresh_from_db()
    client.force_login(lead)
    copy = client.get(reverse("return-working-copy", args=[found.pk, "json"])).content
    assert found.frozen == hashlib.sha256(copy).hexdigest()
    assert found.frozen in client.get(reverse("return", args=[found.pk])).text
    assert client.get(reverse("return-answer", args=[found.pk, "Q3"])).status_code == 403


def test_no_hash_of_a_confidential_answer_is_told_to_those_who_may_not_read_it(
    client, people, found
):
    """By the hash of the whole, whoever knows all else could try what was chosen."""
    lead = people[Role.COORDINATOR]
    for item, choice, secret in (("Q2(a)", Choice.YES, True), ("Q2(a).leg", Choice.NO, False)):
        answer = Answer(state=AnswerState.DRAFTED, choice=choice, confidential=secret)
        write(found, item, answer, lead)
    signed(found, people)
    submit_return(found=found, by=lead)
    found.refresh_from_db()

    for role in (Role.READER, Role.PARTNER, Role.ANALYST, Role.COORDINATOR, Role.ADMINISTRATOR):
        client.force_login(people[role])
        page = client.get(reverse("return", args=[found.pk])).text
        left = client.get(reverse("return-file", args=[found.pk, "json"])).content
        reads = role in (Role.COORDINATOR, Role.ADMINISTRATOR)
        assert (found.frozen in page) is reads
        assert (hashlib.sha256(left).hexdigest() in page) is not reads
        assert "1 answer is confidential now." in page
        assert b"Q2(a)" not in left
    assert not any(found.frozen in str(one.facts) for one in AuditEntry.objects.all())


def test_nothing_changes_a_frozen_reply(people, found, city):
    lead = people[Role.COORDINATOR]
    signed(found, people)
    submit_return(found=found, by=lead)
    found.refresh_from_db()

    with pytest.raises(NotAllowed, match="frozen"):
        write(found, "Q3", MINISTRY, lead)
    with pytest.raises(NotAllowed, match="frozen"):
        assign_section(found=found, section="I", organisations=[], by=lead)
    with pytest.raises(NotAllowed, match="frozen"):
        sign_return(found=found, was=found.digest, by=lead)
    found.state = "drafting"
    with pytest.raises(NotAllowed, match="frozen"):
        found.save()
    with pytest.raises(ValueError, match="saving"):
        Return.objects.update(document="{}")
    with (
        pytest.raises(DatabaseError, match="frozen"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE returns_return SET document = '{}'")
