"""This file knows that every safe expression gives one answer on all engines."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pandas import Timestamp

from forestall.query import (
    PERIOD_UNITS,
    cell_index,
    cell_key,
    days_between,
    fetch,
    hex_key,
    key_parts,
    memory_table,
    period_start,
    round_half_up,
    safe_div,
    seconds_between,
)


def start_of(unit, table):
    return period_start(table.starts_at, unit=unit)


GOLDEN: dict[str, Callable[[Any], Any]] = {
    "safe_div": lambda t: safe_div(t.count_, t.people),
    "round_half_up": lambda t: round_half_up(t.half),
    "cell_index": lambda t: cell_index(t.x, origin=-3.0, size=7.0),
    "cell_key": lambda t: cell_key(t.x, t.y, origin=(0.5, -2.0), size=250.0),
    "hex_key": lambda t: hex_key(t.x, t.y, origin=(10.0, 20.0), size=300.0),
    "seconds_between": lambda t: seconds_between(t.starts_at, t.ends_at),
    "days_between": lambda t: days_between(t.starts_at, t.ends_at),
    **{f"period_start {unit}": partial(start_of, unit) for unit in PERIOD_UNITS},
}


def golden_rows():
    """Rows with the values on which engines disagree.

    Zeros, halves, negatives, parts of a second, times before 1970, missing values.
    """
    random = np.random.default_rng(20)
    n = 500
    days = np.r_[[np.datetime64("1960-02-28")] * 20, [np.datetime64("2023-12-25")] * (n - 20)]
    starts = days + random.integers(0, 40_000_000_000, n).astype("timedelta64[ms]")
    edges = np.r_[np.arange(-10, 10) * 7.0 - 3.0, np.arange(-10, 10) * 250.0 + 0.5]
    return pa.table(
        {
            "row": np.arange(n),
            "count_": random.integers(0, 9, n),
            "people": random.integers(0, 3, n),
            "half": random.integers(-9, 9, n) + 0.5,
            "x": pa.array(
                np.r_[edges, random.normal(0, 5_000, n - edges.size)], mask=random.random(n) < 0.1
            ),
            "y": random.normal(0, 5_000, n),
            "starts_at": starts.astype("datetime64[us]"),
            "ends_at": pa.array(
                (starts + random.integers(0, 400_000_000, n)).astype("datetime64[us]"),
                mask=random.random(n) < 0.1,
            ),
        }
    )


@pytest.mark.parametrize("name", GOLDEN)
def test_an_expression_gives_the_same_table_on_another_engine(name, golden_elsewhere):
    ours, theirs = (
        fetch(table.select("row", value=GOLDEN[name](table)).order_by("row"))
        for table in (memory_table(golden_rows()), golden_elsewhere)
    )

    assert ours.schema.types == theirs.schema.types
    assert ours.to_pydict() == theirs.to_pydict()


@pytest.fixture(scope="module")
def golden_elsewhere(on_another_engine):
    return on_another_engine(golden_rows())


def test_a_ratio_to_nobody_is_missing():
    table = memory_table({"a": [3, 0, 1], "b": [2, 0, 0]})

    assert fetch(table.select(r=safe_div(table.a, table.b)))["r"].to_pylist() == [1.5, None, None]


def test_halves_round_up_above_and_below_zero():
    table = memory_table({"v": [0.5, 1.5, 2.5, -0.5, -1.5, 2.4999]})

    rounded = fetch(table.select(r=round_half_up(table.v)))["r"].to_pylist()

    assert rounded == [1, 2, 3, 0, -1, 2]


def test_a_value_on_the_edge_belongs_to_the_cell_above_it():
    table = memory_table({"x": [-500.0, -0.001, 0.0, 499.999, 500.0]})

    cells = fetch(table.select(i=cell_index(table.x, origin=0, size=500)))["i"].to_pylist()

    assert cells == [-1, -1, 0, 0, 1]


def test_days_between_counts_elapsed_time_not_midnights():
    table = memory_table({"a": [Timestamp(2024, 3, 1, 23)], "b": [Timestamp(2024, 3, 2, 1)]})

    days = fetch(table.select(d=days_between(table.a, table.b)))["d"].to_pylist()

    assert days == [pytest.approx(2 / 24)]


def test_a_part_of_a_second_is_cut_off_also_before_1970():
    table = memory_table(
        {
            "a": [Timestamp("2024-03-01 00:00:00.6"), Timestamp("1960-03-01 00:00:00.6")],
            "b": [Timestamp("2024-03-01 00:00:02.4"), Timestamp("1960-03-01 00:00:02.4")],
        }
    )

    assert fetch(table.select(s=seconds_between(table.a, table.b)))["s"].to_pylist() == [2, 2]


def test_weeks_start_on_monday():
    sunday, monday = Timestamp(2024, 3, 3, 12), Timestamp(2024, 3, 4, 0)
    table = memory_table({"at": [sunday, monday]})

    starts = fetch(table.select(w=period_start(table.at, unit="week")))["w"].to_pylist()

    assert starts == [Timestamp(2024, 2, 26), Timestamp(2024, 3, 4)]


places = hnp.arrays(np.float64, 20, elements=st.floats(-1e6, 1e6, width=32))


@given(places, places)
def test_a_point_lies_in_the_hexagon_with_the_nearest_centre(x, y):
    table = memory_table({"i": np.arange(x.size), "x": x, "y": y})

    key = fetch(
        table.select("i", k=hex_key(table.x, table.y, origin=(0, 0), size=300)).order_by("i")
    )
    r, q = key_parts(key["k"].to_numpy())

    def distance(q, r):
        return np.hypot(x - 300 * (q + r / 2), y - 300 * 3**0.5 / 2 * r)

    others = [(1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1)]
    nearest = np.min([distance(q + dq, r + dr) for dq, dr in others], axis=0)
    assert (distance(q, r) <= nearest + 1e-6).all()


@given(st.lists(st.tuples(st.integers(-(2**30), 2**30), st.integers(-(2**30), 2**30)), min_size=1))
def test_a_key_splits_into_what_it_was_made_of(cells):
    rows, columns = np.array(cells, dtype=np.int64).T

    row, column = key_parts(rows * 2**32 + columns)

    assert row.tolist() == rows.tolist()
    assert column.tolist() == columns.tolist()
