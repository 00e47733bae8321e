"""Programs read how a plan gets on, run diagnoses and note what a consultation brought."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from forestall.web.consultation.models import Consultation
from forestall.web.consultation.rankings import add_ranking
from forestall.web.data.models import SafetyDiagnosis
from forestall.web.organisations.roles import Role
from forestall.web.plans.models import Plan
from tests.web.api.conftest import Asking, token_for
from tests.web.conftest import member
from tests.web.data import objects as data
from tests.web.objects import followed_plan_of, open_plan_of, release_of

WANTED = {"place": "Hill Town", "languages": ["en"]}


@pytest.fixture
def analyst(ask):
    return ask(Role.ANALYST)


def test_a_diagnosis_is_asked_for_with_the_choices_of_the_page(analyst, city, monkeypatch):
    monkeypatch.setattr("forestall.web.data.services.start_job", lambda **_: None)
    number = data.store_of(city)

    told = analyst("POST", "/diagnoses", WANTED | {"store": number})

    assert told.status_code == 201
    one = SafetyDiagnosis.objects.get(pk=told.json()["number"])
    assert told.headers["Location"] == f"/api/v1/diagnoses/{one.pk}"
    assert one.options["threshold"] == 5
    assert one.options["place"] == "Hill Town"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"threshold": 3}, "“threshold” cannot be used: "),
        ({"languages": []}, "“languages” cannot be used: "),
        ({"areas": 999}, "“areas” cannot be used: "),
        ({"offences": ["Nothing"]}, "“offences” cannot be used: "),
        ({"since": "2019-01-02", "until": "2019-01-01"}, "must not be before the first"),
        ({"since": "yesterday"}, "Since: a day"),
    ],
)
def test_what_cannot_be_diagnosed_is_said(analyst, city, wrong, said):
    told = analyst("POST", "/diagnoses", WANTED | {"store": data.store_of(city)} | wrong)

    assert told.status_code == 422
    assert said in told.json()["detail"]


def test_an_empty_store_or_that_of_another_city_is_not_diagnosed(analyst, store, elsewhere):
    theirs = data.store_of(elsewhere)

    assert analyst("POST", "/diagnoses", WANTED | {"store": store.pk}).status_code == 409
    assert analyst("POST", "/diagnoses", WANTED | {"store": theirs}).status_code == 404


def test_tables_of_a_diagnosis_are_listed_and_downloaded(client, ask, city, elsewhere):
    reader, where = ask(Role.READER), f"/diagnoses/{data.diagnosis_of(city)}/files"
    _, secret = token_for(member(elsewhere, Role.ANALYST), elsewhere, Role.ANALYST)

    names = reader("GET", where).json()
    tables = [one for one in names if one.endswith(".csv")]

    assert "index.html" in names
    assert tables
    for name in names:
        told = reader("GET", f"{where}/{name}")
        assert told.status_code == 200
        if told.streaming:
            list(told.streaming_content)
    for nothing in ("nothing.csv", "../../x", "tables/", "%2e%2e/index.html"):
        assert reader("GET", f"{where}/{nothing}").status_code == 404
    assert Asking(client, secret)("GET", f"{where}/{names[0]}").status_code == 404


def test_two_diagnoses_are_compared_or_it_is_said_why_not(ask, city):
    reader, first = ask(Role.READER), data.diagnosis_of(city)
    second = data.other_diagnosis_of(city)

    told = reader("GET", f"/diagnoses/{first}/compare/{second}").json()

    assert told["refused"] == ""
    assert told["lines"][0]["before"] == told["lines"][0]["after"]
    assert reader("GET", f"/diagnoses/{first}/compare/{first}").status_code == 404


def test_a_consultation_is_noted_in_the_plan_once(coordinator, city):
    plan, today = Plan.objects.get(pk=open_plan_of(city)), timezone.localdate()
    wanted = {"plan": plan.pk, "opens": str(today), "ends": str(today + timedelta(days=30))}
    where = f"/consultations/{coordinator('POST', '/consultations', wanted).json()['number']}"
    said = {
        "how": "A page open to everybody.",
        "voices": [{"said": "Light the path.", "changed": "Step added."}, {"said": "\u200b"}],
    }

    early = coordinator("POST", f"{where}/record", said)
    coordinator("POST", f"{where}/close")
    empty = coordinator("POST", f"{where}/record", {"how": " "})
    told = coordinator("POST", f"{where}/record", said)
    twice = coordinator("POST", f"{where}/record", said)

    assert (early.status_code, empty.status_code) == (409, 422)
    assert (told.status_code, twice.status_code) == (200, 409)
    plan.refresh_from_db()
    assert [one.said for one in plan.content.consultations[-1].voices] == [
        {plan.content.languages[0]: "Light the path."}
    ]


def test_rankings_are_told_in_groups_of_five(coordinator, ask, example):
    today = timezone.localdate()
    one = Consultation.objects.create(
        plan=example, revision=example.revisions.get(), slug="city-1", opens=today, ends=today
    )
    key, where = example.content.problems[0].key, f"/consultations/{one.pk}/rankings"
    for ballot in range(7):
        add_ranking(consultation=one, ballot=str(ballot), order=[key])

    told = coordinator("GET", where).json()

    assert told["answers"] == 5
    assert {row["problem"]: row["named"] for row in told["problems"]}[key] == 5
    assert ask(Role.PARTNER)("GET", where).status_code == 403


def test_a_plan_tells_progress_roles_and_what_is_due(ask, city):
    plan = Plan.objects.get(pk=followed_plan_of(city))
    reader, where = ask(Role.READER), f"/plans/{plan.pk}"

    progress = reader("GET", f"{where}/progress").json()
    roles = reader("GET", f"{where}/roles").json()
    due = ask(Role.COORDINATOR)("GET", "/follow-up").json()

    assert [one["objective"] for one in progress] == [one.key for one in plan.content.objectives]
    assert {one["action"] for one in roles} <= {one.key for one in plan.content.actions}
    assert any("A" in one["parts"] for one in roles)
    assert all(one["plan"] == plan.pk and one["duty"]["due"] for one in due)
    assert all(one["own"] for one in reader("GET", "/follow-up").json())


def test_a_publication_is_read_before_it_is_released(ask, city):
    where = f"/releases/{release_of(city)}/preview"

    told = ask(Role.READER)("GET", f"{where}/index.html")

    assert b"".join(told.streaming_content).startswith(b"<!doctype html>")
    for nothing in ("x.html", "..%2f..%2fx.html", "folder"):
        assert ask(Role.READER)("GET", f"{where}/{nothing}").status_code == 404
