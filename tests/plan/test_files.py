"""A plan is read as it was written, and what is no plan is refused with the place of the fault."""

from __future__ import annotations

import copy
import json
import os
import re

import jsonschema  # type: ignore[import-untyped]
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from forestall.errors import InvalidOutput, InvalidPlan
from forestall.languages import use_language
from forestall.plan import (
    example_plan,
    plan_from_json,
    plan_schema,
    plan_to_json,
    read_plan,
    write_plan,
)
from scripts.make_plan_schema import written_schema
from tests.plan.any_plans import any_plans

WRITTEN = plan_to_json(example_plan())
EXAMPLE = json.loads(WRITTEN)
VALIDATOR = jsonschema.Draft202012Validator(plan_schema())
ANY = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read(content, name="plan.json"):
    written = content if isinstance(content, bytes) else json.dumps(content).encode()
    return plan_from_json(written, name=name)


def changed(path, value):
    """Return the example with another value at a place such as ``actions.0.steps``."""
    content = json.loads(WRITTEN)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    part = content
    for step in way:
        part = part[step]
    part[last] = value
    return content


@ANY
@given(any_plans())
def test_any_plan_is_read_as_it_was_written(plan):
    written = plan_to_json(plan)

    assert plan_from_json(written) == plan
    assert plan_to_json(plan_from_json(written)) == written


@ANY
@given(any_plans())
def test_any_plan_keeps_to_the_schema(plan):
    VALIDATOR.validate(json.loads(plan_to_json(plan)))


def test_the_example_keeps_to_the_schema_and_a_misspelt_field_does_not():
    VALIDATOR.validate(EXAMPLE)

    with pytest.raises(jsonschema.ValidationError, match="contry"):
        VALIDATOR.validate(changed("place.contry", "XX"))


def test_the_packaged_schema_follows_the_records():
    assert json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n" == written_schema()


def test_the_schema_says_of_records_and_fields_what_the_docstrings_say():
    step = plan_schema()["$defs"]["Step"]

    assert step["description"] == "One step of an action, from its first to its last day."
    assert step["properties"]["finished"]["description"].startswith("How far it is")


def test_texts_stand_in_the_order_of_the_languages_of_the_plan():
    plan = example_plan()
    turned = replace(plan, title=dict(reversed(plan.title.items())))

    assert plan_to_json(turned) == plan_to_json(plan)
    assert list(json.loads(plan_to_json(plan))["title"]) == ["en", "fr", "ar"]


def test_letters_are_written_as_they_are_and_usual_values_are_left_out():
    written = plan_to_json(example_plan()).decode()

    assert "بورت ألدر" in written
    assert '"scores_individuals"' not in written
    assert '"state": "consulted"' in written


def test_a_file_is_replaced_as_a_whole(tmp_path, monkeypatch):
    file = write_plan(example_plan(), tmp_path / "plan.json")
    before = file.read_bytes()

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InvalidOutput, match=r"plan\.json cannot be written: no space left"):
        write_plan(replace(example_plan(), version=4), file)

    assert file.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["plan.json"]


def test_a_plan_that_contradicts_itself_is_not_written(tmp_path):
    with pytest.raises(InvalidPlan, match="has no partner"):
        write_plan(replace(example_plan(), accountable="nobody"), tmp_path / "plan.json")

    assert not list(tmp_path.iterdir())


def test_a_file_in_a_folder_that_is_not_there_is_not_written(tmp_path):
    with pytest.raises(InvalidOutput, match="cannot be written"):
        write_plan(example_plan(), tmp_path / "none" / "plan.json")


def test_a_file_that_is_not_there_is_said_by_its_name(tmp_path):
    with pytest.raises(InvalidPlan, match=r"^none\.json cannot be read: no such file"):
        read_plan(tmp_path / "none.json")


