"""Rates with all that is unsure about them."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from forestall._stats.poisson import poisson_interval
from forestall.diagnosis import measure_rates
from forestall.errors import CannotAnswer
from forestall.records import Counts, areas_from_frame


def counted(incidents, people):
    codes = [f"T{number:03d}" for number in range(len(people))]
    towns = gpd.GeoDataFrame(
        {"code": codes, "name": [f"Town {code}" for code in reversed(codes)], "homes": people},
        geometry=[box(1000 * x, 0, 1000 * x + 1000, 1000) for x in range(len(people))],
        crs="EPSG:27700",
    )
    areas = areas_from_frame(towns, code="code", name="name", population="homes")
    rows = pd.DataFrame({"place": codes, "incidents": incidents})
    return Counts.from_frame(rows, places=areas)


def test_a_rate_has_its_exact_interval_and_rank():
    rates = measure_rates(counted([20, 12, 3], [4000, 2500, 1500]), population="homes")

    rows = rates.table.set_index("place")
    low, high = poisson_interval(20)
    assert list(rows.loc["T000", ["rate", "low", "high"]]) == pytest.approx([5, low / 4, high / 4])
    assert rows["rank"].tolist() == [3, 2, 1]
    assert (rows["rank_low"] <= rows["rank"]).all()
    assert (rows["rank"] <= rows["rank_high"]).all()
    assert rates.table["name"].is_monotonic_increasing
    assert rates.overall_rate == pytest.approx(35 / 8)


def test_a_place_without_people_has_no_rate_but_keeps_its_count():
    rates = measure_rates(counted([20, 7, 5], [4000, 0, np.nan]), population="homes")

    rows = rates.table.set_index("place")
    assert rows.loc[["T001", "T002"], ["rate", "low", "rank", "rank_high"]].isna().all(axis=None)
    assert rows["state"].tolist() == ["unknown", "unknown", "within"]
    assert rows.loc["T001", "incidents"] == 7
    assert rates.overall_rate == pytest.approx(5)
    assert "2 areas have no population" in " ".join(map(str, rates.caveats))


def test_one_high_place_is_beyond_the_funnel_and_the_rest_within():
    people = [5000] * 20
    rates = measure_rates(counted([50] * 19 + [200], people), population="homes")

    states = rates.table.set_index("place")["state"]
    assert states["T019"] == "higher"
    assert states.drop("T019").eq("within").all()
    assert "1 area differs more than chance" in rates.summary()
    assert rates.table["funnel_high_998"].ge(rates.table["funnel_high_95"]).all()
    assert rates.plot().to_dict()["layer"]


def test_places_that_vary_widely_get_wide_limits():
    generator = np.random.default_rng(8)
    incidents = generator.negative_binomial(8, 8 / 108, 60)

    rates = measure_rates(counted(incidents, [10_000] * 60), population="homes")

    assert rates.dispersion > 4
    assert (rates.table["state"] == "within").mean() > 0.9
    assert (rates.funnel["high_998"] > rates.funnel["chance_high_998"]).all()


def test_the_unit_changes_nothing_but_the_unit():
    counts = counted([20, 12, 3], [4000, 2500, 1500])

    small = measure_rates(counts, population="homes").table
    large = measure_rates(counts, population="homes", per=100_000).table

    columns = ["rate", "low", "high", "funnel_low_95", "funnel_high_998"]
    assert large[columns].to_numpy() == pytest.approx(100 * small[columns].to_numpy())
    assert large["rank_low"].tolist() == small["rank_low"].tolist()


def test_a_missing_population_is_refused_with_what_there_is(squares):
    with pytest.raises(CannotAnswer, match="there is: homes"):
        measure_rates(counted([1, 2], [10, 20]), population="people")
    with pytest.raises(CannotAnswer, match="areas with a population"):
        measure_rates(squares([[1, 2]]), population="homes")
    with pytest.raises(CannotAnswer, match="above zero"):
        measure_rates(counted([1, 2], [0, 0]), population="homes")
