"""The choice of a bandwidth."""

import numpy as np
import pytest

from forestall.diagnosis import choose_bandwidth
from forestall.errors import CannotAnswer
from forestall.records import count_incidents, square_grid
from tests.peers.r import run_r
from tests.records.made_incidents import incidents_at

RULES = ["scott", "cross_validation", "likelihood"]
SCORED = RULES[1:]


def heaps(seed=0, count=300):
    generator = np.random.default_rng(seed)
    middles = generator.uniform(0, 5000, (6, 2))
    return middles[generator.integers(0, 6, count)] + generator.normal(0, 200, (count, 2))


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("data", ["chicago", "cleveland"])
def test_every_rule_gives_a_number_on_real_points(data, rule, request):
    incidents = request.getfixturevalue(data)

    chosen = choose_bandwidth(incidents, rule=rule)

    assert chosen.status == "found"
    assert 80 < chosen.bandwidth_m < 2000
    assert np.isfinite(chosen.table.to_numpy()).all()


@pytest.mark.parametrize("rule", SCORED)
def test_the_choice_has_the_lowest_score_of_all_tried(rule):
    chosen = choose_bandwidth(incidents_at(heaps()), rule=rule)

    best = chosen.table.sort_values("score")["bandwidth_m"].iloc[0]
    assert best == chosen.bandwidth_m
    assert chosen.table["bandwidth_m"].is_monotonic_increasing


@pytest.mark.parametrize("rule", SCORED)
def test_points_that_coincide_do_not_drive_the_bandwidth_to_nothing(rule):
    snapped = np.round(heaps(count=2000) / 50) * 50

    apart = choose_bandwidth(incidents_at(heaps(count=2000)), rule=rule)
    together = choose_bandwidth(incidents_at(snapped), rule=rule)
    thrice = choose_bandwidth(incidents_at(np.tile(heaps(count=2000), (3, 1))), rule=rule)

    assert together.status == thrice.status == "found"
    assert together.locations < together.events
    assert apart.bandwidth_m < together.bandwidth_m < 1.6 * apart.bandwidth_m
    assert thrice.bandwidth_m == pytest.approx(apart.bandwidth_m, rel=0.05)
    assert "left out together" in " ".join(map(str, together.caveats))


@pytest.mark.parametrize("rule", SCORED)
def test_one_point_far_away_hardly_changes_the_bandwidth(rule):
    near = heaps()

    alone = choose_bandwidth(incidents_at(near), rule=rule)
    with_far = choose_bandwidth(incidents_at([*near, (20_000, 20_000)]), rule=rule)

    assert with_far.bandwidth_m == pytest.approx(alone.bandwidth_m, rel=0.15)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "points",
    [
        [(0, 0)] * 500 + [(1000, 0)] * 20 + [(0, 1000)],
        [(float(x), 0.0) for x in range(0, 1000, 10)],
        [(0, 0), (1, 1), (100_000, 50_000)],
    ],
    ids=["three places", "a line", "two close and one far"],
)
def test_odd_patterns_give_a_number_and_a_status(points, rule):
    chosen = choose_bandwidth(incidents_at(points), rule=rule)

    assert np.isfinite(chosen.bandwidth_m)
    assert chosen.bandwidth_m > 0
    assert chosen.status in {"found", "smallest tried", "largest tried"}
    assert chosen.summary()


def test_a_bandwidth_at_the_limit_is_said_to_settle_nothing():
    corners = [(0, 0), (0, 1000), (1000, 0), (1000, 1000)]

    chosen = choose_bandwidth(incidents_at(corners), rule="cross_validation")

    assert chosen.status == "largest tried"
    assert "settles nothing" in chosen.summary()
    assert "does not settle it" in " ".join(map(str, chosen.caveats))


def test_too_few_places_are_refused():
    with pytest.raises(CannotAnswer, match="these lie at 2"):
        choose_bandwidth(incidents_at([(0, 0)] * 9 + [(5, 5)]))


def test_unknown_rules_are_refused():
    with pytest.raises(ValueError, match="chosen by scott"):
        choose_bandwidth(incidents_at(heaps()), rule="silverman")  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", RULES)
def test_a_quartic_kernel_gets_the_radius_of_the_same_spread(rule):
    gaussian = choose_bandwidth(incidents_at(heaps()), rule=rule)
    quartic = choose_bandwidth(incidents_at(heaps()), rule=rule, kernel="quartic")

    assert quartic.bandwidth_m == pytest.approx(np.sqrt(8) * gaussian.bandwidth_m)
    assert quartic.table["bandwidth_m"].tolist() == pytest.approx(
        (np.sqrt(8) * gaussian.table["bandwidth_m"]).tolist()
    )


def test_counts_are_taken_at_the_centres_of_their_squares():
    incidents = incidents_at(heaps())
    counts = count_incidents(incidents, places=square_grid(incidents, cell_m=20))

    counted, located = choose_bandwidth(counts), choose_bandwidth(incidents)

    assert counted.bandwidth_m == pytest.approx(located.bandwidth_m, rel=0.01)
    assert "centre of its square" in " ".join(map(str, counted.caveats))


@pytest.mark.parametrize("rule", RULES)
def test_a_choice_draws_itself(rule):
    assert choose_bandwidth(incidents_at(heaps()), rule=rule).plot().to_dict()["layer"]


def test_likelihood_comes_near_that_of_spatstat(chicago):
    thefts = chicago.filter(offences="ROBBERY").to_pandas()
    # Every point once, because spatstat leaves out points one by one.
    points = np.unique(thefts[["x", "y"]].to_numpy(), axis=0)

    chosen = choose_bandwidth(incidents_at(points), rule="likelihood")

    wanted = run_r(
        """
        points <- ppp(x, y, window = owin(range(x), range(y)))
        result <- list(sigma = bw.ppl(points, srange = c(200, 1500), ns = 40, edge = FALSE))
        """,
        packages=("spatstat.geom", "spatstat.explore"),
        x=points[:, 0],
        y=points[:, 1],
    )["sigma"]
    # spatstat mixes no uniform density in, so that lone points ask for a larger bandwidth.
    assert 0.85 * wanted[0] < chosen.bandwidth_m <= wanted[0]


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "closeness"), [("cross_validation", 0.15), ("likelihood", 0.25)])
def test_for_normal_points_the_rules_find_what_theory_says(rule, closeness):
    generator = np.random.default_rng(11)
    chosen = [
        choose_bandwidth(incidents_at(generator.normal(0, 1000, (1000, 2))), rule=rule).bandwidth_m
        for _ in range(12)
    ]

    # The best bandwidth for a normal density in the plane: sd × n^(-1/6), (4 / (d + 2)) being 1.
    assert np.median(chosen) == pytest.approx(1000 * 1000 ** (-1 / 6), rel=closeness)
