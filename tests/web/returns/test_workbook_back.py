"""A workbook comes back: what it could not hold is not taken away."""

from __future__ import annotations

from django.urls import reverse
from msgspec import structs

from forestall.questionnaires import Answer, AnswerState, Choice
from forestall.questionnaires.workbook import reply_from_workbook, reply_to_workbook
from forestall.web.organisations.roles import Role
from forestall.web.returns.filled import differences_of, keep_filled, take_filled
from forestall.web.returns.models import FilledIn
from tests.web.returns.given import DAY, write

SECRET_NEED = Answer(state=AnswerState.DRAFTED, choice=Choice.YES, confidential=True)
BOTH = Answer(state=AnswerState.DRAFTED, marks=("need", "can-provide"))
WITH_SECRET = {
    "Q25": SECRET_NEED,
    "Q26(a)": BOTH,
    "Q2(b)": Answer(state=AnswerState.DRAFTED, choice=Choice.YES, follow_up="Since 2001"),
    "Q2(c)": SECRET_NEED,
}


def sent_back(client, found, by, form="return-file", change=None):
    """Send the workbook of a reply back, changed or not, and return what it says otherwise."""
    client.force_login(by)
    read = client.get(reverse(form, args=[found.pk, "xlsx"])).content
    if change is not None:
        reply = reply_from_workbook(read, found.asked)
        answers = {**reply.answers, **change}
        read = reply_to_workbook(found.asked, structs.replace(reply, answers=answers))
    kept = keep_filled(found=found, read=read, name="reply.xlsx", by=by)
    return {one.item.key: one for one in differences_of(found=found, kept=kept, by=by, today=DAY)}


def test_a_workbook_that_left_takes_no_mark_away_when_it_comes_back(client, people, found):
    by = people[Role.COORDINATOR]
    for item, answer in WITH_SECRET.items():
        write(found, item, answer, by)
    found.refresh_from_db()

    assert sent_back(client, found, by) == {}
    spoken = structs.replace(BOTH, marks=("can-provide",), text="Courses")
    differs = sent_back(client, found, by, change={"Q26(a)": spoken})
    assert {key: one.sent for key, one in differs.items()} == {
        "Q26(a)": structs.replace(BOTH, text="Courses")
    }
    take_filled(
        found=found,
        kept=FilledIn.objects.get(),
        wanted={"Q26(a)": differs["Q26(a)"].seen},
        by=by,
        today=DAY,
    )
    found.refresh_from_db()
    assert found.reply.answers["Q26(a)"].marks == ("need", "can-provide")


def test_who_takes_a_mark_away_in_the_working_copy_takes_it_away(client, people, found):
    by = people[Role.COORDINATOR]
    for item, answer in WITH_SECRET.items():
        write(found, item, answer, by)
    found.refresh_from_db()
    less = structs.replace(BOTH, marks=("can-provide",))

    differs = sent_back(client, found, by, "return-working-copy", {"Q26(a)": less})

    assert {key: one.sent for key, one in differs.items()} == {"Q26(a)": less}
