"""This file knows how the months of the treated places are protected, with what was expected.

What a model expects is made of all months together, and would tell one that is hidden. So months
are joined to quarters, half-years or years until none is hidden; where that does not help either,
there is no series.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import Unanswered
from forestall.disclosure import Status, protect_table
from forestall.publication.protected.coarse import shorten_columns

if TYPE_CHECKING:
    from forestall.disclosure import DisclosureRule, SafeTable
    from forestall.evaluation.programmes.found import OutcomeFindings

STEPS = (1, 3, 6, 12)
_MODELLED = ("expected", "low", "high")
_DIGITS = 3


def protect_series(found: OutcomeFindings, *, rule: DisclosureRule) -> tuple[SafeTable | None, int]:
    """Protect the series of the treated places; return it with the months that one row joins.

    ``period`` (the first month of the row), ``incidents``, and for the time after ``expected``,
    with its 95 % interval ``low`` and ``high`` where each month has a row of its own.
    """
    if isinstance(found.series, Unanswered):
        return None, 1
    months = found.series.table
    known = months[months["used"].astype(bool) & months["incidents"].notna()]
    for step in STEPS:
        rows = _joined(known, step)
        if rows is None:
            continue
        safe = protect_table(
            rows,
            rule=rule,
            rows="period",
            derived=list(_MODELLED),
            attributes=["after"],
            margins=(),
            within={"counted": "treated places over time"},
        )
        if (safe.status == Status.SHOWN).all():
            return safe, step
    return None, 1


def _joined(months: pd.DataFrame, step: int) -> pd.DataFrame | None:
    """Join so many months to one row, before and after apart; None where some are left over."""
    parts = []
    for after, rows in months.groupby(months["after"].astype(bool)):
        if len(rows) % step:
            return None
        sums = rows.groupby(np.arange(len(rows)) // step, sort=True)
        alone = bool(after) and step == 1
        parts.append(
            pd.DataFrame(
                {
                    "period": sums["period"].first(),
                    "incidents": sums["incidents"].sum().astype(np.int64),
                    "expected": sums["expected"].sum() if after else np.nan,
                    # The limits of a sum are not the sums of limits.
                    "low": sums["low_95"].sum() if alone else np.nan,
                    "high": sums["high_95"].sum() if alone else np.nan,
                    "after": bool(after),
                }
            )
        )
    return shorten_columns(pd.concat(parts, ignore_index=True), list(_MODELLED), digits=_DIGITS)
