"""Programs write national replies by the rules of the pages."""

from __future__ import annotations

import hashlib
from io import BytesIO
from urllib.parse import quote

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from msgspec.structs import replace

from forestall.questionnaires import Answer, Choice, reply_from_json
from forestall.questionnaires.workbook import reply_from_workbook, reply_to_workbook
from forestall.web.api.interface import ENDPOINTS
from forestall.web.directory.models import Office
from forestall.web.organisations.models import Jurisdiction, Membership, Organisation
from forestall.web.organisations.roles import ALLOWED, Role
from forestall.web.returns.models import Remark, Return
from forestall.web.returns.services import assign_section, begin_return
from forestall.web.returns.signing import submit_return
from tests.web.api.conftest import Asking, token_for
from tests.web.api.test_data import send
from tests.web.conftest import member
from tests.web.objects import evidence_of, return_of
from tests.web.returns.given import DAY, MINISTRY, SECRET, signed, write

OF_ONE = [one for one in ENDPOINTS if one.path.startswith("/returns/")]
CONFIRMED = {"by": "A court", "on": "2020-01-01"}
THE_MINISTRY = {"state": "drafted", "text": "The ministry", "language": "en"}


@pytest.fixture
def found(city, people):
    by = people[Role.COORDINATOR]
    return begin_return(jurisdiction=city, questionnaire="2006-20", on=DAY, by=by)


@pytest.fixture
def where(found):
    return f"/returns/{found.pk}"


@pytest.fixture
def partner(city, people, found, ask):
    """A program of a partner whose organisation writes section I."""
    school = Organisation.objects.create(
        jurisdiction=city, key="school", name="School board", sector="education"
    )
    Membership.objects.filter(person=people[Role.PARTNER]).update(organisation=school)
    assign_section(found=found, section="I", organisations=[school], by=people[Role.COORDINATOR])
    return ask(Role.PARTNER)


def save(asking, where, match=None, **answers):
    """Save answers as they are sent, by the revision that is there now."""
    match = match or asking("GET", where).headers["ETag"]
    sent = {key.replace("_", "(") + ")" * ("_" in key): one for key, one in answers.items()}
    return asking("PATCH", f"{where}/reply", {"answers": sent}, If_Match=match)


def at(where, item, rest):
    return f"{where}/answers/{quote(item)}/{rest}"


def address(one, **numbers):
    known = {"item": "Q3", "section": "I", "form": "json"} | numbers
    return one.path.format(**known, sha256=hashlib.sha256(b"decree").hexdigest())


@pytest.mark.parametrize("one", OF_ONE, ids=lambda one: f"{one.method} {one.path}")
def test_the_reply_of_another_place_does_not_exist_and_a_reader_only_reads(
    client, city, elsewhere, one
):
    reply, piece = return_of(city), evidence_of(city)
    remark = Remark.objects.create(of_id=reply, item="Q3", text="In force?").pk

    for place, role in ((elsewhere, Role.COORDINATOR), (city, Role.READER)):
        asking = Asking(client, token_for(member(place, role), place, role)[1])
        path = address(one, number=reply, piece=piece, remark=remark)
        told = asking(one.method, path, {}, If_Match='"1"')

        reads = place == city and role in ALLOWED[one.needs]
        assert told.status_code == (200 if reads else 403 if place == city else 404)


