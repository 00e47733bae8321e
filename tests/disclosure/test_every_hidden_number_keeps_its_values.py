"""This file knows, by listing every table a reader could think of, that nothing leaks."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from forestall.disclosure import (
    DisclosureRule,
    Margin,
    PublishedSum,
    SafeTable,
    Status,
    Treatment,
    Zeros,
    protect_table,
)
from forestall.errors import UnsafeToPublish

LARGEST_LISTING = 300_000
COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 30))
RULES = [
    DisclosureRule(),
    DisclosureRule(zeros=Zeros.HIDE),
    DisclosureRule(least_possible_values=4),
    DisclosureRule(threshold=7),
    DisclosureRule(treatment=Treatment.ROUND, rounding_base=5),
    DisclosureRule(treatment=Treatment.SUPPRESS_AND_ROUND, rounding_base=5),
    DisclosureRule(treatment=Treatment.SUPPRESS_AND_ROUND, rounding_base=10),
]


def tidy(counts: np.ndarray) -> pd.DataFrame:
    rows, columns = counts.shape
    return pd.DataFrame(
        {
            "place": np.repeat([f"r{row}" for row in range(rows)], columns),
            "month": [f"c{column}" for column in range(columns)] * rows,
            "incidents": counts.ravel(),
        }
    )


def possible(safe: SafeTable, cell, largest: int) -> range:
    """Every value that the print of one number allows, without looking at anything else."""
    rule = safe.record.rule
    base = rule.rounding_base or 1
    if cell.status is Status.SHOWN:
        return range(cell.number, cell.number + 1)
    if cell.status is Status.SMALL:
        return range(rule.smallest_small, rule.threshold)
    if cell.status is Status.SECONDARY:
        return range(rule.threshold, largest + 1)
    if cell.status is Status.ROUNDED:
        alike = [
            n
            for n in range(cell.number + base + 1)
            if (n + base // 2) // base * base == cell.number
        ]
        if rule.suppresses:
            alike = [n for n in alike if n >= rule.threshold]
        return range(alike[0], alike[-1] + 1)
    return range(largest * 99)


def readers_tables(safe: SafeTable, *, largest: int, known_sums=()) -> np.ndarray:
    """All tables that agree with everything published, one a row."""
    cells = [safe.cell(row, column) for row in safe.row_labels for column in safe.column_labels]
    choices = [possible(safe, cell, largest) for cell in cells]
    assume(np.prod([float(len(choice)) for choice in choices]) <= LARGEST_LISTING)
    tables = np.array(list(itertools.product(*choices)), dtype=np.int64)
    cube = tables.reshape(-1, len(safe.row_labels), len(safe.column_labels))
    agree = np.ones(len(cube), dtype=bool)

    def must_agree(sums: np.ndarray, cell) -> None:
        limits = possible(safe, cell, 10**6)
        agree[:] &= (sums >= limits.start) & (sums < limits.stop)

    if safe.columns is not None:
        for place, row in enumerate(safe.row_labels):
            must_agree(cube[:, place, :].sum(axis=1), safe.margin_row(row))
        for place, column in enumerate(safe.column_labels):
            must_agree(cube[:, :, place].sum(axis=1), safe.margin_column(column))
    must_agree(cube.sum(axis=(1, 2)), safe.grand_total)
    for mask, total in known_sums:
        sums = tables[:, mask].sum(axis=1)
        small = safe.record.rule.smallest_small <= total < safe.record.rule.threshold
        agree &= (sums < 5) & (sums >= 1) if small else sums == total
    return tables[agree]


def check_nothing_leaks(safe: SafeTable, counts: np.ndarray, *, known_sums=()) -> None:
    rule = safe.record.rule
    tables = readers_tables(safe, largest=int(counts.sum()) + 4, known_sums=known_sums)
    statuses = [
        safe.cell(row, column).status for row in safe.row_labels for column in safe.column_labels
    ]
    assert (tables == counts.ravel()).all(axis=1).any(), "the truth must be among them"
    for place, (status, true) in enumerate(zip(statuses, counts.ravel(), strict=True)):
        small = rule.smallest_small <= true < rule.threshold
        if small:
            assert status in (Status.SMALL, Status.ROUNDED)
        if status in (Status.SMALL, Status.SECONDARY) or (small and true > 0):
            assert len(np.unique(tables[:, place])) >= rule.least_possible_values


@pytest.mark.parametrize(
    "rule", RULES, ids=lambda rule: f"{rule.name}-{rule.zeros}-{rule.least_possible_values}"
)
@settings(max_examples=60, deadline=None)
@given(counts=st.lists(COUNTS, min_size=1, max_size=5))
def test_one_way_tables_leak_nothing(rule, counts):
    counts = np.array(counts)[:, None]

    safe = protect_table(tidy(counts).drop(columns="month"), rule=rule, rows="place")

    check_nothing_leaks(safe, counts)


@pytest.mark.parametrize(
    "rule", RULES, ids=lambda rule: f"{rule.name}-{rule.zeros}-{rule.least_possible_values}"
)
@settings(max_examples=60, deadline=None)
@given(
    shape=st.sampled_from([(1, 3), (2, 2), (2, 3), (3, 2), (3, 3)]),
    numbers=st.lists(COUNTS, min_size=9, max_size=9),
    margins=st.sets(st.sampled_from(list(Margin))),
)
def test_two_way_tables_leak_nothing(rule, shape, numbers, margins):
    counts = np.array(numbers[: shape[0] * shape[1]]).reshape(shape)

    safe = protect_table(tidy(counts), rule=rule, rows="place", columns="month", margins=margins)

    check_nothing_leaks(safe, counts)


@settings(max_examples=80, deadline=None)
@given(
    numbers=st.lists(COUNTS, min_size=6, max_size=6),
    sums=st.lists(
        st.tuples(st.sets(st.integers(0, 1), min_size=1), st.sets(st.integers(0, 2), min_size=1)),
        max_size=3,
    ),
)
def test_sums_that_readers_see_elsewhere_leak_nothing(numbers, sums):
    counts = np.array(numbers).reshape(2, 3)
    places = np.arange(6).reshape(2, 3)
    elsewhere = [
        PublishedSum(rows=[f"r{row}" for row in rows], columns=[f"c{column}" for column in columns])
        for rows, columns in sums
    ]
    masks = [places[np.ix_(sorted(rows), sorted(columns))].ravel() for rows, columns in sums]
    known_sums = [(mask, counts.ravel()[mask].sum()) for mask in masks]

    try:
        safe = protect_table(
            tidy(counts),
            rule="threshold-5",
            rows="place",
            columns="month",
            published_sums=elsewhere,
        )
    except UnsafeToPublish:
        return

    check_nothing_leaks(safe, counts, known_sums=known_sums)


@settings(max_examples=50, deadline=None)
@given(numbers=st.lists(COUNTS, min_size=9, max_size=9))
def test_a_higher_threshold_never_shows_a_smaller_number(numbers):
    counts = np.array(numbers).reshape(3, 3)

    shown = [
        protect_table(
            tidy(counts), rule=f"threshold-{t}", rows="place", columns="month"
        ).frame.incidents.dropna()
        for t in (5, 8, 11)
    ]

    for numbers_shown, threshold in zip(shown, (5, 8, 11), strict=True):
        assert not numbers_shown.between(1, threshold - 1).any()
