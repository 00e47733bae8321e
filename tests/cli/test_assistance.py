"""``forestall assistance`` matches, explains, proposes and follows up; it refuses plainly."""

import json

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from forestall.assistance import assistance_schema, read_proposals
from tests.cli.in_process import refused, said


@pytest.fixture
def folder(tmp_path):
    said("assistance", "example", "-o", tmp_path)
    return tmp_path


def test_the_example_is_matched_with_reasons(folder):
    answer = said("assistance", "match", folder / "needs.json", folder / "offers.json")

    assert "harbour-evaluation ← institute\n  - Both name the area" in answer
    assert "hill-evaluation: no offer\n  - 1 offer fits, and it is taken.\n" in answer
    assert "  - “design-office”: no language in common.\n" in answer
    assert "Order: who has waited longer. " in answer
    assert answer.endswith("2 of 4 open needs have a fitting offer.\n")


def test_the_matching_keeps_to_its_schema_and_proposals_stand_next_time(folder):
    given = (folder / "needs.json", folder / "offers.json")
    out, made = folder / "matching.json", folder / "proposals.json"

    said("assistance", "match", *given, "-o", out, "--propose", made, "--today", "2026-03-02")

    schema = json.loads(said("assistance", "schema", "matching"))
    assert schema == json.loads(json.dumps(assistance_schema("matching")))
    Draft202012Validator(schema).validate(json.loads(out.read_bytes()))
    assert [one.need for one in read_proposals(made).proposals] == [
        "harbour-evaluation",
        "valley-partnerships",
    ]
    again = said("assistance", "match", *given, "--proposals", made)
    assert "is bound to “harbour-evaluation” by a proposal that is “proposed”" in again
    assert again.endswith("0 of 2 open needs have a fitting offer.\n")
    assert said("assistance", "due", made) == "Nothing is due.\n"


def test_another_order_gives_another_answer(folder):
    given = (folder / "needs.json", folder / "offers.json")

    answer = said("assistance", "match", *given, "--need-order", "priority,waited")

    assert "hill-evaluation ← institute" in answer


def test_bad_words_and_files_are_refused(folder):
    given = (folder / "needs.json", folder / "offers.json")

    assert "--need-order needs words of this list" in refused(
        "assistance", "match", *given, "--need-order", "money"
    )
    assert "cannot be read" in refused("assistance", "match", folder / "none.json", given[1])
    assert "lacks the field “needs”" in refused("assistance", "match", given[1], given[1])[
        :200
    ] or ("does not belong there" in refused("assistance", "match", given[1], given[1]))
    assert "there already" in refused("assistance", "example", "-o", folder)
    assert "There is a schema for each of" in refused("assistance", "schema", "people")
