"""Many replies are read together: counts, words, search; nothing confidential, in no order."""

from __future__ import annotations

import itertools
import re
from datetime import date
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forestall.errors import InvalidQuestionnaire
from forestall.languages import use_language
from forestall.questionnaires import (
    Answer,
    AnswerState,
    Choice,
    Reply,
    read_definition,
    reply_from_json,
    reply_to_json,
)
from forestall.questionnaires.example import example_reply
from forestall.questionnaires.together import themes_of
from forestall.questionnaires.workbook import reply_to_workbook
from forestall.web.audit.models import AuditEntry
from forestall.web.organisations.roles import Role
from forestall.web.secretariat.gathered import Gathered
from forestall.web.secretariat.models import ReceivedAnswer, ReceivedReply
from forestall.web.secretariat.printed import draft_to_docx, draft_to_pdf
from forestall.web.secretariat.receiving import receive_file
from forestall.web.secretariat.services import begin_reading, change_asked
from forestall.web.secretariat.shown import rows_of
from tests.web.secretariat.given import REPLIES, SECRET, answered, file_of

ASKED = read_definition("2006-20")
# Of these, three are the session, the person and what they are.
MOST_QUERIES = 9


def pages_of(reading) -> list[str]:
    number = reading.pk
    return [
        reverse("reading", args=[number]),
        *(reverse("reading-item", args=[number, key]) for key in ("Q6", "Q7(a)", "Q28")),
        reverse("reading-themes", args=[number]),
        *(reverse("reading-theme", args=[number, key]) for key in ("V", "Q26(d)")),
        reverse("reading-paragraph", args=[number, "2002/13:8"]),
        reverse("reading-search", args=[number]) + "?words=money",
        reverse("reading-draft", args=[number]),
        *(reverse("reading-chapter", args=[number, key]) for key in "abcd"),
        reverse("reading-replies", args=[number]),
        reverse("reading-asked", args=[number]),
        reverse("reading-receive", args=[number]),
    ]


def states_on(page: str, *names: str) -> list[str]:
    """Return names of states in the order in which quotations stand on a page."""
    return [one for one in re.findall(r"<h[34]>([^<]+)</h[34]>", page) if one in names]


def test_it_says_who_replied_and_who_is_missing(client, people, gathered):
    client.force_login(people[Role.ANALYST])

    page = client.get(reverse("reading", args=[gathered.pk])).text

    assert "3 of 195 states replied" in page
    assert "<li>Zimbabwe</li>" in page
    assert "<li>Kenya</li>" not in page


def test_an_item_shows_counts_with_what_they_are_out_of_and_words_by_name(client, people, gathered):
    client.force_login(people[Role.ANALYST])

    page = client.get(reverse("reading-item", args=[gathered.pk, "Q7(a)"])).text

    assert "2 of 3 states that replied answered this; 195 were asked." in page
    assert states_on(page, "Germany", "Kenya") == ["Germany", "Kenya"]
    only = client.get(reverse("reading-item", args=[gathered.pk, "Q7(a)"]) + "?region=002").text
    assert states_on(only, "Germany", "Kenya") == ["Kenya"]
    assert "1 of 1 states that replied answered this; 54 were asked." in only


def test_a_date_is_counted_as_an_answer_and_not_in_words(client, city, people):
    reading = begin_reading(
        jurisdiction=city, title="Outlines", questionnaire="1995-9", by=people[Role.COORDINATOR]
    )
    for state, answers in (
        ("KE", {"starts": Answer(state=AnswerState.DRAFTED, day=date(2026, 3, 1))}),
        ("DE", {"starts": Answer(state=AnswerState.DRAFTED, day=date(2026, 4, 1))}),
        ("AT", {"starts": Answer(state=AnswerState.NOT_APPLICABLE)}),
    ):
        reply = Reply(
            questionnaire="1995-9", version=1, country=state, on=date(2026, 1, 31), answers=answers
        )
        receive_file(
            reading=reading,
            read=reply_to_json(reply),
            name=f"{state}.json",
            by=people[Role.COORDINATOR],
        )
    client.force_login(people[Role.ANALYST])

    page = client.get(reverse("reading-item", args=[reading.pk, "starts"])).text

    item = next(one for one in reading.definition.items if one.key == "starts")
    (counts,) = Gathered(reading=reading).counts([item])
    rows = [(one.key, one.number, one.out_of) for one in rows_of(counts, reading.definition)]
    assert rows == [("day", 2, 3), ("not-applicable", 1, 3)]
    assert "a date" in page
    assert "in words" not in page
    (africa, *_) = Gathered(reading=reading).counts_by_region(item)
    assert (africa.region, africa.counts.with_days) == ("002", 1)


