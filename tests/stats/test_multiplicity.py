"""Adjusted p-values against statsmodels."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from forestall._stats.multiplicity import (
    adjust_bh,
    adjust_by,
    adjust_holm,
    largest_kept_bh,
)

p_lists = st.lists(st.floats(0, 1, allow_subnormal=False), min_size=1, max_size=60)


@settings(max_examples=20, deadline=None)
@given(p_lists)
def test_both_equal_statsmodels(p_values):
    assert adjust_bh(p_values) == pytest.approx(multipletests(p_values, method="fdr_bh")[1])
    assert adjust_holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1])


@given(p_lists)
def test_adjusting_keeps_the_order_and_never_makes_us_surer(p_values):
    given_order = np.argsort(p_values, kind="stable")
    for adjusted in (adjust_bh(p_values), adjust_holm(p_values)):
        assert (np.diff(adjusted[given_order]) >= 0).all()
        assert (adjusted >= np.asarray(p_values)).all()
        assert (adjusted <= 1).all()
    assert (adjust_holm(p_values) >= adjust_bh(p_values) - 1e-15).all()


def test_equal_p_values_stay_equal():
    assert adjust_bh([0.02, 0.02, 0.5]).tolist() == pytest.approx([0.03, 0.03, 0.5])


def test_no_p_value_gives_none():
    assert adjust_bh([]).size == adjust_holm([]).size == 0


@settings(deadline=None)
@given(p_lists)
def test_adjusting_under_any_dependence_equals_statsmodels(p_values):
    assert adjust_by(p_values) == pytest.approx(multipletests(p_values, method="fdr_by")[1])


@given(p_lists, st.floats(0.01, 0.5))
def test_the_largest_p_kept_is_that_of_the_adjusted_ones(p_values, level):
    kept = np.asarray(p_values)[adjust_bh(p_values) <= level]

    assert largest_kept_bh(p_values, level=level) == max(kept, default=-1)