def test_a_reply_begins_with_the_earlier_one_beside_it(coordinator, people, found, where):
    write(found, "Q3", MINISTRY, people[Role.COORDINATOR])
    wanted = {"questionnaire": "2006-20", "on": "2026-05-01", "office": "The ministry"}

    begun = coordinator("POST", "/returns", {**wanted, "before": found.pk})
    again = coordinator(
        "POST", "/returns", {**wanted, "earlier": coordinator("GET", f"{where}/reply").json()}
    )

    assert begun.status_code == again.status_code == 201
    for told in (begun, again):
        new = told.headers["Location"].removeprefix("/api/v1")
        assert (told.json()["earlier"], told.json()["version"]) == (True, 1)
        assert coordinator("GET", f"{new}/earlier").json()["answers"]["Q3"]["text"]
        assert "answers" not in coordinator("GET", f"{new}/reply").json()
    assert [one["number"] for one in coordinator("GET", "/returns").json()][-1] == found.pk
    save(coordinator, new, Q3={**THE_MINISTRY, "text": "The office"})
    (changed,) = coordinator("GET", f"{new}/changes").json()
    assert (changed["item"], changed["old"], changed["new"]) == ("Q3", "The ministry", "The office")
    foreign = {"questionnaire": "2006-20", "version": 1, "country": "FR", "on": "2021-01-31"}
    refused = coordinator("POST", "/returns", {**wanted, "earlier": foreign})
    assert refused.json()["detail"] == "The earlier reply is of another country."
    assert coordinator("GET", f"{where}/earlier").status_code == 404


def test_answers_are_saved_together_and_over_nobody_else(coordinator, people, found, where):
    before = coordinator("GET", f"{where}/reply").headers["ETag"]
    told = save(coordinator, where, Q3=THE_MINISTRY | {"confirmed": CONFIRMED}, Q6={"choice": "no"})

    assert told.status_code == 200
    found.refresh_from_db()
    answers = found.reply.answers
    assert told.json() == coordinator("GET", f"{where}/reply").json()
    assert told.headers["ETag"] == f'"{found.revision}"' != before
    assert (answers["Q3"].text, answers["Q3"].confirmed.by) == ("The ministry", "Safer City office")

    late = save(coordinator, where, before, Q14=THE_MINISTRY)

    assert late.status_code == 412
    assert "read it again" in late.json()["detail"]
    assert coordinator("PATCH", f"{where}/reply", {"answers": {}}).status_code == 428
    assert save(coordinator, where, Q3={}).json()["answers"].keys() == {"Q6"}
    versions = coordinator("GET", f"{where}/versions").json()
    assert [one["what"] for one in versions] == ["Q3", "Q3, Q6", "begun"]


@pytest.mark.parametrize(
    ("item", "sent", "said"),
    [
        ("Q4(b)", {"choice": "yes-in-part"}, "4(b): “choice” cannot be used: Select a valid"),
        ("Q3", {"choice": "yes"}, "3 does not ask for what stands in “choice”"),
        ("Q2(a)", {"choice": "no", "follow_up": "A law", "language": "en"}, "“follow_up”"),
        ("Q8", {"state": "not-applicable"}, "Say why"),
        ("Q3", {"text": "The ministry"}, "“language” cannot be used"),
        ("Q99", THE_MINISTRY, "no such question"),
        ("Q3", {"choice": 1}, "body needs a text at answers.Q3.choice"),
    ],
)
def test_an_answer_is_held_to_its_question(coordinator, found, where, item, sent, said):
    told = coordinator(
        "PATCH", f"{where}/reply", {"answers": {item: sent}}, If_Match=f'"{found.revision}"'
    )

    assert told.status_code == 422
    assert said in told.json()["detail"]


def test_a_table_has_as_many_rows_as_are_sent(coordinator, city, people):
    other = begin_return(
        jurisdiction=city, questionnaire="1995-9", on=DAY, by=people[Role.COORDINATOR]
    )
    table = next(one for one in other.asked.items if one.columns)
    rows = [{table.columns[0].key: f"{at}"} for at in range(9)]
    sent = {"answers": {table.key: {"state": "drafted", "rows": rows}}}

    told = coordinator("PATCH", f"/returns/{other.pk}/reply", sent, If_Match='"1"')

    assert told.json()["answers"][table.key]["rows"] == rows
    sent["answers"][table.key]["rows"] = [{"strange": "1"}]
    told = coordinator("PATCH", f"/returns/{other.pk}/reply", sent, If_Match='"2"')
    assert "“rows”" in told.json()["detail"]


