"""SDMX holds the indicators with their status, can be read by others, and tells nothing hidden."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pysdmx.io import get_datasets, read_sdmx

from forestall.diagnosis import diagnose
from forestall.disclosure import Margin, protect_table
from forestall.languages import use_language
from forestall.publication.csv_files import csv_files
from forestall.publication.example import example_diagnosis, example_incidents
from forestall.publication.tables import write_sdmx
from forestall.publication.tables.sdmx import INDICATORS, STRUCTURE_FILE, report_sdmx
from forestall.publication.tables.structure import DIMENSIONS
from forestall.records import areas_from_frame
from forestall.records.kinds import OTHER_KINDS
from tests.publication.conftest import publication_of

PERIOD: dict[str, Any] = {"first_day": date(2024, 1, 1), "last_day": date(2024, 8, 31)}
KINDS = pd.DataFrame({"offence": ["Burglary", "Arson", "Theft"], "incidents": [40, 3, 60]})


def protected(table=KINDS, **how):
    return protect_table(table, **{"rule": "threshold-5", "rows": "offence", "margins": [], **how})


def files_of(tables, **more):
    return write_sdmx(tables, place="Hill Town", **PERIOD, **more)


def rows_of(files):
    return list(csv.DictReader(io.StringIO(files[INDICATORS].decode())))


def by_kind(files):
    return {row["OFFENCE"]: row for row in rows_of(files)}


def test_a_count_has_its_code_period_and_status():
    found = by_kind(files_of({"offences": protected()}, iccs={"Burglary": "0501"}))

    assert found["BURGLARY"] == {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": "FORESTALL:DF_RECORDED_CRIME(1.0.0)",
        "ACTION": "I",
        "FREQ": "_O",
        "REF_AREA": "HILL_TOWN",
        "ICCS": "ICCS0501",
        "OFFENCE": "BURGLARY",
        "INDICATOR": "INCIDENTS",
        "TIME_PERIOD": "2024-01-01/P8M",
        "OBS_VALUE": "40",
        "UNIT_MEASURE": "NUMBER",
        "OBS_STATUS": "A",
        "CONF_STATUS": "F",
        "DECIMALS": "0",
        "OFFENCE_LABEL": "Burglary",
        "COMMENT_OBS": "",
    }
    assert found["THEFT"]["ICCS"] == "_X"


def test_a_kind_named_like_a_formula_is_text_in_the_file():
    table = pd.DataFrame({"offence": ["=HYPERLINK(1)", "Theft"], "incidents": [40, 60]})

    found = rows_of(files_of({"offences": protected(table)}))

    assert {row["OFFENCE_LABEL"] for row in found} == {"'=HYPERLINK(1)", "Theft"}
    assert {row["OBS_VALUE"] for row in found} == {"40", "60"}


def test_a_hidden_count_has_no_value_and_says_why():
    table = pd.DataFrame(
        [(kind, month, 40) for kind in ("Theft", "Arson", "Fraud") for month in ("01", "02", "03")],
        columns=["offence", "period", "incidents"],
    )
    table["period"] = pd.to_datetime("2024-" + table["period"] + "-01")
    table.loc[0, "incidents"] = 2
    safe = protected(table, columns="period", margins=list(Margin))

    rows = [row for row in rows_of(files_of({"group_months": safe})) if not row["OBS_VALUE"]]

    told = {row["COMMENT_OBS"]: (row["OBS_STATUS"], row["CONF_STATUS"]) for row in rows}
    assert told == {
        "Fewer than 5.": ("Q", "C"),
        "Hidden so that another number cannot be worked out.": ("Q", "D"),
    }
    assert {row["FREQ"] for row in rows} == {"M"}
    assert len(rows) == safe.record.hidden


def test_kinds_with_one_code_stay_apart_and_are_never_added():
    files = files_of({"offences": protected()}, iccs={"Burglary": "0502", "Theft": "0502"})
    rows = [row for row in rows_of(files) if row["ICCS"] == "ICCS0502"]

    assert {row["OFFENCE"]: row["OBS_VALUE"] for row in rows} == {"BURGLARY": "40", "THEFT": "60"}
    assert "are not added up here" in files[STRUCTURE_FILE].decode()


def test_a_month_that_is_not_covered_is_of_low_reliability():
    table = pd.DataFrame(
        {
            "period": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-01"]),
            "incidents": [40, 30, 2],
            "covered": [True, False, False],
        }
    )
    safe = protected(table, rows="period", attributes=["covered"])

    rows = rows_of(files_of({"months": safe}))

    assert [(row["TIME_PERIOD"], row["OBS_STATUS"]) for row in rows] == [
        ("2024-01", "A"),
        ("2024-02", "U"),
        ("2024-03", "Q"),
    ]


def test_a_rounded_count_says_so():
    safe = protected(KINDS.assign(incidents=[41, 3, 58]), rule="rounding-5")

    found = by_kind(files_of({"offences": safe}))

    assert {kind: row["OBS_VALUE"] for kind, row in found.items()} == {
        "BURGLARY": "40",
        "ARSON": "5",
        "THEFT": "60",
    }
    assert {row["COMMENT_OBS"] for row in found.values()} == {"Rounded to the nearest 5."}


def test_what_is_left_over_differs_between_tables():
    months = KINDS.assign(offence=["Burglary", "rest", "Theft"], period=pd.Timestamp("2024-01-01"))
    areas = KINDS.assign(offence=["Burglary", "rest", "Theft"], area="A")
    tables = {
        "group_months": protected(months, columns="period"),
        "area_offences": protected(areas, columns="area"),
    }

    codes = {row["OFFENCE"] for row in rows_of(files_of(tables))}

    assert codes == {"BURGLARY", "THEFT", "REST_GROUP_MONTHS", "REST_AREA_OFFENCES"}


def test_an_area_called_like_the_whole_is_another_area():
    table = pd.DataFrame(
        {"area": ["Hill Town", "elsewhere"], "name": ["", ""], "incidents": [40, 9]}
    )
    safe = protected(table, rows="area", attributes=["name"])
    files = files_of({"offences": protected(), "areas": safe})

    areas = {row["REF_AREA"] for row in rows_of(files)}

    assert areas == {"HILL_TOWN", "HILL_TOWN_2", "_O"}


def test_rates_come_with_their_unit_interval_and_population():
    table = pd.DataFrame(
        {
            "place": ["E1", "E2", "E3"],
            "name": ["One", "Two", "Three"],
            "population": [9000, 7000, 0],
            "incidents": [90, 35, 10],
            "rate": [10.0, 5.0, None],
            "low": [8.04, 3.48, None],
            "high": [12.3, 6.95, float("inf")],
        }
    )
    safe = protected(
        table,
        rows="place",
        derived=["rate", "low", "high"],
        attributes=["name", "population"],
    )
    rows = rows_of(files_of({"rates": safe}))
    first = {row["INDICATOR"]: row for row in rows if row["REF_AREA"] == "E1"}
    third = {row["INDICATOR"]: row for row in rows if row["REF_AREA"] == "E3"}

    assert [(name, row["OBS_VALUE"], row["DECIMALS"]) for name, row in first.items()] == [
        ("RATE", "10", "0"),
        ("RATE_LOW", "8.04", "2"),
        ("RATE_HIGH", "12.3", "1"),
        ("POPULATION", "9000", "0"),
    ]
    assert first["RATE"]["UNIT_MEASURE"] == "PER_1000"
    assert (first["POPULATION"]["ICCS"], first["POPULATION"]["OFFENCE"]) == ("_Z", "_Z")
    assert {third[name]["OBS_STATUS"] for name in ("RATE", "RATE_HIGH")} == {"O"}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        min_size=3,
        max_size=3,
        unique=True,
    ),
    st.lists(st.integers(0, 12), min_size=3, max_size=3),
)
def test_any_label_has_a_code_of_its_own_in_a_lawful_structure(labels, counts):
    safe = protected(KINDS.assign(offence=labels, incidents=counts))

    files = files_of({"offences": safe})

    read_sdmx(files[STRUCTURE_FILE].decode(), validate=True)
    rows = rows_of(files)
    assert len({row["OFFENCE"] for row in rows}) == 3
    assert all(row["OFFENCE"].replace("_", "").isalnum() for row in rows)
    assert [row["OBS_VALUE"] for row in rows] == [
        "" if (value := safe.value(label)) is None else str(value) for label in labels
    ]


@pytest.mark.parametrize("counts", [[1, 2, 3], []])
def test_all_hidden_and_no_rows_are_written(counts, tmp_path):
    safe = protected(KINDS.head(len(counts)).assign(incidents=counts))

    found = rows_of(files_of({"offences": safe}))

    assert [row["OBS_VALUE"] for row in found] == [""] * len(counts)


def test_tables_that_hold_no_indicator_are_passed_over():
    assert rows_of(files_of({"squares": protected()})) == []


# Reports


@pytest.fixture(scope="module")
def town():
    """A made-up town with areas, a population and some districts."""
    boxes = [
        shapely.box(448_000 + 1000 * k, 518_000, 449_000 + 1000 * k, 522_400) for k in range(4)
    ]
    table = gpd.GeoDataFrame(
        {"code": list("ABCD"), "residents": [9000, 7000, 8000, 6000]},
        geometry=boxes,
        crs="EPSG:27700",
    )
    areas = areas_from_frame(table, code="code", population="residents")
    incidents = example_incidents(months=24)
    return publication_of(diagnose(incidents, cell_m=500, areas=areas, population="residents"))


@pytest.fixture(params=["publication", "town"])
def report(request):
    return request.getfixturevalue(request.param)


def read_back(files, folder):
    for name, data in files.items():
        (folder / name).write_bytes(data)
    message = read_sdmx(folder / STRUCTURE_FILE, validate=True)
    (found,) = get_datasets(str(folder / INDICATORS), str(folder / STRUCTURE_FILE))
    return message, found


def test_others_read_it_back_with_its_structure(report, tmp_path):
    files = report_sdmx(report)

    message, found = read_back(files, tmp_path)

    assert len(found.data) == len(rows_of(files)) > 0
    assert not found.data.duplicated(list(DIMENSIONS)).any()
    structure = message.get_data_structure_definitions()[0]
    for name in (*DIMENSIONS[:-1], "UNIT_MEASURE", "OBS_STATUS", "CONF_STATUS"):
        codes = {code.id for code in structure.components[name].local_codes}
        assert set(found.data[name]) <= codes


def test_nothing_is_told_that_the_csv_files_do_not_tell(report):
    """Each value stands in the table that it is from; a hidden one stands nowhere."""
    tables = report.tables
    known = {cell for data in csv_files(tables).values() for row in csv_lines(data) for cell in row}
    shown = 0
    for row in rows_of(report_sdmx(report)):
        if row["OBS_VALUE"]:
            shown += 1
            assert {row["OBS_VALUE"], f"{row['OBS_VALUE']}.0"} & known
            assert row["CONF_STATUS"] == "F"
        elif row["OBS_STATUS"] == "Q":
            assert row["CONF_STATUS"] in "CD"
    names = {"offences", "months", "group_months", "areas", "area_offences"} & set(tables)
    hidden = sum(table.record.hidden for name, table in tables.items() if name in names)
    suppressed = [row for row in rows_of(report_sdmx(report)) if row["OBS_STATUS"] == "Q"]
    assert len(suppressed) == hidden
    assert shown


def csv_lines(data):
    return csv.reader(io.StringIO(data.decode()))


def test_it_is_the_same_in_every_language_and_every_time(report):
    first = report_sdmx(report)
    with use_language("ar"):
        assert report_sdmx(report) == first


def test_codes_of_kinds_that_no_table_names_are_not_told():
    kinds = {f"Kind {k}": 40 + k for k in range(30)} | {"Blackmail": 1, "Bigamy": 1}
    report = publication_of(example_diagnosis(kinds=kinds))

    told = report.provenance.data["classification"]["codes"]

    named = set(report.tables["offences"].row_labels)
    assert OTHER_KINDS in named
    assert set(told) == named - {OTHER_KINDS}
    assert "Bigamy" not in str(report_sdmx(report))


def test_rates_of_a_report_are_there(town):
    found = {row["INDICATOR"] for row in rows_of(report_sdmx(town))}

    assert found == {"INCIDENTS", "RATE", "RATE_LOW", "RATE_HIGH", "POPULATION"}
