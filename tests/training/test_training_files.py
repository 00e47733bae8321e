"""Files of courses and holdings are read whole or refused, and keep to their schemas."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from msgspec.structs import replace

from forestall.errors import InvalidTraining
from forestall.plan import example_plan
from forestall.training import (
    CourseDate,
    Price,
    Skill,
    check_courses,
    courses_for,
    example_courses,
    example_holdings,
    gaps_file,
    next_date,
    read_courses,
    read_holdings,
    skill_gaps,
    training_schema,
    write_training,
)
from tests.house.sources import ROOT

COURSES = example_courses()


def test_the_paragraphs_of_skills_are_paragraphs_of_the_texts():
    assert len({one.words.text for one in Skill}) == len(Skill)
    assert {one.paragraph.partition(":")[0] for one in Skill} == {"1995/9", "1997/33", "2002/13"}
    assert (ROOT / "src/forestall/training").is_dir()


def test_what_is_written_keeps_to_the_schema_and_is_read_again(tmp_path):
    found = skill_gaps(example_plan(), example_holdings(), courses=COURSES, today=date(2025, 4, 1))
    contents: dict[str, Any] = {
        "courses": COURSES,
        "holdings": example_holdings(),
        "gaps": gaps_file(found, languages=("en", "fr")),
    }

    for name, content in contents.items():
        file = write_training(content, tmp_path / f"{name}.json")
        Draft202012Validator(training_schema(name)).validate(json.loads(file.read_bytes()))

    assert read_courses(tmp_path / "courses.json") == COURSES
    assert read_holdings(tmp_path / "holdings.json") == example_holdings()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "no JSON from line 1"),
        ('{"courses": [], "format": 2}', "another format"),
        ('{"courses": [{"key": "n"}]}', "lacks the field “title” at courses[0]"),
        ('{"courses": [], "person": 1}', "never persons"),
        ('{"courses": [], "level": 3}', "does not belong there"),
        ('{"courses": [], "skills": [{"key": "A b", "name": {"en": "x"}}]}', "small letters"),
    ],
)
def test_a_faulty_file_is_refused_with_the_place(tmp_path, content, said):
    file = tmp_path / "courses.json"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(InvalidTraining) as refused:
        read_courses(file)
    assert said in str(refused.value)
    assert str(refused.value).count("\n") == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"skills": ()}, "A skill is needed at courses[0].skills"),
        ({"skills": ("boats",)}, "no skill of the key at courses[0].skills"),
        ({"languages": ()}, "A language is needed"),
        ({"languages": ("French",)}, "has no tag"),
        ({"hours": 0}, "courses[0].hours cannot be"),
        ({"price": Price(amount=-1, currency="EUR", source={"en": "x"})}, "amount cannot be"),
        ({"price": Price(amount=float("nan"), currency="EUR", source={"en": "x"})}, "cannot be"),
        ({"price": Price(amount=1, currency="euro", source={"en": "x"})}, "currency"),
        ({"price": Price(amount=1, currency="EUR", source={})}, "Words are needed"),
        ({"qualification": "none"}, "no qualification"),
        ({"key": COURSES.courses[1].key}, "stands there twice"),
        ({"title": {"en": " "}}, "Words are needed at courses[0].title"),
        ({"dates": (CourseDate(first=date(2025, 2, 2), last=date(2025, 2, 1)),)}, "ends before"),
    ],
)
def test_a_course_that_cannot_be_is_refused(changes, said):
    first, *others = COURSES.courses

    with pytest.raises(InvalidTraining) as refused:
        check_courses(replace(COURSES, courses=(replace(first, **changes), *others)))
    assert said in str(refused.value)


def test_courses_in_a_language_of_the_plan_come_first_and_past_days_are_left_out():
    def keys(*languages):
        found = courses_for("victim-support", both, languages=languages, today=date(2025, 1, 1))
        return [one.course.key for one in found]

    english = replace(COURSES.courses[3], key="second", languages=("en-GB",))
    both = replace(COURSES, courses=(COURSES.courses[3], english))
    assert keys("en") == ["second", "first-visit"]
    assert keys("es") == ["first-visit", "second"]

    days = [CourseDate(first=date(2025, month, 1), last=date(2025, month, 2)) for month in (3, 1)]
    assert next_date(days, date(2025, 1, 1)) == days[1]
    assert next_date(days, date(2025, 1, 2)) == days[0]
    assert next_date(days, date(2025, 3, 2)) is None


def test_there_is_a_schema_for_each_file_only():
    with pytest.raises(InvalidTraining, match="There is a schema for each of"):
        training_schema("persons")
