"""This file knows how months, kinds by month, their change and the season are protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import GroupChanges, Trend
from forestall.disclosure import Status, protect_table
from forestall.errors import UnsafeToPublish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.diagnosis import Diagnosis, OffenceGroup, Unanswered
    from forestall.disclosure import DisclosureRule, SafeTable

REST = "rest"


def protect_months(
    diagnosis: Diagnosis, kinds: Sequence[OffenceGroup], *, rule: DisclosureRule
) -> SafeTable:
    """Protect the months of some kinds together, with a day's number and the 12-month average."""
    monthly = diagnosis.monthly
    chosen = monthly[monthly["offence"].isin([group.label for group in kinds])]
    table = chosen.groupby("period", sort=True)["incidents"].sum().reset_index()
    table = _per_day(table, _covered_days(diagnosis))
    # A moving average would tell a hidden month to a reader who knows the other eleven.
    table["average_12"] = _average_of_shown(table, rule=rule)
    return protect_table(
        table,
        rule=rule,
        rows="period",
        derived=["per_day", "average_12"],
        attributes=["covered"],
    )


def _covered_days(diagnosis: Diagnosis) -> pd.DataFrame:
    """Return for each month the days the file covers, and whether it covers the month at all."""
    if isinstance(diagnosis.trend, Trend):
        return diagnosis.trend.table.set_index("period")[["days", "covered"]]
    months = pd.DatetimeIndex(diagnosis.monthly["period"].unique(), name="period")
    return pd.DataFrame({"days": months.days_in_month, "covered": True}, index=months)


def _per_day(table: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """Add incidents a day; months that are not covered have none."""
    known = days.reindex(table["period"])
    covered = known["covered"].astype("boolean").fillna(value=False).to_numpy(dtype=bool)
    length = known["days"].to_numpy(dtype=float)
    per_day = np.divide(
        table["incidents"].to_numpy(dtype=float),
        length,
        out=np.full(len(table), np.nan),
        where=covered & (length > 0),
    )
    return table.assign(per_day=per_day, covered=covered)


def _average_of_shown(table: pd.DataFrame, *, rule: DisclosureRule) -> pd.Series:
    safe = protect_table(table[["period", "incidents"]], rule=rule, rows="period")
    shown = (safe.status == Status.SHOWN).to_numpy()
    values = table["incidents"].astype(float).where(shown)
    return values.rolling(12, min_periods=12).mean()


def protect_kind_months(
    diagnosis: Diagnosis,
    kinds: Sequence[OffenceGroup],
    offences: SafeTable,
    *,
    rule: DisclosureRule,
) -> SafeTable | None:
    """Protect kind by month; small kinds go into one row until both totals can be shown.

    Only covered months are in the table. A kind whose few other incidents could be worked out
    from its total goes into the common row as well.
    """
    wide = diagnosis.monthly.pivot_table(
        index="offence", columns="period", values="incidents", aggfunc="sum", fill_value=0
    ).loc[[group.label for group in kinds]]
    days = _covered_days(diagnosis)
    covered = wide.loc[
        :, days["covered"].reindex(wide.columns, fill_value=False).to_numpy(dtype=bool)
    ]
    outside = wide.sum(axis=1) - covered.sum(axis=1)
    open_ = [
        group.label
        for group in kinds
        if offences.value(group.label) is not None and not 0 < outside[group.label] < rule.threshold
    ]
    for kept in range(len(open_), 0, -1):
        rest = covered.drop(index=open_[:kept])
        if 0 < outside[rest.index].sum() < rule.threshold:
            continue
        rows = covered.loc[open_[:kept]]
        if len(rest):
            rows = pd.concat([rows, rest.sum().to_frame(REST).T])
        safe = _kind_by_month(_per_day(_long(rows), days), rule=rule)
        if safe is not None:
            return safe
    return None


def _kind_by_month(table: pd.DataFrame, *, rule: DisclosureRule) -> SafeTable | None:
    try:
        safe = protect_table(
            table,
            rule=rule,
            rows="offence",
            columns="period",
            derived=["per_day"],
            attributes=["covered"],
        )
    except UnsafeToPublish:
        return None
    return safe if _all_margins_shown(safe) else None


def _long(wide: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each kind and month."""
    named = wide.rename_axis(index="offence", columns=None).reset_index()
    table = named.melt(id_vars="offence", var_name="period", value_name="incidents")
    return table.astype({"incidents": np.int64, "period": wide.columns.dtype})


def _all_margins_shown(safe: SafeTable) -> bool:
    cells = [safe.margin_row(row) for row in safe.row_labels]
    cells += [safe.margin_column(column) for column in safe.column_labels]
    return all(cell.status is Status.SHOWN for cell in (*cells, safe.grand_total))


def protect_changes(
    changes: GroupChanges | Unanswered, group_months: SafeTable | None, *, rule: DisclosureRule
) -> SafeTable | None:
    """Keep the groups whose compared months are all shown: sums of them tell nothing new."""
    if not isinstance(changes, GroupChanges):
        return None
    table = changes.table
    months = [*changes.compared.before_months, *changes.compared.after_months]
    kept = [
        row
        for row in table.to_dict("records")
        if (not row["counts_as_crime"] or _are_shown(group_months, str(row["group"]), months))
        and min(row["before"], row["after"]) >= rule.threshold
    ]
    rows = [
        {
            "group": row["group"],
            "side": side,
            "incidents": int(row[side]),
            "per_day": row[f"{side}_per_day"],
            **{name: row[name] for name in ("ratio", "low", "high", "p_value", "p_holm")},
            "certainty": str(row["certainty"]),
        }
        for row in kept
        for side in ("before", "after")
    ]
    if not rows:
        return None
    derived = ["per_day", "ratio", "low", "high", "p_value", "p_holm", "certainty"]
    return protect_table(
        pd.DataFrame(rows), rule=rule, rows="group", columns="side", derived=derived, margins=()
    )


def _are_shown(group_months: SafeTable | None, group: str, months: Sequence[pd.Timestamp]) -> bool:
    if group_months is None or group not in group_months.row_labels:
        return False
    return all(group_months.value(group, month) is not None for month in months)


def protect_season(diagnosis: Diagnosis, *, rule: DisclosureRule) -> SafeTable | None:
    """Protect the twelve months of the year against an average month."""
    trend = diagnosis.trend
    if not isinstance(trend, Trend) or trend.season is None:
        return None
    by_month = trend.table.groupby(trend.table["period"].dt.month)["incidents"].sum()
    table = trend.season.copy()
    table["incidents"] = by_month.reindex(table["month"]).fillna(0).astype(np.int64).to_numpy()
    return protect_table(table, rule=rule, rows="month", derived=["factor", "low", "high"])
