"""Whether places beside each other have similar numbers."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forestall.diagnosis import assess_autocorrelation
from forestall.errors import CannotAnswer


def test_a_case_by_hand(squares):
    found = assess_autocorrelation(squares([[5, 3, 0, 0]]), weights="binary", permutations=0)

    # Differences from the mean 2: 3, 1, -2, -2; n / S0 = 4 / 6, squares add up to 18.
    assert found.moran_i == pytest.approx(4 / 6 * 2 * (3 - 2 + 4) / 18)
    assert found.expected == pytest.approx(-1 / 3)
    assert found.table["assumption"].tolist() == ["randomisation", "normality"]
    assert found.p_value == found.table["p_value"][0]


def test_all_arrangements_of_four_squares(squares):
    found = assess_autocorrelation(
        squares([[5, 3, 0, 0]]), alternative="greater", permutations=19_999
    )

    # Of 24 arrangements 2 × 2 are as alike as this one: 5 3 0 0 and 0 0 3 5.
    assert found.p_value == pytest.approx(4 / 24, abs=0.012)
    assert found.table["expected"][0] == pytest.approx(-1 / 3, abs=0.02)


def test_a_slope_is_alike_and_a_chessboard_unlike(squares):
    slope = np.add.outer(np.arange(8), np.arange(8))
    board = 9 * (np.indices((8, 8)).sum(axis=0) % 2)

    alike = assess_autocorrelation(squares(slope))
    unlike = assess_autocorrelation(squares(board), neighbours="rook", weights="binary")
    wrong = assess_autocorrelation(squares(board), neighbours="rook", alternative="greater")

    assert "similar numbers, more than chance" in alike.summary()
    assert "different numbers, more than chance" in unlike.summary()
    assert unlike.moran_i == pytest.approx(-1)
    assert wrong.p_value == 1
    assert "no more alike than chance" in wrong.summary()
    assert alike.plot().to_dict()["layer"]


def test_permutation_and_randomisation_agree_where_both_hold(squares):
    numbers = np.random.default_rng(1).poisson(30, (15, 15))

    table = assess_autocorrelation(squares(numbers), permutations=4_999).table.set_index(
        "assumption"
    )

    permuted, exact = table.loc["permutation"], table.loc["randomisation"]
    assert permuted["expected"] == pytest.approx(exact["expected"], abs=0.003)
    assert permuted["variance"] == pytest.approx(exact["variance"], rel=0.1)
    assert permuted["p_value"] == pytest.approx(exact["p_value"], abs=0.04)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15
)
@given(st.integers(0, 10_000), st.sampled_from(["row", "binary"]))
def test_turning_and_doubling_change_nothing(squares, seed, weights):
    numbers = np.random.default_rng(seed).negative_binomial(1, 0.3, (7, 9))
    numbers[0, 0] += 1

    plain, turned, doubled = (
        assess_autocorrelation(squares(made), weights=weights, permutations=0)
        for made in (numbers, np.rot90(numbers), 2 * numbers)
    )

    for other in (turned, doubled):
        assert other.moran_i == pytest.approx(plain.moran_i, abs=1e-9)
        assert other.p_value == pytest.approx(plain.p_value, abs=1e-9)


def test_the_settings_are_said(squares):
    found = assess_autocorrelation(
        squares([[5, 3, 0, 0, 1]]), distance_m=250, alternative="less", permutations=99, seed=3
    )

    said = " ".join(map(str, found.caveats)).replace("\N{NO-BREAK SPACE}", " ")
    for words in ("5 places", "at most 250 m", "Only unlikeness", "together weigh 1", "seed 3"):
        assert words in said
    assert len(found.permuted) == 99
    assert found.points["neighbours_mean"].tolist() == [1.5, 5 / 3, 9 / 4, 4 / 3, 0.0]


def test_what_cannot_be_answered_is_refused(squares):
    with pytest.raises(CannotAnswer, match="same number"):
        assess_autocorrelation(squares(np.ones((4, 4), dtype=int)))
    with pytest.raises(ValueError, match="fall with distance"):
        assess_autocorrelation(squares([[5, 3, 0, 0]]), weights="idw")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="two-sided"):
        assess_autocorrelation(squares([[5, 3, 0, 0]]), alternative="x")  # type: ignore[arg-type]


@pytest.mark.slow
def test_under_chance_p_is_at_most_its_level(squares):
    generator, runs = np.random.default_rng(8), 600
    few = np.array([3, 2, 1, 1, 1, 1, *[0] * 19])
    p_values = np.array(
        [
            assess_autocorrelation(
                squares(generator.permutation(few).reshape(5, 5)),
                permutations=99,
                seed=run,
            ).p_value
            for run in range(runs)
        ]
    )

    for level in (0.02, 0.05, 0.1, 0.3):
        assert (p_values <= level).mean() <= level + 3 * np.sqrt(level * (1 - level) / runs)


@pytest.mark.parametrize(
    ("alternative", "said"),
    [
        ("two-sided", "neither more alike nor more unlike than chance"),
        ("greater", "no more alike than chance"),
        ("less", "no more unlike than chance"),
    ],
)
def test_finding_nothing_is_said_of_the_sides_that_were_looked_for(squares, alternative, said):
    even = squares(np.random.default_rng(3).poisson(9, (9, 9)))

    found = assess_autocorrelation(even, alternative=alternative, permutations=99)

    assert said in found.summary()
