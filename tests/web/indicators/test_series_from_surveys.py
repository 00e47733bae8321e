"""A survey is brought wave by wave, and an indicator is read from its answers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forestall.errors import InvalidFile
from forestall.web.data.folders import surveys_folder
from forestall.web.indicators.models import IndicatorSource
from forestall.web.organisations.roles import Role
from forestall.web.surveys.models import Survey
from forestall.web.surveys.reading import answers_of, read_answers
from tests.web.conftest import member
from tests.web.indicators.conftest import KEY, plan_of, series_of, source_of

FIRST = {"first_day": "2025-05-01", "last_day": "2025-06-30"}
SECOND = {"first_day": "2026-05-01", "last_day": "2026-06-30"}
UNSAFE = {
    "wording": "How safe do you feel walking alone after dark?",
    "counted": ["3"],
    "no_answer": ["9"],
}


def answers(unsafe: int, safe: int, *, silent: int = 10) -> str:
    """Return a file of answers: codes 3 and 1, and 9 of those who did not say."""
    codes = [3] * unsafe + [1] * safe + [9] * silent
    rows = [f"k{one},1.5,{code}\n" for one, code in enumerate(codes)]
    return "key,weight,q7\n" + "".join(rows)


@pytest.fixture
def survey(city):
    return Survey.objects.create(jurisdiction=city, name="Safety survey", weights="weight")


def bring_wave(client, survey, content, *, name="answers.csv", **days):
    file = SimpleUploadedFile(name, content.encode())
    return client.post(survey.get_absolute_url(), {"file": file, **days}, follow=True)


def link_to(client, plan, survey, **changed):
    address = reverse("plan-source-survey", args=[plan.pk, KEY, survey.pk])
    return client.post(f"{address}?column=q7", {**UNSAFE, **changed}, follow=True)


def test_a_survey_is_begun_and_a_wave_is_kept(coordinator):
    coordinator.post(reverse("survey-add"), {"name": "Safety survey", "weights": "weight"})
    survey = Survey.objects.get()

    answer = bring_wave(coordinator, survey, answers(30, 90), **FIRST)

    wave = survey.waves.get()
    assert (wave.people, wave.answers) == (130, {"q7": [1.0, 3.0, 9.0]})
    assert wave.sha256[:16] in answer.text
    assert "Safety survey" in coordinator.get(reverse("surveys")).text


def test_codes_without_an_end_and_tables_of_too_many_rows_are_no_answers(survey, tmp_path):
    found = pd.DataFrame({"weight": [1.0, 1, 1], "q7": [1.0, 3, float("inf")]})
    assert answers_of(survey, found) == {"q7": [1.0, 3.0]}

    many = tmp_path / "many.parquet"
    pd.DataFrame({"weight": np.ones(1_000_001, dtype="int8")}).to_parquet(many)
    with pytest.raises(InvalidFile, match="no table of answers"):
        read_answers(many, "many")


def test_the_series_is_the_share_with_its_interval_and_grows_with_a_wave(
    coordinator, followed, survey
):
    bring_wave(coordinator, survey, answers(30, 90), **FIRST)
    address = reverse("plan-source-survey", args=[followed.pk, KEY, survey.pk])
    assert "?column=q7" in coordinator.get(address).text

    link_to(coordinator, followed, survey)
    assert series_of(followed) == {"2025-06-30": 25.0}
    one = followed.content.objectives[0].measured[0]
    # By hand: a logit interval of 30 of 120 with t and 129 degrees of freedom.
    assert (one.low, one.high) == pytest.approx((18.0, 33.6), abs=0.15)
    assert "120 people answered" in one.source["en"].replace("\xa0", " ")

    bring_wave(coordinator, survey, answers(20, 100), **SECOND)
    assert series_of(followed) == {"2025-06-30": 25.0, "2026-06-30": 16.7}


@pytest.mark.parametrize(("unsafe", "safe"), [(20, 20), (4, 90), (90, 3)])
def test_a_share_that_rests_on_few_people_is_not_told(coordinator, followed, survey, unsafe, safe):
    bring_wave(coordinator, survey, answers(unsafe, safe), **FIRST)

    answer = link_to(coordinator, followed, survey)

    assert series_of(followed) == {}
    assert "Too few people gave such an answer" in answer.text


@pytest.mark.parametrize(("few", "told"), [(3, False), (6, True)])
def test_two_shares_that_differ_by_few_people_are_not_told_side_by_side(
    coordinator, followed, survey, city, people, few, told
):
    second = plan_of(city, people[Role.COORDINATOR])
    rare = "".join(f"r{one},1.5,4\n" for one in range(few))
    bring_wave(coordinator, survey, answers(30, 90) + rare, **FIRST)
    link_to(coordinator, second, survey)
    assert series_of(second)

    link_to(coordinator, followed, survey, counted=["3", "4"])

    # The second yields: the first was told, and stays known.
    assert (bool(series_of(second)), bool(series_of(followed))) == (True, told)


@pytest.mark.parametrize(("few", "told"), [(2, False), (6, True)])
def test_shares_that_leave_few_people_together_are_not_told_side_by_side(
    coordinator, followed, survey, city, people, few, told
):
    second = plan_of(city, people[Role.COORDINATOR])
    rare = "".join(f"r{one},1.5,4\n" for one in range(few))
    bring_wave(coordinator, survey, answers(40, 60) + rare, **FIRST)
    link_to(coordinator, second, survey, counted=["1"])
    assert series_of(second)

    link_to(coordinator, followed, survey)

    # The second yields: the first was told, and stays known.
    assert (bool(series_of(second)), bool(series_of(followed))) == (True, told)


@pytest.mark.parametrize(("few", "told"), [(2, False), (6, True)])
def test_a_share_told_before_stays_known_when_the_link_is_another(
    coordinator, followed, survey, few, told
):
    rare = "".join(f"r{one},1.5,4\n" for one in range(few))
    bring_wave(coordinator, survey, answers(40, 60) + rare, **FIRST)
    link_to(coordinator, followed, survey, counted=["1"])
    assert series_of(followed)

    link_to(coordinator, followed, survey, counted=["1", "4"])

    point = source_of(followed).points.get()
    assert (point.value is not None, point.people is not None) == (told, told)


def test_a_wave_without_the_question_is_told(coordinator, followed, survey):
    bring_wave(coordinator, survey, answers(30, 90), **FIRST)
    link_to(coordinator, followed, survey)

    bring_wave(coordinator, survey, answers(30, 90).replace("q7", "q8"), **SECOND)

    assert "has no column q7" in source_of(followed).failure
    assert series_of(followed) == {"2025-06-30": 25.0}


def test_a_wave_with_a_code_that_nobody_decided_on_is_told(coordinator, followed, survey):
    bring_wave(coordinator, survey, answers(30, 90), **FIRST)
    link_to(coordinator, followed, survey)

    bring_wave(coordinator, survey, answers(30, 90) + "z,1.5,4\n", **SECOND)

    assert "has the code 4 in q7" in source_of(followed).failure


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("key,weight,Surname\n1,1,Doe\n", "a.csv", "Answers are kept without names"),
        ("key,other\n1,2\n", "a.csv", "needs the column weight"),
        ("key,weight,q7\n1,x,2\n2,y,2\n", "a.csv", "holds no numbers"),
        ("key,weight,q7\n1,-1,2\n2,1,2\n", "a.csv", "Weights are numbers from 0"),
        ("", "a.csv", "is empty"),
        ("PK", "a.xlsx", "is a spreadsheet"),
        ("not parquet", "a.parquet", "is not what the end of its name says"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_not_kept(
    coordinator, survey, files, content, name, said
):
    answer = bring_wave(coordinator, survey, content, name=name, **FIRST)

    assert answer.status_code == 422
    assert said in answer.text
    assert not survey.waves.exists()
    folder = surveys_folder(survey.jurisdiction)
    assert not folder.exists() or not list(folder.iterdir())


@pytest.mark.parametrize(
    "days",
    [{"first_day": "2025-07-01", "last_day": "2025-06-30"}, {"first_day": "2025-06-30"}, FIRST],
)
def test_days_that_cannot_be_are_refused(coordinator, survey, days):
    bring_wave(coordinator, survey, answers(30, 90), **FIRST)

    assert bring_wave(coordinator, survey, answers(30, 90), **days).status_code == 422


def test_a_code_cannot_count_and_be_no_answer(coordinator, followed, survey):
    bring_wave(coordinator, survey, answers(30, 90), **FIRST)

    assert link_to(coordinator, followed, survey, no_answer=["3"]).status_code == 422
    assert link_to(coordinator, followed, survey, counted=["77"]).status_code == 422
    assert not IndicatorSource.objects.exists()


def test_the_survey_of_another_city_is_not_there(client, coordinator, followed, elsewhere, survey):
    theirs = Survey.objects.create(jurisdiction=elsewhere, name="Theirs", weights="weight")

    assert link_to(coordinator, followed, theirs).status_code == 404
    assert coordinator.get(theirs.get_absolute_url()).status_code == 404
    stranger = member(elsewhere, Role.COORDINATOR)
    client.force_login(stranger)
    assert link_to(client, plan_of(elsewhere, stranger), survey).status_code == 404
