"""Discount schedules as data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.errors import InvalidMoney
from forestall.evaluation.costs import (
    Confidence,
    DiscountSchedule,
    RateBand,
    discount_factors,
    discount_schedule,
    own_schedule,
)


def test_the_green_book_by_hand_around_its_bands():
    found = discount_factors(discount_schedule("green-book"), years=78)

    assert found[0] == 1
    assert found[30] == pytest.approx(1.035**-30)
    assert found[31] == pytest.approx(1.035**-30 / 1.03)
    assert found[75] == pytest.approx(1.035**-30 * 1.03**-45)
    assert found[77] == pytest.approx(1.035**-30 * 1.03**-45 * 1.025**-2)


@given(st.floats(0, 0.5), st.integers(1, 120))
def test_factors_never_rise(rate, years):
    found = discount_factors(own_schedule(rate, title="own", source="own"), years=years)

    assert len(found) == years
    assert np.all(np.diff(found) <= 0)
    assert np.all((found > 0) & (found <= 1))


def test_rates_say_how_far_they_can_be_trusted():
    assert discount_schedule("green-book-health").confidence is Confidence.SECONDARY
    assert discount_schedule("wsipp").confidence is Confidence.UNVERIFIED
    with pytest.raises(InvalidMoney, match="has no rate for year 31"):
        discount_factors(discount_schedule("green-book-health"), years=32)
    with pytest.raises(InvalidMoney, match="there are green-book"):
        discount_schedule("brown-book")


@pytest.mark.parametrize(
    "bands",
    [(), (RateBand(2, None, 0.03),), (RateBand(1, 5, 0.03), RateBand(7, None, 0.02))],
)
def test_bands_leave_no_gap(bands):
    with pytest.raises(InvalidMoney, match="leave no gap"):
        DiscountSchedule(name="x", title="x", bands=bands, source="x", confidence=Confidence.OWN)


def test_a_rate_is_a_fraction():
    with pytest.raises(InvalidMoney, match=r"such as 0\.035"):
        own_schedule(3.5, title="x", source="x")
