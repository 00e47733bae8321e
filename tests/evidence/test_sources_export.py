"""Evidence leaves in open formats that other programs, and we ourselves, read again."""

import csv
import json
from dataclasses import replace

import jsonschema  # type: ignore[import-untyped]
import pytest
import rispy
from hypothesis import given, settings

from forestall.errors import InvalidOutput, NoSpaceLeft, UnknownFormat
from forestall.evidence.appraisal import Concern
from forestall.evidence.library import Evidence, packaged_evidence
from forestall.evidence.metrics import Metric
from forestall.evidence.sources import (
    Reference,
    ReferenceKind,
    export_evidence,
    read_effects,
    read_references,
)
from forestall.evidence.sources.evidence_json import evidence_record, evidence_schema
from forestall.evidence.sources.export import EXPORT_FORMATS, sources_of
from forestall.evidence.vocabulary import Design, Finding, Kind, Outcome, Problem
from tests.evidence.any_effects import any_effect

VALIDATOR = jsonschema.Draft202012Validator(evidence_schema())
GATES = Reference(key="gates", title="Gates in alleys", authors=("Ek, Anna",), year=2018)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    out = tmp_path_factory.mktemp("evidence") / "export"
    export_evidence(packaged_evidence(), out, formats=EXPORT_FORMATS, references=[GATES])
    return out


def test_effects_come_back_to_the_last_digit(exported):
    assert read_effects(exported / "effects.csv") == packaged_evidence().effects


def test_json_keeps_to_the_schema_beside_it(exported):
    schema = json.loads((exported / "evidence.schema.json").read_text("utf-8"))
    record = json.loads((exported / "evidence.json").read_text("utf-8"))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(record)
    assert len(record["reviews"]) == len(packaged_evidence().reviews)
    assert len(record["effects"]) == len(packaged_evidence().effects)
    assert record["references"][0]["title"] == "Gates in alleys"


@given(any_effect())
@settings(deadline=None)
def test_any_effect_keeps_to_the_schema(effect):
    VALIDATOR.validate(evidence_record(Evidence(reviews=(), effects=(effect,)), [GATES]))


@pytest.mark.parametrize(
    ("where", "value"), [("standard_error", 0), ("favours", "left"), ("effect", None), ("x", 1)]
)
def test_the_schema_refuses_what_is_no_record(where, value):
    (effect, *_) = packaged_evidence().effects
    record = evidence_record(Evidence(reviews=(), effects=(effect,)), ())
    record["effects"][0][where] = value

    assert not VALIDATOR.is_valid(record)


def test_the_schema_lists_every_word_of_the_vocabulary():
    kinds = evidence_schema()["$defs"]
    effect, reading = kinds["effect"]["properties"], kinds["reading"]["properties"]

    assert effect["outcome"]["enum"] == [one.value for one in Outcome]
    assert effect["design"]["enum"] == [one.value for one in Design]
    assert effect["problems"]["items"]["enum"] == [one.value for one in Problem]
    assert reading["finding"]["enum"] == [one.value for one in Finding]
    assert reading["kind"]["enum"] == [one.value for one in Kind]
    assert reading["concerns"]["items"]["enum"] == [one.value for one in Concern]
    assert kinds["size"]["properties"]["metric"]["enum"] == [one.value for one in Metric]
    assert kinds["reference"]["properties"]["kind"]["enum"] == [one.value for one in ReferenceKind]


def test_figures_of_reviews_are_those_of_the_packaged_table(exported):
    with (exported / "reviews.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["key"]: row for row in csv.DictReader(stream)}

    scared = rows["scared-straight-2013"]
    assert (scared["metric"], scared["effect"], scared["low"]) == ("OR", "1.68", "1.2")
    assert len(rows) == len(packaged_evidence().reviews)
    assert any(row["law_enforcement"] == "yes" for row in rows.values())


def test_readings_stand_apart_from_what_texts_say(exported):
    with (exported / "readings.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["key"]: row for row in csv.DictReader(stream)}

    assert rows["scared-straight-2013"]["finding"] == "harmful"
    assert list(rows) == [one.key for one in packaged_evidence().reviews]


def test_sources_are_read_by_us_and_by_others(exported):
    wanted = [*sources_of(packaged_evidence()), GATES]

    from_ris = read_references(exported / "sources.ris")
    from_bib = read_references(exported / "sources.bib")

    assert len({one.address for one in wanted}) == len(wanted)
    assert [one.title for one in from_ris] == [one.title for one in wanted]
    assert [(one.title, one.year, one.address) for one in from_bib] == [
        (one.title, one.year, one.address) for one in wanted
    ]
    theirs = rispy.loads((exported / "sources.ris").read_text("utf-8"))
    assert [one["title"] for one in theirs] == [one.title for one in wanted]


def test_licence_and_attribution_stand_beside_the_files(exported):
    said = (exported / "README.md").read_text("utf-8")

    for part in ("**What.**", "**Licence.**", "**Attribution.**", "**Law enforcement.**"):
        assert part in said
    for path in exported.iterdir():
        assert path.name == "README.md" or f"`{path.name}`" in said


def test_the_same_evidence_gives_the_same_bytes(tmp_path, exported):
    export_evidence(
        packaged_evidence(), tmp_path / "again", formats=EXPORT_FORMATS, references=[GATES]
    )

    for path in exported.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


def test_an_earlier_export_is_replaced_and_nothing_else(tmp_path):
    nothing, out = Evidence(reviews=(), effects=()), tmp_path / "export"
    export_evidence(nothing, out, formats=["csv", "bib"])

    files = export_evidence(nothing, out, formats=["json"])

    assert sorted(out.iterdir()) == sorted(files)
    (out / "notes.txt").write_text("mine")
    with pytest.raises(InvalidOutput, match=r"holds “notes\.txt”"):
        export_evidence(nothing, out)
    (out / "notes.txt").unlink()
    (out / "README.md").write_text("mine")
    with pytest.raises(InvalidOutput, match=r"holds “README\.md”"):
        export_evidence(nothing, out)
    with pytest.raises(InvalidOutput, match="is a file"):
        export_evidence(nothing, out / "README.md")
    with pytest.raises(InvalidOutput, match="where files can be written"):
        export_evidence(nothing, out / "README.md" / "deep")


@pytest.mark.parametrize("formats", [["xml"], [], ["csv", "XML"]])
def test_a_format_that_nobody_writes_is_refused(tmp_path, formats):
    with pytest.raises(UnknownFormat, match="Evidence is written as csv, json, ris, and bib"):
        export_evidence(packaged_evidence(), tmp_path / "out", formats=formats)

    assert not (tmp_path / "out").exists()


def test_a_full_disk_leaves_the_earlier_export(tmp_path, monkeypatch):
    nothing, out = Evidence(reviews=(), effects=()), tmp_path / "export"
    export_evidence(nothing, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(NoSpaceLeft, match="The disk is full"):
        export_evidence(packaged_evidence(), out)

    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


def test_each_text_is_a_source_once_under_its_title():
    evidence = packaged_evidence()
    first = evidence.effects[0]
    named = replace(first, key="named", source=replace(first.source, title="The title"))

    sources = sources_of(Evidence(reviews=evidence.reviews, effects=(first, named)))

    addresses = [one.address for one in sources]
    assert addresses == sorted(set(addresses))
    (one,) = [one for one in sources if one.address == first.source.address]
    assert one.title == "The title"
