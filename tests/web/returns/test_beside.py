"""Evidence of an answer, remarks on it, and its history."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forestall.errors import InvalidQuestionnaire, NotAllowed
from forestall.questionnaires import Answer, AnswerState, Confirmation
from forestall.web.organisations.roles import Role
from forestall.web.returns.answering import save_answer
from forestall.web.returns.evidence import (
    attach_evidence,
    detach_evidence,
    remark_on,
    settle_remark,
)
from forestall.web.returns.models import Evidence
from forestall.web.returns.signing import sign_return, submit_return
from tests.web.conftest import member
from tests.web.returns.given import DAY

DECREE = b"A decree of 2019."
SHA256 = hashlib.sha256(DECREE).hexdigest()


@pytest.fixture
def lead(people):
    return people[Role.COORDINATOR]


def attach(found, by, item="Q3"):
    attach_evidence(found=found, item=item, name="decree.txt", content=DECREE, by=by)
    found.refresh_from_db()


def test_evidence_is_attached_named_by_its_hash_and_read_again(client, found, lead):
    client.force_login(lead)
    address = reverse("return-beside", args=[found.pk, "Q3"])

    client.post(address, {"attach": "yes", "file": SimpleUploadedFile("decree.txt", DECREE)})

    found.refresh_from_db()
    assert [(one.name, one.sha256) for one in found.reply.answers["Q3"].attachments] == [
        ("decree.txt", SHA256)
    ]
    assert SHA256 in client.get(address).text
    sent = client.get(reverse("return-evidence", args=[found.pk, Evidence.objects.get().pk]))
    assert sent.content == DECREE
    assert sent.headers["Content-Disposition"].startswith("attachment")


def test_new_evidence_has_to_be_confirmed_anew(found, lead):
    answer = Answer(
        state=AnswerState.DRAFTED, text="x", language="en", confirmed=Confirmation(by="", on=DAY)
    )
    save_answer(found=found, item="Q3", answer=answer, was="", by=lead, today=DAY)
    found.refresh_from_db()
    assert found.reply.answers["Q3"].confirmed is not None

    attach(found, lead)

    assert found.reply.answers["Q3"].confirmed is None


def test_evidence_that_is_taken_off_is_read_by_writers_only(client, found, lead, people):
    attach(found, lead)
    address = reverse("return-evidence", args=[found.pk, Evidence.objects.get().pk])
    client.force_login(people[Role.READER])
    assert client.get(address).status_code == 200

    detach_evidence(found=found, item="Q3", sha256=SHA256, by=lead)

    found.refresh_from_db()
    assert "Q3" not in found.reply.answers
    assert client.get(address).status_code == 404
    client.force_login(lead)
    assert client.get(address).status_code == 200


def test_evidence_of_a_confidential_answer_is_as_confidential(
    client, found, lead, people, elsewhere
):
    answer = Answer(state=AnswerState.DRAFTED, text="x", language="en", confidential=True)
    save_answer(found=found, item="Q3", answer=answer, was="", by=lead, today=DAY)
    attach(found, lead)
    address = reverse("return-evidence", args=[found.pk, Evidence.objects.get().pk])

    for person in (people[Role.READER], people[Role.PARTNER], member(elsewhere, Role.COORDINATOR)):
        client.force_login(person)
        assert client.get(address).status_code == 404


def test_an_empty_file_and_an_unknown_question_are_refused(client, found, lead):
    with pytest.raises(InvalidQuestionnaire, match="empty"):
        attach_evidence(found=found, item="Q3", name="x", content=b"", by=lead)
    client.force_login(lead)
    assert client.get(reverse("return-beside", args=[found.pk, "Q99"])).status_code == 404


def test_remarks_are_read_by_those_who_write_the_section_and_never_leave(
    client, found, lead, people
):
    client.force_login(lead)
    address = reverse("return-beside", args=[found.pk, "Q3"])

    client.post(address, {"remark": "yes", "text": "Ask the ministry."})

    assert "Ask the ministry." in client.get(address).text
    assert (
        "Ask the ministry."
        not in client.get(reverse("return-working-copy", args=[found.pk, "json"])).content.decode()
    )
    client.force_login(people[Role.PARTNER])
    assert client.get(address).status_code == 403
    with pytest.raises(NotAllowed):
        remark_on(found=found, item="Q3", text="x", by=people[Role.PARTNER])


def test_a_remark_is_settled_by_those_who_write_the_section(client, found, lead, people):
    remark = remark_on(found=found, item="Q3", text="Ask the ministry.", by=lead)
    with pytest.raises(NotAllowed, match="not assigned"):
        settle_remark(remark=remark, by=people[Role.PARTNER])
    client.force_login(lead)
    address = reverse("return-beside", args=[found.pk, "Q3"])
    assert ">Settle<" in client.get(address).text

    client.post(address, {"settle": remark.pk})

    page = client.get(address).text
    assert "Settled on" in page
    assert ">Settle<" not in page
    remark.refresh_from_db()
    first = remark.settled_at
    assert settle_remark(remark=remark, by=lead).settled_at == first
    assert client.post(address, {"settle": "x"}).status_code == 404


def test_nothing_is_added_beside_a_frozen_reply(found, lead, people):
    for person in (lead, people[Role.ADMINISTRATOR]):
        sign_return(found=found, was=found.digest, by=person)
    submit_return(found=found, by=lead)

    with pytest.raises(NotAllowed, match="frozen"):
        attach(found, lead)
    with pytest.raises(NotAllowed, match="frozen"):
        remark_on(found=found, item="Q3", text="x", by=lead)
    assert not Evidence.objects.exists()


def test_every_change_is_in_the_history(client, found, lead):
    attach(found, lead)
    client.force_login(lead)

    text = client.get(reverse("return-versions", args=[found.pk])).text

    assert "begun" in text
    assert "Q3" in text
