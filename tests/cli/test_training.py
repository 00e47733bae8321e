"""``forestall training`` says what a plan calls for and who has it; it refuses plainly."""

import json

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from tests.cli.in_process import refused, said


@pytest.fixture
def folder(tmp_path):
    said("training", "example", "-o", tmp_path)
    return tmp_path


def test_the_example_is_told_with_reasons_and_courses(folder):
    given = (folder / "plan.json", folder / "holdings.json", "--today", "2025-04-01")
    out = folder / "gaps.json"

    answer = said("training", "gaps", *given, "--courses", folder / "courses.json", "-o", out)

    assert "Quick help after a burglary: repair, locks, a visit: The action needs data" in answer
    assert "  - Course: “Data on persons in prevention”, University of Port Alder, in" in answer
    assert "  - Said so: Victim support: 3 to 5 people\n" in answer
    assert "  - Qualification: Certificate in crime prevention\n" in answer
    schema = json.loads(said("training", "schema", "gaps"))
    Draft202012Validator(schema).validate(json.loads(out.read_bytes()))
    assert "Course:" not in said("training", "gaps", *given)


def test_the_skills_are_listed_with_their_paragraphs():
    assert "evaluation: Evaluation (2002/13:23(a))\n" in said("training", "skills")


def test_bad_words_and_files_are_refused(folder):
    assert "is there already" in refused("training", "example", "-o", folder)
    assert "There is a schema for each of" in refused("training", "schema", "people")
    wrong = refused("training", "gaps", folder / "plan.json", folder / "courses.json")
    assert "courses.json has a field “courses” at the top, which does not belong there" in wrong
