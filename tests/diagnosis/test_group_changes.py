"""Kinds of offence compared over the same months."""

import pandas as pd
import pytest

from forestall.diagnosis import compare_groups
from forestall.errors import CannotAnswer
from forestall.records import Counts, periods_between

# Per day in Oct-Nov and Jan-Feb, limits of the change in per cent, and words: design/report.html.
PUBLISHED = {
    "Violence and sexual offences": (72.0, 68.2, -9, -1, "probable"),
    "Criminal damage and arson": (29.6, 25.6, -19, -7, "clear"),
    "Shoplifting": (26.3, 23.1, -18, -5, "clear"),
    "Other theft": (17.2, 17.2, -8, 9, "cannot be told from chance"),
    "Burglary": (16.7, 13.7, -25, -10, "clear"),
    "Vehicle crime": (13.3, 10.3, -30, -14, "clear"),
    "Theft from the person": (1.6, 0.9, -61, -23, "clear"),
    "Anti-social behaviour": (88.9, 76.6, -17, -10, "clear"),
}


def test_cleveland_changed_as_published_in_the_design(cleveland_counts):
    changes = compare_groups(cleveland_counts)

    rows = changes.table.set_index("group")
    for group, (before, after, low, high, words) in PUBLISHED.items():
        row = rows.loc[group]
        assert (round(row["before_per_day"], 1), round(row["after_per_day"], 1)) == (before, after)
        assert (round(100 * row["low"] - 100), round(100 * row["high"] - 100)) == (low, high)
        assert row["certainty"] == words
    assert rows.index[-1] == "Anti-social behaviour"
    assert rows.index[rows["mixed"]].tolist() == ["Other crime"]
    assert changes.summary().startswith("6 of 12 kinds clearly fell")
    assert "Anti-social behaviour" not in changes.summary()
    assert "14 kinds were compared" in str(changes.caveats[0])
    assert changes.scale_limit == 0.6


def test_a_kind_without_incidents_before_has_no_upper_limit():
    periods = periods_between("2024-01-01", "2024-04-30", unit="month")
    rows = pd.DataFrame(
        {
            "period": [*periods.starts] * 2,
            "offence": ["New"] * 4 + ["Old"] * 4,
            "incidents": [0, 0, 20, 30, 10, 10, 10, 10],
        }
    )

    changes = compare_groups(Counts.from_frame(rows, periods=periods, by="offence"))

    assert changes.comparisons["New"].interval_95.high == float("inf")
    assert changes.summary() == "1 of 2 kinds clearly rose: New."
    assert len(changes.plot().to_dict()["layer"]) == 3


def test_counts_without_kinds_are_refused(months):
    with pytest.raises(CannotAnswer, match="by='offence'"):
        compare_groups(months([5, 5, 5, 5]))
