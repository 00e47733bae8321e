"""Programs keep surveys and link indicators by the rules of the pages."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forestall.web.audit.models import AuditEntry
from forestall.web.data.folders import surveys_folder
from forestall.web.indicators.models import IndicatorSource
from forestall.web.organisations.roles import Role
from forestall.web.surveys.models import Survey
from tests.web.api.conftest import Asking, token_for
from tests.web.api.test_data import AREAS, send
from tests.web.conftest import member
from tests.web.data import objects as data
from tests.web.indicators.conftest import HEAD, KEY, MAPPING, incidents, plan_of, series_of
from tests.web.indicators.test_series_from_surveys import FIRST, SECOND, answers
from tests.web.objects import survey_of

WINTER = {"2025-01": 40, "2025-02": 35}
BURGLARY = {"offences": ["Burglary"], "period": "month"}
UNSAFE = {
    "column": "q7",
    "wording": "How safe do you feel walking alone after dark?",
    "counted": [3],
    "no_answer": [9],
}


@pytest.fixture
def analyst(ask):
    return ask(Role.ANALYST)


@pytest.fixture
def followed(city, people):
    """A plan that is under way, with one objective."""
    return plan_of(city, people[Role.COORDINATOR])


@pytest.fixture
def where(followed):
    return f"/plans/{followed.pk}/sources/{KEY}"


@pytest.fixture
def survey(city):
    return Survey.objects.create(jurisdiction=city, name="Safety survey", weights="weight")


@pytest.fixture
def filled_store(analyst, store):
    bring(analyst, store, WINTER)
    return store


def bring(asking, store, months, *, begin=0):
    rows = HEAD + incidents("Burglary", months, begin=begin)
    files = [
        SimpleUploadedFile("incidents.csv", rows.encode()),
        SimpleUploadedFile("columns.toml", MAPPING.encode()),
    ]
    told = send(asking, f"/stores/{store.pk}/imports", {"files": files})
    assert told.json()["state"] == "done", told.json()


def wave(asking, survey, content, *, name="answers.csv", **days):
    file = SimpleUploadedFile(name, content.encode())
    return send(asking, f"/surveys/{survey.pk}/waves", {"file": file, **days})


def test_a_survey_is_begun_and_its_waves_are_kept(analyst, city):
    begun = analyst("POST", "/surveys", {"name": "Safety survey", "weights": "weight"})
    survey = Survey.objects.get()
    told = wave(analyst, survey, answers(30, 90), **FIRST)

    assert begun.status_code == told.status_code == 201
    assert begun.headers["Location"] == f"/api/v1/surveys/{survey.pk}"
    assert told.json()["people"] == 130
    assert told.json()["answers"] == {"q7": [1.0, 3.0, 9.0]}
    assert analyst("GET", f"/surveys/{survey.pk}").json()["waves"] == [told.json()]
    (row,) = analyst("GET", "/surveys").json()
    assert row == begun.json() | {"waves": 1}
    assert survey.jurisdiction == city
    assert AuditEntry.objects.filter(verb__in=["add survey", "add wave"]).count() == 2


def test_what_is_no_survey_and_no_wave_is_said(analyst, survey):
    taken = analyst("POST", "/surveys", {"name": "Safety survey", "weights": "weight"})
    empty = analyst("POST", "/surveys", {"name": "Other", "weights": ""})
    personal = answers(30, 90).replace("key,", "name,")
    wave(analyst, survey, answers(30, 90), **FIRST)
    refused = {
        "ends on this day already": wave(analyst, survey, answers(1, 1), **FIRST),
        "names": wave(analyst, survey, personal, **SECOND),
        "not be before": wave(
            analyst, survey, answers(1, 1), first_day="2026-07-01", last_day="2026-06-30"
        ),
        "“first_day”": wave(analyst, survey, answers(1, 1), first_day="?", last_day="2026-06-30"),
        "weight": wave(analyst, survey, "key,q7\n1,2\n", **SECOND),
        "“file”": send(analyst, f"/surveys/{survey.pk}/waves", SECOND),
    }

    assert taken.status_code == empty.status_code == 422
    assert "survey of this name" in taken.json()["detail"]
    for said, told in refused.items():
        assert (told.status_code, said in told.json()["detail"]) == (422, True), told.json()
    assert survey.waves.count() == 1
    kept = [one for one in surveys_folder(survey.jurisdiction).iterdir() if one.is_file()]
    assert len(kept) == 1


def test_a_wave_of_another_kind_or_not_as_a_form_is_refused(analyst, survey):
    picture = wave(analyst, survey, answers(1, 1), name="answers.png", **FIRST)
    as_json = analyst("POST", f"/surveys/{survey.pk}/waves", FIRST)

    assert (picture.status_code, as_json.status_code) == (422, 415)
    assert not survey.waves.exists()


def test_surveys_of_another_city_are_not_there_and_others_load_nothing(
    analyst, ask, survey, elsewhere
):
    theirs = f"/surveys/{survey_of(elsewhere)}"
    reader = ask(Role.READER)

    assert analyst("GET", theirs).status_code == 404
    assert send(analyst, f"{theirs}/waves", {}).status_code == 404
    assert [one["number"] for one in analyst("GET", "/surveys").json()] == [survey.pk]
    assert reader("GET", f"/surveys/{survey.pk}").status_code == 403
    assert send(reader, f"/surveys/{survey.pk}/waves", {}).status_code == 403
    assert reader("GET", "/surveys").status_code == 403
    assert reader("POST", "/surveys", {"name": "A", "weights": "w"}).status_code == 403


def test_an_indicator_is_counted_in_a_store_and_follows_it(
    coordinator, analyst, followed, where, filled_store
):
    before = coordinator("GET", where).json()
    told = coordinator("PUT", f"{where}/store", BURGLARY | {"store": filled_store.pk})

    assert before["linked"] is None
    assert before["stores"] == [{"number": filled_store.pk, "name": "Recorded crime"}]
    assert told.status_code == 200
    assert series_of(followed) == {"2025-01-31": 40.0, "2025-02-28": 35.0}
    read = told.json()
    assert (read["linked"]["store"], read["linked"]["state"]) == (filled_store.pk, "done")
    assert (read["linked"]["what"], read["linked"]["how"]) == (
        "Burglary",
        "incidents in each month",
    )
    assert [one["kind"] for one in read["rows"]] == ["first figure, typed", "computed", "computed"]
    bring(analyst, filled_store, {"2025-03": 3}, begin=500)
    after = coordinator("GET", where).json()
    assert after["rows"][-1]["number"] == "fewer than 5"
    assert series_of(followed) == {"2025-01-31": 40.0, "2025-02-28": 35.0}


def test_an_indicator_is_read_from_a_survey_instead(coordinator, analyst, followed, where, survey):
    wave(analyst, survey, answers(30, 90), **FIRST)

    offered = coordinator("GET", where).json()["surveys"]
    told = coordinator("PUT", f"{where}/survey", UNSAFE | {"survey": survey.pk})

    assert offered == [
        {"number": survey.pk, "name": "Safety survey", "questions": {"q7": [1.0, 3.0, 9.0]}}
    ]
    assert told.json()["linked"]["survey"] == survey.pk
    assert series_of(followed) == {"2025-06-30": 25.0}


def test_a_link_is_computed_again_and_taken_away(coordinator, ask, followed, where, filled_store):
    coordinator("PUT", f"{where}/store", BURGLARY | {"store": filled_store.pk})
    IndicatorSource.objects.update(state="failed", failure="Gone.")

    again = ask(Role.PARTNER)("POST", f"{where}/again")
    gone = coordinator("DELETE", where)

    assert (again.status_code, again.json()["linked"]["state"]) == (200, "done")
    assert (again.json()["stores"], again.json()["failures"]) == ([], [])
    assert gone.status_code == 204
    assert series_of(followed) == {"2025-01-31": 40.0, "2025-02-28": 35.0}
    assert coordinator("DELETE", where).status_code == 404
    assert coordinator("POST", f"{where}/again").status_code == 404
    assert AuditEntry.objects.filter(verb="unlink indicator").count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"offences": ["Sorcery"]}, "“offences” cannot be used: "),
        ({"period": "day"}, "“period” cannot be used: "),
        ({"threshold": 2}, "“threshold” cannot be used: "),
        ({"per": 3}, "“per” cannot be used: "),
        ({"population": 0}, "“population” cannot be used: "),
        ({"population": 5000}, "“population_source” cannot be used: "),
        ({"store": "one"}, "store"),
        ({"person": "Ann"}, "person"),
    ],
)
def test_what_cannot_be_counted_is_said(coordinator, where, filled_store, wrong, said):
    told = coordinator("PUT", f"{where}/store", BURGLARY | {"store": filled_store.pk} | wrong)

    assert told.status_code == 422
    assert said in told.json()["detail"].lower()
    assert not IndicatorSource.objects.exists()


def test_an_area_that_is_not_known_is_never_left_out_in_silence(
    coordinator, analyst, where, filled_store
):
    sent = BURGLARY | {"store": filled_store.pk}

    none = coordinator("PUT", f"{where}/store", sent | {"areas": 1, "area": "North"})
    file = SimpleUploadedFile("areas.geojson", AREAS.encode())
    areas = send(analyst, "/areas", {"name": "Wards", "file": file}).json()["number"]
    unknown = coordinator("PUT", f"{where}/store", sent | {"areas": areas, "area": "South"})
    alone = coordinator("PUT", f"{where}/store", sent | {"area": "North"})
    found = coordinator("PUT", f"{where}/store", sent | {"areas": areas, "area": "north"})

    assert (none.status_code, unknown.status_code, alone.status_code) == (409, 422, 422)
    assert found.json()["linked"]["settings"]["area"] == "W1"
    assert found.json()["linked"]["what"] == "Burglary in North"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"column": "q8"}, "“column” cannot be used: "),
        ({"counted": [7]}, "“counted” cannot be used: "),
        ({"counted": []}, "“counted” cannot be used: "),
        ({"no_answer": [3]}, "“no_answer” cannot be used: "),
        ({"wording": ""}, "“wording” cannot be used: "),
    ],
)
def test_what_no_survey_answers_is_said(coordinator, analyst, where, survey, wrong, said):
    wave(analyst, survey, answers(30, 90), **FIRST)

    told = coordinator("PUT", f"{where}/survey", UNSAFE | {"survey": survey.pk} | wrong)

    assert told.status_code == 422
    assert said in told.json()["detail"]
    assert not IndicatorSource.objects.exists()


def test_sources_and_plans_of_another_city_are_not_there(
    client, coordinator, where, store, elsewhere
):
    stores, surveys = data.store_of(elsewhere), survey_of(elsewhere)
    secret = token_for(member(elsewhere, Role.COORDINATOR), elsewhere, Role.COORDINATOR)[1]
    other = Asking(client, secret)

    assert coordinator("PUT", f"{where}/store", {"store": stores}).status_code == 404
    assert coordinator("PUT", f"{where}/survey", UNSAFE | {"survey": surveys}).status_code == 404
    assert coordinator("PUT", f"{where}/store", {"store": 2**53 - 1}).status_code == 404
    assert coordinator("PUT", f"{where}/store", {"store": store.pk}).status_code == 409
    assert other("GET", where).status_code == other("DELETE", where).status_code == 404
    assert other("PUT", f"{where}/store", {"store": stores}).status_code == 404


@pytest.mark.parametrize("key", ["nothing", "%00", "a%20b", "9" * 500])
def test_an_objective_that_is_not_there(coordinator, followed, store, key):
    at = f"/plans/{followed.pk}/sources/{key}"

    assert coordinator("GET", at).status_code == 404
    assert coordinator("DELETE", at).status_code == 404
    assert coordinator("POST", f"{at}/again").status_code == 404
    assert coordinator("PUT", f"{at}/store", {"store": store.pk}).status_code == 404


def test_an_objective_without_an_indicator_is_linked_to_nothing(coordinator, city, people):
    plan = plan_of(city, people[Role.COORDINATOR], indicator=None, baseline=None, target=None)
    at = f"/plans/{plan.pk}/sources/{KEY}"

    told = coordinator("PUT", f"{at}/store", {"store": data.store_of(city)})

    assert told.status_code == 409
    assert "what is measured" in told.json()["detail"]


def test_others_read_the_series_and_link_nothing(ask, where, filled_store):
    reader = ask(Role.READER)

    read = reader("GET", where)

    assert (read.status_code, read.json()["stores"], read.json()["surveys"]) == (200, [], [])
    sent = BURGLARY | {"store": filled_store.pk}
    assert reader("PUT", f"{where}/store", sent).status_code == 403
    assert ask(Role.PARTNER)("PUT", f"{where}/store", sent).status_code == 403
    assert reader("POST", f"{where}/again").status_code == 403
    assert reader("DELETE", where).status_code == 403
