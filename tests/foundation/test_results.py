"""How sure a comparison may sound."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.results import Certainty, Interval, RatioComparison


def compared(low_80, high_80, low_95, high_95, low_99, high_99):
    return RatioComparison(
        before_count=100,
        after_count=100,
        before_exposure=1,
        after_exposure=1,
        ratio=1.0,
        interval_80=Interval(low=low_80, high=high_80, level=0.80),
        interval_95=Interval(low=low_95, high=high_95, level=0.95),
        interval_99=Interval(low=low_99, high=high_99, level=0.99),
        p_value=1.0,
    )


@pytest.mark.parametrize(
    ("intervals", "certainty"),
    [
        ((0.88, 0.92, 0.86, 0.94, 0.84, 0.96), Certainty.CLEAR),
        ((0.88, 0.95, 0.86, 0.98, 0.84, 1.01), Certainty.PROBABLE),
        ((0.88, 0.98, 0.86, 1.02, 0.84, 1.05), Certainty.SIGN),
        ((0.90, 1.10, 0.80, 1.20, 0.70, 1.30), Certainty.CHANCE),
        ((0.98, 1.02, 0.96, 1.04, 0.94, 1.06), Certainty.LITTLE_CHANGED),
        ((0.965, 0.985, 0.96, 0.99, 0.955, 0.995), Certainty.LITTLE_CHANGED),
    ],
)
def test_words_follow_the_intervals(intervals, certainty):
    assert compared(*intervals).certainty is certainty


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.99, 1.14, "1\xa0% fewer to 14\xa0% more"),
        (0.87, 0.92, "8 to 13\xa0% fewer"),
        (1.02, 1.5, "2 to 50\xa0% more"),
    ],
)
def test_an_interval_reads_from_the_smaller_to_the_larger(low, high, words):
    assert str(compared(low, high, low, high, low, high).in_words()) == words


def test_an_interval_without_upper_limit_says_so():
    assert "no upper limit" in str(compared(1, 2, 0.5, math.inf, 0.4, math.inf).in_words())


@given(st.floats(0.01, 5), st.floats(1.001, 3), st.floats(1.001, 2), st.floats(1.001, 2))
def test_a_change_seen_at_99_is_never_called_less_sure(ratio, a, b, c):
    comparison = compared(
        ratio / a, ratio * a, ratio / (a * b), ratio * a * b, ratio / (a * b * c), ratio * a * b * c
    )

    if not comparison.interval_99.holds(1):
        assert comparison.certainty in (Certainty.CLEAR, Certainty.LITTLE_CHANGED)
    if comparison.interval_80.holds(1):
        assert comparison.certainty in (Certainty.CHANCE, Certainty.LITTLE_CHANGED)


def test_a_limit_that_is_not_zero_is_never_written_as_zero():
    from forestall.results import Interval, RatioComparison

    limits = Interval(low=0.72, high=0.9958)
    change = RatioComparison(
        before_count=100,
        after_count=85,
        before_exposure=1,
        after_exposure=1,
        ratio=0.85,
        interval_80=limits,
        interval_95=limits,
        interval_99=limits,
        p_value=0.04,
    )

    assert str(change.in_words()).replace("\N{NO-BREAK SPACE}", " ") == "0.4 to 28 % fewer"
