"""Effects and burdens of groups of areas: by hand, and refused where they cannot be compared."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation import (
    AreaGroup,
    BeforeAfter,
    Cells,
    Engine,
    ErrorKind,
    Estimate,
    ExtraVariance,
    Found,
    GroupComparison,
    LogRatio,
    Sample,
    ShareDifference,
    UnintendedEffect,
    VarianceSource,
    compare_effects_by_group,
    unintended_effects,
)
from forestall.languages import message
from forestall.results import Interval

COMPARISON = BeforeAfter(before=2000, after=1900)


def group(before, after, *, comparison=COMPARISON, residents=10_000, **more):
    treated = BeforeAfter(before=before, after=after)
    return AreaGroup(
        effect=Cells(treated=treated, comparison=comparison), residents=residents, **more
    )


def own(before, after):
    return BeforeAfter(before=before, after=after)


def effect(number, error, scale=LogRatio):
    return Estimate(
        estimand=message("x"), outcome="burglary", effect=scale(number), standard_error=error,
        error_kind=ErrorKind.PUBLISHED,
        own_intervals=() if error else (Interval(low=number - 1, high=number + 1),),
        sample=Sample(treated_places=1, comparison_places=1, observations=4),
        engine=Engine(method="x", software="x", version="0"),
    )  # fmt: skip


def test_the_test_of_equal_effects_by_hand():
    groups = {"a": effect(-0.4, 0.1), "b": effect(-0.1, 0.1), "c": effect(0.0, 0.2)}

    found = compare_effects_by_group(
        {name: AreaGroup(effect=one) for name, one in groups.items()}, outcome="burglary"
    )

    # Weights 100, 100 and 25; mean -50 / 225.
    mean = -50 / 225
    expected = 100 * (-0.4 - mean) ** 2 + 100 * (-0.1 - mean) ** 2 + 25 * mean**2
    assert found.equality.statistic == pytest.approx(expected)
    assert found.equality.degrees_of_freedom == 2
    assert found.equality.p_value == pytest.approx(stats.chi2.sf(expected, 2))
    assert found.gap is None
    assert "Burden is not shown" in " ".join(map(str, found.caveats))


def test_two_groups_are_the_z_test():
    groups = {
        "most": group(800, 600, comparison=own(900, 900)),
        "least": group(300, 150, comparison=own(320, 310)),
    }

    found = compare_effects_by_group(groups, outcome="burglary")

    one, other = found.effects.values()
    error = np.hypot(*found.table["standard_error"])
    z = (one.effect.number - other.effect.number) / error
    assert found.equality.p_value == pytest.approx(2 * stats.norm.sf(abs(z)))


def test_a_shared_comparison_cancels():
    groups = {"most": group(800, 600), "least": group(300, 150)}

    found = compare_effects_by_group(groups, outcome="burglary", comparison=GroupComparison.SHARED)

    z = (math.log(0.75) - math.log(0.5)) / math.sqrt(2 * (1 / 800 + 1 / 600 + 1 / 300 + 1 / 150))
    assert found.equality.statistic == pytest.approx(z**2)
    assert found.table["effect"].tolist() == pytest.approx([0.75 / 0.95, 0.5 / 0.95])
    assert "share one comparison" in " ".join(map(str, found.caveats))


def test_an_estimated_variance_brings_its_degrees_of_freedom():
    groups = {"most": group(800, 600), "least": group(300, 150), "middle": group(500, 400)}
    repeated = ExtraVariance(factor=3.0, source=VarianceSource.ESTIMATED, degrees_of_freedom=20)

    found = compare_effects_by_group(
        groups, outcome="burglary", comparison=GroupComparison.SHARED, repeated=repeated
    )

    q = found.equality.statistic
    assert found.equality.p_value == pytest.approx(stats.f.sf(q / 2, 2, 20))
    assert found.gap is not None
    assert found.gap.change.degrees_of_freedom == 20


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(20, 900), min_size=2, max_size=6))
def test_the_same_change_everywhere_is_no_difference(counts):
    groups = {str(place): group(10 * one, 7 * one) for place, one in enumerate(counts)}

    found = compare_effects_by_group(groups, outcome="x", comparison=GroupComparison.SHARED)

    assert found.equality.statistic == pytest.approx(0, abs=1e-9)
    assert found.equality.p_value == pytest.approx(1)


def test_burdens_and_their_gap_by_hand():
    groups = {
        "most": group(800, 600, residents=20_000),
        "least": group(300, 150, residents=30_000),
    }

    found = compare_effects_by_group(
        groups, outcome="burglary", comparison=GroupComparison.SHARED, ends=("most", "least")
    )

    rows = found.burdens.set_index("group")
    assert rows["before_per_1000"].tolist() == pytest.approx([40, 10])
    assert rows["after_per_1000"].tolist() == pytest.approx([30, 5])
    assert rows["before_share"].tolist() == pytest.approx([8 / 11, 3 / 11])
    assert found.gap is not None
    assert found.gap.before.effect.rate == pytest.approx(30)
    assert found.gap.change.effect.rate == pytest.approx(-5)
    variance = 2 * ((800 + 600) / 20**2 + (300 + 150) / 30**2)
    assert found.gap.change.standard_error == pytest.approx(math.sqrt(variance))
    half = stats.norm.ppf(0.975) * math.sqrt(2 * 800) / 20
    assert rows.loc["most", "before_low_95"] == pytest.approx(40 - half)
    assert "most had 30 more" in found.summary().replace("30.0", "30")
    assert not any("chosen by the counts before" in str(said) for said in found.caveats)


def test_unequal_periods_are_brought_to_the_time_after():
    counts = BeforeAfter(before=800, after=300, before_days=730, after_days=365)
    groups = {
        "most": AreaGroup(effect=effect(-0.2, 0.1), residents=10_000, incidents=counts),
        "least": AreaGroup(effect=effect(-0.1, 0.1), residents=10_000, incidents=own(100, 100)),
    }

    found = compare_effects_by_group(groups, outcome="burglary")

    assert found.burdens["before_per_1000"].tolist() == pytest.approx([40, 10])
    assert found.gap is not None
    assert (found.gap.most, found.gap.least) == ("most", "least")
    assert any("chosen by the counts before" in str(said) for said in found.caveats)


def test_a_zero_is_neither_sure_nor_dropped():
    groups = {"most": group(40, 0), "least": group(30, 20)}

    found = compare_effects_by_group(groups, outcome="burglary", comparison=GroupComparison.SHARED)

    assert np.isfinite(found.table[["effect", "low_95", "high_95"]].to_numpy()).all()
    assert found.burdens["after_high_95"].iloc[0] > 0


@pytest.mark.parametrize(
    ("groups", "more", "match"),
    [
        ({"a": group(9, 9)}, {}, "Two groups of areas or more"),
        ({"a": group(90, 80), "b": group(80, 70)}, {}, "say comparison=GroupComparison.SHARED"),
        (
            {"a": group(90, 80), "b": group(80, 70, comparison=own(9, 9))},
            {"comparison": GroupComparison.SHARED},
            "its counts are not the same",
        ),
        (
            {"a": AreaGroup(effect=effect(-0.2, 0.1)), "b": group(80, 70)},
            {"comparison": GroupComparison.SHARED},
            "give Cells for each",
        ),
        (
            {
                "a": AreaGroup(effect=effect(-0.2, 0.1)),
                "b": AreaGroup(effect=effect(-0.2, 0.1, ShareDifference)),
            },
            {},
            "on one scale, but they have several",
        ),
        (
            {"a": group(90, 80), "b": group(80, 70)},
            {"comparison": GroupComparison.SHARED, "ends": ("a", "z")},
            "“z” is none",
        ),
    ],
)
def test_groups_that_cannot_be_compared_are_refused(groups, more, match):
    with pytest.raises(InvalidRecords, match=match):
        compare_effects_by_group(groups, outcome="burglary", **more)


def test_an_effect_without_a_standard_error_is_refused():
    with pytest.raises(CannotAnswer, match="one on burglary has none"):
        compare_effects_by_group(
            {"a": AreaGroup(effect=effect(-0.2, None)), "b": AreaGroup(effect=effect(-0.1, 0.1))},
            outcome="burglary",
        )


def test_the_gap_fills_the_register():
    groups = {"most": group(800, 600), "least": group(300, 150)}
    found = compare_effects_by_group(groups, outcome="burglary", comparison=GroupComparison.SHARED)
    assert found.gap is not None

    register = unintended_effects(
        {
            UnintendedEffect.SHARE_OF_BURDEN: Found(
                what=found.summary(), how="Counts by fifths", estimate=found.gap.change
            )
        }
    )

    assert len(register.of_state(Found)) == 1
    assert found.plot().to_dict()["layer"]
