"""The movement of a series of months."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forestall.diagnosis import Comparison, compare_rates, measure_trend
from forestall.diagnosis.comparisons import (
    choose_periods,
    months_in_words,
    months_not_covered,
)
from forestall.errors import CannotAnswer
from forestall.records import Counts, periods_between
from forestall.results import Certainty


def trend_of(counts: Counts, **settings: Any) -> Any:
    """Measure a trend of which the test knows what is there."""
    return measure_trend(counts, **settings)


def plain(sentence):
    return sentence.replace("\N{NO-BREAK SPACE}", " ")


def rising_months(months, *, a_year, level=500):
    position = np.arange(months)
    days = pd.date_range("2015-01-01", periods=months, freq="MS").days_in_month
    season = 1 + 0.2 * np.cos(2 * np.pi * (position % 12) / 12)
    return np.round(level * days.to_numpy() / 30 * season * a_year ** (position / 12)).astype(int)


def test_cleveland_fell_as_published_in_the_design(cleveland_counts):
    crimes = cleveland_counts.crimes()

    trend = trend_of(crimes)

    assert trend.edges.ratio == pytest.approx(10820 / 59 / (12461 / 61))
    assert str(trend.edges.in_words()).replace("\N{NO-BREAK SPACE}", " ") == "8 to 13 % fewer"
    assert trend.edges.certainty is Certainty.CLEAR
    assert trend.table["per_day"].round(1).tolist() == [205.5, 203.0, 176.7, 176.5, 191.0]
    assert plain(trend.summary()) == (
        "All recorded crime: in January and February 2019, 10 % fewer a day were recorded "
        "than in October and November 2018 (8 to 13 % fewer); clear."
    )
    assert trend.annual_change is trend.season is trend.same_months is None
    assert "5 months are too few for a trend" in " ".join(map(str, trend.caveats))


def test_an_exact_trend_and_season_come_back(months):
    trend = trend_of(months(rising_months(72, a_year=0.9)))

    assert trend.annual_change.ratio == pytest.approx(0.9, abs=0.005)
    factors = trend.season.set_index("month")["factor"]
    assert factors.idxmax() == 1
    assert factors.idxmin() == 7
    assert np.log(factors).mean() == pytest.approx(0, abs=1e-12)
    assert trend.compared.kind is Comparison.LAST_YEAR
    assert trend.same_months.ratio == pytest.approx(0.9, abs=0.01)
    assert trend.shifts == ()
    assert "about 10 % fewer each year" in plain(trend.summary())
    assert plain(trend.season_summary()) == (
        "All recorded crime: July usually has 19 % fewer than an average month."
    )


def test_a_small_change_each_year_is_clear_over_many_years(months):
    trend = trend_of(months(rising_months(168, a_year=0.97, level=5000)))

    assert trend.annual_change.certainty is Certainty.LITTLE_CHANGED
    assert trend.annual_certainty is Certainty.CLEAR


def test_fourteen_months_compare_the_two_that_have_a_twin(months):
    trend = trend_of(months([100, 90, *[500] * 10, 130, 120]))

    assert trend.compared.kind is Comparison.TWIN_MONTHS
    assert trend.same_months.before_count == 190
    assert trend.same_months.after_count == 250
    assert trend.same_months.dispersion == 1
    assert "in the 2 months to February 2016" in plain(trend.summary())


def test_a_month_left_out_by_the_source_is_unknown_and_not_zero(months):
    per_month = rising_months(30, a_year=1.0)
    per_month[20] = 0

    trend = trend_of(months(per_month, months_missing=["2016-09"]))

    assert not trend.table["covered"].iloc[20]
    assert np.isnan(trend.table["per_day"].iloc[20])
    assert trend.annual_change.ratio == pytest.approx(1, abs=0.01)
    assert len(trend.compared.after) == 11
    assert "1 month is not or only partly covered" in " ".join(map(str, trend.caveats))


def two_years_apart(months):
    """Twenty-four months in two years with 144 months missing between."""
    per_month = np.zeros(168, dtype=int)
    per_month[:12], per_month[-12:] = rising_months(12, a_year=1.0), 300
    per_month[-2:] = 240
    missing = pd.date_range("2016-01-01", "2027-12-01", freq="MS").strftime("%Y-%m")
    return months(per_month, months_missing=list(missing))


def test_years_are_not_compared_across_a_gap(months):
    trend = trend_of(two_years_apart(months))

    assert trend.table["covered"].sum() == trend.months_covered == 24
    assert trend.table["incidents"].isna().sum() == 144
    averaged = trend.table.loc[trend.table["average_12"].notna(), "period"]
    assert averaged.dt.strftime("%Y-%m").tolist() == ["2015-12", "2028-12"]
    assert trend.annual_change is trend.season is trend.same_months is None
    assert trend.shifts == ()
    assert trend.edges.before_count == 600
    assert trend.edges.after_count == 480
    assert "because 144 months are missing between" in " ".join(map(str, trend.caveats))
    assert "than in January and February 2028" in plain(trend.summary())


def test_a_last_run_of_three_months_is_not_compared(months):
    counts = months(
        [500] * 6 + [0] * 3 + [500] * 3, months_missing=["2015-07", "2015-08", "2015-09"]
    )

    trend = trend_of(counts)

    assert trend.comparison is None
    assert trend.summary() == "All recorded crime: too many months are missing to compare any."


def test_a_trend_is_since_the_first_month_that_is_covered(months):
    trend = trend_of(months([1, 0, 0, 2, *rising_months(48, a_year=0.9)]))

    assert trend.since == pd.Timestamp("2015-05-01")
    assert "since May 2015" in plain(trend.summary())


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "per_month",
    [
        [30] + [0] * 29 + [30],
        [0, 0, 4, 0, 0, 2, 0, 0, 0, 0, 0, 0] * 10,
        [0] * 12 + [5] * 12 + [0] * 12,
        [*[1] * 20, 3000, *[1] * 20],
        [0, 10] * 18,
        [0] * 30 + [60, 80, 0, 70, 0, 90],
    ],
)
def test_a_degenerate_series_gives_numbers_or_none(months, per_month):
    trend = trend_of(months(per_month))

    if trend.annual_change is not None:
        interval = trend.annual_change.interval_99
        assert np.isfinite([trend.annual_change.ratio, interval.low, interval.high]).all()
        assert trend.season["high"].max() < 1000
    assert all(np.isfinite(shift.interval.high) for shift in trend.shifts)
    assert trend.summary()
    trend.plot()


def test_a_month_of_the_year_without_incidents_gives_no_season(months):
    trend = trend_of(months([0, *[20] * 11] * 4))

    assert trend.annual_change is trend.season is None
    assert "too unevenly spread over months" in " ".join(map(str, trend.caveats))


def test_stragglers_before_a_file_begins_are_not_compared(months):
    counts = months([1, 0, 3, 2, 700, 720, 690, 710, 705, 700])

    unknown = months_not_covered(counts.periods, counts.per_period())
    trend = trend_of(counts)

    assert unknown.tolist() == [True] * 4 + [False] * 6
    assert trend.edges.before_count == 1420


def test_a_step_in_recording_is_marked(months):
    per_month = np.random.default_rng(5).poisson(np.repeat([200, 300], 40))

    trend = trend_of(months(per_month))

    assert [shift.period for shift in trend.shifts] == [pd.Timestamp("2018-05-01")]
    assert trend.shifts[0].interval.holds(1.5)
    assert "around May 2018" in plain(" ".join(map(str, trend.caveats)))


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20
)
@given(st.lists(st.integers(31, 200), min_size=24, max_size=48), st.integers(2, 5))
def test_counting_everything_twice_moves_no_ratio(months, per_month, factor):
    once = trend_of(months(per_month))
    often = trend_of(months([factor * count for count in per_month]))

    assert often.annual_change.ratio == pytest.approx(once.annual_change.ratio, rel=1e-6)
    assert often.same_months.ratio == pytest.approx(once.same_months.ratio)
    assert often.table["incidents"].sum() == factor * once.table["incidents"].sum()


def test_three_months_are_described_only(months):
    trend = trend_of(months([5, 6, 7]))

    assert trend.comparison is None
    assert trend.summary() == "All recorded crime: 3 months are too few to compare."


@pytest.mark.parametrize(
    ("whole", "words"), [(0, "there is none"), (1, "there is one"), (3, "there are three")]
)
def test_too_few_whole_months_are_said_in_words(whole, words):
    last = pd.Timestamp("2019-02-28") + pd.DateOffset(months=whole, days=10)
    periods = periods_between("2019-02-20", last.date(), unit="month")

    with pytest.raises(CannotAnswer, match=f"at least four whole months; {words}"):
        choose_periods(periods, missing=~periods.is_whole)


def test_two_months_of_different_years_keep_both_years():
    months = tuple(pd.to_datetime(["2018-12-01", "2019-01-01"]))

    assert plain(str(months_in_words(months))) == "December 2018 and January 2019"


def test_what_cannot_be_answered_is_refused(months):
    with pytest.raises(CannotAnswer, match="counted by month"):
        trend_of(Counts.from_frame(pd.DataFrame({"incidents": [4]})))
    with pytest.raises(CannotAnswer, match="none was counted"):
        trend_of(months([0, 0, 0, 0, 0]))
    with pytest.raises(ValueError, match="24 months"):
        trend_of(months([5] * 30), min_months_for_trend=12)


def test_the_chart_shows_every_month(months):
    drawn = trend_of(months([5, 6, 7, 8])).plot().to_dict()

    assert len(drawn["datasets"][drawn["layer"][1]["data"]["name"]]) == 4


@pytest.mark.slow
@pytest.mark.parametrize("dispersion", [1, 3])
def test_the_interval_of_a_year_on_year_change_covers_what_it_claims(months, dispersion):
    generator = np.random.default_rng(9)
    runs, truth, inside = 200, 0.9, 0
    for _ in range(runs):
        mean = 60 * np.repeat([1, truth], 12) * np.tile(1 + 0.2 * np.sin(np.arange(12)), 2)
        rate = mean if dispersion == 1 else generator.gamma(mean / (dispersion - 1), dispersion - 1)
        counts = months(generator.poisson(rate))
        per_month = counts.per_period()
        trend = trend_of(counts, min_months_for_trend=999)
        # 2016 has a leap day, which the comparison per day takes out.
        assert trend.same_months.before_count == per_month[:12].sum()
        inside += trend.same_months.interval_95.holds(truth * 365 / 366)

    assert inside / runs >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / runs)


def test_the_comparison_states_what_it_compared():
    change = compare_rates(before=104, after=109, before_days=61, after_days=59)

    assert (change.before_count, change.after_exposure, change.dispersion) == (104, 59, 1)
    assert change.certainty is Certainty.CHANCE
