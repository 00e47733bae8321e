"""An answer is confirmed by the office of whoever saves or takes it, whatever is sent."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from msgspec.structs import replace

from forestall.questionnaires import (
    Answer,
    AnswerState,
    Attachment,
    Choice,
    Confirmation,
    Reply,
)
from forestall.questionnaires.workbook import reply_to_workbook
from forestall.web.organisations.limits import Limits
from forestall.web.organisations.models import Membership, Organisation
from forestall.web.organisations.roles import Role
from forestall.web.returns.answering import save_answers
from forestall.web.returns.evidence import attach_evidence
from forestall.web.returns.services import assign_section
from tests.web.returns.given import DAY, MINISTRY, write

CONFIRMED = replace(MINISTRY, confirmed=Confirmation(by="A court", on=date(2020, 1, 1)))


@pytest.fixture
def partner(city, people, found):
    """Somebody who reads for the office, and writes for two others, one with a section."""
    person = people[Role.READER]
    for key in ("club", "school"):
        made = Organisation.objects.create(
            jurisdiction=city, key=key, name=key.title(), sector="education"
        )
        Membership.objects.create(person=person, organisation=made, role=Role.PARTNER)
    assign_section(found=found, section="I", organisations=[made], by=people[Role.COORDINATOR])
    return person


def confirmed(found, item):
    found.refresh_from_db()
    return found.reply.answers[item].confirmed


def test_the_organisation_with_the_section_confirms(city, people, found, partner):
    write(found, "Q3", CONFIRMED, partner)

    assert confirmed(found, "Q3") == Confirmation(by="School", on=DAY)

    lead = people[Role.COORDINATOR]
    club = Organisation.objects.get(key="club")
    Membership.objects.create(person=lead, organisation=club, role=Role.PARTNER)
    write(found, "Q14", CONFIRMED, lead)

    assert confirmed(found, "Q14").by == "Safer City office"

    assign_section(found=found, section="III", organisations=[club], by=lead)
    reads = Organisation.objects.create(jurisdiction=city, key="a", name="A", sector="courts")
    Membership.objects.create(person=lead, organisation=reads, role=Role.READER)
    assign_section(found=found, section="II", organisations=[reads], by=lead)
    yes = Answer(state=AnswerState.DRAFTED, choice=Choice.YES, confirmed=CONFIRMED.confirmed)
    write(found, "Q6", yes, lead)

    assert confirmed(found, "Q6").by == "Safer City office"

    lead.limits = Limits(token=1, jurisdiction=city.pk, roles=frozenset({Role.PARTNER}))
    write(found, "Q14", replace(CONFIRMED, text="Another"), lead)

    assert confirmed(found, "Q14").by == "Club"


def test_a_workbook_confirms_for_nobody_else(client, found, partner):
    sent = Reply(
        questionnaire="2006-20", version=1, country="GB", on=DAY, answers={"Q3": CONFIRMED}
    )
    client.force_login(partner)
    book = SimpleUploadedFile("filled.xlsx", reply_to_workbook(found.asked, sent))
    client.post(reverse("return-fill", args=[found.pk]), {"file": book})
    address = reverse("return-filled", args=[found.pk])

    page = client.get(address).text
    client.post(address, {"take": ["Q3"], "seen-Q3": ""})

    assert "A court" not in page
    assert confirmed(found, "Q3").by == "School"
    assert confirmed(found, "Q3").on > DAY


def test_answers_that_are_saved_together_keep_their_files(people, found):
    lead, invented = people[Role.COORDINATOR], (Attachment(name="b.txt", sha256="0" * 64),)
    attach_evidence(found=found, item="Q3", name="a.txt", content=b"a", by=lead)
    found.refresh_from_db()

    save_answers(
        found=found,
        answers={"Q3": replace(CONFIRMED, attachments=invented)},
        was=str(found.revision),
        by=lead,
        today=DAY,
    )

    assert confirmed(found, "Q3").by == "Safer City office"
    assert [one.name for one in found.reply.answers["Q3"].attachments] == ["a.txt"]
