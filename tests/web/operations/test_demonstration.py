"""The demonstration tells the whole way, and is found again at the next start."""

from __future__ import annotations

from datetime import date
from html import unescape
from importlib.resources import files
from pathlib import Path

import pytest
from django.urls import reverse
from msgspec.structs import replace

from forestall.plan.checks import ready_for
from forestall.plan.example import example_followed_plan
from forestall.plan.files import plan_from_json, plan_to_json
from forestall.plan.states import PlanState
from forestall.web.consultation.models import Comment, Consultation
from forestall.web.data.models import FileImport, SafetyDiagnosis
from forestall.web.demonstration import data as records
from forestall.web.demonstration import story
from forestall.web.demonstration.arrival import load_demonstration_first
from forestall.web.demonstration.city import load_demonstration, second_person
from forestall.web.operations.models import Job, JobState
from forestall.web.organisations.models import Jurisdiction
from forestall.web.organisations.roles import Role
from forestall.web.people.models import Person
from forestall.web.plans.models import Plan
from forestall.web.publishing.models import Release
from forestall.web.publishing.services import release_publication
from forestall.web.returns.models import Return
from forestall.web.returns.states import ReturnState
from tests.web.conftest import make_city, member
from tests.web.operations.test_first_start import take_up
from tests.web.publishing.given import given

PACKAGED = files("forestall.web.demonstration")
TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


@pytest.fixture
def queued(settings):
    """Nobody does what waits in the background."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_the_plan_that_is_followed_could_be_adopted():
    plan = replace(example_followed_plan(), state=PlanState.CONSULTED)

    assert ready_for(plan, PlanState.ADOPTED, today=TODAY) == ()
    assert plan_from_json(plan_to_json(plan)) == plan


def test_the_records_in_the_package_are_those_of_the_example():
    example = Path("examples/camden_burglary") / records.FILE

    assert PACKAGED.joinpath("camden", records.FILE).read_bytes() == example.read_bytes()
    assert "Open Government Licence" in PACKAGED.joinpath("camden", "README.md").read_text("utf-8")


def test_residents_are_asked_and_answered_from_the_first_minute(client, db):
    load_demonstration()

    asked = Consultation.objects.get()
    shown = Comment.objects.filter(state=Comment.State.SHOWN)
    assert shown.count() == 3
    for comment in shown:
        where = [asked.slug, comment.about or "whole"]
        assert comment.reply in unescape(client.get(reverse("take-part-on", args=where)).text)
    (waiting,) = Comment.objects.waiting()
    page = client.get(reverse("take-part-on", args=[asked.slug, waiting.about])).text
    assert waiting.text not in page


def test_a_reply_is_submitted_and_the_next_is_being_written(client, db):
    links = load_demonstration()

    begun, submitted = Return.objects.order_by("-pk")
    assert submitted.frozen == submitted.digest
    assert submitted.state == ReturnState.SUBMITTED
    assert begun.state == ReturnState.DRAFTING
    take_up(client, links[Role.PARTNER], "partner@port-alder.example")
    # The hash of the whole would tell a partner what is confidential.
    assert submitted.frozen not in client.get(submitted.get_absolute_url()).text
    page = unescape(client.get(reverse("return-section", args=[begun.pk, "I"])).text)
    assert (
        "Prevention council of Northland (fictional)" in client.get(begun.get_absolute_url()).text
    )
    assert "What changed" in page
    assert "Answer 4(c)(iii)" in page  # it is written by the office of the partner


def test_the_first_page_does_not_wait_for_the_diagnosis(client, db, queued):
    links = load_demonstration()
    story.begin_story()

    take_up(client, links[Role.ANALYST], "analyst@port-alder.example")

    assert "waits its turn" in client.get("/data/").text
    assert "waits its turn" in client.get("/diagnoses/").text
    assert Job.objects.filter(kind=story.STORY).count() == 1
    story.begin_story()
    assert Job.objects.filter(kind=story.STORY).count() == 1


@pytest.mark.slow
def test_in_the_background_it_publishes_imports_and_diagnoses_also_when_cut_off(db, monkeypatch):
    """The whole way once; the work is cut off twice and goes on."""
    load_demonstration()
    city = Jurisdiction.objects.get()
    job = Job.objects.create(kind=story.STORY, jurisdiction=city, state=JobState.RUNNING)

    def killed(*args, **more):
        raise KeyboardInterrupt

    for step in ("import_files", "make_publication"):
        with monkeypatch.context() as patch:
            patch.setattr(story, step, killed)
            with pytest.raises(KeyboardInterrupt):
                story.tell_story(job)
    story.tell_story(job)
    story.tell_story(job)

    plan, diagnosis = Release.objects.order_by("pk")
    assert (plan.kind, plan.state) == ("plan", "released")
    assert (diagnosis.kind, diagnosis.state) == ("diagnosis", "ready")
    assert FileImport.objects.get().state == "done"
    assert "Camden" in SafetyDiagnosis.objects.get().title
    assert plan.title in given("/public/port-alder/")[1]
    assert diagnosis.title not in given("/public/port-alder/")[1]
    release_publication(release=diagnosis, by=second_person())
    assert "Open Government Licence" in given("/public/port-alder/data/")[1]


def test_a_new_start_prints_links_that_work_and_ends_those_before(
    client, transactional_db, queued, home
):
    first = load_demonstration_first(home)
    take_up(client, first.links["Coordinator"], "coordinator@port-alder.example")
    client.logout()

    again = load_demonstration_first(home)

    assert (home / "demonstration").exists()
    assert "is here already" in str(again.said)
    assert set(again.links) == {
        "Coordinator, with a new password within three days",
        "Analyst",
        "Partner",
        "Publication officer",
        "Administrator",
    }
    assert client.get(first.links["Analyst"]).status_code == 404
    assert client.get(again.links["Analyst"]).status_code == 200
    page = client.get(
        again.links["Coordinator, with a new password within three days"], follow=True
    )
    sent = {"password1": "another unlikely phrase 8", "password2": "another unlikely phrase 8"}
    client.post(page.request["PATH_INFO"], sent)
    coordinator = Person.objects.get(email="coordinator@port-alder.example")
    assert coordinator.check_password("another unlikely phrase 8")
    assert Plan.objects.count() == 2


def test_a_workspace_in_use_is_left_alone_and_it_is_said(transactional_db, home):
    city = make_city("long-mere")
    member(city, Role.ADMINISTRATOR)

    arrival = load_demonstration_first(home)

    assert "in use already" in str(arrival.said)
    assert arrival.links == {}
    assert not (home / "demonstration").exists()
    assert not Plan.objects.exists()
