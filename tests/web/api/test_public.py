"""Diagnoses are read, consultations moderated and publications released by programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from forestall.web.consultation.models import Comment
from forestall.web.data.models import SafetyDiagnosis, Store
from forestall.web.organisations.roles import Role
from forestall.web.publishing.models import Release
from tests.web.api.conftest import Asking, token_for
from tests.web.conftest import member


@pytest.fixture
def diagnosis(city, people):
    store = Store.objects.create(jurisdiction=city, name="Incidents of <b>2024</b>")
    return SafetyDiagnosis.objects.create(
        jurisdiction=city,
        store=store,
        state="done",
        first_day="2024-01-01",
        last_day="2024-12-31",
        said={
            "title": {"en": "Burglary", "fr": "Cambriolages"},
            "findings": [{"en": "More in winter."}],
            "figures": [{"said": {"en": "More in winter."}, "source": {"en": "Report"}}],
        },
        made_by=people[Role.ANALYST],
    )


@pytest.fixture
def asked(coordinator, example):
    today = timezone.localdate()
    wanted = {"plan": example.pk, "opens": str(today), "ends": str(today + timedelta(days=30))}
    return coordinator("POST", "/consultations", wanted)


@pytest.fixture
def comment(asked, example):
    return Comment.objects.create(
        consultation=example.consultations.get(),
        text="<script>alert(1)</script>'; --",
        language="en",
        made_on=timezone.localdate(),
    )


def test_a_diagnosis_tells_what_was_published_of_it(ask, diagnosis):
    told = ask(Role.READER)("GET", f"/diagnoses/{diagnosis.pk}", Accept_Language="fr").json()

    assert told["title"] == "Cambriolages"
    assert told["findings"] == ["More in winter."]
    assert told["figures"][0]["source"] == {"en": "Report"}
    assert [one["number"] for one in ask(Role.READER)("GET", "/diagnoses").json()] == [
        told["number"]
    ]
    assert ask(Role.ANALYST)("GET", "/stores").json()[0]["name"] == "Incidents of <b>2024</b>"


def test_only_who_diagnoses_runs_or_stops_a_diagnosis(ask, diagnosis):
    for what in ("again", "stop"):
        assert ask(Role.READER)("POST", f"/diagnoses/{diagnosis.pk}/{what}").status_code == 403
    assert ask(Role.ANALYST)("POST", f"/diagnoses/{diagnosis.pk}/stop").json()["state"] == "done"


def test_a_consultation_is_opened_and_closed(coordinator, asked, example):
    where = f"/consultations/{asked.json()['number']}"

    assert asked.status_code == 201
    assert asked.headers["Location"] == f"/api/v1{where}"
    assert coordinator("GET", where).json()["closed_at"] is None
    assert coordinator("POST", f"{where}/close").json()["closed_at"]
    assert [one["plan"] for one in coordinator("GET", "/consultations").json()] == [example.pk]


def test_a_consultation_that_cannot_be_is_told(coordinator, example):
    wanted = {"plan": example.pk, "opens": "2020-01-02", "ends": "2020-01-01"}

    told = coordinator("POST", "/consultations", wanted)

    assert told.status_code == 409
    assert coordinator("POST", "/consultations", wanted | {"plan": 10**30}).status_code == 400


def test_a_comment_is_shown_answered_or_withheld(coordinator, asked, comment):
    where = f"/comments/{comment.pk}"

    early = coordinator("POST", f"{where}/reply", {"reply": "Thank you."})
    assert early.status_code == 409
    assert coordinator("POST", f"{where}/show").json()["state"] == "shown"
    replied = coordinator("POST", f"{where}/reply", {"reply": "Thank you."})
    assert replied.json()["reply"] == "Thank you."
    late = coordinator("POST", f"{where}/reply", {"reply": "Thank you.", "changed_in": 99})
    assert late.status_code == 409
    for nothing in (" ", "\u202e"):
        assert coordinator("POST", f"{where}/withhold", {"reason": nothing}).status_code == 409
    assert coordinator("POST", f"{where}/withhold", {"reason": "\ud800"}).status_code == 400
    assert coordinator("POST", f"{where}/withhold", {"reason": "a" * 501}).status_code == 422
    withheld = coordinator("POST", f"{where}/withhold", {"reason": "It names a person."})
    assert withheld.json()["state"] == "not-shown"
    listed = coordinator("GET", f"/consultations/{asked.json()['number']}/comments").json()
    assert [one["text"] for one in listed] == [comment.text]


def test_others_do_not_moderate(ask, asked, comment):
    partner = ask(Role.PARTNER)

    assert partner("GET", f"/consultations/{asked.json()['number']}").status_code == 200
    for what in ("show", "withhold", "reply"):
        assert partner("POST", f"/comments/{comment.pk}/{what}", {}).status_code == 403


@pytest.fixture
def ready(example, people):
    return Release.objects.create(
        jurisdiction=example.jurisdiction,
        kind="plan",
        title="Homes",
        plan=example,
        revision=example.revisions.get(),
        languages=["en"],
        state="ready",
        prepared_by=people[Role.COORDINATOR],
    )


def test_a_publication_is_released_by_another_person_and_withdrawn(ask, ready):
    where, publisher = f"/releases/{ready.pk}", ask(Role.PUBLISHER)

    assert ask(Role.COORDINATOR)("POST", f"{where}/release").status_code == 403
    assert publisher("POST", f"{where}/release").json()["state"] == "released"
    assert publisher("POST", f"{where}/release").status_code == 409
    assert publisher("POST", f"{where}/withdraw", {"reason": ""}).status_code == 409
    withdrawn = publisher("POST", f"{where}/withdraw", {"reason": "A wrong sum."})
    assert withdrawn.json()["reason"] == "A wrong sum."
    assert publisher("GET", where).json()["state"] == "withdrawn"
    assert len(publisher("GET", "/releases").json()) == 1


def test_a_publication_in_a_form_that_there_is_not_is_told(ask, example):
    wanted = {"languages": ["en"], "formats": ["stone"]}

    assert ask(Role.PUBLISHER)("POST", f"/plans/{example.pk}/releases", wanted).status_code == 422


def test_another_city_finds_none_of_them(client, elsewhere, diagnosis, asked, comment, ready):
    stranger = member(elsewhere, Role.COORDINATOR)
    ask = Asking(client, token_for(stranger, elsewhere, Role.COORDINATOR)[1])
    consultation = asked.json()["number"]

    for method, path in (
        ("GET", f"/diagnoses/{diagnosis.pk}"),
        ("POST", f"/diagnoses/{diagnosis.pk}/again"),
        ("POST", f"/diagnoses/{diagnosis.pk}/stop"),
        ("GET", f"/consultations/{consultation}"),
        ("GET", f"/consultations/{consultation}/comments"),
        ("POST", f"/consultations/{consultation}/close"),
        ("POST", f"/comments/{comment.pk}/show"),
        ("POST", f"/comments/{comment.pk}/withhold"),
        ("POST", f"/comments/{comment.pk}/reply"),
        ("GET", f"/releases/{ready.pk}"),
        ("POST", f"/releases/{ready.pk}/release"),
        ("POST", f"/releases/{ready.pk}/withdraw"),
    ):
        assert ask(method, path, {}).status_code == 404, path
    for path in ("/diagnoses", "/consultations", "/releases"):
        assert ask("GET", path).json() == []