def test_a_reply_that_comes_while_a_page_is_made_is_not_counted_on_it(gathered, people):
    page, item = Gathered(reading=gathered), gathered.definition.item("Q6")
    assert len(page.replied) == 3

    receive_file(
        reading=gathered,
        read=file_of("GH", {"Q6": answered(choice=Choice.YES)}),
        name="GH.json",
        by=people[Role.COORDINATOR],
    )

    assert (page.counts([item])[0].answered, page.counts([item])[0].replied) == (2, 3)
    africa = page.counts_by_region(item)[0].counts
    assert (africa.answered, africa.replied) == (1, 1)
    assert Gathered(reading=gathered).counts([item])[0].answered == 3


def test_no_page_and_no_file_holds_a_confidential_answer(client, people, gathered):
    client.force_login(people[Role.COORDINATOR])

    for address in pages_of(gathered):
        assert SECRET not in client.get(address).text
    found = client.get(reverse("reading-search", args=[gathered.pk]) + "?words=nobody").text
    assert "0 quotations" in found
    whole = Gathered(reading=gathered)
    told = "\n".join(one.text for one in docx.Document(BytesIO(draft_to_docx(whole))).paragraphs)
    assert "Money and trained staff" in told
    assert SECRET not in told
    assert not ReceivedAnswer.objects.filter(state="DE", item__in=["Q6", "Q28"]).exists()


def test_one_confidential_answer_cannot_be_had_by_subtraction(client, people, gathered):
    client.force_login(people[Role.ANALYST])

    page = client.get(reverse("reading-item", args=[gathered.pk, "Q6"])).text

    assert "2 of 3 states that replied answered this" in page
    assert "In 1 reply no answer can be shown: there is none, or it is confidential." in page


def test_the_hash_of_a_file_with_confidential_answers_is_kept_nowhere(gathered, people):
    import hashlib

    digest = hashlib.sha256(file_of("DE", REPLIES["DE"])).hexdigest()

    assert not ReceivedReply.objects.filter(sha256=digest).exists()
    assert not any(digest in str(one.facts) for one in AuditEntry.objects.all())
    told = ReceivedReply.objects.get(state="DE").sha256
    leg = {
        "Q2(a)": answered(choice=Choice.YES, confidential=True),
        "Q2(a).leg": answered(choice=Choice.NO),
    }
    for more in ({}, leg):
        content = file_of("DE", REPLIES["DE"] | more)
        lead = people[Role.COORDINATOR]
        again = receive_file(reading=gathered, read=content, name="x", replaces=True, by=lead)
        assert again.sha256 == told
    open_file = hashlib.sha256(file_of("KE", REPLIES["KE"])).hexdigest()
    assert ReceivedReply.objects.get(state="KE").sha256 == open_file


@pytest.mark.parametrize("asked", ["order=answer", "order=Q6", "sort=yes", "order=", "rank=states"])
def test_an_order_by_an_answer_is_refused_with_the_reason_on_every_page(
    client, people, gathered, asked
):
    client.force_login(people[Role.COORDINATOR])

    for address in pages_of(gathered):
        answer = client.get(address + ("&" if "?" in address else "?") + asked)
        assert answer.status_code == 400
        assert "States are not put in an order by what they answered" in answer.text


def test_whoever_answered_what_states_stand_in_the_same_order(client, people, reading):
    client.force_login(people[Role.ANALYST])
    orders = set()

    for given in itertools.permutations(REPLIES.values()):
        for state, answers in zip(REPLIES, given, strict=True):
            open_ = {
                key: answered(choice=one.choice, text=one.text, follow_up=one.follow_up)
                for key, one in answers.items()
            }
            receive_file(
                reading=reading,
                read=file_of(state, open_),
                name="reply.json",
                replaces=True,
                by=people[Role.COORDINATOR],
            )
        page = client.get(reverse("reading-item", args=[reading.pk, "Q28"])).text
        orders.add(tuple(states_on(page, "Austria", "Germany", "Kenya")))

    assert orders == {("Austria", "Germany", "Kenya")}


def test_words_are_found_without_accents_and_case(client, people, gathered):
    client.force_login(people[Role.ANALYST])

    page = client.get(reverse("reading-search", args=[gathered.pk]) + "?words=ecoles+YOUNG").text

    assert states_on(page, "Austria", "Germany", "Kenya") == ["Kenya"]
    assert "<mark>Écoles</mark>" in page


def test_a_page_asks_the_database_seldom(client, people, gathered, django_assert_max_num_queries):
    client.force_login(people[Role.COORDINATOR])

    for address in pages_of(gathered):
        client.get(address)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200


