"""A mission begins, is looked at again, ends, and what it led to is told to those who wait."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from forestall.assistance import MissionOutcome, ProposalState
from forestall.errors import InvalidEntry
from forestall.web.assistance import missions, stating
from forestall.web.assistance.matching import start_round
from forestall.web.assistance.models import (
    AssistanceProposal,
)
from forestall.web.assistance.waiting import assistance_waiting
from forestall.web.audit.models import AuditEntry
from forestall.web.organisations.roles import Role
from forestall.web.plans.reminders import send_digests
from tests.web.assistance.given import TODAY, need_of, offer_of
from tests.web.conftest import member


def test_a_mission_goes_its_way_and_what_it_led_to_is_told(
    client, accepted, asks, offers, elsewhere
):
    assert accepted.state == "accepted"
    where = [accepted.pk]
    client.force_login(offers)
    client.post(
        reverse("assistance-mission-begin", args=where),
        {"started": TODAY.isoformat(), "follow_up": TODAY.isoformat()},
    )
    assert [str(one.said) for one in assistance_waiting(asks, today=TODAY)] == [
        f"The follow-up of {TODAY:%-d %B %Y} was not held. – Plan an evaluation"
    ]
    held = {"due": TODAY.isoformat(), "held": TODAY.isoformat(), "found": "Data are there."}
    client.post(reverse("assistance-follow-up-hold", args=where), {**held, "written_in": "en"})
    further = {"due": (TODAY + timedelta(days=30)).isoformat()}
    client.post(reverse("assistance-follow-up-plan", args=where), further)
    client.post(reverse("assistance-mission-end", args=where), {"ended": TODAY.isoformat()})
    result = {
        "outcome": "partly",
        "said": "A plan is written.",
        "learned": "Begin with the data.",
        "written_in": "en",
    }
    assert "No mission has a result yet." in client.get(reverse("assistance-results")).text
    refused = client.post(reverse("assistance-mission-result", args=where), result)
    assert "Only coordinators" in refused.text
    client.force_login(asks)
    client.post(reverse("assistance-mission-result", args=where), result)

    kept = AssistanceProposal.objects.get().mission.content
    assert kept.result is not None
    assert (len(kept.follow_ups), kept.result.outcome) == (2, MissionOutcome.PARTLY)
    assert AssistanceProposal.objects.get().state == ProposalState.ENDED
    client.force_login(member(elsewhere, Role.READER))
    text = client.get(reverse("assistance-results")).text
    assert "Begin with the data." in text
    assert "the need is met in part" in text
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs >= {"begin mission", "hold follow-up", "end mission", "record result of mission"}
    assert "Data are there" not in str(list(AuditEntry.objects.values()))


def test_nothing_of_what_was_withdrawn_waits_and_a_need_without_a_title_is_named(proposed, asks):
    stated = proposed.need
    stated.document = {**stated.document, "title": {}}
    stated.save()

    (waiting,) = assistance_waiting(asks, today=TODAY)
    assert str(waiting.said) == f"A proposal of assistance waits for your answer: {stated.key}"

    stating.withdraw_stated(stated=stated, because={"en": "Solved"}, by=asks, today=TODAY)
    assert assistance_waiting(asks, today=TODAY) == ()


def test_a_mission_does_not_end_before_it_begins_or_ahead(accepted, asks):
    day = {"by": asks, "today": TODAY}
    with pytest.raises(InvalidEntry, match="is before"):
        missions.begin_mission(proposal=accepted, started=date(2001, 1, 1), follow_up=None, **day)
    missions.begin_mission(proposal=accepted, started=TODAY, follow_up=None, **day)
    with pytest.raises(InvalidEntry, match="lies ahead"):
        missions.end_mission(proposal=accepted, ended=TODAY + timedelta(1), **day)
    with pytest.raises(InvalidEntry, match="under way"):
        stating.withdraw_stated(stated=accepted.need, because={"en": "No"}, **day)
    with pytest.raises(InvalidEntry, match="not ended"):
        missions.record_result(
            proposal=accepted, outcome=MissionOutcome.MET, said={"en": "x"}, still_needed={},
            learned={}, by=asks,
        )  # fmt: skip


def test_the_digest_and_the_first_page_tell_who_has_to_answer(
    client, proposed, offers, elsewhere, mailoutbox
):
    offers.digest = "daily"
    offers.save()

    send_digests(today=TODAY)

    assert "waits for your answer" in mailoutbox[-1].body
    assert mailoutbox[-1].to == [offers.email]
    client.force_login(offers)
    assert reverse("assistance-proposal", args=[proposed.pk]) in client.get(reverse("home")).text
    assert assistance_waiting(member(elsewhere, Role.READER), today=TODAY) == ()


def test_lists_ask_seldom_however_much_there_is(
    client, city, elsewhere, asks, offers, django_assert_max_num_queries
):
    offer_of(elsewhere, offers, capacity=10)
    for _ in range(6):
        need_of(city, asks)
    start_round(jurisdiction=city, by=asks, today=TODAY)
    client.force_login(asks)
    for name, most in (("assistance", 10), ("assistance-proposals", 8), ("home", 12)):
        client.get(reverse(name))
        with django_assert_max_num_queries(most):
            client.get(reverse(name))
