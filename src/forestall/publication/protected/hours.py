"""This file knows how the hours of the week are protected, together with the parts of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forestall.diagnosis import Timing
from forestall.disclosure import PublishedSum, protect_table
from forestall.errors import UnsafeToPublish

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from forestall.diagnosis import Unanswered
    from forestall.disclosure import DisclosureRule, SafeTable

_MOST_HIDDEN = 0.4
_PART_HOURS = 4


def protect_week(timing: Timing | Unanswered, *, rule: DisclosureRule) -> SafeTable | None:
    """Protect the hours of the week, unless most of them hold too few to be shown.

    Readers see the parts of the day as well, which are sums of these hours.
    """
    if not isinstance(timing, Timing):
        return None
    table = whole_hours(timing)
    if (table["incidents"].between(1, rule.threshold - 1)).mean() > _MOST_HIDDEN:
        return None
    parts = [
        PublishedSum(columns=range(first, first + _PART_HOURS))
        for first in range(0, 24, _PART_HOURS)
    ]
    try:
        return protect_table(
            table, rule=rule, rows="weekday", columns="hour", margins=(), published_sums=parts
        )
    except UnsafeToPublish:
        return None


def protect_day(timing: Timing | Unanswered, *, rule: DisclosureRule) -> SafeTable | None:
    """Protect six parts of the day with their shares."""
    if not isinstance(timing, Timing):
        return None
    hours = whole_hours(timing)
    part = hours["hour"] // _PART_HOURS * _PART_HOURS
    table = hours.groupby(part)["incidents"].sum().reset_index()
    table["share"] = (table["incidents"] / max(int(table["incidents"].sum()), 1)).round(4)
    return protect_table(table, rule=rule, rows="hour", shares=["share"])


def whole_hours(timing: Timing) -> pd.DataFrame:
    """Return weekday, hour and whole incidents that add up to the number of incidents counted.

    An incident whose time is not known exactly is spread over hours, so the hours hold parts of
    incidents; the largest parts are rounded up until the sum is right.
    """
    table = timing.table[["weekday", "hour"]].copy()
    table["incidents"] = _whole(timing.table["incidents"].to_numpy(dtype=float))
    return table


def _whole(parts: NDArray[np.float64]) -> NDArray[np.int64]:
    down = np.floor(parts + 1e-9)
    missing = round(float(parts.sum() - down.sum()))
    largest = np.argsort(down - parts, kind="stable")[:missing]
    down[largest] += 1
    return down.astype(np.int64)
