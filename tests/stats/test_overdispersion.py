"""Funnel limits and ranks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from forestall._stats.overdispersion import funnel_limits, rank_intervals, winsorised_dispersion


@given(st.floats(0.01, 2000), st.sampled_from([0.95, 0.998]))
def test_limits_lie_on_the_steps_of_the_poisson_distribution(expected, level):
    low, high = funnel_limits([expected], level=level)

    tail = (1 - level) / 2
    for limit, probability in ((low[0], tail), (high[0], 1 - tail)):
        reached = stats.poisson.ppf(probability, expected)
        assert max(reached - 1, 0) <= limit + 1e-9
        assert limit <= reached + 1e-9


def test_a_limit_done_by_hand():
    # Spiegelhalter (2005), A.1.1, with mean 3 and p = 0.975: r = 7, and P(X <= 6), P(X <= 7) are
    # 0.9665 and 0.9881.
    _, high = funnel_limits([3.0], level=0.95)

    below, upto = stats.poisson.cdf(6, 3), stats.poisson.cdf(7, 3)
    assert high[0] == pytest.approx(7 - (upto - 0.975) / (upto - below))


def test_large_counts_have_normal_limits():
    low, high = funnel_limits([1e6], level=0.95)

    assert low[0] == pytest.approx(1e6 - 1960, abs=3)
    assert high[0] == pytest.approx(1e6 + 1960, abs=3)


@given(st.floats(0.5, 500), st.floats(1, 20))
def test_dispersion_widens_by_its_root(expected, dispersion):
    _, narrow = funnel_limits([expected], level=0.95)
    _, wide = funnel_limits([expected], level=0.95, dispersion=dispersion)

    assert wide[0] - expected == pytest.approx(np.sqrt(dispersion) * (narrow[0] - expected))


def test_chance_alone_has_no_dispersion_and_outliers_hardly_count():
    generator = np.random.default_rng(2)
    expected = np.full(500, 50.0)
    counts = generator.poisson(expected)

    plain = winsorised_dispersion(counts, expected)
    counts[0] = 5000

    assert plain == pytest.approx(1, abs=0.1)
    assert winsorised_dispersion(counts, expected) == pytest.approx(plain, abs=0.05)
    assert winsorised_dispersion(generator.negative_binomial(10, 1 / 6, 500), expected) > 2.5
    assert winsorised_dispersion([3], [3]) == 1


def test_sure_ranks_are_narrow_and_unsure_ones_are_wide():
    low, high = rank_intervals([900, 500, 100], [1000, 1000, 1000], seed=1)
    unsure_low, unsure_high = rank_intervals([3, 2, 2], [10, 10, 10], seed=1)

    assert (low.tolist(), high.tolist()) == ([1, 2, 3], [1, 2, 3])
    assert (unsure_low.tolist(), unsure_high.tolist()) == ([1, 1, 1], [3, 3, 3])