def test_a_partner_writes_the_sections_of_their_organisation(coordinator, city, partner, where):
    assert save(partner, where, Q3=THE_MINISTRY).status_code == 200
    refused = save(partner, where, Q3=THE_MINISTRY, Q6={"choice": "no"})

    assert refused.status_code == 403
    assert "not assigned" in refused.json()["detail"]
    assert partner("GET", at(where, "Q6", "remarks")).status_code == 403
    sections = partner("GET", where).json()["sections"]
    assert [one["key"] for one in sections if one["writes"]] == ["I"]
    office = city.organisations.get(key="office").pk
    told = coordinator("PUT", f"{where}/sections/I/organisations", {"organisations": [office]})
    assert told.json()["sections"][0]["organisations"] == [office]
    assert save(partner, where, Q3=THE_MINISTRY).status_code == 403
    wrong = coordinator("PUT", f"{where}/sections/I/organisations", {"organisations": [0]})
    assert wrong.status_code == 422


def test_what_is_confidential_is_told_to_those_who_write_or_sign_it(
    ask, coordinator, partner, people, found, where
):
    lead = people[Role.COORDINATOR]
    write(found, "Q14", SECRET, lead)
    reads = {Role.COORDINATOR, Role.ADMINISTRATOR}

    for role in (*reads, Role.READER, Role.PARTNER):
        asking = ask(role)
        told = [
            asking("GET", f"{where}{rest}").text
            for rest in ("", "/reply", "/earlier", "/changes", "/checks", "/sections/III")
        ]
        assert any("Not for others" in one for one in told) is (role in reads)
        questions = {one["item"]: one for one in asking("GET", f"{where}/sections/III").json()}
        assert questions["Q14"]["secret"] is (role not in reads)
        checked = asking("GET", f"{where}/checks").json()
        unconfirmed = [one["item"] for one in checked["points"] if one["kind"] == "unconfirmed"]
        assert unconfirmed == (["Q14"] if role in reads else [])
        assert "Q14" not in [one["item"] for one in checked["points"] if one["kind"] == "open"]
        assert bool(asking("GET", where).json()["to_sign"]) is (role in reads)
        assert asking("GET", where).json()["confidential"] == 1
    assert coordinator("GET", f"{where}/sections/none").status_code == 404


def test_whatever_was_answered_in_confidence_everybody_else_reads_the_same(
    ask, city, people, coordinator
):
    """Neither by what is asked only after it, nor by a mark, a file, a number or a hash."""
    lead, told = people[Role.COORDINATOR], []
    chosen = {one: Answer(state=MINISTRY.state, choice=one) for one in (Choice.YES, Choice.NO)}
    hidden = {one: replace(answer, confidential=True) for one, answer in chosen.items()}
    need = Answer(state=MINISTRY.state, marks=("need",))
    follows = {"Q2(a).leg": chosen[Choice.NO], "Q26(a)": need}
    for choice, more in ((Choice.YES, follows), (Choice.NO, {})):
        secret = dict.fromkeys(("Q2(a)", "Q25"), hidden[choice])
        found = begin_return(jurisdiction=city, questionnaire="2006-20", on=DAY, by=lead)
        for item, answer in (secret | {"Q26": chosen[Choice.YES]} | more).items():
            write(found, item, answer, lead)
        where, reader = f"/returns/{found.pk}", ask(Role.READER)
        if more:
            evidence, file = at(where, "Q2(a).leg", "evidence"), SimpleUploadedFile("a.txt", b"a")
            path = send(coordinator, evidence, {"file": file}).headers["Location"]
            assert reader("GET", path.removeprefix("/api/v1")).status_code == 404
            write(found, "Q2(a).leg", hidden[Choice.NO], lead)
        signed(found, people)
        submit_return(found=found, by=lead)
        versions = reader("GET", f"{where}/versions").json()
        assert {one["what"] for one in versions} <= {"", "Q26", "begun"}
        paths = ("/reply", "/checks", "/files/json", *(f"/sections/{one}" for one in ("I", "IV")))
        row = reader("GET", where).json()
        for one in ("number", "revision", "changed_at", "signatures"):
            row.pop(one)
        told.append([row, *(reader("GET", f"{where}{one}").content for one in paths)])

    assert told[0] == told[1]


