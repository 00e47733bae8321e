"""Every incident file of the data collection: nothing is lost, and its quirks are said.

The collection is not part of the repository; ``FORESTALL_DATA`` names the folder that holds it.
"""

import os
from pathlib import Path

import pytest

from forestall.records import import_incidents, open_incidents

MAPPINGS = Path(__file__).parent / "mappings"
DATA = (
    Path(os.environ.get("FORESTALL_DATA", Path(__file__).parents[3] / "shared" / "data"))
    / "incidents"
)

# File, mapping, rows, and words of the sentences that must be said.
FILES = [
    ("london_met_burglary_2010-12_2025-02.parquet", None, 1_022_291,
     ["7,378 rows were rejected because they have no coordinates",
      "11,336 rows were rejected because they repeat an incident",
      "(9.5 %) have no identifier", "moves each point to the middle of a street",
      "not all inside its border"]),
    ("uk_street_11forces_2018-10_2019-02.parquet", None, 503_087,
     ["None of the 96,968 incidents of “Anti-social behaviour” has an identifier",
      "1,075 incidents have the identifier of another one",
      "14,547 rows were rejected because they have no coordinates",
      "3 of 488,396 incidents (0.001 %) have no area code"]),
    ("raw_2019-01-cleveland-street.csv", None, 7_694, ["lie on only 3,074 points"]),
    ("raw_2019-01-city-of-london-street.csv", None, 617, ["no coordinates"]),
    ("raw_chicago_socrata_sample.csv", None, 5_446,
     ["1 row was rejected because it has fewer fields than the header",
      "ends in the middle of a row, as after an interrupted download",
      "316 rows were rejected because they have no coordinates",
      "are 00:00 or 00:01, which often stands for an unknown time"]),
    ("chicago_sample_2017_2019.csv.gz", None, 25_000,
     ["15,237 offence codes have lost their leading zeros"]),
    ("chicago_burglary_2016.csv", "chicago_points.toml", 11_701, ["it has no date"]),
    ("chicago_arson_2016.csv", "chicago_arson.toml", 522, ["local time in America/Chicago"]),
    ("nyc_vehicle_thefts_2014_2017.parquet", "nyc_vehicle_thefts.toml", 35_746,
     ["Times carry no zone and are taken as local time in America/New_York",
      "Area codes in “census_block” are kept as text",
      "2,852 of 35,746 incidents have no end time"]),
    ("nyc_manhattan_burglary_2019_start_end.csv", "nyc_manhattan_burglary.toml", 1_233,
     ["Times are given as fractions of a day"]),
    ("dc_burglary_2016h1_start_end.csv", "dc_burglary.toml", 1_025,
     ["37 of 1,025 incidents have no end time"]),
    ("vancouver_residential_burglary_2003_2016.csv", "vancouver_burglary.toml", 9_877,
     ["6,514 of 9,877 times (66.0 %) are on the full or half hour"]),
    ("memphis_robberies.geojson", "memphis_robberies.toml", 2_245,
     ["2,245 times end in Z or an offset, which was ignored"]),
]  # fmt: skip


@pytest.mark.skipif(not DATA.is_dir(), reason="the data collection is not here (FORESTALL_DATA)")
@pytest.mark.parametrize(("name", "mapping", "rows", "said"), FILES)
def test_nothing_is_lost_and_quirks_are_said(tmp_path, monkeypatch, name, mapping, rows, said):
    monkeypatch.setenv("FORESTALL_TARGET_KEY_FILE", str(tmp_path / "target.key"))

    report = import_incidents(
        DATA / name,
        store=tmp_path / "store",
        mapping=MAPPINGS / mapping if mapping else None,
    )

    assert report.rows_read == rows == report.rows_kept + sum(report.rejected.values())
    assert open_incidents(tmp_path / "store").count_rows() == report.rows_kept
    sentences = "\n".join(map(str, report.sentences())).replace("\u00a0", " ")
    for words in said:
        assert words in sentences
