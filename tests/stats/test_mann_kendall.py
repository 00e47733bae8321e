"""Mann-Kendall of many series against definition, SciPy and R."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import kendalltau

from forestall._stats.mann_kendall import mann_kendall
from tests.peers.r import run_r

series = arrays(
    np.int64, st.tuples(st.integers(1, 6), st.integers(2, 14)), elements=st.integers(0, 6)
)


def s_by_definition(values):
    return sum(
        np.sign(values[later] - values[earlier])
        for later in range(len(values))
        for earlier in range(later)
    )


def variance_by_definition(values):
    n = len(values)
    _, ties = np.unique(values, return_counts=True)
    return (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18


def test_a_case_by_hand():
    # Ten pairs, one equal: nine rise. Variance (5·4·15 − 2·1·9) / 18 = 282 / 18.
    tested = mann_kendall([[1, 2, 2, 5, 7]])

    assert tested.s[0] == 9
    assert tested.variance[0] == pytest.approx(282 / 18)
    assert tested.z[0] == pytest.approx(8 / np.sqrt(282 / 18))


@given(series)
def test_s_and_variance_follow_their_definition(values):
    tested = mann_kendall(values)

    assert tested.s.tolist() == [s_by_definition(row) for row in values]
    assert tested.variance == pytest.approx([variance_by_definition(row) for row in values])


@given(series)
def test_reversed_series_fall_as_the_others_rise(values):
    forwards, backwards = mann_kendall(values), mann_kendall(values[:, ::-1])

    assert (forwards.s == -backwards.s).all()
    assert forwards.p_value == pytest.approx(backwards.p_value)


def test_it_agrees_with_scipy_also_with_ties():
    generator = np.random.default_rng(4)
    values = np.vstack([generator.normal(size=(30, 24)), generator.poisson(2, (30, 24))])

    tested = mann_kendall(values)

    for row, s, variance in zip(values, tested.s, tested.variance, strict=True):
        theirs = kendalltau(np.arange(24), row, method="asymptotic")
        # SciPy makes no continuity correction.
        assert theirs.pvalue == pytest.approx(mann_kendall_without_correction(s, variance))


def mann_kendall_without_correction(s, variance):
    from scipy.special import ndtr

    return 2 * ndtr(-abs(s) / np.sqrt(variance))


def test_it_agrees_with_r():
    values = np.random.default_rng(5).poisson(3, (12, 40))

    tested = mann_kendall(values)

    theirs = run_r(
        """
        tests <- apply(series, 1, function(x) suppressWarnings(
          cor.test(seq_along(x), x, method = "kendall", exact = FALSE, continuity = TRUE)))
        result <- list(z = sapply(tests, function(t) t$statistic),
                       p = sapply(tests, function(t) t$p.value))
        """,
        series=values,
    )
    assert tested.z == pytest.approx(theirs["z"], abs=1e-10)
    assert tested.p_value == pytest.approx(theirs["p"], abs=1e-10)


def test_blocks_do_not_change_the_answer(monkeypatch):
    values = np.random.default_rng(6).poisson(2, (50, 9))
    whole = mann_kendall(values)
    monkeypatch.setattr("forestall._stats.mann_kendall._BLOCK", 7)

    parts = mann_kendall(values)

    assert (parts.s == whole.s).all()
    assert (parts.variance == whole.variance).all()


def test_equal_values_have_no_trend():
    tested = mann_kendall(np.full((2, 12), 3.0))

    assert tested.z.tolist() == [0, 0]
    assert tested.p_value.tolist() == [1, 1]


@pytest.mark.slow
@pytest.mark.parametrize("ties", [False, True])
def test_independent_series_rise_or_fall_as_often_as_the_level_says(ties):
    generator = np.random.default_rng(7)
    values = generator.poisson(1, (40_000, 24)) if ties else generator.normal(size=(40_000, 24))

    share = (mann_kendall(values).p_value <= 0.05).mean()

    assert 0.040 < share < 0.053
