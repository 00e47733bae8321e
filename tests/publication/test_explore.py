"""Interactive pages hold the numbers of the protected tables and nothing else."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from importlib.resources import files

import geopandas as gpd
import pyogrio
import pytest
import shapely

from forestall.diagnosis import diagnose
from forestall.disclosure import rule_named
from forestall.errors import InvalidFile
from forestall.languages import use_language
from forestall.publication.blocks import Chart
from forestall.publication.example import example_diagnosis, example_incidents
from forestall.publication.explore import read_basemap, write_explore
from forestall.publication.explore.chart_pages import live_chart
from forestall.publication.explore.compiled import chart_locale
from forestall.publication.explore.map_data import PER_DEGREE
from forestall.publication.interactive import interactive_pictures
from forestall.publication.protected import protect_diagnosis
from forestall.publication.report import Setting, build_report
from forestall.records import areas_from_frame

NASTY = "</script><b>Ward & Co"
RULE = rule_named("threshold-5")


def setting_of(diagnosis):
    from datetime import date

    return Setting(
        diagnosis=diagnosis,
        safe=protect_diagnosis(diagnosis, rule=RULE),
        place="Hill Town",
        made_on=date(2026, 1, 5),
        command="forestall diagnose town.csv -o report",
    )


def town_with_rates():
    boxes = [shapely.box(448_000 + 500 * k, 518_000, 448_500 + 500 * k, 522_000) for k in range(8)]
    frame = gpd.GeoDataFrame(
        {
            "code": [f"E{k}" for k in range(8)],
            "name": [NASTY, *(f"Ward {k}" for k in range(1, 8))],
            "people": [900 + 700 * k for k in range(8)],
        },
        geometry=boxes,
        crs="EPSG:27700",
    )
    areas = areas_from_frame(frame, code="code", name="name", population="people")
    incidents = example_incidents(kinds={"Violence and sexual offences": 4000, "Theft": 900})
    return diagnose(incidents, cell_m=250, areas=areas, population="people")


TOWNS = {
    "few months": lambda: example_diagnosis(clock="day"),
    "many months": lambda: example_diagnosis(kinds={"Burglary": 2500, "Arson": 90}, months=50),
    "rates": town_with_rates,
}


@pytest.fixture(scope="module", params=TOWNS, ids=lambda name: name.replace(" ", "-"))
def setting(request):
    return setting_of(TOWNS[request.param]())


@pytest.fixture(scope="module")
def folder(setting):
    return write_explore(build_report(setting), tables=setting.safe.tables)


def data_of(page):
    (text,) = re.findall(
        r'<script type="application/json" id="explore-data">(.*?)</script>', page.decode(), re.S
    )
    return json.loads(text)


def charts_in(folder):
    for name, page in folder.items():
        if name.endswith(".html") and not name.startswith("map"):
            yield name, data_of(page)


def published_values(setting, column):
    values = set()
    for table in setting.safe.tables.values():
        values |= {record[column] for record in table.records() if column in record}
    return values


COLUMNS = {
    "each": ("incidents", "per_day"),
    "average": ("average_12",),
    "level": ("incidents", "average_12"),
    "factor": ("factor",),
    "low": ("low",),
    "high": ("high",),
    "across": ("share_of_places",),
    "held": ("share_of_incidents",),
    "population": ("population",),
    "rate": ("rate",),
    "low_95": ("funnel_low_95",),
    "high_95": ("funnel_high_95",),
    "low_998": ("funnel_low_998",),
    "high_998": ("funnel_high_998",),
}


def test_every_number_of_a_chart_is_one_of_a_published_table(setting, folder):
    looked_at = 0
    for name, data in charts_in(folder):
        for chart in data["charts"]:
            for values in chart["spec"]["data"]:
                rows = values.get("values", [])
                if len(rows) <= 2:  # an even spread, the rate of all, where half is reached
                    continue
                for row in rows:
                    for field, value in row.items():
                        known = COLUMNS.get(field)
                        if known is None or value is None:
                            continue
                        looked_at += 1
                        allowed = set().union(*(published_values(setting, one) for one in known))
                        assert value in allowed, f"{name}: {field} {value}"
    assert looked_at > 20


def test_nothing_but_known_fields_is_in_the_data_of_a_chart(folder):
    known = {*COLUMNS, "at", "month", "name", "group", "state", "none", "words"}
    for name, data in charts_in(folder):
        for chart in data["charts"]:
            for values in chart["spec"]["data"]:
                for row in values.get("values", []):
                    assert set(row) <= known, name


def test_a_map_has_the_numbers_of_its_table_as_they_are_printed(setting, folder):
    data, safe = data_of(folder["map.html"]), setting.safe.squares
    codes = [str(code) for code in setting.diagnosis.places.codes]
    letters = dict(zip(safe.frame["place"].astype(str), safe.frame["letter"], strict=True))
    printed = {
        code: safe.cell(type(safe.row_labels[0])(code), letters[code]).text for code in letters
    }

    assert data["numbers"] == [printed.get(code, "0") for code in codes]
    for number, level, status in zip(data["numbers"], data["classes"], data["status"], strict=True):
        assert (level == -1) == (number in {"<5", "[c]"}) == (status > 0)
    assert set(data) == {
        "places", "classes", "names", "numbers", "status", "letters", "areas", "borders",
        "boundaries", "streets", "window", "scales", "words", "basemap",
    }  # fmt: skip


def test_a_hidden_month_has_no_number_in_its_page():
    setting = setting_of(example_diagnosis(kinds={"Burglary": 900, "Arson": 60}, months=12))
    folder = write_explore(build_report(setting))
    data = data_of(folder["kinds.html"])
    safe = setting.safe.group_months
    hidden = safe.frame[(safe.frame["offence"] == "Arson") & safe.frame["incidents"].isna()]
    arson = data["charts"][list(safe.row_labels).index("Arson")]

    assert len(hidden)
    drawn = [row["each"] for row in arson["spec"]["data"][0]["values"]]
    assert drawn.count(None) == len(hidden)
    told = {rows[0][1] for _, _, y, rows in arson["points"] if y is None}
    assert told <= {"<5", "[c]"}


def test_places_are_where_they_are(setting, folder):
    data = data_of(folder["map.html"])
    frame = setting.diagnosis.places.to_geodataframe().to_crs("EPSG:4326")

    for steps, shape in list(zip(data["places"], frame.geometry, strict=True))[:50]:
        ring, x, y = [], 0, 0
        for dx, dy in zip(steps[0][0][::2], steps[0][0][1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x / PER_DEGREE, y / PER_DEGREE))
        assert shapely.hausdorff_distance(shapely.Polygon(ring), shape) < 2 / PER_DEGREE


def test_pages_run_only_files_beside_them_and_carry_no_style(folder):
    for name, content in folder.items():
        if not name.endswith(".html"):
            continue
        page = content.decode()
        assert "script-src &#39;self&#39;" in page
        assert "style=" not in re.sub(r'<script type="application/json".*', "", page, flags=re.S)
        for src in re.findall(r"<script(?! type=\"application/json\")([^>]*)>", page):
            (file,) = re.findall(r'src="([^"]+)"', src)
            assert file in folder
        assert page.count("<script") == page.count("</script>")


def test_a_name_cannot_end_the_data(folder):
    for content in folder.values():
        assert b"</script><b>" not in content


def test_same_document_same_bytes(setting, folder):
    assert write_explore(build_report(setting), tables=setting.safe.tables) == folder


def test_scripts_of_another_folder_are_used_and_not_written_again(setting):
    pages = write_explore(build_report(setting), scripts="../../explore/")

    assert {name.rpartition(".")[2] for name in pages} == {"html", "css"}
    assert b'src="../../explore/map.js"' in pages["map.html"]


def test_charts_name_every_point_in_order(setting):
    for picture in interactive_pictures(build_report(setting)):
        if not isinstance(picture.block, Chart):
            continue
        chart = live_chart(picture.block)
        assert len(chart.points) > 1
        assert all(point.name and point.rows for point in chart.points)


def test_axes_are_written_in_the_language():
    with use_language("en"):
        assert chart_locale()["time"]["months"][0] == "January"


# What others made


def test_the_scripts_are_those_of_the_manifest():
    vendor = files("forestall.publication.explore").joinpath("vendor")
    manifest = json.loads(vendor.joinpath("manifest.json").read_text())

    assert set(manifest) == {"vega.js", "maplibre.js", "maplibre-worker.js"}
    licences = vendor.joinpath("LICENCES.txt").read_text()
    for name, entry in manifest.items():
        content = vendor.joinpath(name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        for package, about in entry["packages"].items():
            assert f"{package} {about['version']}" in licences
            assert about["licence"] in {"BSD-3-Clause", "ISC", "MIT", "0BSD"}


# A base map


def tiles(path, *, west=-3.0, south=54.0):
    frame = gpd.GeoDataFrame(
        {"kind": ["major_road"]},
        geometry=[shapely.LineString([(west, south), (west + 2, south + 1)])],
        crs="EPSG:4326",
    )
    pyogrio.write_dataframe(
        frame, path, driver="PMTiles", layer="roads", dataset_options={"MAXZOOM": "6"}
    )
    return path


needs_pmtiles = pytest.mark.skipif(
    pyogrio.list_drivers().get("PMTiles") != "rw", reason="this GDAL writes no PMTiles"
)


@needs_pmtiles
def test_a_base_map_travels_as_a_script(tmp_path):
    basemap = read_basemap(tiles(tmp_path / "roads.pmtiles"))
    folder = write_explore(build_report(setting_of(TOWNS["few months"]())), basemap=basemap)

    assert basemap.layers == ("roads",)
    assert data_of(folder["map.html"])["basemap"] == {"layers": ["roads"]}
    assert folder["basemap.js"].startswith(b'window.forestallBasemap="UE1UaWxlc')
    assert b'<script src="basemap.js" defer>' in folder["map.html"]


@needs_pmtiles
def test_a_base_map_of_another_place_is_refused(tmp_path):
    basemap = read_basemap(tiles(tmp_path / "roads.pmtiles", west=30, south=10))

    with pytest.raises(InvalidFile, match="another part of the world"):
        write_explore(build_report(setting_of(TOWNS["few months"]())), basemap=basemap)


@needs_pmtiles
def test_a_base_map_too_large_for_a_page_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("forestall.publication.explore.basemap.MOST_MB", 0.0001)

    with pytest.raises(InvalidFile, match="inside the report"):
        read_basemap(tiles(tmp_path / "roads.pmtiles"))


@pytest.mark.parametrize("content", [b"", b"PMTiles", b"PMTiles\x03" + b"\0" * 150, b"x" * 500])
def test_what_is_no_base_map_is_refused(tmp_path, content):
    path = tmp_path / "base.pmtiles"
    path.write_bytes(content)

    with pytest.raises(InvalidFile, match=r"base\.pmtiles"):
        read_basemap(path)


def test_a_picture_without_a_page_has_none():
    report = build_report(setting_of(TOWNS["few months"]()))

    assert write_explore(replace(report, sections=report.sections[:1])) == {}
