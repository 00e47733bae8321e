"""Pairs at the same place are named so, and areas that are left out of a table are counted."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from forestall.diagnosis import diagnose
from forestall.disclosure import rule_named
from forestall.publication import Setting, build_report, protect_diagnosis, write_html
from forestall.publication.report.standing_out import standing_out_blocks
from forestall.records import Incidents


def setting_of(diagnosis, *, rule="threshold-5"):
    safe = protect_diagnosis(diagnosis, rule=rule_named(rule))
    return Setting(diagnosis=diagnosis, safe=safe, place="", made_on=date(2026, 1, 5), command="")


@pytest.fixture(scope="module")
def repeating():
    """Every second burglary is followed by one at the same place two days later."""
    draw = np.random.default_rng(4)
    east, north = draw.uniform(0, 4000, (2, 400)).round() + np.array([[400_000], [300_000]])
    days = draw.integers(0, 362, 400)
    frame = pd.DataFrame({"x": east, "y": north, "day": days})
    frame = pd.concat([frame, frame[:200].assign(day=frame["day"][:200] + 2)])
    frame["at"] = pd.Timestamp("2023-01-01") + pd.to_timedelta(frame["day"], unit="D")
    return diagnose(
        Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="at"), cell_m=500
    )


def test_the_same_place_is_named_and_is_no_band_of_0_to_0_metres(repeating):
    page = write_html(build_report(setting_of(repeating))).replace("\u00a0", " ")
    assert "pairs as by chance were recorded at the same place, 0 to 6 days apart" in page
    assert "same place, 0 to 6 days" in page
    assert "0 to 0" not in page


@pytest.fixture(scope="module")
def three_heaps():
    """Three heaps of different size on a thin ground, so that the smaller ones can be hidden."""
    draw = np.random.default_rng(5)
    heaps = [(2000, 2000, 900), (9000, 9000, 700), (2000, 9000, 420)]
    points = [draw.uniform(0, 11_000, (300, 2))]
    points += [
        draw.normal(0, 450, (size, 2)) + np.array([east, north]) for east, north, size in heaps
    ]
    placed = np.concatenate(points) + np.array([400_000, 300_000])
    frame = pd.DataFrame(placed, columns=["x", "y"])
    frame["at"] = pd.Timestamp("2023-01-01") + pd.to_timedelta(np.arange(2320) % 365, unit="D")
    return diagnose(
        Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="at"), cell_m=500
    )


@pytest.mark.parametrize(("rule", "hidden"), [("threshold-5", 0), ("threshold-230", 2)])
def test_areas_that_are_not_in_the_table_are_counted_below_it(three_heaps, rule, hidden):
    blocks: list[Any] = standing_out_blocks(setting_of(three_heaps, rule=rule))
    _, table, source = blocks
    found = len(three_heaps.hotspots.areas)
    assert len(table.safe.row_labels) == found - hidden
    # A total of one area would say its number twice.
    assert str(table.total) == ("" if hidden else "All of them")
    told = [str(text) for text in source.sentences if "not in the table" in str(text)]
    assert [sentence[0] for sentence in told] == [str(hidden)] * bool(hidden)
