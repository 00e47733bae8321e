"""What is published cannot be turned back into numbers that are hidden."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from forestall.diagnosis import Timing, diagnose
from forestall.diagnosis.concentration import _curve, _measure
from forestall.disclosure import Status, rule_named
from forestall.publication import diagnosis_schema, protect_diagnosis, publish_diagnosis
from forestall.publication.example import example_diagnosis, example_incidents
from forestall.publication.protected.areas import among_shown, shown_rate
from forestall.publication.protected.concentration import protect_concentration, protect_curve
from forestall.publication.protected.hours import whole_hours
from forestall.records import areas_from_frame

RULE = rule_named("threshold-5")
MANY_KINDS = {"Burglary": 900, "Robbery": 300, "Arson": 90, "Blackmail": 60, "Fraud": 45}


@pytest.fixture(scope="module")
def town():
    """Two years of kinds of which some have too few in most months."""
    return example_diagnosis(kinds=MANY_KINDS, months=24)


@pytest.fixture(scope="module")
def safe_town(town):
    return protect_diagnosis(town, rule=RULE)


def columns_of(safe, *names):
    return safe.frame.set_index(safe.rows)[list(names)]


# The table of kinds by attention


def test_a_kind_whose_comparison_is_hidden_has_no_ratio_and_a_coarse_criterion(safe_town):
    compared = set(safe_town.changes.row_labels)
    table = safe_town.priorities.frame.set_index("group")
    hidden = [kind for kind in table.index if kind not in compared]

    assert hidden
    assert compared
    assert table.loc[hidden, ["change_ratio", "change_certainty"]].isna().all(axis=None)
    assert all(round(value, 1) == value for value in table.loc[hidden, "change"])
    for kind in compared:
        before, after = (safe_town.changes.frame.query(f"group == '{kind}'")["per_day"]).astype(
            float
        )
        assert table.loc[kind, "change_ratio"] == pytest.approx(after / before, rel=2e-3)


def test_attention_is_made_of_the_criteria_as_they_are_printed(town, safe_town):
    table = safe_town.priorities.frame
    weighted = sum(table[name] * weight for name, weight in town.priorities.weights.items())

    assert table["attention"].astype(float).tolist() == pytest.approx(weighted.tolist(), abs=0.0051)
    assert table["rank"].tolist() == list(range(1, len(table) + 1))


def test_a_kind_that_is_not_in_the_table_of_concentration_has_no_number_of_places(safe_town):
    measured = set(safe_town.concentration.row_labels)
    table = safe_town.priorities.frame.set_index("group")

    assert "Fraud" not in measured
    assert table.loc["Fraud", ["places_50", "chance_places_50"]].isna().all()
    for kind in measured & set(table.index):
        row = safe_town.concentration.frame.set_index("group").loc[kind]
        assert table.loc[kind, "places_50"] == row["places_50"]


# Concentration


def others_with_the_same_numbers(diagnosis, *, most=300):
    """Return sets of numbers, other than the true one, that hidden places may have."""
    safe: Any = protect_diagnosis(diagnosis, rule=RULE)
    counts = diagnosis.counts.crimes().per_place()
    squares = safe.squares.frame.assign(status=safe.squares.status)
    at = diagnosis.places.positions(squares["place"].to_numpy())
    squares["true"] = counts[at]
    squares = squares[squares["true"] > 0].reset_index(drop=True)
    table = diagnosis.concentration.table
    empty = int(table.loc[table["group"] == "all", "places"].iloc[0]) - int((counts > 0).sum())
    printed = printed_of(diagnosis, safe, None)
    chance, found = np.random.default_rng(1), set()
    hidden = squares[squares["incidents"].isna()]
    values = squares["true"].to_numpy().copy()
    for _ in range(most):
        one, other = chance.choice(hidden.index.to_numpy(), 2, replace=False)
        if squares["letter"][one] != squares["letter"][other]:
            continue
        tried = values.copy()
        places = [squares.index.get_loc(one), squares.index.get_loc(other)]
        tried[places] += np.array([1, -1]) * chance.integers(1, 4)
        allowed = all(
            1 <= tried[k] < 5 if squares["status"].iloc[k] == "small" else tried[k] >= 5
            for k in places
        )
        if (
            allowed
            and printed_of(diagnosis, safe, np.append(tried, np.zeros(empty, int))) == printed
        ):
            values = tried
            found.add(tuple(sorted(tried)))
        if len(found) > 2:
            break
    return found - {tuple(sorted(squares["true"]))}


def printed_of(diagnosis, safe, counts):
    """Return all that is printed of the concentration of all crime, with these numbers."""
    if counts is not None:
        measured = replace(
            diagnosis.concentration,
            table=pd.DataFrame([_measure("all", True, counts)]),
            curve=_curve("all", counts),
        )
        diagnosis = replace(diagnosis, concentration=measured)
    measures: Any = protect_concentration(
        diagnosis, rule=RULE, squares=safe.squares, kinds=[safe.offences, safe.apart_offences]
    )
    curve: Any = protect_curve(diagnosis, rule=RULE, squares=safe.squares, shown=measures)
    rows = [r for t in (measures, curve) for r in t.records() if r["group"] == "all"]
    return json.dumps(rows, default=str)


def test_many_sets_of_hidden_places_have_the_printed_concentration(bundled):
    assert len(others_with_the_same_numbers(bundled)) >= 2


@pytest.mark.parametrize("number", [60, 150, 400])
def test_many_sets_of_hidden_places_remain_in_a_small_town(number):
    small = example_diagnosis(kinds={"Burglary": number})

    assert len(others_with_the_same_numbers(small)) >= 2


def test_coefficients_of_few_hidden_places_are_left_out():
    few = example_diagnosis(kinds={"Burglary": 1200})
    safe: Any = protect_diagnosis(few, rule=RULE)

    assert 0 < safe.squares.record.hidden < 6
    assert columns_of(safe.concentration, "gini", "gini_generalised").isna().all(axis=None)


def test_a_curve_has_no_exact_step_among_hidden_places(bundled):
    safe: Any = protect_diagnosis(bundled, rule=RULE)
    shown = np.sort(safe.squares.frame["incidents"].dropna().to_numpy(int))[::-1]
    known = {0, *np.cumsum(shown).tolist()}
    total = safe.squares.total
    coarse = {int(np.ceil(total * share - 1e-9)) for share in (0.25, 0.5, 0.8)} | {total}

    steps = safe.curve.frame.query("group == 'all'")["incidents"]

    assert set(steps) <= known | coarse


def test_a_kind_whose_number_is_hidden_as_a_companion_has_no_concentration():
    town = example_diagnosis(kinds={"Burglary": 400, "Robbery": 60, "Arson": 2})
    safe: Any = protect_diagnosis(town, rule=RULE)

    assert safe.offences.cell("Robbery").status is Status.SECONDARY
    assert set(safe.concentration.row_labels) == {"all", "Burglary"}
    assert set(safe.curve.column_labels) == {"all", "Burglary"}


# Files, months and seasons


def test_rows_by_file_are_not_published(tmp_path):
    published = publish_diagnosis(example_diagnosis(), out=tmp_path / "report")
    numbers = json.loads(published.numbers.read_text())
    file = diagnosis_schema()["properties"]["data"]["properties"]["files"]["items"]

    assert "rows_read" in numbers["data"]
    assert set(file["properties"]) == {"name", "sha256"}
    assert all(set(each) <= {"name", "sha256"} for each in numbers["data"]["files"])


def apart_town(*, apart):
    incidents = example_incidents(kinds={"Burglary": 900, "Anti-social behaviour": apart}, months=8)
    labels = tuple(
        replace(each, counts_as_crime=each.label == "Burglary")
        for each in incidents.manifest.offences
    )
    manifest = replace(incidents.manifest, offences=labels)
    return diagnose(replace(incidents, manifest=manifest), cell_m=500)


@pytest.mark.parametrize(("apart", "compared"), [(40, False), (800, True)])
def test_a_kind_counted_apart_is_compared_only_where_its_months_are_shown(apart, compared):
    safe: Any = protect_diagnosis(apart_town(apart=apart), rule=RULE)

    assert safe.apart_months is not None
    assert (safe.apart_months.status == Status.SHOWN).all() == compared
    assert ("Anti-social behaviour" in safe.changes.row_labels) == compared


def test_p_values_adjusted_with_those_of_hidden_kinds_are_left_out(town, safe_town):
    assert len(safe_town.changes.row_labels) < len(town.group_changes.table)
    assert safe_town.changes.frame["p_holm"].isna().all()
    assert safe_town.changes.frame["p_value"].notna().all()


@pytest.mark.parametrize("number", [17, 23])
def test_kinds_by_month_do_not_tell_a_month_that_is_hidden_beside_one_with_few(number):
    found = 0
    for months in (3, 4, 5, 6):
        safe: Any = protect_diagnosis(
            example_diagnosis(kinds={"Burglary": number}, months=months), rule=RULE
        )
        hidden = safe.months.frame["period"][safe.months.status != Status.SHOWN]
        found += len(hidden)
        if safe.group_months is not None:
            assert not set(hidden) & set(safe.group_months.column_labels)

    assert found


def test_a_season_is_shown_only_where_every_month_of_the_series_is():
    few = example_diagnosis(kinds={"Burglary": 200}, months=30)
    many = example_diagnosis(kinds={"Burglary": 3000}, months=30)

    assert not (protect_diagnosis(few, rule=RULE).months.status == Status.SHOWN).all()
    assert protect_diagnosis(few, rule=RULE).season is None
    season: Any = protect_diagnosis(many, rule=RULE).season
    factors = season.frame["factor"].astype(float)
    assert (factors.round(2) == factors).all()


def test_the_average_of_twelve_months_has_no_month_that_is_not_covered():
    long: Any = example_diagnosis(kinds={"Burglary": 3000}, months=30)
    table = long.trend.table.copy()
    table.loc[5, "covered"] = False
    gap = replace(long, trend=replace(long.trend, table=table))

    average: Any = protect_diagnosis(gap, rule=RULE).months.frame["average_12"]

    assert average[:17].isna().all()
    assert average[17:].notna().all()


# Hours


def test_hours_of_the_week_add_up_to_the_incidents_counted(bundled):
    if not isinstance(bundled.timing, Timing):
        pytest.skip("no times")
    hours = whole_hours(bundled.timing)
    safe: Any = protect_diagnosis(bundled, rule=RULE)

    assert hours["incidents"].sum() == bundled.timing.rows_used == safe.day.total
    exact = bundled.timing.table["incidents"].to_numpy()
    assert (np.abs(hours["incidents"].to_numpy() - exact) < 1).all()


@pytest.mark.parametrize("number", [900, 1400, 2500])
def test_hours_with_few_cannot_be_worked_out_from_the_parts_of_the_day(number):
    safe: Any = protect_diagnosis(example_diagnosis(kinds={"Burglary": number}), rule=RULE)
    if safe.week is None:
        pytest.skip("only the parts of the day are published")
    hours = safe.week.frame.assign(status=safe.week.status)
    limits = {"small": (1, 4), "secondary": (5, 10**6)}
    for first in safe.day.row_labels:
        whole = safe.day.value(first)
        block = hours[hours["hour"] // 4 * 4 == first]
        low, high = np.array([limits[s] for s in block["status"] if s != "shown"]).reshape(-1, 2).T
        rest = whole - block["incidents"].sum()
        least = np.maximum(low, rest - (high.sum() - high))
        most = np.minimum(high, rest - (low.sum() - low))
        assert (most - least >= 2).all()


# Places


def test_areas_keep_their_places_without_a_record(bundled):
    safe: Any = protect_diagnosis(bundled, rule=RULE)
    found = bundled.hotspots.table
    members = found[found["area"] != ""].groupby("area")["place"].apply(set).to_dict()
    listed = safe.squares.frame.query("letter != ''").groupby("letter")["place"].apply(set)

    assert listed.to_dict() == members
    for letter in safe.standing_out.row_labels:
        assert safe.standing_out.value(letter) == safe.squares.margin_column(letter).number


def test_an_area_of_places_without_a_record_is_published(tmp_path):
    town: Any = example_diagnosis()
    table = town.hotspots.table.copy()
    table.loc[table["incidents"].eq(0).idxmax(), "area"] = "Z"
    empty = pd.DataFrame(
        {"area": ["Z"], "squares": [1], "incidents": [0], "share": [0.0], "x": 0.0, "y": 0.0}
    )
    areas = pd.concat([town.hotspots.areas, empty], ignore_index=True)
    odd = replace(town, hotspots=replace(town.hotspots, table=table, areas=areas))

    safe: Any = protect_diagnosis(odd, rule=RULE)

    assert safe.squares.margin_column("Z").number == 0
    published: Any = publish_diagnosis(odd, out=tmp_path / "report")
    assert '"area":"Z"' in published.map.read_text()


def test_rates_depend_on_shown_areas_alone():
    incidents = example_incidents(kinds={"Burglary": 600})
    boxes = [
        shapely.box(448_000 + 1000 * k, 518_000, 449_000 + 1000 * k, 522_000) for k in range(4)
    ]
    corner = shapely.box(448_000, 522_000, 452_000, 522_400)
    table = gpd.GeoDataFrame(
        {"code": list("ABCDE"), "residents": [9000, 7000, 8000, 6000, 500]},
        geometry=[*boxes, corner],
        crs="EPSG:27700",
    )
    table.loc[0, "geometry"] = shapely.box(448_000, 518_000, 448_060, 522_000)
    areas = areas_from_frame(table, code="code", population="residents")
    town = diagnose(incidents, cell_m=500, areas=areas, population="residents")
    safe: Any = protect_diagnosis(town, rule=RULE)
    shown = safe.rates.frame

    assert any(safe.areas.value(code) is None for code in "ABCDE")
    assert shown["rank"].tolist() == shown["rate"].rank(ascending=False).tolist()
    rate = shown["incidents"].sum() / shown["population"].sum() * 1000
    assert shown_rate(safe.rates, per=1000) == pytest.approx(rate)
    again = among_shown(shown[["population", "incidents", "rate"]].astype(float), per=1000)
    for name in ("funnel_low_95", "funnel_high_998", "rank_low", "rank_high"):
        assert again[name].tolist() == pytest.approx(shown[name].tolist(), rel=1e-3)


def test_the_only_small_kind_of_place_has_a_companion_where_every_incident_has_one():
    from forestall.publication.protected.places import protect_landmarks

    table = pd.DataFrame({"context": ["street", "shop", "park"], "incidents": [80, 20, 2]})

    hidden: dict[int, Any] = {
        total: protect_landmarks(table, rule=RULE, total=total) for total in (102, 900)
    }

    assert hidden[102].record.hidden == 2
    assert hidden[900].record.hidden == 1
