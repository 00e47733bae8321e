"""The doubly robust difference: means by hand, and right if either model is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall._stats.doubly_robust import doubly_robust_difference


def test_a_difference_of_means_by_hand():
    found = doubly_robust_difference([1, 3, 0, 1, 2], [True] * 2 + [False] * 3, np.ones((5, 1)))
    assert found is not None
    assert found.effect == pytest.approx(1)
    # Variance of each mean: 1 / 2 and (2 / 3) / 3.
    assert np.square(found.influence).sum() == pytest.approx(1 / 2 + 2 / 9)
    assert found.influence.sum() == pytest.approx(0, abs=1e-12)


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_scaling_a_column_changes_nothing(seed):
    generator = np.random.default_rng(seed)
    x = np.column_stack([np.ones(60), generator.normal(size=60)])
    treated = generator.random(60) < 0.2 + 0.6 * (x[:, 1] > 0)
    change = x[:, 1] + generator.normal(size=60)
    plain = doubly_robust_difference(change, treated, x)
    scaled = doubly_robust_difference(change, treated, x * [1, 7.5])
    assert plain is not None
    assert scaled is not None
    assert scaled.effect == pytest.approx(plain.effect, abs=1e-8)
    np.testing.assert_allclose(scaled.influence, plain.influence, atol=1e-9)


def test_a_wrong_outcome_model_is_mended_by_the_propensity():
    """The change is a curve of the column; means of many draws must be near the effect of 1."""
    generator, found = np.random.default_rng(2), []
    for _ in range(200):
        x = generator.uniform(-1, 1, 400)
        treated = generator.random(400) < 1 / (1 + np.exp(-1.5 * x))
        change = 2 * x**2 + treated + generator.normal(size=400)
        one = doubly_robust_difference(change, treated, np.column_stack([np.ones(400), x]))
        assert one is not None
        found.append((one.effect, np.sqrt(np.square(one.influence).sum())))
    effects, errors = np.array(found).T
    assert effects.mean() == pytest.approx(1, abs=0.04)
    assert errors.mean() == pytest.approx(effects.std(), rel=0.15)


def test_groups_that_columns_tell_apart_have_no_answer():
    x = np.column_stack([np.ones(6), [5, 6, 7, 1, 2, 3]])
    assert doubly_robust_difference(range(6), [True] * 3 + [False] * 3, x) is None
    assert doubly_robust_difference([1, 2], [True, True], np.ones((2, 1))) is None
