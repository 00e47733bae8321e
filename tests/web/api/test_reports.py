"""Programs take findings into a plan and prepare publications of reports, as the pages do."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forestall.publication import publish_evaluation
from forestall.publication.evaluation_example import example_evaluation
from forestall.publication.stored import STORED
from forestall.web.audit.models import AuditEntry
from forestall.web.data.findings import findings_of
from forestall.web.data.models import SafetyDiagnosis
from forestall.web.organisations.roles import Role
from forestall.web.publishing.models import Release
from tests.web.api.conftest import Asking, token_for
from tests.web.api.test_data import send
from tests.web.conftest import member
from tests.web.data.objects import diagnosis_of
from tests.web.objects import followed_plan_of

PROBLEM = "home-burglary"
WANTED = {"title": "Safety in Hill Town", "languages": ["en"]}


@pytest.fixture(autouse=True)
def home(settings, tmp_path, files):
    """A folder of the workspace for one test, with its files in it."""
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def finished(city):
    return SafetyDiagnosis.objects.get(pk=diagnosis_of(city))


@pytest.fixture(scope="session")
def evaluated(tmp_path_factory):
    """The stored publication of an evaluation."""
    folder = tmp_path_factory.mktemp("evaluation") / "report"
    publish_evaluation(example_evaluation(), out=folder)
    return (folder / STORED).read_bytes()


@pytest.fixture
def publisher(ask):
    return ask(Role.PUBLISHER)


def bring(asking, city, content, **more):
    file = SimpleUploadedFile("publication.json", content)
    where = f"/jurisdictions/{city.pk}/evaluations"
    return send(asking, where, {"file": file, "languages": ["en"], **more})


def figures_of(plan):
    plan.refresh_from_db()
    return next(one for one in plan.content.problems if one.key == PROBLEM).figures


def test_findings_become_figures_of_a_problem_once(coordinator, example, finished):
    before, offered = figures_of(example), findings_of(finished)
    where, wanted = f"/plans/{example.pk}/take/{PROBLEM}", {"diagnosis": finished.pk}

    told = coordinator("POST", where, wanted | {"findings": [0, 2, 0]})
    twice = coordinator("POST", where, wanted | {"findings": [2]})

    assert told.status_code == twice.status_code == 200
    after = figures_of(example)
    assert [one.said["en"] for one in after[len(before) :]] == [
        offered[0].said["en"],
        offered[2].said["en"],
    ]
    assert len(told.json()) == len(twice.json()) == len(after)
    assert told.json()[-1]["source"]["en"].startswith("Diagnosis:")
    shown = coordinator("GET", f"/diagnoses/{finished.pk}").json()["figures"]
    assert shown[2]["said"]["en"] == told.json()[-1]["said"]["en"]


@pytest.mark.parametrize("findings", [[], [9999], [-1], ["0"], [0.5], "0"])
def test_findings_that_are_not_there_are_not_taken(coordinator, example, finished, findings):
    before = figures_of(example)
    where = f"/plans/{example.pk}/take/{PROBLEM}"

    told = coordinator("POST", where, {"diagnosis": finished.pk, "findings": findings})

    assert told.status_code == 422
    assert "indings" in told.json()["detail"] or "list" in told.json()["detail"]
    assert figures_of(example) == before


def test_findings_are_taken_from_this_place_into_a_problem_before_adoption(
    client, coordinator, ask, city, example, finished, elsewhere
):
    theirs, wanted = diagnosis_of(elsewhere), {"diagnosis": finished.pk, "findings": [0]}
    where = f"/plans/{example.pk}/take/"
    secret = token_for(member(elsewhere, Role.COORDINATOR), elsewhere, Role.COORDINATOR)[1]
    followed = f"/plans/{followed_plan_of(city)}/take/{PROBLEM}"

    asked = coordinator("POST", where + PROBLEM, wanted | {"diagnosis": theirs})
    other = Asking(client, secret)("POST", where + PROBLEM, wanted | {"diagnosis": theirs})

    assert asked.status_code == other.status_code == 404
    for no_problem in ("nothing", "0", "%00", "a" * 500):
        assert coordinator("POST", where + no_problem, wanted).status_code == 404
    assert coordinator("POST", followed, wanted).status_code == 403
    assert ask(Role.PARTNER)("POST", where + PROBLEM, wanted).status_code == 403
    SafetyDiagnosis.objects.update(state="failed")
    assert coordinator("POST", where + PROBLEM, wanted).status_code == 404


def test_a_diagnosis_is_prepared_and_released_by_somebody_else(publisher, city, finished):
    told = publisher("POST", f"/diagnoses/{finished.pk}/releases", WANTED | {"formats": ["docx"]})

    made = Release.objects.get()
    assert told.status_code == 201
    assert told.headers["Location"] == f"/api/v1/releases/{made.pk}"
    assert (made.state, made.title) == ("ready", "Safety in Hill Town")
    row = publisher("GET", f"/releases/{made.pk}").json()
    assert (row["kind"], row["diagnosis"], row["plan"]) == ("diagnosis", finished.pk, None)
    assert row["formats"] == ["html", "docx"]
    assert publisher("POST", f"/releases/{made.pk}/release").status_code == 403
    secret = token_for(member(city, Role.PUBLISHER), city, Role.PUBLISHER)[1]
    second = Asking(publisher.client, secret)
    assert second("POST", f"/releases/{made.pk}/release").json()["state"] == "released"
    entry = AuditEntry.objects.get(verb="prepare release")
    assert entry.facts["by_token"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": " "}, "“title” cannot be used: "),
        ({"title": "a" * 5000}, "“title” cannot be used: "),
        ({"languages": []}, "“languages” cannot be used: "),
        ({"languages": ["xx"]}, "“languages” cannot be used: "),
        ({"formats": ["exe"]}, "“formats” cannot be used: "),
        ({"person": "Ann"}, "person"),
    ],
)
def test_what_cannot_be_published_is_said(publisher, finished, wrong, said):
    told = publisher("POST", f"/diagnoses/{finished.pk}/releases", WANTED | wrong)

    assert told.status_code == 422
    assert said in told.json()["detail"]
    assert not Release.objects.exists()


def test_a_diagnosis_that_is_not_done_or_of_another_city_is_not_published(
    publisher, ask, finished, elsewhere
):
    where, theirs = (f"/diagnoses/{one}/releases" for one in (finished.pk, diagnosis_of(elsewhere)))

    assert ask(Role.READER)("POST", where, WANTED).status_code == 403
    assert publisher("POST", theirs, WANTED).status_code == 404
    SafetyDiagnosis.objects.update(state="failed")
    told = publisher("POST", where, WANTED)
    assert told.status_code == 409
    assert not Release.objects.exists()


def test_an_evaluation_is_brought_and_prepared(publisher, city, evaluated):
    told = bring(publisher, city, evaluated, formats=["docx"])

    made = Release.objects.get()
    assert told.status_code == 201
    assert told.headers["Location"] == f"/api/v1/releases/{made.pk}"
    assert (told.json()["kind"], made.state) == ("evaluation", "ready")
    assert told.json()["formats"] == ["html", "docx"]
    assert "index.html" in [one.name for one in made.preview.iterdir()]


def test_what_is_no_evaluation_is_refused_and_not_kept(publisher, city, evaluated, home):
    for content in (b"", b"{", b"\xff\x00", b"[]", evaluated.replace(b"2", b"3", 1)):
        told = bring(publisher, city, content)
        assert told.status_code == 422, content[:20]
        assert list(told.json()) == ["detail"]
    assert bring(publisher, city, evaluated, languages=["xx"]).status_code == 422
    as_json = publisher("POST", f"/jurisdictions/{city.pk}/evaluations", WANTED)
    assert as_json.status_code == 415
    assert not Release.objects.exists()
    kept = home / "files" / "publishing"
    assert not kept.exists() or not list(kept.iterdir())


def test_evaluations_are_brought_into_ones_own_place_by_who_may(
    publisher, ask, city, elsewhere, evaluated
):
    assert bring(publisher, elsewhere, evaluated).status_code == 404
    assert bring(ask(Role.READER), city, evaluated).status_code == 403
    nothing = send(ask(Role.READER), f"/jurisdictions/{city.pk}/evaluations", {})
    assert nothing.status_code == 403  # before anything is read of what was sent
    assert not Release.objects.exists()
