"""A diagnosis and an evaluation are published by two people, with their tables as open data."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forestall.errors import InvalidPublication, InvalidRelease
from forestall.publication import publish_evaluation
from forestall.publication.evaluation_example import example_evaluation
from forestall.publication.stored import STORED
from forestall.web.data.models import SafetyDiagnosis
from forestall.web.organisations.roles import Role
from forestall.web.publishing import beside
from forestall.web.publishing.models import Release
from forestall.web.publishing.received import received_folder
from forestall.web.publishing.services import (
    prepare_evaluation,
    release_publication,
    withdraw_publication,
)
from forestall.web.publishing.site import public_folder
from tests.web.conftest import member
from tests.web.data.objects import diagnosis_of, other_diagnosis_of
from tests.web.publishing.given import given
from tests.web.sent import form_of

State = Release.State


@pytest.fixture(autouse=True)
def files(settings, home):
    """Files of the workspace lie in its folder."""
    settings.MEDIA_ROOT = home / "files"


@pytest.fixture
def diagnosis(city):
    return SafetyDiagnosis.objects.get(pk=diagnosis_of(city))


@pytest.fixture(scope="session")
def evaluated(tmp_path_factory):
    """The stored publication of an evaluation."""
    folder = tmp_path_factory.mktemp("evaluation") / "report"
    publish_evaluation(example_evaluation(), out=folder)
    return (folder / STORED).read_bytes()


def prepared(client, person, diagnosis, **more) -> Release:
    client.force_login(person)
    address = reverse("diagnosis-prepare", args=[diagnosis.pk])
    client.post(address, form_of(client.get(address)) | {"languages": ["en"]} | more)
    return Release.objects.latest("pk")


def test_a_finished_diagnosis_goes_public_by_two_people_and_is_withdrawn(
    client, people, diagnosis, city
):
    client.force_login(people[Role.PUBLISHER])
    page = client.get(diagnosis.get_absolute_url()).text
    address = reverse("diagnosis-prepare", args=[diagnosis.pk])
    assert address in page
    assert address in client.get("/publishing/").text
    made = prepared(client, people[Role.PUBLISHER], diagnosis)
    assert made.state == State.READY
    assert given(f"/publishing/{made.pk}/preview/diagnosis/{made.pk}/", client)[0] == 200
    assert "a second person" in client.get(made.get_absolute_url()).text

    second = member(city, Role.PUBLISHER)
    client.force_login(second)
    client.post(reverse("release-publish", args=[made.pk]))

    site = public_folder(city.slug)
    assert made.title in (site / "diagnosis/index.html").read_text("utf-8")
    assert f"diagnosis/{made.pk}/tables/offences.csv" in (site / "data/index.html").read_text()
    assert (site / f"diagnosis/{made.pk}/tables/offences.csv").is_file()

    withdraw_publication(release=made, reason="A month was missing.", by=second)

    assert "A month was missing." in given(f"/public/port-alder/diagnosis/{made.pk}/")[1]
    assert given(f"/public/port-alder/diagnosis/{made.pk}/tables/offences.csv")[0] == 404


def test_each_table_says_what_it_holds_and_whose_numbers_they_are(client, people, diagnosis, city):
    made = prepared(client, people[Role.COORDINATOR], diagnosis)
    release_publication(release=made, by=people[Role.PUBLISHER])

    data = (public_folder(city.slug) / "data/index.html").read_text("utf-8")

    assert "Kinds of crime, as the source names them" in data
    assert "What each table and each column means" in data


def test_only_what_the_report_is_made_of_becomes_public(client, people, diagnosis, home):
    from forestall.web.data.folders import report_folder

    (report_folder(diagnosis) / "notes.html").write_text("<p>not for everybody</p>")
    (report_folder(diagnosis) / "index.html").write_text("<script>alert(1)</script>")

    made = prepared(client, people[Role.COORDINATOR], diagnosis)

    assert not (made.content / "notes.html").exists()
    assert "<script" not in (made.content / "index.html").read_text("utf-8")


def test_the_site_names_a_report_in_the_language_of_the_reader(client, people, diagnosis, city):
    made = prepared(client, people[Role.COORDINATOR], diagnosis, languages=["en", "ar"])
    release_publication(release=made, by=people[Role.PUBLISHER])
    site = public_folder(city.slug)

    title = diagnosis.said["title"]
    assert title["ar"] in (site / "diagnosis/ar/index.html").read_text("utf-8")
    assert title["en"] in (site / "diagnosis/index.html").read_text("utf-8")
    assert (site / f"diagnosis/{made.pk}/ar/index.html").is_file()


def test_the_same_diagnosis_keeps_its_address_when_published_again(client, people, diagnosis, city):
    for title in ("First", "Second"):
        made = prepared(client, people[Role.COORDINATOR], diagnosis, title=title)
        release_publication(release=made, by=people[Role.PUBLISHER])

    first, second = Release.objects.order_by("pk")
    assert (first.state, second.state) == (State.SUPERSEDED, State.RELEASED)
    site = public_folder(city.slug)
    assert [one.name for one in (site / "diagnosis").iterdir() if one.name.isdigit()] == [
        str(first.pk)
    ]
    assert "Second" in (site / "diagnosis/index.html").read_text("utf-8")


def test_two_reports_that_give_a_hidden_number_away_are_not_public_together(
    client, people, diagnosis, city
):
    other = SafetyDiagnosis.objects.get(pk=other_diagnosis_of(city))
    SafetyDiagnosis.objects.filter(pk=other.pk).update(last_day=date(2019, 3, 31))
    second = prepared(client, people[Role.COORDINATOR], other)
    made = prepared(client, people[Role.COORDINATOR], diagnosis)
    release_publication(release=made, by=people[Role.PUBLISHER])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beside, "can_be_subtracted", lambda first, second: True)
        with pytest.raises(InvalidRelease, match="hidden numbers could be worked out"):
            release_publication(release=second, by=people[Role.PUBLISHER])
        refused = prepared(client, people[Role.COORDINATOR], other)

    assert refused.failed
    assert "hidden numbers could be worked out" in client.get(refused.get_absolute_url()).text


def test_an_unfinished_diagnosis_is_not_published(client, people, diagnosis):
    SafetyDiagnosis.objects.filter(pk=diagnosis.pk).update(state="failed")
    client.force_login(people[Role.COORDINATOR])

    answer = client.post(reverse("diagnosis-prepare", args=[diagnosis.pk]), {"title": "x"})

    assert answer.headers["Location"] == diagnosis.get_absolute_url()
    assert not Release.objects.exists()


def test_a_report_that_was_edited_is_refused_in_words(client, people, diagnosis):
    from forestall.web.data.folders import report_folder

    file = report_folder(diagnosis) / STORED
    file.write_text(file.read_text("utf-8").replace("Burglary", "Robbery", 1), "utf-8")
    client.force_login(people[Role.COORDINATOR])

    answer = client.post(
        reverse("diagnosis-prepare", args=[diagnosis.pk]), {"title": "x", "languages": ["en"]}
    )

    assert answer.status_code == 422
    assert "was cut short or edited" in answer.text
    assert not Release.objects.exists()


def bring(client, city, content, **more):
    address = reverse("evaluation-prepare", args=[city.pk])
    file = SimpleUploadedFile("publication.json", content)
    return client.post(address, {"languages": ["en"], "file": file, **more}, follow=True)


def test_an_evaluation_is_brought_and_stands_under_results(client, people, city, evaluated):
    client.force_login(people[Role.COORDINATOR])

    answer = bring(client, city, evaluated, formats=["pdf"])

    made = Release.objects.get()
    assert made.kind == "evaluation"
    assert made.state == State.READY
    assert made.title in answer.text
    assert list(made.content.glob("*.pdf"))
    release_publication(release=made, by=people[Role.PUBLISHER])
    site = public_folder(city.slug)
    results = (site / "results/index.html").read_text("utf-8")
    assert made.title in results
    assert f"evaluation/{made.pk}/index.html" in results
    assert "evaluation.json" in (site / "data/index.html").read_text("utf-8")
    withdraw_publication(release=made, reason="Wrong.", by=people[Role.PUBLISHER])
    shutil.rmtree(made.content.parent)  # as cleaning does one day
    assert "Wrong." in (site / "results/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b"{}", "does not begin as one"),
        (b'{"kind":"forestall-publication","format":1}', "was cut short or edited"),
        (b'{"kind":"forestall-publication","format":99}', "install a newer forestall"),
        (b"<script>alert(1)</script>", "does not begin as one"),
    ],
)
def test_what_is_no_evaluation_is_refused_in_words_and_not_kept(
    client, people, city, content, said
):
    client.force_login(people[Role.COORDINATOR])

    answer = bring(client, city, content)

    assert answer.status_code == 422
    assert said in answer.text
    assert not Release.objects.exists()
    assert list(received_folder().iterdir()) == []


def test_the_report_of_a_diagnosis_is_no_evaluation(people, city, diagnosis):
    from forestall.web.data.folders import report_folder

    stored = (report_folder(diagnosis) / STORED).read_bytes()
    with pytest.raises(InvalidRelease, match="another report"):
        prepare_evaluation(jurisdiction=city, stored=stored, by=people[Role.COORDINATOR])


def test_an_evaluation_that_was_edited_is_refused(people, city, evaluated):
    edited = evaluated.replace(b'"title"', b'"titel"', 1)
    with pytest.raises(InvalidPublication):
        prepare_evaluation(jurisdiction=city, stored=edited, by=people[Role.COORDINATOR])


def test_a_later_evaluation_of_the_same_title_takes_its_place(people, city, evaluated):
    by = people[Role.COORDINATOR]
    made = [prepare_evaluation(jurisdiction=city, stored=evaluated, by=by) for _ in range(2)]
    for one in made:
        release_publication(release=one, by=people[Role.PUBLISHER])

    assert [one.state for one in Release.objects.order_by("pk")] == ["superseded", "released"]
