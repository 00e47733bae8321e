"""Shares before and after: tests of each place against SciPy and R, samples against shuffles."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import chi2, chi2_contingency, fisher_exact

from forestall._stats.pattern_change import (
    chance_shares_elsewhere,
    chi_square_p_values,
    fisher_p_values,
    resampled_shares,
    sample_size,
    share_elsewhere,
)
from forestall._stats.sample_limits import limits_without_tails
from tests.peers.r import run_r

counts = arrays(np.int64, 7, elements=st.integers(0, 40)).filter(lambda each: each.sum() > 0)


def table_of(before, after, place):
    return np.array(
        [
            [before[place], before.sum() - before[place]],
            [after[place], after.sum() - after[place]],
        ]
    )


def has_margins(table):
    return (table.sum(axis=0) > 0).all()


@settings(deadline=None)
@given(counts, counts)
def test_chi_square_equals_scipy_with_and_without_yates(before, after):
    plain = chi_square_p_values(before, after, correction="none")
    yates = chi_square_p_values(before, after, correction="yates")

    for place in range(before.size):
        table = table_of(before, after, place)
        if not has_margins(table):
            assert plain[place] == yates[place] == 1
            continue
        assert plain[place] == pytest.approx(chi2_contingency(table, correction=False).pvalue)
        assert yates[place] == pytest.approx(chi2_contingency(table, correction=True).pvalue)


@given(counts, counts)
def test_n_minus_1_shrinks_the_statistic(before, after):
    total = before.sum() + after.sum()
    statistic = chi2.isf(chi_square_p_values(before, after, correction="none"), 1)

    shrunk = chi_square_p_values(before, after, correction="n_minus_1")

    assert shrunk == pytest.approx(chi2.sf(statistic * (total - 1) / total, 1), abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(counts, counts)
def test_fisher_equals_scipy(before, after):
    p_values = fisher_p_values(before, after)

    for place in range(before.size):
        assert p_values[place] == pytest.approx(fisher_exact(table_of(before, after, place)).pvalue)


def test_fisher_equals_scipy_with_many_incidents():
    generator = np.random.default_rng(3)
    before, after = generator.poisson(400, 25), generator.poisson(300, 25)

    p_values = fisher_p_values(before, after)

    theirs = [fisher_exact(table_of(before, after, place)).pvalue for place in range(25)]
    assert p_values == pytest.approx(theirs, rel=1e-6)


def test_all_tests_agree_with_r():
    generator = np.random.default_rng(8)
    before, after = generator.poisson(6, 30), generator.poisson(9, 30)

    theirs = run_r(
        """
        tables <- lapply(seq_along(before), function(i) matrix(c(
          before[i], after[i], sum(before) - before[i], sum(after) - after[i]), ncol = 2))
        quiet <- function(x) suppressWarnings(x)$p.value
        result <- list(
          none = sapply(tables, function(t) quiet(prop.test(t, correct = FALSE))),
          yates = sapply(tables, function(t) quiet(prop.test(t, correct = TRUE))),
          fisher = sapply(tables, function(t) fisher.test(t)$p.value))
        """,
        before=before,
        after=after,
    )
    for correction in ("none", "yates"):
        ours = chi_square_p_values(before, after, correction=correction)
        assert ours == pytest.approx(theirs[correction], rel=1e-9)
    assert fisher_p_values(before, after) == pytest.approx(theirs["fisher"], rel=1e-6)


def test_samples_of_counts_are_samples_of_incidents():
    held = np.array([0, 1, 4, 10, 30])
    size, draws = sample_size(45, 0.85), 4000

    ours = resampled_shares(held, size=size, samples=draws, generator=np.random.default_rng(1))

    generator = np.random.default_rng(2)
    incidents = np.repeat(np.arange(5), held)
    theirs = np.array(
        [
            np.bincount(generator.permutation(incidents)[:size], minlength=5) / size
            for _ in range(draws)
        ]
    )
    assert ours.sum(axis=1) == pytest.approx(1)
    assert (ours[:, 0] == 0).all()
    for place in range(1, 5):
        for value in np.unique(theirs[:, place]):
            share, other = (ours[:, place] == value).mean(), (theirs[:, place] == value).mean()
            assert share == pytest.approx(other, abs=4.5 * np.sqrt(0.5 / draws))


def test_a_sample_varies_by_less_than_half_of_a_standard_error():
    held = np.full(50, 200)
    size = sample_size(held.sum(), 0.85)

    draws = resampled_shares(held, size=size, samples=2000, generator=np.random.default_rng(3))

    standard_error = np.sqrt(0.02 * 0.98 / held.sum())
    assert draws.std(axis=0).mean() / standard_error == pytest.approx(
        np.sqrt(0.15 / 0.85), rel=0.03
    )


def test_five_of_two_hundred_are_left_out_at_each_end():
    draws = np.random.default_rng(4).permutation(np.arange(200.0))[:, None]

    low, high = limits_without_tails(draws, level=0.95)

    assert (low.item(), high.item()) == (5, 194)


@given(counts, counts)
def test_the_share_that_lies_elsewhere_is_symmetric_and_blind_to_scale(before, after):
    moved = share_elsewhere(before, after)

    assert 0 <= moved <= 1
    assert moved == pytest.approx(share_elsewhere(after, 3 * before))
    assert share_elsewhere(before, 2 * before) == 0


def test_dealt_incidents_are_shuffled_incidents():
    before, after = np.array([3, 0, 5, 1]), np.array([2, 4, 0, 1])
    samples = 4000

    ours = chance_shares_elsewhere(
        before, after, samples=samples, generator=np.random.default_rng(5)
    )

    generator = np.random.default_rng(6)
    incidents = np.repeat(np.arange(4), before + after)
    theirs = []
    for _ in range(samples):
        shuffled = generator.permutation(incidents)
        first = np.bincount(shuffled[: before.sum()], minlength=4)
        theirs.append(share_elsewhere(first, before + after - first))
    assert ours.mean() == pytest.approx(np.mean(theirs), abs=0.01)
    assert np.quantile(ours, 0.9) == pytest.approx(np.quantile(theirs, 0.9), abs=0.03)
