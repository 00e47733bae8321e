"""A diagnosis is run, read inside the workspace, and gives its numbers to a plan."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from forestall.plan.records import Figure
from forestall.web.data.findings import findings_of
from forestall.web.data.folders import report_folder, store_folder
from forestall.web.data.models import AreaFile, SafetyDiagnosis
from forestall.web.data.services import begin_diagnosis
from forestall.web.organisations.roles import Role
from tests.web.conftest import member, read_to_the_end

ASKED = {"place": "Cleveland", "languages": ["en"], "threshold": "5"}
OPTIONS = {"place": "Cleveland", "languages": ["en"], "formats": [], "threshold": 5}


@pytest.fixture(scope="module")
def made_report(tmp_path_factory, cleveland_store):
    """The report of the five months of Cleveland, made once."""
    from forestall.diagnosis import diagnose
    from forestall.publication import publish_diagnosis
    from forestall.records import open_incidents

    folder = tmp_path_factory.mktemp("report") / "report"
    found = diagnose(open_incidents(cleveland_store))
    publish_diagnosis(found, out=folder, place="Cleveland", languages=["en", "ar"])
    return folder


@pytest.fixture
def finished(full_store, people, made_report, monkeypatch):
    """A finished diagnosis of the city; its report was made before."""
    from forestall.web.data import jobs
    from forestall.web.data.findings import read_publication, said_in

    def copy_report(one, job):
        shutil.copytree(made_report, report_folder(one), dirs_exist_ok=True)
        return {
            "first_day": "2018-10-01",
            "last_day": "2019-02-28",
            "said": said_in(read_publication(one)),
        }

    monkeypatch.setattr(jobs, "make_report", copy_report)
    return begin_diagnosis(store=full_store, areas=None, options=OPTIONS, by=people[Role.ANALYST])


def test_a_diagnosis_is_asked_for_run_and_told(signed_in, full_store):
    client = signed_in(Role.ANALYST)

    asked = client.get("/diagnoses/new/", follow=True)
    answer = client.post(f"/diagnoses/new/{full_store.pk}/", ASKED, follow=True)

    assert 'value="2018-10-01"' in asked.text
    assert '<input type="checkbox" name="offences" value="Burglary"' in asked.text
    assert "28,760 crimes were recorded in Cleveland" in answer.text
    one = SafetyDiagnosis.objects.get()
    assert (one.state, str(one.first_day)) == ("done", "2018-10-01")
    assert (report_folder(one) / "index.html").is_file()


def test_only_some_days_and_kinds_are_diagnosed(signed_in, full_store):
    days = {"since": "2018-10-01", "until": "2019-01-31", "offences": ["Burglary"]}

    signed_in(Role.EVALUATOR).post(f"/diagnoses/new/{full_store.pk}/", {**ASKED, **days})

    one = SafetyDiagnosis.objects.get()
    assert str(one.last_day) == "2019-01-31"
    assert one.options["offences"] == ["Burglary"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"threshold": "3"}, "4"),
        ({"until": "2018-10-01", "since": "2018-11-01"}, "must not be before the first"),
        ({"since": "0001-01-01"}, "from 1 October 2018 until 28 February 2019; choose a day among"),
        ({"until": "9999-12-31"}, "from 1 October 2018 until 28 February 2019; choose a day among"),
        ({"since": "2018-09-30"}, "choose a day among these"),
        ({"until": "2019-03-01"}, "choose a day among these"),
        ({"languages": []}, "Languages of the report"),
        ({"areas": "999"}, "Areas, for tables and rates"),
    ],
)
def test_what_cannot_be_diagnosed_is_said_beside_its_field(signed_in, full_store, changed, said):
    answer = signed_in(Role.ANALYST).post(f"/diagnoses/new/{full_store.pk}/", {**ASKED, **changed})

    assert answer.status_code == 422
    assert said in answer.text
    assert not SafetyDiagnosis.objects.exists()


def test_a_diagnosis_that_failed_says_why_and_loses_nothing(signed_in, full_store):
    days = {"since": "2018-10-10", "until": "2018-10-20"}

    answer = signed_in(Role.ANALYST).post(
        f"/diagnoses/new/{full_store.pk}/", {**ASKED, **days}, follow=True
    )

    assert "There is no report" in answer.text
    assert SafetyDiagnosis.objects.get().failure in answer.text.replace("&#39;", "'")
    assert str(store_folder(full_store)) not in answer.text


def test_a_reader_reads_the_report_under_a_policy_without_unsafe_words(signed_in, finished):
    answer = signed_in(Role.READER).get(f"/diagnoses/{finished.pk}/report/", follow=True)

    policy = answer.headers["Content-Security-Policy"]
    assert "28,760" in answer.text
    assert "unsafe" not in policy
    assert re.search(r"style-src 'sha256-[A-Za-z0-9+/=]+'", policy)
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'")


def test_the_report_opens_in_the_language_of_the_reader_or_in_the_one_asked_for(
    signed_in, finished, people
):
    people[Role.READER].language = "ar"
    people[Role.READER].save()
    client = signed_in(Role.READER)

    own = client.get(f"/diagnoses/{finished.pk}/report/", follow=True)
    asked = client.get(f"/diagnoses/{finished.pk}/report/index.html")

    assert own.headers["Content-Language"] == "ar"
    assert own.request["PATH_INFO"].endswith("/report/ar/")
    assert asked.headers["Content-Language"] == "en"


def test_every_link_of_the_report_leads_somewhere(signed_in, finished):
    client = signed_in(Role.READER)
    page = client.get(f"/diagnoses/{finished.pk}/report/index.html").text

    links = {one for one in re.findall(r'href="([^"#]+)"', page) if ":" not in one}

    assert any(one.startswith("tables/") for one in links)
    for one in links:
        answer = client.get(f"/diagnoses/{finished.pk}/report/{one}")
        read_to_the_end(answer)
        assert answer.status_code == 200, one


@pytest.mark.parametrize(
    "name",
    ["../../../1/stores/1/manifest.json", "publication.json", "tables", "..%2f..%2fsecret", "x"],
)
def test_what_the_report_does_not_name_is_not_given(signed_in, finished, name):
    answer = signed_in(Role.ADMINISTRATOR).get(f"/diagnoses/{finished.pk}/report/{name}")

    assert answer.status_code == 404


def test_findings_are_in_the_language_of_the_reader(signed_in, finished, people):
    people[Role.READER].language = "fr"
    people[Role.READER].save()

    text = signed_in(Role.READER).get(f"/diagnoses/{finished.pk}/").text

    assert finished.said["findings"][0]["fr"].split(":")[0] in text


def test_the_numbers_for_a_plan_are_those_of_the_report(finished):
    figures = findings_of(finished)

    assert all(isinstance(one, Figure) for one in figures)
    burglary = next(one for one in figures if one.said["en"].startswith("Burglary: "))
    assert burglary.unit["en"] == "incidents"
    assert burglary.period["en"].startswith("October")
    changed: list[Any] = [(one.low, one.value, one.high) for one in figures if one.low is not None]
    assert changed
    assert all(list(limits) == sorted(limits) for limits in changed)


def test_a_diagnosis_that_is_not_finished_has_no_numbers():
    assert findings_of(SafetyDiagnosis(state="failed", said={})) == []


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_and_three_roles_diagnose(signed_in, finished, role):
    client = signed_in(role)
    wanted = 302 if role in (Role.ANALYST, Role.COORDINATOR, Role.EVALUATOR) else 403

    for address in ("", f"{finished.pk}/", f"{finished.pk}/report/index.html"):
        assert client.get(f"/diagnoses/{address}").status_code == 200
    assert client.get("/diagnoses/new/").status_code == wanted
    assert client.post(f"/diagnoses/{finished.pk}/again/").status_code == wanted
    began = 302 if role is Role.ANALYST else 403
    assert client.post(f"/diagnoses/{finished.pk}/stop/").status_code == began


def test_a_diagnosis_of_another_city_does_not_exist(client, finished, elsewhere):
    client.force_login(member(elsewhere, Role.ANALYST))

    for address in ("", "report/", "report/tables/offences.csv", "compare/1/"):
        assert client.get(f"/diagnoses/{finished.pk}/{address}").status_code == 404
    assert client.get(f"/diagnoses/new/{finished.store_id}/").status_code == 404
    assert finished.title not in client.get("/diagnoses/").text


def test_areas_are_kept_and_used(signed_in, full_store, city):
    with Path("examples/chicago/chicago_community_areas.geojson").open("rb") as file:
        answer = signed_in(Role.ANALYST).post(
            "/data/areas/new/",
            {"name": "Community areas", "file": file, "code": "", "column": "", "population": ""},
            follow=True,
        )

    assert "The areas are kept." in answer.text
    assert AreaFile.objects.get().areas == 77
    asked = signed_in(Role.ANALYST).get(f"/diagnoses/new/{full_store.pk}/")
    assert "Community areas" in asked.text
