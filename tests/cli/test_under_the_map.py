"""What lies under the maps is named on the command line or in the folder of the incidents."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

CLEVELAND = Path(__file__).parents[2] / "examples" / "cleveland"


@pytest.fixture(scope="module")
def streets(tmp_path_factory):
    path = tmp_path_factory.mktemp("lines") / "streets.geojson"
    line = shapely.LineString([(-1.4, 54.5), (-1.0, 54.65)])
    gpd.GeoDataFrame({"highway": ["trunk"]}, geometry=[line], crs="EPSG:4326").to_file(path)
    return path


@pytest.fixture
def folder(tmp_path):
    """One month of the example, in a folder of its own."""
    shutil.copytree(CLEVELAND / "2018-10", tmp_path / "town" / "2018-10")
    shutil.copy(CLEVELAND / "forestall.toml", tmp_path / "town")
    return tmp_path / "town"


def run(*words):
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "forestall", "diagnose", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_streets_named_on_the_command_line_are_drawn(folder, streets, tmp_path):
    made = run(folder, "-o", tmp_path / "report", "--streets", streets)

    page = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert made.returncode == 0, made.stderr
    assert "main street</li>" in page
    assert "Streets: streets.geojson." in page


def test_a_folder_names_its_streets_and_they_are_no_incidents(folder, streets, tmp_path):
    shutil.copy(streets, folder)
    settings = folder / "forestall.toml"
    settings.write_text(
        f'{settings.read_text()}\n[map]\nstreets = "streets.geojson"\ncredit = "The city"\n'
    )

    assert run(folder, "-o", tmp_path / "report").returncode == 0
    assert "Streets: The city." in (tmp_path / "report" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", ["--streets", "--boundaries", "--basemap"])
def test_a_file_that_is_not_there_stops_before_any_work(folder, tmp_path, option):
    made = run(folder, "-o", tmp_path / "report", option, tmp_path / "no.gpkg")

    assert made.returncode != 0
    assert "there is none at" in made.stderr
    assert not (tmp_path / "report").exists()


def test_lines_of_another_place_are_refused_in_one_sentence(folder, tmp_path):
    path = tmp_path / "far.gpkg"
    line = shapely.LineString([(30, 10), (31, 11)])
    gpd.GeoDataFrame({"n": [1]}, geometry=[line], crs="EPSG:4326").to_file(path)

    made = run(folder, "-o", tmp_path / "report", "--boundaries", path)

    assert made.returncode != 0
    assert (
        made.stderr.strip()
        .splitlines()[-1]
        .endswith("Nothing in “far.gpkg” lies near the incidents.")
    )
    assert "Traceback" not in made.stderr
