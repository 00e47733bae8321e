"""This file knows how Parquet files become tables."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from forestall.errors import InvalidFile
from forestall.query import connect, fetch, fetch_value, memory_table, open_parquet


def test_a_folder_partitioned_by_year_is_one_table(tmp_path):
    for year, offences in {2023: ["Theft"], 2024: ["Robbery", "Theft"]}.items():
        folder = tmp_path / f"year={year}"
        folder.mkdir()
        pq.write_table(pa.table({"offence": offences}), folder / "part-0.parquet")

    table = open_parquet(tmp_path)

    assert fetch_value(table.count()) == 3
    assert fetch(table.filter(table.year == 2023))["offence"].to_pylist() == ["Theft"]


def test_a_file_name_is_no_pattern(tmp_path):
    for name in ("a[1].parquet", "a1.parquet"):
        pq.write_table(pa.table({"name": [name]}), tmp_path / name)

    assert fetch(open_parquet(tmp_path / "a[1].parquet"))["name"].to_pylist() == ["a[1].parquet"]


@pytest.mark.parametrize("files", ["nowhere", []])
def test_no_file_is_refused(files):
    with pytest.raises(InvalidFile, match="A Parquet file is needed"):
        open_parquet(files)


def test_the_process_shares_one_connection_within_its_memory_limit():
    limit = connect().raw_sql("SELECT current_setting('memory_limit')").fetchone()[0]

    assert connect() is connect()
    assert limit == "1.1 GiB"


def test_missing_values_of_a_frame_are_null():
    import pandas as pd

    frame = pd.DataFrame({"x": [1.0, float("nan")], "area": ["E01", None]})

    assert fetch(memory_table(frame)).to_pydict() == {"x": [1.0, None], "area": ["E01", None]}
