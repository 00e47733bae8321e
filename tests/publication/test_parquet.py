"""Parquet files hold the protected tables typed, explained, and nothing that the CSV files lack."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.disclosure import protect_table
from forestall.languages import use_language
from forestall.publication.csv_files import csv_files
from forestall.publication.tables import Described, parquet, write_parquet
from forestall.publication.tables.parquet import report_parquet

TOLD = Described(
    name="Kinds", holds="Kinds of crime in Hill Town", columns={"incidents": "incidents recorded"}
)
KINDS = pd.DataFrame({"offence": ["Theft", "Arson", "Fraud"], "incidents": [1240, 3, 60]})


def protected(table=KINDS, **how):
    return protect_table(table, **{"rule": "threshold-5", "rows": "offence", "margins": [], **how})


def read(safe, **more):
    files = write_parquet({"kinds": safe}, codebook={"kinds": TOLD}, **more)
    return pq.read_table(io.BytesIO(files["kinds.parquet"]))


def test_columns_are_typed_and_a_hidden_count_is_missing_with_its_reason():
    table = KINDS.assign(share=(KINDS["incidents"] / 1303).round(4))
    table["period"] = pd.Timestamp("2024-01-01")
    table["covered"] = True

    found = read(protected(table, derived=["share"], attributes=["period", "covered"]))

    assert found.schema.names == ["offence", "incidents", "share", "period", "covered", "status"]
    assert found.schema.types == [
        pa.string(),
        pa.int64(),
        pa.float64(),
        pa.date32(),
        pa.bool_(),
        pa.string(),
    ]
    assert found["incidents"].to_pylist() == [1240, None, 60]
    assert found["share"].to_pylist() == [0.9517, None, 0.046]
    assert found["status"].to_pylist() == ["shown", "small", "shown"]


def test_a_file_says_what_it_holds_under_which_rule_from_whom():
    schema = read(protected(), source="Hill Town Police").schema
    told = json.loads(schema.metadata[b"forestall"])

    assert told["holds"] == "Kinds of crime in Hill Town"
    assert (told["rule"], told["threshold"]) == ("threshold-5", 5)
    assert told["source"] == "Hill Town Police"
    assert told["protection"][0].startswith("<5 means fewer than 5")
    assert (told["rows"], told["columns"], told["count"]) == ("offence", None, "incidents")
    assert schema.field("incidents").metadata == {b"meaning": b"incidents recorded"}


def test_the_same_tables_give_the_same_bytes_in_small_parts_too(monkeypatch):
    many = pd.DataFrame({"offence": [f"K{k}" for k in range(50)], "incidents": range(10, 60)})
    whole = write_parquet({"kinds": protected(many)}, codebook={"kinds": TOLD})

    assert write_parquet({"kinds": protected(many)}, codebook={"kinds": TOLD}) == whole
    monkeypatch.setattr(parquet, "_ROWS_AT_ONCE", 7)
    assert read(protected(many)).num_rows == 50


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        min_size=3,
        max_size=3,
        unique=True,
    ),
    st.lists(st.integers(0, 12), min_size=3, max_size=3),
)
def test_texts_and_shown_counts_come_back_as_they_were(texts, counts):
    safe = protected(KINDS.assign(offence=texts, incidents=counts))

    found = read(safe).to_pylist()

    assert [row["offence"] for row in found] == texts
    assert [row["incidents"] for row in found] == [safe.value(text) for text in texts]


@pytest.mark.parametrize("counts", [[1, 2, 3], []])
def test_all_hidden_and_no_rows_are_written(counts):
    found = read(protected(KINDS.head(len(counts)).assign(incidents=counts)))

    assert found["incidents"].to_pylist() == [None] * len(counts)
    assert found.schema.field("incidents").type == pa.int64()


def test_a_column_called_status_is_refused():
    with pytest.raises(ValueError, match="one is added"):
        read(protected(KINDS.assign(status="x"), attributes=["status"]))


def test_a_report_holds_what_the_csv_files_hold_in_every_language(publication):
    files = csv_files(publication.tables)
    with use_language("ar"):
        arabic = report_parquet(publication)
    english = report_parquet(publication)

    assert list(english) == [f"{name}.parquet" for name in publication.tables]
    for name in publication.tables:
        found = pq.read_table(io.BytesIO(english[f"{name}.parquet"]))
        assert found.equals(pq.read_table(io.BytesIO(arabic[f"{name}.parquet"])))
        written = list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode())))
        assert found.schema.names == [*written[0], "status"]
        for row, texts in zip(found.to_pylist(), written, strict=True):
            for column, text in texts.items():
                value = row[column]
                if value is None:
                    assert text in ("", "<5", "[c]")
                elif isinstance(value, float):
                    assert value == float(text)
                else:
                    assert str(value) == text
