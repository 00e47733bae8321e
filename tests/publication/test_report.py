"""The report answers the same questions for every file, and says so where it cannot."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import geopandas as gpd
import jsonschema  # type: ignore[import-untyped]
import pandas as pd
import pytest
import shapely

from forestall.diagnosis import diagnose
from forestall.disclosure import Link, rule_named, search_differences
from forestall.errors import UnknownRule
from forestall.publication import (
    Setting,
    build_report,
    diagnosis_schema,
    protect_diagnosis,
    publish_diagnosis,
    write_html,
)
from forestall.publication.blocks import Box, BoxKind, Chart, Findings, HeatTable, Map, Multiples
from forestall.publication.codebook import codebook_rows
from forestall.publication.example import example_diagnosis, example_incidents
from forestall.publication.pictures import Funnel, MonthLine, SeasonColumns
from forestall.records import Incidents, areas_from_frame

SECTIONS = [
    "brief",
    "what",
    "when",
    "where",
    "concentration",
    "rates",
    "sure",
    "cannot",
    "next",
    "made",
]
CASES: dict[str, dict[str, Any]] = {
    "eight months": {},
    "days only": {"clock": "day"},
    "thirty months of one kind": {"kinds": {"BURGLARY": 900}, "months": 30},
    "fourteen months": {"kinds": {"Theft": 700, "Robbery": 300}, "months": 14},
    "two months": {"kinds": {"Burglary": 60}, "months": 2},
    "three incidents": {"kinds": {"Theft": 3}},
}


def setting_of(diagnosis, *, place="", rule="threshold-5"):
    return Setting(
        diagnosis=diagnosis,
        safe=protect_diagnosis(diagnosis, rule=rule_named(rule)),
        place=place,
        made_on=date(2026, 1, 5),
        command="forestall diagnose town.csv -o report",
    )


def blocks_of(document, section):
    return next(s.blocks for s in document.sections if s.id == section)


def pictures_of(document, section):
    return [type(b.picture) for b in blocks_of(document, section) if isinstance(b, Chart)]


def findings_of(document):
    return next(b for b in blocks_of(document, "brief") if isinstance(b, Findings)).findings


@pytest.fixture(scope="module", params=CASES, ids=lambda name: name.replace(" ", "-"))
def town(request):
    return example_diagnosis(**CASES[request.param])


def test_every_report_has_the_same_sections_in_the_same_order(town):
    document = build_report(setting_of(town))

    assert [section.id for section in document.sections] == SECTIONS
    assert all(section.blocks for section in document.sections)


def test_a_report_has_at_most_seven_findings_and_the_last_says_what_cannot_be_said(town):
    findings = findings_of(build_report(setting_of(town)))

    assert len(findings) <= 7
    assert "cannot say" in str(findings[-1].bold)
    assert all(finding.bold for finding in findings)


def test_a_report_becomes_a_page(town):
    page = write_html(build_report(setting_of(town)))

    assert page.startswith("<!doctype html>")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    targets = re.findall(r'href="#([^"]+)"', page)
    assert set(targets) <= set(ids)


def test_words_that_the_guide_forbids_are_not_used(town):
    page = write_html(build_report(setting_of(town))).lower()

    for word in ("significant", "hotspot", "offenders", "worst", "dangerous", "soar", "plummet"):
        assert word not in page


def test_nothing_published_can_be_subtracted_to_a_hidden_number(town):
    safe = protect_diagnosis(town, rule=rule_named("threshold-5"))
    whole = [safe.offences, safe.months]
    if safe.areas is not None:
        whole.append(safe.areas)

    assert search_differences(whole) == ()
    if safe.group_months is not None and len(safe.group_months.row_labels) > 1:
        assert search_differences([safe.group_months]) == ()
    if safe.squares is not None:
        links = [
            Link(whole={"letter": letter}, parts=_members(safe.squares, letter))
            for letter in safe.squares.column_labels
        ]
        assert search_differences([safe.squares], links=links) == ()


def _members(squares, letter):
    rows = squares.frame[squares.frame["letter"] == letter]
    return [{"place": place, "letter": letter} for place in rows["place"]]


def test_without_a_place_no_place_is_invented():
    document = build_report(setting_of(example_diagnosis()))

    assert str(document.title).replace("\xa0", " ") == "Recorded crime, January 2024 to August 2024"


def test_one_kind_gives_its_name_to_the_report():
    town = example_diagnosis(kinds={"BURGLARY": 400}, months=3)
    document = build_report(setting_of(town, place="Hill Town"))

    assert str(document.title).startswith("Recorded burglary in Hill Town")
    assert "one kind only" in write_html(document)


def test_few_months_are_described_and_not_called_a_trend():
    document = build_report(setting_of(example_diagnosis()))
    cautions = [b for b in blocks_of(document, "when") if isinstance(b, Box)]

    assert any("not as a trend" in str(sentence) for box in cautions for sentence in box.sentences)
    assert MonthLine not in pictures_of(document, "when")
    assert any(isinstance(b, Multiples) for b in blocks_of(document, "when"))


def test_many_months_get_a_line_with_its_average_and_a_season():
    document = build_report(setting_of(example_diagnosis(kinds={"Theft": 3000}, months=30)))

    assert pictures_of(document, "when") == [MonthLine, SeasonColumns]
    assert any("Since 2024" in str(finding.bold) for finding in findings_of(document))


def test_exact_times_get_hours_and_days_only_say_why_not():
    timed = build_report(setting_of(example_diagnosis(kinds={"Theft": 5000})))
    dated = build_report(setting_of(example_diagnosis(clock="day")))

    assert any(isinstance(b, HeatTable) for b in blocks_of(timed, "when"))
    reasons = [
        b for b in blocks_of(dated, "when") if isinstance(b, Box) and b.kind is BoxKind.EMPTY
    ]
    assert any("no time of day" in " ".join(map(str, box.sentences)) for box in reasons)


def test_without_population_the_section_says_how_to_add_it():
    document = build_report(setting_of(example_diagnosis()))
    (box,) = blocks_of(document, "rates")

    assert box.kind is BoxKind.EMPTY
    assert "--population" in box.command


@pytest.fixture(scope="module")
def town_with_areas():
    boxes = [
        shapely.box(448_000 + 1000 * k, 518_000, 449_000 + 1000 * k, 522_000) for k in range(4)
    ]
    frame = gpd.GeoDataFrame(
        {
            "code": list("abcd"),
            "name": ["MARKET", "Hill", "Lake", "Wood"],
            "people": [4000, 9000, 8000, 300],
        },
        geometry=boxes,
        crs="EPSG:27700",
    )
    areas = areas_from_frame(frame, code="code", name="name", population="people")
    return diagnose(example_incidents(), cell_m=500, areas=areas, population="people")


def test_areas_with_population_get_rates_with_limits_of_chance(town_with_areas):
    document = build_report(setting_of(town_with_areas))

    assert pictures_of(document, "rates") == [Funnel]
    page = write_html(document)
    assert "more than chance from the rate of all" in page
    assert "Market" in page


def test_far_places_are_left_off_the_map_and_named():
    incidents = example_incidents(kinds={"Burglary": 3000})
    near = incidents.to_pandas()[["x", "y", "starts_at"]]
    far = near.head(1).assign(x=near["x"].max() + 90_000)
    whole = Incidents.from_frame(
        pd.concat([near, far], ignore_index=True),
        x="x",
        y="y",
        crs="EPSG:27700",
        starts_at="starts_at",
    )

    document = build_report(setting_of(diagnose(whole, cell_m=500)))
    (shown,) = (b for b in blocks_of(document, "where") if isinstance(b, Map))

    assert shown.picture.window is not None
    assert shown.picture.window[2] < 460_000
    assert any("1 of the squares lies far" in str(sentence) for sentence in shown.source)


def test_counts_by_area_are_rounded_and_listed_by_name(town_with_areas):
    safe = protect_diagnosis(town_with_areas, rule=rule_named("threshold-5"))

    assert safe.area_offences is not None
    assert {n % 5 for n in safe.area_offences.frame["incidents"]} == {0}


def test_a_map_is_drawn_with_the_places_that_stand_out():
    document = build_report(setting_of(example_diagnosis(), place="Hill Town"))
    (shown,) = (b for b in blocks_of(document, "where") if isinstance(b, Map))

    assert list(shown.picture.areas) == ["A"]
    assert "in Hill Town" in str(shown.alt)
    page = write_html(document)
    assert 'class="hot"' in page
    assert 'fill="url(#map-hidden)"' in page


def test_a_kind_that_is_counted_apart_is_in_no_total():
    town = example_diagnosis()
    groups = tuple(
        replace(group, counts_as_crime=group.label != "Robbery") for group in town.offences
    )
    apart = replace(
        town,
        offences=groups,
        crimes_total=sum(g.incidents for g in groups if g.counts_as_crime),
        apart_total=40,
        monthly=town.monthly.assign(counts_as_crime=town.monthly["offence"] != "Robbery"),
    )

    safe = protect_diagnosis(apart, rule=rule_named("threshold-5"))

    assert "Robbery" not in safe.offences.row_labels
    assert safe.offences.total == 453
    assert safe.months.total == 453
    assert safe.apart_months is not None
    assert safe.apart_months.total == 40
    assert "counted apart" in str(findings_of(build_report(setting_of(apart)))[0].then)


def test_publishing_writes_page_numbers_map_and_tables(tmp_path, town):
    published = publish_diagnosis(town, out=tmp_path / "report", made_on=date(2026, 1, 5))

    assert all(path.is_file() for path in published.paths)
    numbers = json.loads(published.numbers.read_text())
    jsonschema.validate(
        numbers, diagnosis_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    assert {f"{name}.csv" for name in numbers["tables"]} | {"codebook.csv"} == {
        path.name for path in published.tables
    }


def test_hidden_numbers_are_hidden_in_every_file(tmp_path):
    town = example_diagnosis()
    published = publish_diagnosis(town, out=tmp_path / "report")
    assert town.places is not None
    assert published.map is not None
    counts = dict(zip(town.places.codes, town.counts.crimes().per_place(), strict=True))

    features = json.loads(published.map.read_text())["features"]
    hidden = {f["properties"]["place"] for f in features if f["properties"]["incidents"] is None}

    assert {place for place, number in counts.items() if 0 < number < 5} <= hidden
    assert len(features) == town.places.size
    squares = pd.read_csv(tmp_path / "report" / "tables" / "squares.csv", dtype=str)
    shown = squares[~squares["incidents"].isin(["<5", "[c]"])]
    assert not set(shown["place"].astype(int)) & hidden
    with (tmp_path / "report" / "tables" / "offences.csv").open() as stream:
        arson = next(row for row in csv.DictReader(stream) if row["offence"] == "Arson")
    assert (arson["incidents"], arson["share"]) == ("<5", "")


def test_the_map_file_is_in_longitude_and_latitude(tmp_path):
    published = publish_diagnosis(example_diagnosis(), out=tmp_path / "report")
    shapes = gpd.read_file(published.map)

    assert shapes.crs.to_epsg() == 4326
    west, south, east, north = shapes.total_bounds
    assert -2 < west < east < -1
    assert 54 < south < north < 55


def test_a_higher_threshold_hides_more(tmp_path):
    town = example_diagnosis()
    five = protect_diagnosis(town, rule=rule_named("threshold-5"))
    fifty = protect_diagnosis(town, rule=rule_named("threshold-50"))

    assert five.squares is not None
    assert fifty.squares is not None
    assert fifty.squares.record.hidden > five.squares.record.hidden
    assert fifty.offences.value("Robbery") is None
    assert "fewer than 50" in write_html(build_report(setting_of(town, rule="threshold-50")))


def test_an_unknown_rule_stops_the_work_and_writes_nothing(tmp_path):
    with pytest.raises(UnknownRule):
        publish_diagnosis(example_diagnosis(), out=tmp_path / "report", rule="off")
    assert list(tmp_path.iterdir()) == []


def test_every_published_column_is_explained(town_with_areas, town):
    for diagnosis in (town_with_areas, town):
        safe = protect_diagnosis(diagnosis, rule=rule_named("threshold-5"))
        assert all(all(row) for row in codebook_rows(safe.tables))


def test_the_same_diagnosis_makes_the_same_files(tmp_path):
    first, second = (
        publish_diagnosis(example_diagnosis(), out=tmp_path / name, made_on=date(2026, 1, 5))
        for name in ("a", "b")
    )

    for one, other in zip(first.paths, second.paths, strict=True):
        assert one.read_bytes() == other.read_bytes()