def test_a_file_of_an_editor_of_windows_is_read(tmp_path):
    file = tmp_path / "plan.json"
    file.write_bytes(b"\xef\xbb\xbf" + plan_to_json(example_plan()).replace(b"\n", b"\r\n"))

    assert read_plan(file) == example_plan()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"", "plan.json is no JSON from line 1 on."),
        (b"{", "plan.json is no JSON from line 1 on."),
        (b"[]", "plan.json needs one JSON object, from { to }."),
        (b"\xff\xfe{}", "plan.json is not written in UTF-8."),
        (b'{"key": "a", "key": "b"}', "plan.json names “key” twice in one part."),
        (b'{"version": NaN}', "plan.json holds NaN, which is no number."),
        (b'{"version": 1e999}', "plan.json holds 1e999, which is no finite number."),
        (b'{"version": 9007199254740993}', "plan.json holds a whole number that is too large"),
        (b"[" * 100_000, "plan.json is no JSON"),
        (b" " * 20_000_001, "plan.json is larger than 20 MB."),
        (b'{"format": 2, "new": 1}', "plan.json is of format 2, but this program reads format 1."),
        (b"{}", "plan.json cannot be used. At the top: the field “key” (short name) is missing."),
    ],
)
def test_what_is_no_plan_is_refused(written, said):
    with pytest.raises(InvalidPlan, match="^" + re.escape(said)):
        read(written)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("problems.0.title.fr", 5, "title, French: a text is needed, but there is a whole number."),
        ("title", "Gates", "used. Title: a part in braces is needed, but there is a text."),
        ("actions", {}, "Action: a list is needed, but there is a part in braces."),
        ("actions.1.money.0.amount", "much", "sum 1, amount: a number is needed, but there is"),
        ("actions.1.money.0.year", 2025.5, "sum 1, year: a whole number is needed, but"),
        ("actions.1.money.0.confirmed", 1, "sum 1, confirmed: true or false is needed, but"),
        ("starts", "1.1.2025", "First day: a day such as 2026-01-31 is needed."),
        ("ends", None, "Last day: a day such as 2026-01-31 is needed, but there is nothing."),
        ("actions.0.approach", "walls", "alleys”, approach: one of these is needed: “social”"),
        ("actions.0.stepps", [], "alleys”: there is a field “stepps”, which no plan has."),
        ("partners.0.birthdate", "x", "“birthdate”, but a plan names offices and never persons"),
        ("actions.0.assessment.decisions.0.agrees", "yes", "decision 1, agrees: true or false is"),
    ],
)
def test_a_wrong_type_is_said_with_its_place(path, value, said):
    with pytest.raises(InvalidPlan, match=re.escape(said)) as refusal:
        read(changed(path, value), name="alder.json")

    assert str(refusal.value).startswith("alder.json ")


def test_a_file_can_name_its_schema():
    content = {"$schema": plan_schema()["$id"], **EXAMPLE}

    VALIDATOR.validate(content)
    assert read(content) == example_plan()


def test_a_missing_field_is_said_with_its_place():
    content = copy.deepcopy(EXAMPLE)
    del content["actions"][0]["steps"][1]["ends"]

    with pytest.raises(InvalidPlan, match=r"step 2: the field “ends” \(last day\) is missing\."):
        read(content)


def test_a_contradiction_is_said_with_the_name_of_the_file():
    with pytest.raises(
        InvalidPlan, match=r"^alder\.json cannot be used\. Partner that answers .* “nobody”"
    ):
        read(changed("accountable", "nobody"), name="alder.json")


def test_an_error_can_be_told_in_another_language():
    with pytest.raises(InvalidPlan) as refusal:
        read(changed("title", 5))

    with use_language("ar"):
        assert "plan.json" in str(refusal.value)


def places_inside(content, path=()):
    yield path
    if isinstance(content, dict):
        for key, value in content.items():
            yield from places_inside(value, (*path, key))
    elif isinstance(content, list) and content:
        yield from places_inside(content[0], (*path, 0))


WRONG: list[object] = [None, 7, "\x00", [], {}, [[]], {"en": None}, {"tlh": "x"}, -1e308, True]


def answer(content):
    try:
        plan_from_json(json.dumps(content).encode())
    except InvalidPlan as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize("place", list(places_inside(EXAMPLE))[1:], ids=str)
def test_a_wrong_value_anywhere_is_read_or_refused_in_one_line(place):
    for wrong in WRONG:
        content = changed(".".join(map(str, place)), wrong)

        assert "\n" not in answer(content)


def test_records_are_frozen_and_know_no_other_field():
    with pytest.raises(AttributeError):
        example_plan().version = 5  # type: ignore[misc]
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(
            {"name": {}, "country": "XX", "level": "local", "x": 1}, type(example_plan().place)
        )
