"""Small pages and interactive pages as formats of a report: they lead to each other and stay."""

from __future__ import annotations

import re
from datetime import date

import geopandas as gpd
import pyogrio
import pytest
import shapely

from forestall.publication import publish_diagnosis, read_basemap, republish
from forestall.publication.example import example_diagnosis


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("formats") / "report"
    publish_diagnosis(
        example_diagnosis(),
        out=out,
        place="Hill Town",
        made_on=date(2026, 1, 5),
        formats=["pages", "explore"],
        languages=["en", "ar"],
    )
    return out


def broken_links(page):
    """Return the links of a page that lead to no file."""
    html = re.sub(r"<script.*?</script>", "", page.read_text(encoding="utf-8"), flags=re.S)
    found = re.findall(r'(?:href|src)="([^"#]+)', html)
    return [
        link
        for link in found
        if not link.startswith(("data:", "http")) and not (page.parent / link).exists()
    ]


def test_every_link_of_every_page_leads_to_a_file(folder):
    pages = sorted(folder.rglob("*.html"))

    assert {page.parent.relative_to(folder).as_posix() for page in pages} == {
        ".", "pages", "explore", "ar", "ar/pages", "ar/explore",
    }  # fmt: skip
    assert {str(page): broken_links(page) for page in pages if broken_links(page)} == {}


def test_small_pages_lead_to_small_pages_of_other_languages(folder):
    summary = (folder / "pages" / "index.html").read_text(encoding="utf-8")
    arabic = (folder / "ar" / "pages" / "index.html").read_text(encoding="utf-8")

    assert 'href="../ar/pages/index.html" lang="ar"' in summary
    assert 'href="../../pages/index.html" lang="en"' in arabic
    assert 'dir="rtl"' in arabic


def test_small_pages_do_not_offer_themselves(folder):
    summary = (folder / "pages" / "index.html").read_text(encoding="utf-8")

    assert "small pages" not in summary
    assert 'href="pages/index.html">small pages' in (folder / "index.html").read_text("utf-8")


def test_pictures_lead_to_their_pages_from_every_form(folder):
    assert 'href="explore/map.html"' in (folder / "index.html").read_text("utf-8")
    assert 'href="../explore/map.html"' in (folder / "pages" / "where.html").read_text("utf-8")
    assert 'href="explore/map.html"' in (folder / "ar" / "index.html").read_text("utf-8")


def test_written_again_they_are_the_same(folder):
    names = ("pages/where.html", "explore/map.html", "ar/explore/kinds.html")
    before = [(folder / name).read_bytes() for name in names]

    republish(folder)

    assert [(folder / name).read_bytes() for name in names] == before


def test_without_interactive_pages_no_picture_leads_to_one(tmp_path):
    publish_diagnosis(example_diagnosis(), out=tmp_path / "report", formats=["pages"])

    assert "explore/" not in (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert "explore/" not in (tmp_path / "report" / "pages" / "where.html").read_text("utf-8")


@pytest.mark.skipif(
    pyogrio.list_drivers().get("PMTiles") != "rw", reason="this GDAL writes no PMTiles"
)
def test_a_base_map_stays_when_a_report_is_written_again(tmp_path):
    line = shapely.LineString([(-1.6, 54.5), (-1.1, 54.6)])
    frame = gpd.GeoDataFrame({"kind": ["major_road"]}, geometry=[line], crs="EPSG:4326")
    pyogrio.write_dataframe(frame, tmp_path / "a.pmtiles", driver="PMTiles", layer="roads")
    out = tmp_path / "report"
    publish_diagnosis(
        example_diagnosis(),
        out=out,
        formats=["explore"],
        basemap=read_basemap(tmp_path / "a.pmtiles"),
    )
    before = (out / "explore" / "basemap.js").read_bytes()

    republish(out, languages=["ar"])

    assert (out / "explore" / "basemap.js").read_bytes() == before
    assert (out / "ar" / "explore" / "basemap.js").read_bytes() == before
