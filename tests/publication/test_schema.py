"""Each bundled example is described by the published schema, in every form of its tables."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import jsonschema  # type: ignore[import-untyped]
import pytest

from forestall.publication import diagnosis_schema, publish_diagnosis
from forestall.publication.numbers import SCHEMA


@pytest.fixture(scope="module")
def folder(bundled, tmp_path_factory):
    out = tmp_path_factory.mktemp("bundled") / "report"
    formats = ["xlsx", "parquet", "sdmx"]
    publish_diagnosis(
        bundled, out=out, made_on=date(2024, 3, 1), formats=formats, languages=["en", "ar"]
    )
    return out


def test_an_example_follows_the_schema_that_it_names(folder):
    schema = diagnosis_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in (folder / "diagnosis.json", folder / "ar" / "diagnosis.json"):
        numbers = json.loads(path.read_text())
        jsonschema.validate(numbers, schema)
        assert numbers["$schema"] == schema["$id"] == SCHEMA


def test_an_example_has_its_tables_in_every_form(folder):
    names = {path.stem for path in (folder / "tables").glob("*.csv")} - {"codebook"}

    assert {path.stem for path in (folder / "tables").glob("*.parquet")} == names
    assert (folder / "tables.xlsx").is_file()
    assert (folder / "ar" / "tables.xlsx").is_file()
    indicators = (folder / "sdmx" / "indicators.csv").read_text()
    rows = list(csv.DictReader(io.StringIO(indicators)))
    assert {row["INDICATOR"] for row in rows} == {"INCIDENTS"}
    assert any(row["ICCS"].startswith("ICCS") for row in rows)
