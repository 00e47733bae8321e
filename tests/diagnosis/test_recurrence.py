"""Near repeats of each kind in a diagnosis."""

import numpy as np
import pandas as pd
import pytest

from forestall.diagnosis.counted import OffenceGroup
from forestall.diagnosis.recurrence import assess_near_repeats_by_kind
from forestall.errors import CannotAnswer
from forestall.records import Incidents


def thefts(kinds):
    """Make 150 incidents of each kind, in the years that it has."""
    frames = [
        pd.DataFrame(
            {
                "kind": kind,
                "x": 450_000.0 + np.arange(150) * 40,
                "y": 520_000.0,
                "on": pd.date_range(f"{year}-01-01", periods=150),
            }
        )
        for kind, year in kinds.items()
    ]
    return Incidents.from_frame(
        pd.concat(frames), x="x", y="y", crs="EPSG:27700", starts_at="on", offence="kind"
    )


def groups(*kinds):
    return [
        OffenceGroup(label=kind, counts_as_crime=True, incidents=150, labels=(kind,), tested=True)
        for kind in kinds
    ]


def test_a_kind_that_is_no_longer_recorded_does_not_silence_the_others():
    incidents = thefts({"Old": 2018, "New": 2022})

    found = assess_near_repeats_by_kind(incidents, groups("Old", "New"))

    assert list(found.by_kind) == ["New"]


def test_where_no_kind_can_be_answered_it_says_why():
    incidents = thefts({"Old": 2018, "New": 2022})

    with pytest.raises(CannotAnswer, match="at least two incidents"):
        assess_near_repeats_by_kind(incidents, groups("Old"))
