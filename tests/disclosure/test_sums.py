"""This file knows that the general auditor finds what listing every possibility finds."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.disclosure.sums import equations, few_values


@settings(max_examples=200, deadline=None)
@given(
    truth=st.lists(st.integers(0, 6), min_size=2, max_size=5),
    widths=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=5, max_size=5),
    sums=st.lists(st.lists(st.integers(-1, 1), min_size=5, max_size=5), max_size=4),
    enough=st.integers(2, 4),
)
def test_few_values_equal_a_full_listing(truth, widths, sums, enough):
    numbers = np.array(truth)
    low = np.maximum(numbers - [down for down, _ in widths[: len(truth)]], 0)
    high = numbers + [up for _, up in widths[: len(truth)]]
    rows = [np.array(row[: len(truth)]) for row in sums]
    terms = [(np.flatnonzero(row), row[row != 0], int(row @ numbers)) for row in rows]

    few = few_values(equations(low, high, terms), np.arange(len(truth)), enough=enough)

    ranges = [range(a, b + 1) for a, b in zip(low, high, strict=True)]
    listed = np.array(list(itertools.product(*ranges)))
    for row in rows:
        listed = listed[listed @ row == row @ numbers]
    possible = {place: tuple(np.unique(listed[:, place])) for place in range(len(truth))}
    assert few == {place: each for place, each in possible.items() if len(each) < enough}


def test_numbers_that_cannot_be_are_refused():
    impossible = [(np.array([0]), np.array([1]), 9)]

    with pytest.raises(ValueError, match="contradict each other"):
        few_values(equations(np.array([1]), np.array([4]), impossible), np.array([0]), enough=3)
