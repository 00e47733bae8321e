"""An estimate is written as plain values, and reads back without loss."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.estimates.effects import (
    CountDifference,
    HarmDifference,
    LogRatio,
    RateDifference,
)
from forestall.estimates.estimates import Engine, ErrorKind, Estimate, Sample, Side
from forestall.estimates.records import read_estimate, write_estimate
from forestall.languages import message
from forestall.results import Interval

effects = st.one_of(
    st.floats(-50, 50).map(CountDifference),
    st.floats(-50, 50).map(HarmDifference),
    st.floats(-3, 3).map(LogRatio),
    st.floats(-50, 50).map(lambda number: RateDifference(number, per=100_000)),
)


@given(
    effect=effects,
    error=st.floats(0, 10),
    freedom=st.none() | st.floats(1, 100),
    p_value=st.none() | st.floats(0, 1),
    side=st.sampled_from(Side),
    kind=st.sampled_from(ErrorKind),
    width=st.none() | st.floats(0.1, 5),
)
@settings(max_examples=60, deadline=None)
def test_an_estimate_reads_back_without_loss(effect, error, freedom, p_value, side, kind, width):
    own: tuple[Interval, ...] = ()
    if width is not None:
        own = tuple(
            Interval(
                low=effect.number - width * level, high=effect.number + width * level, level=level
            )
            for level in (0.80, 0.95, 0.99)
        )
    estimate = Estimate(
        estimand=message("incidents in {place}", place="Hill Town"),
        outcome="burglary",
        effect=effect,
        standard_error=error,
        error_kind=kind,
        degrees_of_freedom=freedom,
        p_value=p_value,
        side=side,
        own_intervals=own,
        sample=Sample(treated_places=1, comparison_places=2, observations=3),
        engine=Engine(method="by hand", software="none", version="0"),
        caveats=(message("Made up."),),
    )
    again = read_estimate(json.loads(json.dumps(write_estimate(estimate))))
    assert again.effect == effect
    assert type(again.effect) is type(effect)
    assert (again.standard_error, again.degrees_of_freedom) == (error, freedom)
    assert (again.p_value, again.side, again.error_kind) == (p_value, side, kind)
    assert again.own_intervals == own
    assert again.interval(0.95) == estimate.interval(0.95)
    assert str(again.estimand) == "incidents in Hill Town"
    assert [str(one) for one in again.caveats] == ["Made up."]