def test_files_leave_without_what_is_confidential(coordinator, people, found, where):
    write(found, "Q3", MINISTRY, people[Role.COORDINATOR])
    write(found, "Q14", SECRET, people[Role.COORDINATOR])

    for folder, held in (("files", {"Q3"}), ("working-copy", {"Q3", "Q14"})):
        left = {
            form: coordinator("GET", f"{where}/{folder}/{form}").content
            for form in ("json", "xlsx", "docx", "pdf")
        }
        assert reply_from_json(left["json"]).answers.keys() == held
        assert reply_from_workbook(left["xlsx"], found.asked).answers.keys() == held
        printed = " ".join(
            part.text or "" for part in docx.Document(BytesIO(left["docx"])).element.body.iter()
        )
        assert ("Not for others" in printed) is ("Q14" in held)
        assert left["pdf"].startswith(b"%PDF-")
    assert coordinator("GET", f"{where}/files/exe").status_code == 404


def test_files_and_remarks_stand_beside_an_answer(ask, coordinator, where):
    evidence, remarks = at(where, "Q2(a)", "evidence"), at(where, "Q2(a)", "remarks")
    file = SimpleUploadedFile("decree.txt", b"decree")
    told = send(coordinator, evidence, {"file": file})

    assert told.status_code == 201
    new = told.headers["Location"].removeprefix("/api/v1")
    assert coordinator("GET", evidence).json() == [told.json()]
    assert coordinator("GET", new).content == b"decree"
    assert coordinator("DELETE", f"{evidence}/{told.json()['sha256']}").status_code == 204
    assert coordinator("DELETE", f"{evidence}/{told.json()['sha256']}").status_code == 404
    assert coordinator("GET", evidence).json() == []
    assert ask(Role.READER)("GET", new).status_code == 404
    assert send(coordinator, evidence, {}).status_code == 422
    assert coordinator("GET", at(where, "Q99", "evidence")).status_code == 404

    made = coordinator("POST", remarks, {"text": "Is it in force?"})
    assert (made.status_code, made.json()["text"]) == (201, "Is it in force?")
    assert coordinator("GET", remarks).json() == [made.json()]
    settled = coordinator("POST", f"{remarks}/{made.json()['number']}/settle").json()
    assert coordinator("GET", remarks).json() == [settled]
    assert settled["settled_at"] > made.json()["made_at"]
    assert coordinator("POST", f"{remarks}/0/settle").status_code == 404
    assert coordinator("POST", remarks, {"text": " "}).status_code == 422


def test_files_of_an_answer_stay_when_it_is_saved(coordinator, found, where):
    send(coordinator, at(where, "Q3", "evidence"), {"file": SimpleUploadedFile("a.txt", b"a")})
    invented = {"attachments": [{"name": "b.txt", "sha256": "0" * 64}]}

    told = save(coordinator, where, Q3={**THE_MINISTRY, **invented})

    assert [one["name"] for one in told.json()["answers"]["Q3"]["attachments"]] == ["a.txt"]


def test_proposals_are_taken_as_drafts(coordinator, city, where):
    Jurisdiction.objects.filter(pk=city.pk).update(level="national")
    Office.objects.create(jurisdiction=city, kind="centre", name="Centre", confirmed_on=DAY)

    (one,) = coordinator("GET", f"{where}/proposals").json()
    assert (one["item"], one["seen"]) == ("Q4(a)", "")
    assert one["answer"]["sources"][0]["name"] == "Centre"
    late = coordinator("POST", f"{where}/proposals", {"answers": {"Q4(a)": "other"}})
    assert late.status_code == 412
    told = coordinator("POST", f"{where}/proposals", {"answers": {"Q4(a)": ""}})

    assert (told.status_code, told.json()["revision"]) == (200, 2)
    assert coordinator("GET", f"{where}/proposals").json() == []
    taken = coordinator("GET", f"{where}/reply").json()["answers"]["Q4(a)"]
    assert "confirmed" not in taken


