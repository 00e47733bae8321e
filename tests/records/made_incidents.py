"""This file knows how to make a handful of incidents for a test, without any file."""

from dataclasses import replace

import numpy as np
import pandas as pd

from forestall.query import memory_table
from forestall.records.incidents import Incidents
from forestall.records.manifest import OffenceClass, example_manifest


def incidents_at(
    points, *, on=None, offence=None, area=None, precision="minute", not_crimes=(), missing=()
):
    """Return incidents at some points (metres, British National Grid) on some days."""
    count = len(points)
    x, y = np.array(points, dtype=float).reshape(count, 2).T
    days = pd.to_datetime(on if on is not None else ["2024-03-05"] * count)
    offences = list(offence if offence is not None else ["Theft"] * count)
    frame = pd.DataFrame(
        {
            "offence": pd.array(offences, dtype="str"),
            "iccs": pd.array(["0502"] * count, dtype="str"),
            "starts_at": days.astype("datetime64[us]"),
            "time_precision": pd.array([precision] * count, dtype="str"),
            "x": x,
            "y": y,
            "area": pd.array(area if area is not None else [None] * count, dtype="str"),
            "context": pd.array([None] * count, dtype="str"),
        }
    )
    manifest = replace(
        example_manifest(),
        first_day=f"{days.min():%Y-%m-%d}" if count else "2024-03-01",
        last_day=f"{days.max():%Y-%m-%d}" if count else "2024-03-31",
        months_missing=tuple(missing),
        offences=tuple(
            OffenceClass(
                label=label, iccs=None, basis=None, counts_as_crime=label not in not_crimes, rows=1
            )
            for label in sorted(set(offences))
        ),
    )
    return Incidents(table=memory_table(frame), manifest=manifest)
