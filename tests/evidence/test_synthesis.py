"""Averages of studies: by hand, published, by property."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from forestall.evidence.metrics import Favours, Metric
from forestall.evidence.synthesis import Between, Model, synthesise_effects
from forestall.evidence.vocabulary import Design
from forestall.results import Certainty
from tests.evidence.made_effects import an_effect, packaged, raudenbush, some_effects


def numbers(found):
    low, high = found.average.limits()
    return [found.average.effect.number, low.number, high.number]


def new_place(found):
    assert found.prediction is not None
    return [found.prediction.low.number, found.prediction.high.number]


def texts(found):
    return " ".join(map(str, found.caveats))


@pytest.mark.parametrize("variance", Between)
def test_two_studies_by_hand(variance):
    """Effects 0 and 2 with variance 1: tau² is 1 (half of that by full likelihood is 0)."""
    found = synthesise_effects(some_effects([0.0, 2.0], [1.0, 1.0]), variance=variance)

    tau2 = 0.0 if variance is Between.ML else 1.0
    # Knapp and Hartung: the error is 1 whatever tau² is, because both weigh the same.
    reach = student.ppf(0.975, 1) * 1.0
    assert found.heterogeneity.tau2 == pytest.approx(tau2, abs=1e-9)
    assert numbers(found) == pytest.approx([1, 1 - reach, 1 + reach])
    assert new_place(found)[1] == pytest.approx(1 + student.ppf(0.975, 1) * math.sqrt(tau2 + 1))
    assert found.heterogeneity.q == pytest.approx(2)
    assert list(found.table["weight"]) == pytest.approx([0.5, 0.5])


def test_one_common_effect_by_hand():
    """Weights 1 and 3: the average is 1.5 with error 1/2; Q is 0.75 · 4."""
    found = synthesise_effects(some_effects([0.0, 2.0], [1.0, 1 / 3]), model=Model.FIXED)

    assert numbers(found) == pytest.approx([1.5, 1.5 - 0.979982, 1.5 + 0.979982], abs=1e-6)
    assert found.heterogeneity.q == pytest.approx(3)
    assert found.heterogeneity.i2 == pytest.approx(2 / 3)
    assert (found.prediction, found.heterogeneity.tau2) == (None, None)
    assert "one effect common" in texts(found).lower()


def test_the_cognitive_behavioural_studies_are_as_published():
    """Landenberger and Lipsey (2005), 58 tables: DerSimonian and Laird."""
    found = synthesise_effects(packaged("cbt-offenders-2005"), variance=Between.DL)

    assert found.average.effect.published == pytest.approx(0.652, abs=5e-4)
    wald = 1.959964 * found.average.unadjusted_error
    limits = np.exp([found.average.effect.number - wald, found.average.effect.number + wald])
    assert limits == pytest.approx([0.576, 0.738], abs=5e-4)
    assert found.heterogeneity.i2 == pytest.approx(0.733, abs=5e-4)
    assert found.heterogeneity.tau2 == pytest.approx(0.1196, abs=5e-5)


def test_expectations_of_teachers_are_as_in_metafor():
    """R metafor 3.8-1 with its iterations carried to the end."""
    found = synthesise_effects(raudenbush())

    assert found.heterogeneity.tau2 == pytest.approx(0.018818288140, abs=1e-10)
    assert found.average.unadjusted_error == pytest.approx(0.051640671364, abs=1e-10)
    assert found.average.standard_error == pytest.approx(0.061579319469, abs=1e-10)
    assert found.average.p_value == pytest.approx(0.190856991836, abs=1e-9)
    assert numbers(found)[:2] == pytest.approx([0.083701241883, -0.045672107613], abs=1e-10)
    assert new_place(found) == pytest.approx([-0.232208563879, 0.399611047645], abs=1e-10)
    assert found.average.degrees_of_freedom == 18


def test_harm_is_told_first():
    found = synthesise_effects(packaged("scared-straight-2013"))

    assert found.summary().startswith(
        "On average the outcome (people who offended again) was worse with the measure; probable."
    )
    assert found.average.is_harmful
    assert found.certainty is Certainty.PROBABLE


def test_the_new_place_is_told_before_the_average():
    told = synthesise_effects(packaged("cbt-offenders-2005")).summary()

    assert told.index("In a new place") < told.index("On average")


def test_an_effect_that_is_better_above_is_turned():
    above = an_effect("a", 0.3, 0.02, metric="OR", favours=Favours.ABOVE)
    below = an_effect("b", -0.1, 0.02, metric="OR")

    found = synthesise_effects([above, below])

    assert found.average.effect.number == pytest.approx(-0.2)
    assert list(found.table["effect"]) == pytest.approx([math.exp(-0.3), math.exp(-0.1)])
    assert found.table["printed"][0] == pytest.approx(math.exp(0.3))
    assert found.table["low"][0] < found.table["effect"][0] < found.table["high"][0]


def test_local_raw_and_mixed_studies_are_said():
    effects = some_effects([-0.1, -0.2, -0.3], [0.01] * 3)
    effects[0] = an_effect("local", -0.1, 0.01, is_local=True, design=Design.BEFORE_AFTER)
    effects[1] = an_effect("other", -0.2, 0.01, intervention="another measure")

    found = synthesise_effects(effects)

    assert "is from a city's own evaluation" in texts(found)
    assert "no comparison group" in texts(found)
    assert "different designs" in texts(found)
    assert "2 different measures" in texts(found)
    assert list(found.table["is_local"]) == [True, False, False]


def test_few_studies_are_said():
    found = synthesise_effects(some_effects([-0.1, -0.4], [0.01, 0.02]))

    assert "few studies (degrees of freedom: 1)" in texts(found)


def test_agreement_beyond_chance_shows_the_wider_interval():
    found = synthesise_effects(some_effects([-0.1, -0.1, -0.1001], [0.01] * 3))

    assert found.heterogeneity.tau2 == 0
    assert found.average.standard_error < 0.001
    assert found.certainty is not Certainty.CLEAR
    assert "agree more than chance" in texts(found)
    assert "few or small studies may hide one" in texts(found)


def test_several_effects_of_one_study_are_not_taken_as_independent():
    once = some_effects([-0.6, -0.2, 0.1, -0.1], [0.02] * 4)
    copies = [an_effect(f"c{n}", -0.6 - n / 1e4, 0.02, study=once[0].study) for n in range(1, 20)]

    found = synthesise_effects([*once, *copies])

    taken_apart = [an_effect(one.key, one.effect.number, 0.02) for one in (*once, *copies)]
    apart = synthesise_effects(taken_apart)
    assert found.averaged.is_nested
    assert found.averaged.studies == 4
    assert found.average.degrees_of_freedom is not None
    assert found.average.degrees_of_freedom < 4
    assert found.average.standard_error > 2 * apart.average.standard_error
    assert abs(found.average.effect.number) < abs(apart.average.effect.number)
    assert "variance within studies" in texts(found)


def test_the_average_is_the_record_that_costs_read():
    found = synthesise_effects(some_effects([-0.1, -0.3, -0.2], [0.01] * 3))

    estimate = found.as_estimate()
    assert estimate.effect.number == found.average.effect.number
    assert estimate.interval(0.95).low == pytest.approx(found.average.limits()[0].number)
    assert estimate.certainty is found.certainty


def test_the_plot_draws_studies_average_and_new_place():
    drawn = synthesise_effects(packaged("scared-straight-2013")).plot().to_dict()

    rows = [row for rows in drawn["datasets"].values() for row in rows]
    assert sum(row.get("kind") == "new" for row in rows) >= 1
    assert len({row["study"] for row in rows if row.get("kind") == "study"}) == 7


rows = st.lists(st.tuples(st.floats(-2, 2), st.floats(0.01, 1)), min_size=3, max_size=10)
quick = settings(max_examples=40, deadline=None)


@given(rows, st.randoms())
@quick
def test_order_does_not_matter(pairs, shuffler):
    effects = some_effects(*zip(*pairs, strict=True))
    mixed = list(effects)
    shuffler.shuffle(mixed)

    first, second = synthesise_effects(effects), synthesise_effects(mixed)

    assert numbers(first) == pytest.approx(numbers(second), abs=1e-6)


@given(rows, st.floats(-1, 1))
@quick
def test_adding_a_constant_moves_the_average_alone(pairs, shift):
    values, variances = zip(*pairs, strict=True)
    first = synthesise_effects(some_effects(values, variances, metric="d"))
    moved = synthesise_effects(some_effects([one + shift for one in values], variances, metric="d"))

    assert numbers(moved) == pytest.approx([one + shift for one in numbers(first)], abs=1e-5)
    assert moved.heterogeneity.q == pytest.approx(first.heterogeneity.q, rel=1e-6, abs=1e-9)


@given(rows)
@quick
def test_a_new_place_is_never_surer_than_the_average(pairs):
    found = synthesise_effects(some_effects(*zip(*pairs, strict=True)))

    low, high = found.average.limits()
    assert new_place(found)[0] <= low.number + 1e-12
    assert new_place(found)[1] >= high.number - 1e-12
    assert sum(found.averaged.weights) == pytest.approx(1)
    assert 0 <= found.heterogeneity.i2 < 1


@given(rows)
@quick
def test_turning_every_effect_turns_the_average(pairs):
    values, variances = zip(*pairs, strict=True)
    plain = synthesise_effects(some_effects(values, variances, metric="OR"))
    above = some_effects(values, variances, metric="OR", favours=Favours.ABOVE)
    turned = synthesise_effects(above)

    low, high = plain.average.limits()
    assert numbers(turned) == pytest.approx(
        [-plain.average.effect.number, -high.number, -low.number], abs=1e-6
    )


@pytest.mark.parametrize("level", [0.0, 1.0, 95])
def test_a_level_is_a_share(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        synthesise_effects(some_effects([0.1, 0.2], [1, 1]), level=level)


def test_a_percentage_of_incidents_is_shown_as_one():
    found = synthesise_effects(some_effects([-0.1, -0.2, -0.3], [0.01] * 3, metric="% change"))

    assert found.average.effect.metric is Metric.PERCENT_CHANGE
    assert "−18" in found.summary()
