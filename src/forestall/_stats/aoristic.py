"""This file knows how incidents with an uncertain time spread over the hours of the week.

Source: Ratcliffe (2000), "Aoristic analysis"; here each incident is spread by exact overlap, in
parts as long as the part of the hour that its interval covers, not by whole hours touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEEK_MINUTES = 7 * 24 * 60
WEEK_HOURS = 7 * 24


def spread_over_week(
    starts: NDArray[np.int64], durations: NDArray[np.int64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the incidents in each of the 168 hours of a week.

    Intervals longer than a week cover every hour once for each whole week, and the rest of the
    week by what is left: still exact overlap.

    Parameters
    ----------
    starts
        Minute of the week of the first possible time, 0 = Monday 00:00.
    durations
        Minutes to the last possible time, not negative; 0 counts in the hour of the start.
    weights
        Incidents with this start and duration.

    Examples
    --------
    >>> hours = spread_over_week(np.array([30]), np.array([120]), np.array([1.0]))
    >>> hours[:4].tolist()
    [0.25, 0.5, 0.25, 0.0]
    """
    minutes = np.maximum(durations, 1).astype(float)
    whole_weeks, rest = np.divmod(durations, WEEK_MINUTES)
    rest = np.where(durations == 0, 1, rest)
    per_minute = weights / minutes
    change = np.zeros(2 * WEEK_MINUTES + 1)
    change += np.bincount(starts, per_minute, minlength=change.size)
    change -= np.bincount(starts + rest, per_minute, minlength=change.size)
    density = np.cumsum(change[:-1])
    week = density[:WEEK_MINUTES] + density[WEEK_MINUTES:]
    everywhere = (per_minute * whole_weeks).sum() * 60
    hours = week.reshape(WEEK_HOURS, 60).sum(axis=1) + everywhere
    return np.asarray(np.maximum(hours, 0.0))
