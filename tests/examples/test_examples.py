"""The bundled examples do what their descriptions and the README say."""

import json
import re
import subprocess
import sys

import pytest

from forestall.errors import PersonalColumns
from forestall.records import import_incidents, open_incidents
from tests.house.sources import ROOT

EXAMPLES = ROOT / "examples"
ROWS = {
    "cleveland": 40_898,
    "camden_burglary": 38_132,
    "chicago": 25_000,
    "nyc_vehicle_theft": 8_814,
}


def test_every_folder_is_counted_here():
    folders = {path.name for path in EXAMPLES.iterdir() if path.is_dir()}
    assert folders - {"placebo_evaluation"} == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_every_example_imports_and_loses_nothing(name, tmp_path):
    report = import_incidents([EXAMPLES / name], store=tmp_path / "store")
    incidents = open_incidents(tmp_path / "store")

    assert report.rows_read == ROWS[name]
    assert report.rows_kept + sum(report.rejected.values()) == ROWS[name]
    assert incidents.count_rows() == report.rows_kept


@pytest.mark.parametrize("name", ROWS)
def test_an_example_that_is_there_already_brings_nothing_new(name, tmp_path):
    import_incidents([EXAMPLES / name], store=tmp_path / "store")

    again = import_incidents([EXAMPLES / name], store=tmp_path / "store")

    assert again.rows_read == 0
    assert again.files_unchanged


@pytest.mark.parametrize("name", ROWS)
def test_every_example_says_where_it_comes_from(name, tmp_path):
    manifest = import_incidents([EXAMPLES / name], store=tmp_path / "store").manifest

    assert manifest.place_name
    assert manifest.publisher
    assert manifest.licence
    assert manifest.attribution
    assert manifest.timezone


def test_the_raw_month_of_cleveland_is_one_of_five(tmp_path):
    manifest = import_incidents([EXAMPLES / "cleveland"], store=tmp_path / "store").manifest

    assert {file.name.rpartition("/")[2]: file.rows_read for file in manifest.files} == {
        "2018-10-cleveland-street.parquet": 9_352,
        "2018-11-cleveland-street.parquet": 8_529,
        "2018-12-cleveland-street.parquet": 7_675,
        "2019-01-cleveland-street.csv": 7_694,
        "2019-02-cleveland-street.parquet": 7_648,
    }
    assert manifest.months_missing == ()


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Run the command of the README and return the folder of the report."""
    folder = tmp_path_factory.mktemp("main-job") / "report"
    command = [sys.executable, "-m", "forestall", "diagnose", "examples/cleveland", "-o", folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "index.html" in done.stdout
    return folder


def test_the_main_job_writes_page_tables_map_and_data(report):
    assert (report / "index.html").is_file()
    assert sorted((report / "tables").glob("*.csv"))
    assert json.loads((report / "map.geojson").read_text(encoding="utf-8"))["features"]
    assert json.loads((report / "diagnosis.json").read_text(encoding="utf-8"))


def test_the_page_is_light_and_needs_no_network(report):
    page = (report / "index.html").read_text(encoding="utf-8")

    assert len(page.encode()) < 300_000
    assert not re.findall(r"<script|<iframe|@import|url\(\s*['\"]?https?:", page)
    assert not re.findall(r"<(?:link|img|source|use)\b[^>]*(?:href|src)=['\"]https?:", page)


def test_the_report_tells_what_is_counted_apart(report):
    page = (report / "index.html").read_text(encoding="utf-8")

    assert "28,760" in page
    assert "12,138" in page


def test_a_column_about_persons_is_refused_by_name(tmp_path):
    given = (EXAMPLES / "cleveland" / "2019-01" / "2019-01-cleveland-street.csv").read_text()
    header, first = given.splitlines()[:2]
    file = tmp_path / "street.csv"
    file.write_text(f"{header},Suspect name\n{first},A. Nobody\n", encoding="utf-8")

    with pytest.raises(PersonalColumns, match="Suspect name") as refusal:
        import_incidents([file], store=tmp_path / "store")

    assert "Nobody" not in str(refusal.value)