def test_the_draft_is_written_in_every_language(gathered):
    for tag in ("en", "ar"):
        with use_language(tag):
            assert draft_to_pdf(Gathered(reading=gathered)).startswith(b"%PDF")


def test_several_files_come_at_once_and_each_is_refused_by_itself(client, people, reading):
    client.force_login(people[Role.COORDINATOR])
    kenya = reply_from_json(file_of("KE", REPLIES["KE"]))
    files = [
        SimpleUploadedFile("ke.xlsx", reply_to_workbook(ASKED, kenya)),
        SimpleUploadedFile("de.json", file_of("DE", REPLIES["DE"])),
        SimpleUploadedFile("xx.json", file_of("XX", {})),
        SimpleUploadedFile("broken.json", b"{"),
    ]

    page = client.post(reverse("reading-receive", args=[reading.pk]), {"files": files}).text

    assert set(reading.replies.values_list("state", "how")) == {("KE", "workbook"), ("DE", "json")}
    assert "“XX” is the code of no state." in page
    assert page.count("broken.json") >= 1
    again = client.post(
        reverse("reading-receive", args=[reading.pk]),
        {"files": [SimpleUploadedFile("de.json", file_of("DE", {}))]},
    ).text
    assert "A reply of Germany is here already" in again


def test_a_state_that_was_not_asked_can_be_added_and_an_invented_country_cannot(people, reading):
    by = people[Role.COORDINATOR]
    change_asked(reading=reading, asked=["DE"], by=by)
    reading.refresh_from_db()

    with pytest.raises(InvalidQuestionnaire, match="Kenya is not among the states that were asked"):
        receive_file(reading=reading, read=file_of("KE", {}), name="ke.json", by=by)
    invented = reply_to_json(example_reply("northland"))
    with pytest.raises(InvalidQuestionnaire, match="“XA” is the code of no state"):
        receive_file(reading=reading, read=invented, name="xa.json", by=by)
    with pytest.raises(InvalidQuestionnaire, match="from the list"):
        change_asked(reading=reading, asked=["XA"], by=by)


def test_a_file_that_is_not_the_one_that_was_told_is_refused(client, people, reading):
    client.force_login(people[Role.COORDINATOR])
    sent = {"files": [SimpleUploadedFile("ke.json", file_of("KE", {}))], "told": "a" * 64}

    page = client.post(reverse("reading-receive", args=[reading.pk]), sent).text

    assert "The SHA-256 of ke.json is none of those that you entered." in page
    assert not reading.replies.exists()


def test_a_reply_is_taken_out_after_a_question(client, people, gathered):
    client.force_login(people[Role.COORDINATOR])
    address = reverse("reading-reply-remove", args=[gathered.pk, "KE"])

    client.post(address)
    assert gathered.replies.filter(state="KE").exists()
    client.post(address, {"confirmed": "yes"})

    assert not gathered.replies.filter(state="KE").exists()
    assert not ReceivedAnswer.objects.filter(state="KE").exists()


def test_a_state_that_replied_stays_among_those_asked(client, people, gathered):
    client.force_login(people[Role.COORDINATOR])
    address = reverse("reading-asked", args=[gathered.pk])

    refused = client.post(address, {"asked": ["AT", "DE"]}).text
    saved = client.post(address, {"asked": ["AT", "DE", "KE", "FR"]})

    assert "A state whose reply is here was asked" in refused
    assert saved.status_code == 302
    gathered.refresh_from_db()
    assert gathered.asked == ["AT", "DE", "FR", "KE"]


def test_a_chapter_that_somebody_else_changed_is_not_overwritten(client, people, gathered):
    client.force_login(people[Role.ANALYST])
    address = reverse("reading-chapter", args=[gathered.pk, "a"])

    assert client.post(address, {"was": 0, "text": "First"}).status_code == 302
    late = client.post(address, {"was": 0, "text": "Second"}).text

    assert "Somebody else changed this chapter meanwhile" in late
    assert "First" in late
    assert "Second" in late
    assert client.post(address, {"was": 1, "text": "Both"}).status_code == 302
    found = gathered.chapters.get(chapter="a")
    assert [one.text for one in found.revisions.all()] == ["Both", "First"]
    assert "Both" in client.get(reverse("reading-chapter-versions", args=[gathered.pk, "a"])).text


def test_every_theme_of_every_questionnaire_opens(client, people, gathered):
    client.force_login(people[Role.ANALYST])

    for theme in themes_of(ASKED):
        address = reverse("reading-theme", args=[gathered.pk, theme.key])
        assert client.get(address).status_code == 200
    for missing in ("no-such-theme", "Q26(z)"):
        address = reverse("reading-theme", args=[gathered.pk, missing])
        assert client.get(address).status_code == 404
