"""This file knows that what is written is read again, and what is wrong is refused in words."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings

from forestall.errors import InvalidOutput, InvalidQuestionnaire
from forestall.questionnaires import (
    Reply,
    SchemaKind,
    questionnaire_from_json,
    questionnaire_schema,
    questionnaire_to_json,
    read_definitions,
    read_questionnaire,
    read_reply,
    reply_from_json,
    reply_to_json,
    write_questionnaire,
    write_reply,
)
from scripts.make_questionnaire_schemas import FOLDER, written_schema
from tests.questionnaires.any_replies import INSTRUMENT, any_replies, drafted, reply

if TYPE_CHECKING:
    from pathlib import Path

REPLIES = jsonschema.Draft202012Validator(questionnaire_schema(SchemaKind.REPLY))
QUESTIONNAIRES = jsonschema.Draft202012Validator(questionnaire_schema())
ANY = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
BARE = {"questionnaire": "2006-20", "version": 1, "country": "XA", "on": "2026-01-31"}


def _with(**fields: Any) -> bytes:
    return json.dumps({**BARE, **fields}).encode()


@ANY
@given(any_replies)
def test_any_reply_is_read_as_it_was_written(given_reply: Reply):
    written = reply_to_json(given_reply)

    assert reply_from_json(written) == given_reply
    assert reply_to_json(reply_from_json(written)) == written
    REPLIES.validate(json.loads(written))


@ANY
@given(any_replies)
def test_the_order_of_answers_changes_no_byte(given_reply: Reply):
    turned = dict(reversed(given_reply.answers.items()))

    again = reply(turned, country=given_reply.country)
    same = reply(given_reply.answers, country=given_reply.country)
    assert reply_to_json(again) == reply_to_json(same)


@pytest.mark.parametrize("asked", read_definitions(), ids=lambda one: one.key)
def test_definitions_keep_to_the_schema_and_to_their_form(asked: Any):
    written = questionnaire_to_json(asked)
    packaged = FOLDER / "definitions" / f"{asked.key}.v{asked.version}.json"

    QUESTIONNAIRES.validate(json.loads(written))
    assert packaged.read_bytes() == written


@pytest.mark.parametrize("kind", list(SchemaKind))
def test_the_packaged_schemas_follow_the_records(kind: SchemaKind):
    assert (FOLDER / f"{kind.value}.schema.json").read_text("utf-8") == written_schema(kind)


def test_the_schema_says_what_a_field_means():
    parts = questionnaire_schema(SchemaKind.REPLY)["$defs"]

    assert parts["Answer"]["properties"]["marks"]["description"] == (
        "Keys of the boxes that are marked."
    )
    assert "Examples" not in json.dumps(questionnaire_schema())


def test_files_are_written_and_read(tmp_path: Path):
    own = reply({"Q3": drafted(text="Ministère", language="fr")})

    assert read_reply(write_reply(own, tmp_path / "reply.json")) == own
    file = write_questionnaire(INSTRUMENT, tmp_path / "own.json")
    assert read_questionnaire(file) == INSTRUMENT
    assert sorted(one.name for one in tmp_path.iterdir()) == ["own.json", "reply.json"]


def test_a_file_may_name_its_schema():
    assert reply_from_json(_with(**{"$schema": "urn:forestall:reply:1"})).country == "XA"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff", "reply.json is not written in UTF-8."),
        (b"[]", "reply.json needs one JSON object, from { to }."),
        (b'{"on": 1, "on": 2}', "reply.json names “on” twice in one part."),
        (b"{", "reply.json is no JSON from line 1 on."),
        (b"{}", "reply.json lacks the field “questionnaire” at the top."),
        (_with(format=2), "reply.json is of format 2, but this program reads format 1."),
        (_with(on="spring"), "reply.json needs a day such as 2026-01-31 at on."),
        (_with(version="1"), "needs a whole number at version, but holds a text."),
        (_with(score=5), "reply.json has a field “score” at the top, which no such file has."),
        (
            _with(answers={"Q1": {"choice": "maybe"}}),
            "needs one of these at answers.Q1.choice: “yes”, “yes-in-part”, “no”, and "
            "“not-applicable”.",
        ),
        (
            _with(answers={"Q1": {}, "Q2(a)": {"state": "done"}}),
            "needs one of these at answers.Q2(a).state: “open”, “drafted”, and “not-applicable”.",
        ),
        (
            _with(answers={"Q3": {"offender_name": "x"}}),
            "has a field “offender_name” at answers.Q3, but a reply names offices and never "
            "persons.",
        ),
        (_with(answers={"Q1": {"marks": [1]}}), "a text at answers.Q1.marks[0], but holds"),
        (_with(country="Xland"), "two capital letters, such as “AR”."),
        (_with(on="0001-01-31"), "The day at on lies outside the years"),
        (_with(office="a\x07"), "The text at office holds a sign that cannot be written."),
        (
            _with(answers={"Q3": {"text": "x" * 20_001}}),
            "The text at answers.Q3.text has 20,001 characters, but 20,000 are the most.",
        ),
        (
            _with(answers={"Q1": {"attachments": [{"name": "law.pdf", "sha256": "12"}]}}),
            "The checksum at answers.Q1.attachments[0].sha256 needs 64 digits",
        ),
    ],
)
def test_a_bad_reply_is_refused_with_its_place(content: bytes, said: str):
    with pytest.raises(InvalidQuestionnaire) as refusal:
        reply_from_json(content)

    assert said in str(refusal.value)


def test_a_reply_that_is_too_large_is_refused():
    with pytest.raises(InvalidQuestionnaire, match="is larger than 20 MB"):
        reply_from_json(b" " * 20_000_001)


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path):
    wrong = reply({}, country="x", on=date(2026, 1, 31))

    with pytest.raises(InvalidQuestionnaire):
        write_reply(wrong, tmp_path / "reply.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_without_permission_is_told(tmp_path: Path):
    tmp_path.chmod(0o500)

    with pytest.raises(InvalidOutput, match=r"cannot be written: permission denied\."):
        write_reply(reply({}), tmp_path / "reply.json")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(InvalidOutput, match="cannot be written: no such file"):
        write_reply(reply({}), tmp_path / "nowhere" / "reply.json")


def test_bytes_of_a_definition_are_refused_as_a_reply():
    with pytest.raises(InvalidQuestionnaire, match="has a field “key” at the top"):
        reply_from_json(questionnaire_to_json(INSTRUMENT))
    with pytest.raises(InvalidQuestionnaire, match=r"^own\.json has a field “questionnaire”"):
        questionnaire_from_json(_with(), name="own.json")
