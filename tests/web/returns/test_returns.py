"""National replies: several institutions write one, two people sign it, then it is frozen."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from msgspec import structs

from forestall.errors import InvalidQuestionnaire, NotAllowed
from forestall.questionnaires import (
    Answer,
    AnswerState,
    Choice,
    Confirmation,
    Reply,
    read_definition,
    reply_from_json,
)
from forestall.questionnaires.example import example_reply
from forestall.questionnaires.workbook import reply_from_workbook, reply_to_workbook
from forestall.web.organisations.models import Membership, Organisation
from forestall.web.organisations.roles import Role
from forestall.web.people.models import Person
from forestall.web.returns.answering import save_answer, seen
from forestall.web.returns.filled import keep_filled
from forestall.web.returns.models import FilledIn, Return
from forestall.web.returns.services import assign_section, begin_return
from tests.web.conftest import member
from tests.web.returns.given import DAY, MINISTRY, SECRET, write

GIVEN = Confirmation(by="", on=DAY)


def second_office(city) -> Organisation:
    return Organisation.objects.create(
        jurisdiction=city, key="school", name="School board", sector="education"
    )


def partner_of(organisation) -> Person:
    person = Person.objects.create_user(f"{organisation.key}@example.org", "a long password")
    Membership.objects.create(person=person, organisation=organisation, role=Role.PARTNER)
    return person


def test_a_reply_begins_empty_with_the_earlier_one_beside_it(client, people, city, found):
    write(found, "Q3", MINISTRY, people[Role.COORDINATOR])
    client.force_login(people[Role.COORDINATOR])
    given = {"place": city.pk, "questionnaire": "2006-20", "on": "2026-05-01", "before": found.pk}

    answer = client.post(reverse("return-begin"), given)

    new = Return.objects.exclude(pk=found.pk).get()
    assert answer.status_code == 302
    assert new.reply.answers == {}
    assert new.earlier_reply is not None
    assert new.earlier_reply.answers["Q3"].text == "The ministry"
    page = client.get(reverse("return-section", args=[new.pk, "I"])).text
    assert "Answered on 31 January 2026" in page
    assert "The ministry" in page


def test_the_earlier_reply_of_another_country_is_refused(city, people):
    foreign = Reply(questionnaire="2006-20", version=1, country="FR", on=DAY)

    with pytest.raises(InvalidQuestionnaire, match="another country"):
        begin_return(
            jurisdiction=city, questionnaire="2006-20", on=DAY, earlier=foreign,
            by=people[Role.COORDINATOR],
        )  # fmt: skip


def test_a_follow_up_appears_after_saving(client, people, found):
    client.force_login(people[Role.COORDINATOR])
    address = reverse("return-answer", args=[found.pk, "Q2(a)"])
    section = reverse("return-section", args=[found.pk, "I"])
    assert "Q2(a).leg" not in client.get(section).text
    assert 'name="follow_up"' not in client.get(address).text

    given = {"state": "drafted", "choice": "yes", "language": "en", "seen": ""}
    answer = client.post(address, given)

    assert answer.headers["Location"] == address
    page = client.get(address).text
    assert 'name="follow_up"' in page
    assert 'name="follow_up_day"' in page
    assert "Q2(a).leg" in client.get(section).text
    assert "2(a) asks for a follow-up, which is missing." in client.get(section).text


def test_every_kind_of_answer_is_written_in_its_form(client, people, found):
    client.force_login(people[Role.COORDINATOR])

    def post(item, **given):
        base = {"state": "drafted", "language": "fr", "seen": ""}
        sent = client.post(reverse("return-answer", args=[found.pk, item]), {**base, **given})
        assert sent.status_code == 302, sent.text
        found.refresh_from_db()
        return found.reply.answers[item]

    assert post("Q3", text="Le ministère").language == "fr"
    assert post("Q6", choice="no").choice is Choice.NO
    assert post("Q26(a)", marks=["need"]).marks == ("need",)
    assert post("Q8", state="not-applicable", text="Federal").state is AnswerState.NOT_APPLICABLE
    confirmed = post("Q14", text="Du temps", confirmed="on").confirmed
    assert confirmed.by == "Safer City office"


def test_a_table_keeps_its_rows(client, city, people):
    other = begin_return(
        jurisdiction=city, questionnaire="1995-9", on=DAY, by=people[Role.COORDINATOR]
    )
    table = next(one for one in other.asked.items if one.columns)
    column = table.columns[0].key
    client.force_login(people[Role.COORDINATOR])

    client.post(
        reverse("return-answer", args=[other.pk, table.key]),
        {"state": "drafted", "language": "en", "seen": "", f"row-1-{column}": "Guide"},
    )

    other.refresh_from_db()
    assert other.reply.answers[table.key].rows == ({column: "Guide"},)


def test_two_people_on_one_answer_do_not_overwrite_each_other(client, people, found):
    write(found, "Q3", MINISTRY, people[Role.COORDINATOR])
    client.force_login(people[Role.COORDINATOR])
    address = reverse("return-answer", args=[found.pk, "Q3"])
    given = {"state": "drafted", "text": "The office", "language": "en", "seen": ""}

    clash = client.post(address, given)

    found.refresh_from_db()
    assert found.reply.answers["Q3"] == MINISTRY
    assert "Somebody changed this answer while you were writing" in clash.text
    assert "The ministry" in clash.text
    assert "The office" in clash.text

    again = client.post(address, {**given, "seen": seen(MINISTRY)})
    found.refresh_from_db()
    assert again.status_code == 302
    assert found.reply.answers["Q3"].text == "The office"


def test_a_draft_saves_itself_and_confirms_nothing(client, people, found):
    client.force_login(people[Role.COORDINATOR])
    address = reverse("return-answer", args=[found.pk, "Q3"])
    given = {"state": "drafted", "text": "The ministry", "language": "en", "confirmed": "on"}

    shown = client.post(address, {**given, "seen": ""}, headers={"HX-Request": "true"}).text

    found.refresh_from_db()
    assert found.reply.answers["Q3"] == MINISTRY
    assert "Your draft was saved by itself." in shown
    assert seen(MINISTRY) in shown
    # The same form is saved by hand before the page knew that it had saved itself.
    assert client.post(address, {**given, "seen": ""}).status_code == 302
    found.refresh_from_db()
    assert found.reply.answers["Q3"].confirmed is not None


def test_a_draft_that_saves_itself_late_takes_no_confirmation_back(client, people, found):
    """On a slow line the form is saved and confirmed while its draft is still on the way."""
    write(found, "Q3", structs.replace(MINISTRY, confirmed=GIVEN), people[Role.COORDINATOR])
    found.refresh_from_db()

    late = save_answer(
        found=found, item="Q3", answer=MINISTRY, was="", by=people[Role.COORDINATOR], today=DAY
    )

    assert late.reply.answers["Q3"].confirmed is not None


def test_who_saves_goes_on_to_the_next_question_that_is_asked(client, people, found):
    client.force_login(people[Role.COORDINATOR])

    def post(item, **given):
        address = reverse("return-answer", args=[found.pk, item])
        form = {"seen": "", "state": "drafted", "language": "en"} | given
        return client.post(address, form).headers["Location"]

    assert post("Q2(a)", choice="no", next="yes").endswith("/answers/Q2(b)/")
    assert post("Q5(d)", choice="no", next="yes").endswith("/sections/I/#Q5(d)")
    assert post("Q1", choice="no").endswith("/sections/I/#Q1")


def test_a_draft_does_not_save_itself_over_somebody_else(client, people, found):
    write(found, "Q3", MINISTRY, people[Role.COORDINATOR])
    client.force_login(people[Role.COORDINATOR])
    given = {"state": "drafted", "text": "The office", "language": "en", "seen": ""}

    shown = client.post(
        reverse("return-answer", args=[found.pk, "Q3"]), given, headers={"HX-Request": "true"}
    ).text

    found.refresh_from_db()
    assert found.reply.answers["Q3"] == MINISTRY
    assert "Not saved yet: Somebody changed this answer" in shown


def test_two_people_on_two_answers_keep_both(people, found):
    stale = Return.objects.get(pk=found.pk)
    write(found, "Q3", MINISTRY, people[Role.COORDINATOR])

    save_answer(
        found=stale, item="Q14", answer=SECRET, was="", by=people[Role.COORDINATOR], today=DAY
    )

    found.refresh_from_db()
    assert set(found.reply.answers) == {"Q3", "Q14"}


def test_a_partner_writes_only_the_sections_of_their_organisation(client, city, people, found):
    school = second_office(city)
    partner = partner_of(school)
    with pytest.raises(NotAllowed, match="not assigned"):
        write(found, "Q3", MINISTRY, partner)

    assign_section(found=found, section="I", organisations=[school], by=people[Role.COORDINATOR])

    write(found, "Q3", MINISTRY, partner)
    with pytest.raises(NotAllowed, match="not assigned"):
        write(found, "Q6", MINISTRY, partner)
    with pytest.raises(NotAllowed, match="not assigned"):
        write(found, "Q3", MINISTRY, people[Role.PARTNER])  # of another organisation
    client.force_login(partner)
    assert client.get(reverse("return-answer", args=[found.pk, "Q6"])).status_code == 403
    assert "Answer 6" not in client.get(reverse("return-section", args=[found.pk, "II"])).text


def test_an_organisation_of_another_place_writes_nothing(people, found, elsewhere):
    with pytest.raises(InvalidQuestionnaire, match="not of the place"):
        assign_section(
            found=found, section="I", organisations=elsewhere.organisations.all(),
            by=people[Role.COORDINATOR],
        )  # fmt: skip


def test_the_reply_of_another_place_does_not_exist(client, found, elsewhere):
    client.force_login(member(elsewhere, Role.COORDINATOR))

    for name, more in (("return", ()), ("return-file", ("json",)), ("return-answer", ("Q3",))):
        assert client.get(reverse(name, args=[found.pk, *more])).status_code == 404
    assert found.get_absolute_url() not in client.get(reverse("returns")).text


def test_what_is_confidential_is_read_by_those_who_write_it_and_never_leaves(client, people, found):
    write(found, "Q14", SECRET, people[Role.COORDINATOR])
    asked = read_definition("2006-20")
    section = reverse("return-section", args=[found.pk, "III"])

    for role in Role:
        client.force_login(people[role])
        left = client.get(reverse("return-file", args=[found.pk, "json"])).content
        book = client.get(reverse("return-file", args=[found.pk, "xlsx"])).content
        assert "Q14" not in reply_from_json(left).answers
        assert "Q14" not in reply_from_workbook(book, asked).answers
        with ZipFile(BytesIO(book)) as parts:  # hidden sheets too
            assert not any(b"Not for others" in parts.read(name) for name in parts.namelist())
        reads = role in (Role.COORDINATOR, Role.ADMINISTRATOR)
        assert ("Not for others" in client.get(section).text) is reads
        own = client.get(reverse("return-working-copy", args=[found.pk, "json"]))
        assert own.status_code == (200 if role is Role.COORDINATOR else 403)

    client.force_login(people[Role.COORDINATOR])
    own = client.get(reverse("return-working-copy", args=[found.pk, "json"])).content
    assert reply_from_json(own).answers["Q14"] == SECRET
    assert "1 answer is confidential now." in client.get(reverse("return", args=[found.pk])).text


def test_printed_files_hold_what_was_answered_and_nothing_confidential(client, people, found):
    write(found, "Q3", MINISTRY, people[Role.COORDINATOR])
    write(found, "Q14", SECRET, people[Role.COORDINATOR])
    client.force_login(people[Role.COORDINATOR])

    left, own = (
        [
            part.text
            for part in docx.Document(BytesIO(client.get(address).content)).element.body.iter()
            if part.text
        ]
        for address in (
            reverse("return-file", args=[found.pk, "docx"]),
            reverse("return-working-copy", args=[found.pk, "docx"]),
        )
    )
    pdf = client.get(reverse("return-file", args=[found.pk, "pdf"])).content

    assert "The ministry" in " ".join(left)
    assert "Not for others" not in " ".join(left)
    assert "Not for others" in " ".join(own)
    assert pdf.startswith(b"%PDF-")


def test_a_workbook_comes_back_and_is_taken_after_a_look(client, people, found):
    by = people[Role.COORDINATOR]
    write(found, "Q3", MINISTRY, by)
    write(found, "Q14", SECRET, by)
    client.force_login(by)
    asked = read_definition("2006-20")
    book = client.get(reverse("return-file", args=[found.pk, "xlsx"])).content
    read = reply_from_workbook(book, asked)
    read.answers["Q6"] = Answer(state=AnswerState.DRAFTED, choice=Choice.YES)
    read.answers["Q3"] = Answer(state=AnswerState.DRAFTED, text="The office", language="en")
    filled = SimpleUploadedFile("filled.xlsx", reply_to_workbook(asked, read))

    sent = client.post(reverse("return-fill", args=[found.pk]), {"file": filled})

    address = reverse("return-filled", args=[found.pk])
    assert sent.headers["Location"] == address
    page = client.get(address).text
    assert "The office" in page
    assert "Not for others" not in page  # what was left out is not taken away
    found.refresh_from_db()
    assert "Q6" not in found.reply.answers

    client.post(address, {"take": ["Q6"], "seen-Q6": ""})
    found.refresh_from_db()
    assert found.reply.answers["Q6"].choice is Choice.YES
    assert found.reply.answers["Q3"] == MINISTRY
    assert found.reply.answers["Q14"] == SECRET
    assert not FilledIn.objects.exists()


def test_all_answers_of_a_workbook_are_taken_at_once(client, people, found):
    by, coral = people[Role.COORDINATOR], example_reply("coral-isles")
    sent = structs.replace(coral, country=found.reply.country)
    keep_filled(found=found, read=reply_to_workbook(found.asked, sent), name="reply.xlsx", by=by)
    client.force_login(by)
    address = reverse("return-filled", args=[found.pk])
    page = client.get(address).text
    shown = dict(re.findall(r'name="(seen-[^"]+)" value="([^"]*)"', page))

    client.post(address, shown | {"all": "yes"})

    found.refresh_from_db()
    taken = found.reply.answers
    # Confirmed is each by the office of whoever took it.
    offices = {one.confirmed.by for one in taken.values() if one.confirmed is not None}
    assert offices == {"Safer City office"}
    for key, one in sent.answers.items():
        assert (taken[key].confirmed is None) is (one.confirmed is None)
        assert structs.replace(taken[key], confirmed=one.confirmed) == one
    assert set(taken) == set(sent.answers)


def test_an_answer_of_a_workbook_is_not_taken_over_a_newer_one(client, people, found):
    by = people[Role.COORDINATOR]
    sent = Reply(questionnaire="2006-20", version=1, country="GB", on=DAY, answers={"Q3": MINISTRY})
    client.force_login(by)
    book = SimpleUploadedFile("filled.xlsx", reply_to_workbook(found.asked, sent))
    client.post(reverse("return-fill", args=[found.pk]), {"file": book})
    newer = Answer(state=AnswerState.DRAFTED, text="The council", language="en")
    write(found, "Q3", newer, by)

    client.post(reverse("return-filled", args=[found.pk]), {"take": ["Q3"], "seen-Q3": ""})

    found.refresh_from_db()
    assert found.reply.answers["Q3"] == newer


def test_a_file_that_is_no_workbook_is_said_in_a_sentence(client, people, found):
    client.force_login(people[Role.COORDINATOR])
    file = SimpleUploadedFile("filled.xlsx", b"no workbook")

    answer = client.post(reverse("return-fill", args=[found.pk]), {"file": file})

    assert answer.status_code == 200
    assert "filled.xlsx cannot be read as a workbook (XLSX)." in answer.text
