"""A coordinator opens a consultation, decides on comments, replies, and notes it in the plan."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forestall.errors import InvalidConsultation, NotAllowed
from forestall.plan.states import PlanState
from forestall.web.consultation.comments import (
    add_comment,
    reply_to_comment,
    show_comment,
    unanswered,
    unanswered_said,
    withhold_comment,
)
from forestall.web.consultation.models import Comment, Consultation
from forestall.web.consultation.services import (
    close_consultation,
    open_consultation,
    record_in_plan,
)
from forestall.web.organisations.roles import Role
from forestall.web.plans.services import change_plan
from tests.web.conftest import member
from tests.web.sent import form_of


@pytest.fixture
def comment(consultation):
    return add_comment(
        consultation=consultation, about="", text="Please light the path.", organisation=None
    )


def pages(consultation, comment):
    number = consultation.pk
    return [
        consultation.get_absolute_url(),
        reverse("consultation-close", args=[number]),
        reverse("consultation-record", args=[number]),
        reverse("consultation-open", args=[consultation.plan_id]),
        reverse("comment", args=[comment.pk]),
    ]


def actions(comment):
    return [reverse(f"comment-{name}", args=[comment.pk]) for name in ("show", "withhold", "reply")]


def test_another_city_finds_no_page_of_it(client, elsewhere, consultation, comment):
    client.force_login(member(elsewhere, Role.COORDINATOR))

    for page in pages(consultation, comment):
        assert client.get(page).status_code == 404
    for action in actions(comment):
        assert client.post(action, {}).status_code == 404
    assert consultation.plan.title not in client.get("/consultations/").text


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.COORDINATOR])
def test_others_are_told_who_can(client, people, consultation, comment, role):
    client.force_login(people[role])

    for page in pages(consultation, comment):
        answer = client.get(page)
        assert answer.status_code == 403
        assert "Coordinator" in answer.text
    for action in actions(comment):
        assert client.post(action, {}).status_code == 403
    comment.refresh_from_db()
    assert comment.state == Comment.State.WAITING


def test_a_consultation_is_opened_on_the_plan_as_it_is(coordinator, draft):
    page = reverse("consultation-open", args=[draft.pk])
    today = timezone.localdate()

    answer = coordinator.post(
        page,
        form_of(coordinator.get(page)) | {"ends": (today + timedelta(days=28)).isoformat()},
    )

    made = Consultation.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    assert made.revision.number == draft.revision
    assert made.takes_comments(today)


def test_days_that_do_not_fit_are_refused(coordinator, draft):
    page = reverse("consultation-open", args=[draft.pk])

    answer = coordinator.post(page, {"opens": "2030-02-01", "ends": "2030-01-01"})

    assert "error-box" in answer.text
    assert not Consultation.objects.exists()


def test_nothing_is_asked_of_an_empty_plan_an_adopted_plan_or_twice(plan, consultation, people):
    by, today = people[Role.COORDINATOR], timezone.localdate()

    with pytest.raises(InvalidConsultation, match="no problem"):
        open_consultation(plan=plan, opens=today, ends=today, by=by)
    with pytest.raises(InvalidConsultation, match="not closed yet"):
        open_consultation(plan=consultation.plan, opens=today, ends=today, by=by)
    adopted = change_plan(
        plan=plan,
        change=lambda content: msgspec.structs.replace(content, state=PlanState.ADOPTED),
        by=by,
        what="plan",
    )
    with pytest.raises(InvalidConsultation, match="adopted"):
        open_consultation(plan=adopted, opens=today, ends=today, by=by)


def test_a_comment_is_shown_answered_and_linked_to_what_was_changed(
    coordinator, consultation, comment, people
):
    problem = consultation.revision.content.problems[0]

    def brighter(content):
        first, *others = content.problems
        first = msgspec.structs.replace(first, description={"en": "It is dark there at night."})
        return msgspec.structs.replace(content, problems=(first, *others))

    later = change_plan(
        plan=consultation.plan,
        change=brighter,
        by=people[Role.COORDINATOR],
        what="problems",
    )
    coordinator.post(reverse("comment-show", args=[comment.pk]), {"then": "list"})
    coordinator.post(
        reverse("comment-reply", args=[comment.pk]),
        {"reply-reply": "We added a lamp.", "reply-changed_in": str(later.revision)},
    )

    everybody = Client()
    text = everybody.get(f"/take-part/{consultation.slug}/on/whole/").text
    assert "We added a lamp." in text
    changes = f"/take-part/{consultation.slug}/changes/{later.revision}/"
    assert changes in text
    changed = everybody.get(changes).text
    assert problem.title["en"] in changed
    assert "night." in changed
    assert "<ins>" in changed


def test_a_comment_is_not_shown_without_a_reason(coordinator, comment):
    page = reverse("comment-withhold", args=[comment.pk])

    refused = coordinator.post(page, {"withhold-reason": ""})
    comment.refresh_from_db()
    assert "error-box" in refused.text
    assert comment.state == Comment.State.WAITING

    coordinator.post(page, {"withhold-reason": "It names a person."})
    comment.refresh_from_db()
    assert comment.state == Comment.State.NOT_SHOWN
    shown = coordinator.get(comment.consultation.get_absolute_url()).text
    assert "It names a person." in shown


def test_a_comment_that_is_not_shown_gets_no_reply(comment, people):
    by = people[Role.COORDINATOR]

    with pytest.raises(InvalidConsultation):
        reply_to_comment(comment=comment, reply="Thanks", changed_in=None, by=by)


def test_a_revision_of_another_plan_or_before_the_draft_is_no_change(comment, plan, people):
    by = people[Role.COORDINATOR]
    show_comment(comment=comment, by=by)

    for revision in (plan.revisions.get(), comment.consultation.revision):
        with pytest.raises(InvalidConsultation):
            reply_to_comment(comment=comment, reply="Done", changed_in=revision, by=by)


def test_comments_without_a_reply_are_counted_for_the_checks(consultation, comment, people):
    by, plan = people[Role.COORDINATOR], consultation.plan
    assert unanswered(plan) == 1
    assert str(unanswered_said(plan)).startswith("1 comment")

    show_comment(comment=comment, by=by)
    assert unanswered(plan) == 1

    reply_to_comment(comment=comment, reply="Thank you.", changed_in=None, by=by)
    assert unanswered(plan) == 0
    assert unanswered_said(plan) is None


def test_a_withheld_comment_waits_for_no_reply(consultation, comment, people):
    withhold_comment(comment=comment, reason="A name", by=people[Role.COORDINATOR])

    assert unanswered(consultation.plan) == 0


def test_what_was_said_and_changed_is_noted_in_the_plan_and_shown(
    coordinator, consultation, comment, people
):
    by = people[Role.COORDINATOR]
    show_comment(comment=comment, by=by)
    close_consultation(consultation=consultation, by=by)
    page = reverse("consultation-record", args=[consultation.pk])
    before = len(consultation.plan.content.consultations)

    sent = form_of(coordinator.get(page)) | {
        "how": "A page for everybody",
        "said_0": "Several ask for light.",
        "changed_0": "A lamp was added.",
    }
    coordinator.post(page, sent)

    consultation.refresh_from_db()
    (*others, noted) = consultation.plan.content.consultations
    assert len(others) == before
    assert noted.opened == consultation.opens
    assert noted.closed == timezone.localdate()
    assert noted.voices[0].said == {"en": "Several ask for light."}
    assert "A lamp was added." in Client().get(f"/take-part/{consultation.slug}/").text


def test_it_is_noted_once_after_it_is_closed_and_everything_is_decided(
    consultation, comment, people
):
    by = people[Role.COORDINATOR]

    def note():
        record_in_plan(consultation=consultation, how="Asked", voices=[("a", "b")], by=by)

    with pytest.raises(InvalidConsultation, match="Close"):
        note()
    close_consultation(consultation=consultation, by=by)
    with pytest.raises(InvalidConsultation, match="wait for a decision"):
        note()
    withhold_comment(comment=comment, reason="A name", by=by)
    note()
    with pytest.raises(InvalidConsultation, match="already"):
        note()


def test_services_refuse_who_may_not(consultation, comment, people):
    by = people[Role.READER]

    for service in (
        lambda: close_consultation(consultation=consultation, by=by),
        lambda: record_in_plan(consultation=consultation, how="", voices=[], by=by),
        lambda: show_comment(comment=comment, by=by),
        lambda: withhold_comment(comment=comment, reason="x", by=by),
        lambda: reply_to_comment(comment=comment, reply="x", changed_in=None, by=by),
        lambda: open_consultation(
            plan=consultation.plan, opens=consultation.opens, ends=consultation.ends, by=by
        ),
    ):
        with pytest.raises(NotAllowed):
            service()


def test_what_is_written_in_any_public_field_is_never_markup(
    coordinator, consultation, comment, people
):
    by, bad = people[Role.COORDINATOR], "<b onclick=x>bad</b>"
    comment.text = bad
    comment.save()
    show_comment(comment=comment, by=by)
    reply_to_comment(comment=comment, reply=bad, changed_in=None, by=by)
    close_consultation(consultation=consultation, by=by)
    record_in_plan(consultation=consultation, how=bad, voices=[(bad, bad)], by=by)

    for page in (
        f"/take-part/{consultation.slug}/",
        f"/take-part/{consultation.slug}/on/whole/",
        consultation.get_absolute_url(),
        reverse("comment", args=[comment.pk]),
    ):
        text = coordinator.get(page).text
        assert "<b onclick" not in text
        assert "&lt;b onclick" in text


def test_the_list_shows_what_can_be_asked_about(coordinator, draft):
    assert reverse("consultation-open", args=[draft.pk]) in coordinator.get("/consultations/").text
