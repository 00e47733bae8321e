"""This file knows how the hours of the week are protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forestall.diagnosis import Timing
from forestall.disclosure import protect_table

if TYPE_CHECKING:
    from forestall.diagnosis import Unanswered
    from forestall.disclosure import DisclosureRule, SafeTable

_MOST_HIDDEN = 0.4


def protect_week(timing: Timing | Unanswered, *, rule: DisclosureRule) -> SafeTable | None:
    """Protect the hours of the week, unless most of them hold too few to be shown."""
    if not isinstance(timing, Timing):
        return None
    table = timing.table[["weekday", "hour", "incidents"]].copy()
    table["incidents"] = table["incidents"].round().astype(np.int64)
    if (table["incidents"].between(1, rule.threshold - 1)).mean() > _MOST_HIDDEN:
        return None
    return protect_table(table, rule=rule, rows="weekday", columns="hour", margins=())


def protect_day(timing: Timing | Unanswered, *, rule: DisclosureRule) -> SafeTable | None:
    """Protect six parts of the day with their shares."""
    if not isinstance(timing, Timing):
        return None
    part = timing.table["hour"] // 4 * 4
    table = timing.table.groupby(part)["incidents"].sum().round().astype(np.int64).reset_index()
    table["share"] = table["incidents"] / max(int(table["incidents"].sum()), 1)
    return protect_table(table, rule=rule, rows="hour", shares=["share"])
