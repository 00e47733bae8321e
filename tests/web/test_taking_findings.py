"""Findings of a diagnosis become figures of a problem, on a page that works without a script."""

from __future__ import annotations

import pytest
from django.urls import reverse

from forestall.plan.example import example_plan
from forestall.web.data.findings import findings_of
from forestall.web.data.models import SafetyDiagnosis
from forestall.web.organisations.roles import Role
from forestall.web.plans.services import add_plan
from tests.web.conftest import member
from tests.web.data.objects import diagnosis_of
from tests.web.objects import followed_plan_of

PROBLEM = {"title": "Burglary of homes", "kind": "burglary"}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()


@pytest.fixture
def draft(city, people):
    return add_plan(content=example_plan(), jurisdiction=city, by=people[Role.COORDINATOR])


@pytest.fixture
def finished(city, people):
    return SafetyDiagnosis.objects.get(pk=diagnosis_of(city))


@pytest.fixture
def coordinator(client, people):
    client.force_login(people[Role.COORDINATOR])
    return client


def problem_of(plan, key):
    plan.refresh_from_db()
    return next(one for one in plan.content.problems if one.key == key)


def test_findings_become_figures_with_source_period_and_unit(coordinator, draft, finished):
    page = reverse("plan-take", args=[draft.pk, "home-burglary"])
    before = problem_of(draft, "home-burglary").figures
    offered = findings_of(finished)
    at = next(place for place, one in enumerate(offered) if one.unit.get("en") == "incidents")

    assert f"?diagnosis={finished.pk}" in coordinator.get(page).text
    asked = coordinator.get(f"{page}?diagnosis={finished.pk}")
    assert offered[at].said["en"] in asked.text.replace("&#39;", "'")
    coordinator.post(f"{page}?diagnosis={finished.pk}", {"findings": [str(at)]})

    taken = problem_of(draft, "home-burglary").figures[-1]
    assert len(problem_of(draft, "home-burglary").figures) == len(before) + 1
    assert taken.value == offered[at].value
    assert taken.source["en"].startswith("Diagnosis:")
    assert taken.period["en"]
    assert taken.unit["en"] == "incidents"
    assert set(taken.said) <= set(draft.content.languages)


def test_one_that_is_there_already_is_not_added_again(coordinator, draft, finished):
    page = reverse("plan-take", args=[draft.pk, "home-burglary"])
    for _ in range(2):
        coordinator.post(f"{page}?diagnosis={finished.pk}", {"findings": ["0", "1"]})

    figures = problem_of(draft, "home-burglary").figures
    assert len(figures) == len(set(map(repr, figures)))


def test_a_new_problem_takes_findings_with_it(coordinator, plan, finished):
    page = reverse("plan-add", args=[plan.pk, "problems"])

    assert "Take figures from a diagnosis" in coordinator.get(page).text
    assert "Findings that become figures" in (
        coordinator.get(f"{page}?diagnosis={finished.pk}").text
    )
    coordinator.post(f"{page}?diagnosis={finished.pk}", {**PROBLEM, "findings": ["0", "2"]})

    offered = findings_of(finished)
    figures = problem_of(plan, "burglary-of-homes").figures
    assert [one.said["en"] for one in figures] == [offered[0].said["en"], offered[2].said["en"]]


def test_a_new_problem_without_findings_is_added_as_before(coordinator, plan, finished):
    page = reverse("plan-add", args=[plan.pk, "problems"])

    coordinator.post(f"{page}?diagnosis={finished.pk}", PROBLEM)

    assert problem_of(plan, "burglary-of-homes").figures == ()


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("plan-add", "problems/home-burglary/figures"),
        ("plan-edit", "problems/home-burglary/figures/0"),
        ("plan-edit", "problems/home-burglary"),
        ("plan-part", "problems/home-burglary"),
    ],
)
def test_pages_on_a_problem_and_its_figures_lead_to_the_diagnoses(coordinator, draft, name, where):
    answer = coordinator.get(reverse(name, args=[draft.pk, where]))

    assert reverse("plan-take", args=[draft.pk, "home-burglary"]) in answer.text


@pytest.mark.parametrize("sent", [{}, {"findings": ["9999"]}, {"findings": ["-1"]}])
def test_nothing_or_nonsense_is_refused_in_words(coordinator, draft, finished, sent):
    page = reverse("plan-take", args=[draft.pk, "home-burglary"])

    answer = coordinator.post(f"{page}?diagnosis={finished.pk}", sent)

    assert answer.status_code == 422
    assert "This is not saved yet" in answer.text


@pytest.mark.parametrize("number", ["", "none", "99999"])
def test_a_diagnosis_that_is_not_there(coordinator, draft, number):
    page = reverse("plan-take", args=[draft.pk, "home-burglary"])

    assert coordinator.get(f"{page}?diagnosis={number}").status_code == (404 if number else 200)


def test_the_diagnosis_of_another_city_is_not_there(coordinator, draft, plan, elsewhere):
    theirs = diagnosis_of(elsewhere)

    for page in (
        reverse("plan-take", args=[draft.pk, "home-burglary"]),
        reverse("plan-add", args=[plan.pk, "problems"]),
    ):
        assert coordinator.get(f"{page}?diagnosis={theirs}").status_code == 404
        sent = {**PROBLEM, "findings": ["0"]}
        assert coordinator.post(f"{page}?diagnosis={theirs}", sent).status_code == 404


def test_an_adopted_plan_and_other_roles_take_nothing(client, city, people, finished):
    page = reverse("plan-take", args=[followed_plan_of(city), "home-burglary"])
    client.force_login(people[Role.COORDINATOR])
    assert client.get(f"{page}?diagnosis={finished.pk}").status_code == 403
    client.force_login(member(city, Role.PARTNER))
    assert client.get(page).status_code == 403