def test_a_workbook_is_looked_at_before_it_is_taken(ask, coordinator, people, found, where):
    write(found, "Q3", MINISTRY, people[Role.COORDINATOR])
    read = reply_from_workbook(coordinator("GET", f"{where}/files/xlsx").content, found.asked)
    read.answers["Q3"] = Answer(state=MINISTRY.state, text="The office", language="en")
    book = reply_to_workbook(found.asked, read)

    told = send(coordinator, f"{where}/workbook", {"file": SimpleUploadedFile("f.xlsx", book)})

    assert told.status_code == 201
    (one,) = told.json()
    assert (one["now"]["text"], one["sent"]["text"]) == ("The ministry", "The office")
    assert coordinator("GET", f"{where}/workbook").json() == told.json()
    assert coordinator("GET", where).json()["workbook"] is True
    assert coordinator("GET", where).json()["revision"] == 2
    assert ask(Role.PARTNER)("GET", f"{where}/workbook").status_code == 404
    late = coordinator("POST", f"{where}/workbook/take", {"answers": {"Q3": "other"}})
    assert late.status_code == 412
    taken = coordinator("POST", f"{where}/workbook/take", {"answers": {"Q3": one["seen"]}})
    assert (taken.status_code, taken.json()["workbook"]) == (200, False)
    assert "The office" in coordinator("GET", f"{where}/reply").text

    send(coordinator, f"{where}/workbook", {"file": SimpleUploadedFile("f.xlsx", book)})
    assert coordinator("DELETE", f"{where}/workbook").status_code == 204
    assert coordinator("GET", f"{where}/workbook").status_code == 404
    no_book = {"file": SimpleUploadedFile("f.xlsx", b"no workbook")}
    assert send(coordinator, f"{where}/workbook", no_book).status_code == 422


def test_two_people_sign_and_what_is_submitted_is_frozen(ask, coordinator, found, where):
    both = (coordinator, ask(Role.ADMINISTRATOR))
    assert coordinator("POST", f"{where}/submit").status_code == 403
    old = coordinator("GET", where).json()["to_sign"]
    save(coordinator, where, Q3=THE_MINISTRY)
    save(coordinator, where, Q14=THE_MINISTRY | {"confidential": True})

    assert coordinator("POST", f"{where}/sign", {"sha256": old}).status_code == 412
    for asking in both:
        text = {"sha256": asking("GET", where).json()["to_sign"]}
        signed = asking("POST", f"{where}/sign", text).json()
    assert (signed["state"], len(signed["signatures"])) == ("signed", 2)
    told = coordinator("POST", f"{where}/submit").json()

    copy = coordinator("GET", f"{where}/working-copy/json").content
    assert (told["state"], told["sha256"]) == ("submitted", hashlib.sha256(copy).hexdigest())
    left = coordinator("GET", f"{where}/files/json").content
    reader = ask(Role.READER)
    for row in (reader("GET", where).json(), *reader("GET", "/returns").json()):
        assert row["sha256"] == hashlib.sha256(left).hexdigest() != told["sha256"]
    assert [one["what"] for one in reader("GET", f"{where}/versions").json()][-2] == "Q3"
    file = {"file": SimpleUploadedFile("a.txt", b"a")}
    for refused in (
        save(coordinator, where, Q3={}),
        send(coordinator, at(where, "Q3", "evidence"), file),
        coordinator("POST", at(where, "Q3", "remarks"), {"text": "Late"}),
        coordinator("GET", f"{where}/proposals"),
        coordinator("PUT", f"{where}/sections/I/organisations", {"organisations": []}),
        coordinator("POST", f"{where}/sign", text),
    ):
        assert refused.status_code == 403
        assert "frozen" in refused.json()["detail"]
    assert Return.objects.get().digest == told["sha256"]
