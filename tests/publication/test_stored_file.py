"""The stored publication says what it is; what was cut short, edited or newer is refused."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.disclosure import (
    count_from_data,
    count_to_data,
    protect_count,
    protect_table,
    rule_named,
    table_from_data,
    table_to_data,
)
from forestall.errors import InvalidPublication, UnsafeToPublish
from forestall.publication import Setting, build_report, protect_diagnosis, write_html
from forestall.publication.contents import Publication
from forestall.publication.example import example_diagnosis
from forestall.publication.provenance import provenance_of
from forestall.publication.stored import (
    STORED,
    Edition,
    Stored,
    content_of,
    read_editions,
    read_stored,
    write_stored,
)
from forestall.publication.stored.places import drawn_places, places_to_data
from forestall.records import areas_from_frame, hex_grid

PAGE = Edition("en", "html", ("index.html",))


def publication_of(diagnosis):
    safe = protect_diagnosis(diagnosis, rule=rule_named("threshold-5"))
    setting = Setting(
        diagnosis=diagnosis,
        safe=safe,
        place="Hill Town",
        made_on=date(2026, 1, 5),
        command="forestall diagnose town.csv -o report",
    )
    return Publication(
        document=build_report(setting), tables=safe.tables, provenance=provenance_of(setting)
    )


@pytest.fixture(scope="module")
def content():
    return content_of(publication_of(example_diagnosis()))


@pytest.fixture
def written(tmp_path, content):
    (tmp_path / STORED).write_text(write_stored(Stored((PAGE,), content)), encoding="utf-8")
    return tmp_path / STORED


# The same report


def test_a_report_that_is_read_again_makes_the_same_page(bundled):
    publication = publication_of(bundled)
    content = content_of(publication)
    again = Stored((), content).publication()

    assert write_html(again.document) == write_html(publication.document)
    assert content_of(again) == content
    assert again.provenance == publication.provenance
    assert [str(one) for one in again.findings] == [str(one) for one in publication.findings]
    assert len(content.encode()) < 500_000


def test_the_first_line_says_what_the_file_is(written):
    with written.open() as stream:
        first = json.loads(stream.readline().rstrip("\n,") + "}")

    assert (first["kind"], first["format"]) == ("forestall-publication", 1)
    assert first["made_with"].startswith("forestall ")
    assert json.loads(written.read_text())["editions"][0]["files"] == ["index.html"]


# Protected tables


def tables() -> st.SearchStrategy[Any]:
    numbers = st.lists(st.integers(0, 40), min_size=12, max_size=12)
    return st.builds(two_way, numbers, st.sampled_from(["threshold-5", "threshold-5-rounding-5"]))


def two_way(numbers, rule):
    table = pd.DataFrame(
        {
            "group": np.repeat(["a", "b", "c"], 4),
            "period": np.tile(pd.date_range("2024-01-01", periods=4, freq="MS"), 3),
            "incidents": numbers,
        }
    )
    table["per_day"] = (table["incidents"] / 30).round(3)
    return protect_table(table, rule=rule, rows="group", columns="period", derived=["per_day"])


@settings(max_examples=30, deadline=None)
@given(tables())
def test_a_protected_table_is_the_same_when_read_again(safe):
    again = table_from_data(json.loads(json.dumps(table_to_data(safe))))

    pd.testing.assert_frame_equal(again.frame, safe.frame)
    assert again.status.tolist() == safe.status.tolist()
    assert again.record == safe.record
    assert again.margins == safe.margins
    assert again.grand_total == safe.grand_total
    for row in safe.row_labels:
        assert again.margin_row(row) == safe.margin_row(row)
        for column in safe.column_labels:
            assert again.cell(row, column) == safe.cell(row, column)
            assert again.margin_column(column) == safe.margin_column(column)


def one_way():
    table = pd.DataFrame({"town": list("ABCD"), "incidents": [28, 2, 9, 12]})
    return table_to_data(protect_table(table, rule="threshold-5", rows="town"))


def with_value(data, row, value):
    data["frame"]["incidents"]["values"][row] = value
    return data


@pytest.mark.parametrize(("row", "value"), [(1, 2), (2, 9)])
def test_a_hidden_number_with_a_value_is_refused(row, value):
    with pytest.raises(UnsafeToPublish, match="hidden number"):
        table_from_data(with_value(one_way(), row, value))


def test_a_hidden_total_with_a_value_is_refused():
    data = one_way()
    data["grand_total"] = {"values": [51], "status": "s"}

    with pytest.raises(UnsafeToPublish, match="hidden number"):
        table_from_data(data)


def test_a_number_below_the_threshold_is_refused():
    data = with_value(one_way(), 0, 3)

    with pytest.raises(UnsafeToPublish, match="below 5"):
        table_from_data(data)


def test_a_weaker_rule_than_any_is_refused():
    data = one_way()
    data["rule"]["threshold"] = 1

    with pytest.raises(UnsafeToPublish):
        table_from_data(data)


@pytest.mark.parametrize("number", [0, 3, 1250])
def test_a_protected_count_is_the_same_when_read_again(number):
    count = protect_count(number, rule="threshold-5")

    assert str(count_from_data(count_to_data(count))) == str(count)


def test_a_hidden_count_with_a_value_is_refused():
    with pytest.raises(UnsafeToPublish):
        count_from_data({"number": 3, "status": "s", "threshold": 5})


# Places


def test_areas_are_stored_to_a_tenth_of_a_metre_without_populations():
    import geopandas as gpd

    hole = shapely.box(0, 0, 100, 100).difference(shapely.box(20, 20, 30.04, 30))
    two = shapely.MultiPolygon([shapely.box(200, 0, 210, 9), shapely.box(220, 0, 230, 9)])
    frame = gpd.GeoDataFrame(
        {"code": ["A", "B"], "people": [900, 1200]}, geometry=[hole, two], crs="EPSG:27700"
    )
    areas = areas_from_frame(frame, code="code", population="people")

    again: Any = drawn_places(areas)

    assert again.population is None
    assert "900" not in json.dumps(places_to_data(areas))
    assert again.geometry[0].area == pytest.approx(10_000 - 10.0 * 10)
    assert again.geometry[1].equals(two)
    assert places_to_data(again) == places_to_data(areas)


def test_hexagons_keep_their_places():
    grid = hex_grid(origin=(5, 7.5), cell_m=90.5, columns=4, rows=3, crs="EPSG:27700")

    again: Any = drawn_places(grid)

    assert (again.centres == grid.centres).all()
    assert str(again.label) == str(grid.label)


# Files that are refused


def test_a_folder_without_one_is_told_to_diagnose_again(tmp_path):
    with pytest.raises(InvalidPublication, match="Make the report again"):
        read_stored(tmp_path)


@pytest.mark.parametrize("text", ["", "{}", "years of work", '{"kind":"forestall-diagnosis"}'])
def test_a_foreign_file_is_refused(written, text):
    written.write_text(text)

    with pytest.raises(InvalidPublication, match="is no stored publication of forestall"):
        read_stored(written.parent)


def test_a_file_that_is_no_text_is_refused(written):
    written.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(InvalidPublication, match="no text in UTF-8"):
        read_stored(written.parent)


def test_a_newer_format_is_refused(written):
    newer = written.read_text().replace('"format":1', '"format":2', 1)
    written.write_text(newer)

    with pytest.raises(InvalidPublication, match=r"of format 2 .* install a newer forestall"):
        read_stored(written.parent)


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9, 0.9999])
def test_a_file_that_was_cut_short_is_refused(written, share):
    text = written.read_text()
    written.write_text(text[: max(60, int(len(text) * share))])

    with pytest.raises(InvalidPublication, match="cut short or edited"):
        read_stored(written.parent)


def test_an_edited_sentence_is_noticed(written):
    written.write_text(written.read_text().replace("Hill Town", "Dale Town"))

    with pytest.raises(InvalidPublication, match="its checksum is another"):
        read_stored(written.parent)


def test_a_broken_bracket_is_named_by_its_place(written):
    text = written.read_text()
    written.write_text(text[:-400] + text[-399:].replace("]", "", 1))

    with pytest.raises(InvalidPublication, match=r"no JSON at line \d+, column \d+"):
        read_stored(written.parent)


def forged(written, content):
    """Write a content with a checksum that fits."""
    written.write_text(write_stored(Stored((PAGE,), json.dumps(content))), encoding="utf-8")
    return read_stored(written.parent)


@pytest.mark.parametrize("given", ["true", "9" * 6000, "null", '"1"', "[1]", "{}"])
def test_a_format_that_is_no_number_is_refused(written, given):
    text = written.read_text().replace('"format":1', f'"format":{given}', 1)
    written.write_text(text)

    with pytest.raises(InvalidPublication, match="cut short or edited"):
        read_stored(written.parent)


@pytest.mark.parametrize(
    "content",
    [
        '{"value":1,"tables":5,"places":[]}',
        '{"value":1,"tables":[],"places":null}',
        '{"value":' + "9" * 6000 + ',"tables":[],"places":[]}',
    ],
)
def test_parts_of_another_kind_are_refused(content):
    with pytest.raises(InvalidPublication, match="cut short or edited"):
        Stored((PAGE,), content).publication()


def test_an_unknown_class_is_never_made(written, content):
    data = json.loads(content)
    data["value"]["document"]["sections"][0]["blocks"][0] = {"is": "Popen", "args": ["true"]}

    with pytest.raises(InvalidPublication, match=r"no “Popen” \(in content.document.sections\[0\]"):
        forged(written, data).publication()


def test_a_hidden_number_in_the_file_is_refused(written, content):
    data = json.loads(content)
    hidden = next(
        (table, row)
        for table in data["tables"]
        for row, letter in enumerate(table["status"])
        if letter == "s"
    )
    table, row = hidden
    table["frame"][table["count"]]["values"][row] = 3

    with pytest.raises(InvalidPublication, match=r"a hidden number .* \(in tables\[\d+\]\)"):
        forged(written, data).publication()


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../notes.txt", "a/../../b", "", "C:\\x", "a\\b", "./a", 5]
)
def test_an_edition_outside_the_folder_is_refused(written, content, name):
    text = write_stored(Stored((Edition("en", "html", (name,)),), content))
    written.write_text(text)

    with pytest.raises(InvalidPublication, match="outside the folder"):
        read_editions(written.parent)


def test_a_table_or_section_of_another_name_is_refused(written, content):
    """Its name would become a file outside the folder."""
    tables, sections = json.loads(content), json.loads(content)
    named = tables["value"]["tables"]["of"]
    named["../../elsewhere"] = named.pop("months")
    sections["value"]["document"]["sections"][0]["id"] = "../../elsewhere"

    with pytest.raises(InvalidPublication, match="a table has a name that no report has"):
        forged(written, tables).publication()
    with pytest.raises(InvalidPublication, match="a section has a name that no report has"):
        forged(written, sections).publication()


@pytest.mark.parametrize(
    ("place", "value", "why"),
    [("title", {"is": "Period", "first": 1, "last": []}, "title"), ("sections", 5, "content")],
)
def test_a_document_of_other_parts_is_refused(written, content, place, value, why):
    data = json.loads(content)
    data["value"]["document"][place] = value

    with pytest.raises(InvalidPublication, match=why):
        forged(written, data).publication()


def nodes_of(value, path=()):
    yield path
    listed = enumerate(value) if isinstance(value, list) else ()
    for key, part in value.items() if isinstance(value, dict) else listed:
        yield from nodes_of(part, (*path, key))


def test_whatever_is_edited_is_read_or_refused(content):
    whole = json.loads(content)
    paths = list(nodes_of(whole))[1:]
    odd: list[Any] = [None, 7, -1.5, "x", [], {}, {"is": "table", "at": -1}, {"is": []}, True]

    @settings(max_examples=150, deadline=None)
    @given(st.sampled_from(range(len(paths))), st.sampled_from(odd))
    def check(number, value):
        place = edited = json.loads(content)
        for key in paths[number][:-1]:
            place = place[key]
        place[paths[number][-1]] = value

        with contextlib.suppress(InvalidPublication):
            assert isinstance(Stored((), json.dumps(edited)).publication(), Publication)

    check()
