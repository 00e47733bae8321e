"""Near repeats beside pointpats and R surveillance, on burglaries and on vehicle thefts.

Both peers count pairs at most so far apart in one cell. The number of pairs must be the same; what
chance gives must agree with our exact mean: to rounding where the peer computes it, to four
standard errors where it draws it.
"""

import numpy as np
import pandas as pd
import pytest

from forestall.diagnosis import assess_near_repeats
from forestall.records import Incidents
from tests.peers.r import run_r

CELLS = [(200, 7), (500, 28), (1000, 14)]


@pytest.fixture(params=["chicago", "new_york"])
def some_incidents(request):
    """Burglaries of three years, or two months of vehicle thefts."""
    if request.param == "chicago":
        return request.getfixturevalue("chicago").filter(offences="BURGLARY")
    thefts = request.getfixturevalue("vehicle_thefts")
    return thefts.filter(since="2016-03-01", until="2016-04-30")


def one_cell(incidents, metres, days, *, permutations):
    found = assess_near_repeats(
        incidents,
        distance_breaks_m=[0, metres],
        day_breaks=[0, days],
        permutations=permutations,
        seed=1,
        closed="right",
        same_place="first_band",
        longest_interval_days=10_000,
        location_error_m=0,
    )
    return found.table.iloc[0]


def points_and_days(incidents):
    rows = incidents.to_pandas()
    days = rows["starts_at"].to_numpy("datetime64[D]").astype(int)
    return rows[["x", "y"]].to_numpy(), days


@pytest.mark.parametrize(("metres", "days"), CELLS)
def test_pairs_are_those_of_pointpats(some_incidents, metres, days):
    from pointpats import Knox

    points, on = points_and_days(some_incidents)
    np.random.seed(1)  # noqa: NPY002 -- the only way to seed pointpats

    theirs = Knox(points, on[:, None], delta=metres, tau=days, permutations=99, keep=True)
    ours = one_cell(some_incidents, metres, days, permutations=99)

    assert ours["observed"] == theirs.statistic_
    assert ours["expected"] == pytest.approx(theirs.expected[0][0], rel=1e-9)
    error = ours["expected_sd"] / np.sqrt(99)
    assert np.mean(theirs.sim) == pytest.approx(ours["expected"], abs=4 * error)
    assert np.std(theirs.sim) == pytest.approx(ours["expected_sd"], rel=0.35)
    assert ours["p_value"] == pytest.approx(theirs.p_sim, abs=0.2)


# pointpats calls pandas in a way that pandas 3.1 warns of.
@pytest.mark.filterwarnings("ignore:The inplace keyword")
def test_the_pairs_of_each_place_are_those_of_pointpats(some_incidents):
    from pointpats import KnoxLocal

    last = some_incidents.coverage[1]
    few = some_incidents.filter(since=f"{last.year}-{last.month:02d}-01")
    points, on = points_and_days(few)

    theirs = KnoxLocal(points, on[:, None], delta=2000, tau=14, permutations=0)
    ours = one_cell(few, 2000, 14, permutations=0)

    assert ours["observed"] > 5

    assert 2 * ours["observed"] == np.sum(theirs.nsti)


@pytest.mark.parametrize(("metres", "days"), CELLS)
def test_pairs_are_those_of_surveillance(some_incidents, metres, days):
    points, on = points_and_days(some_incidents)

    theirs = run_r(
        "found <- knox(dt = dist(on), ds = dist(points), eps.t = days, eps.s = metres,"
        " simulate.p.value = FALSE);"
        "give(seen = found$statistic, expected = found$null.value)",
        packages=("surveillance",),
        points=points,
        on=on,
        days=[days],
        metres=[metres],
    )
    ours = one_cell(some_incidents, metres, days, permutations=0)

    assert ours["observed"] == theirs["seen"][0]
    assert ours["expected"] == pytest.approx(theirs["expected"][0], rel=1e-9)


def test_p_is_that_of_surveillance():
    generator = np.random.default_rng(3)
    points, on = generator.uniform(0, 1000, (60, 2)), generator.integers(0, 60, 60)
    frame = pd.DataFrame(np.add(points, (450_000, 520_000)), columns=["x", "y"])
    frame["on"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(on, unit="D")
    incidents = Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="on")

    # surveillance draws orders of the pairs, not of the incidents, so that its p is only similar.
    theirs = run_r(
        "set.seed(1); found <- knox(dt = dist(on), ds = dist(points), eps.t = 7, eps.s = 200,"
        " B = 999, .parallel = 1); give(p = found$p.value)",
        packages=("surveillance",),
        points=points,
        on=on,
    )
    ours = one_cell(incidents, 200, 7, permutations=999)

    assert ours["p_value"] == pytest.approx(theirs["p"][0], abs=0.1)
