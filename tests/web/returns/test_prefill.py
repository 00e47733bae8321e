"""What the workspace proposes for a national reply: with its source, and taken by a person."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from msgspec.structs import replace

from forestall.errors import AnswerChanged, InvalidQuestionnaire, NotAllowed
from forestall.plan.example import example_plan
from forestall.plan.states import PlanState
from forestall.questionnaires import (
    Answer,
    AnswerState,
    Choice,
    FindingKind,
    SourceKind,
    check_reply,
)
from forestall.web.directory.models import Office
from forestall.web.organisations.models import Jurisdiction, Organisation
from forestall.web.organisations.roles import Role
from forestall.web.plans.services import add_plan
from forestall.web.returns.answering import save_answer
from forestall.web.returns.prefill import offered_to, take_proposals
from forestall.web.returns.services import begin_return
from forestall.web.surveys.models import Survey
from tests.web.conftest import member

DAY = date(2026, 1, 31)


@pytest.fixture
def nation(city):
    """A place of the national level with a plan, a centre, a partner and a survey."""
    Jurisdiction.objects.filter(pk=city.pk).update(level="national")
    city.refresh_from_db()
    by = member(city, Role.COORDINATOR, name="lead")
    content = replace(example_plan(), state=PlanState.UNDER_WAY)
    add_plan(content=content, jurisdiction=city, by=by)
    Office.objects.create(jurisdiction=city, kind="centre", name="Centre", confirmed_on=DAY)
    survey = Survey.objects.create(jurisdiction=city, name="Victim survey", weights="w")
    survey.waves.create(
        file="1.csv", sha256="0" * 64, first_day=DAY, last_day=DAY, people=10, answers={}
    )
    found = begin_return(jurisdiction=city, questionnaire="2006-20", on=DAY, by=by)
    # Of the register; those of tests share one organisation, so it comes last.
    Organisation.objects.create(
        jurisdiction=city, key="club", name="Youth club", sector="association", agreed_on=DAY
    )
    return found, by


def offered(found, by):
    return {one.item.key: one.answer for one in offered_to(found, by)}


def test_the_workspace_proposes_with_sources(nation):
    found, by = nation

    drafts = offered(found, by)

    assert {"Q2(a)", "Q3", "Q4(a)", "Q4(e)(i)", "Q14", "Q18(c)"} <= set(drafts)
    assert all(one.sources for one in drafts.values())
    assert drafts["Q2(a)"].sources[0].kind is SourceKind.PLAN
    assert drafts["Q4(a)"].follow_up == "Centre"
    assert [one.name for one in drafts["Q4(e)(i)"].sources] == ["Youth club"]
    assert "Victim survey" in drafts["Q18(c)"].follow_up
    assert "EUR" in drafts["Q14"].text or "GBP" in drafts["Q14"].text


def test_a_proposal_is_no_answer_until_a_person_takes_it(client, nation):
    found, by = nation
    client.force_login(by)
    address = reverse("return-proposals", args=[found.pk])

    page = client.get(address).text
    found.refresh_from_db()
    assert found.reply.answers == {}
    assert "Nothing of this is an answer yet." in page

    client.post(address, {"take": ["Q4(a)"], "seen-Q4(a)": ""})

    found.refresh_from_db()
    taken = found.reply.answers
    assert set(taken) == {"Q4(a)"}
    assert taken["Q4(a)"].confirmed is None
    assert taken["Q4(a)"].choice is Choice.YES
    waiting = check_reply(found.reply, found.asked, today=DAY).of(FindingKind.UNCONFIRMED)
    assert [one.item for one in waiting] == ["Q4(a)"]


def test_a_question_that_somebody_answered_is_left_alone(nation):
    found, by = nation
    own = Answer(state=AnswerState.DRAFTED, choice=Choice.NO)
    save_answer(found=found, item="Q4(a)", answer=own, was="", by=by, today=DAY)
    found.refresh_from_db()

    assert "Q4(a)" not in offered(found, by)
    with pytest.raises(AnswerChanged):
        take_proposals(found=found, wanted={"Q4(a)": ""}, by=by)


def test_what_the_workspace_does_not_propose_cannot_be_taken(nation):
    found, by = nation

    with pytest.raises(InvalidQuestionnaire, match="no such answer"):
        take_proposals(found=found, wanted={"Q6": ""}, by=by)


def test_a_partner_without_the_section_takes_nothing(nation, city):
    found, _ = nation
    Organisation.objects.filter(key="club").delete()
    partner = member(city, Role.PARTNER)

    assert offered_to(found, partner) == []
    with pytest.raises(NotAllowed):
        take_proposals(found=found, wanted={"Q4(a)": ""}, by=partner)


def test_nothing_of_another_place_is_drawn_from(nation, elsewhere):
    found, by = nation
    Jurisdiction.objects.filter(pk=elsewhere.pk).update(level="regional")
    Office.objects.create(jurisdiction=elsewhere, kind="centre", name="Far", confirmed_on=DAY)

    assert "Q4(b)" not in offered(found, by)
