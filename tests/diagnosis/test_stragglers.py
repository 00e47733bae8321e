"""Incidents from months that a file hardly holds are in no total, and are said apart."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from forestall.diagnosis import diagnose
from forestall.diagnosis.comparisons import solid_months
from forestall.diagnosis.stragglers import Stragglers, leave_out_stragglers
from forestall.records import Incidents


def thefts(*, early=0, late=0):
    """One theft a day in 2016, some long before and some long after."""
    on = [
        *[pd.Timestamp("2014-03-05")] * early,
        *pd.date_range("2016-01-01", "2016-12-31"),
        *[pd.Timestamp("2017-05-02")] * late,
    ]
    chance = np.random.default_rng(7)
    frame = pd.DataFrame(
        {
            "x": 450_000 + chance.integers(0, 3000, len(on)),
            "y": 520_000 + chance.integers(0, 3000, len(on)),
            "on": on,
        }
    )
    return Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="on")


def test_every_total_is_of_the_period_that_is_named():
    town = diagnose(thefts(early=2, late=1), cell_m=500)

    assert town.stragglers == Stragglers(
        incidents=3, before=date(2016, 1, 1), after=date(2016, 12, 31)
    )
    assert (town.first_day, town.last_day) == (date(2016, 1, 1), date(2016, 12, 31))
    assert town.crimes_total == town.monthly["incidents"].sum() == town.counts.total == 366
    assert len(town.monthly["period"].unique()) == 12


def test_a_file_without_stragglers_is_left_as_it_is():
    whole = thefts()
    kept, apart = leave_out_stragglers(whole)

    assert kept is whole
    assert apart is None


def test_stragglers_on_one_side_are_said_of_that_side():
    _, apart = leave_out_stragglers(thefts(late=4))

    assert apart == Stragglers(incidents=4, before=None, after=date(2016, 12, 31))


def test_thin_months_without_any_incident_leave_nothing_to_say():
    since = replace(thefts(), manifest=replace(thefts().manifest, first_day="2015-01-01"))
    kept, apart = leave_out_stragglers(since)

    assert apart is None
    assert kept.coverage == (date(2016, 1, 1), date(2016, 12, 31))


def test_months_that_only_look_solid_beside_thinner_ones_go_too():
    months = np.array([1, 0, 0, 0, 40, 700, 720, 690, 710, 3, 0, 1])

    assert solid_months(months) == (5, 9)
    assert solid_months(np.array([3, 2, 5, 4])) == (0, 4)
