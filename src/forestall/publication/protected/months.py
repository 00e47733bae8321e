"""This file knows how months, kinds by month, their change and the season are protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import GroupChanges, Trend
from forestall.disclosure import Status, protect_table
from forestall.errors import UnsafeToPublish
from forestall.publication.protected.coarse import round_columns, shorten_columns

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
    return shorten_columns(table.assign(per_day=per_day, covered=covered), ["per_day"], digits=5)


def _average_of_shown(table: pd.DataFrame, *, rule: DisclosureRule) -> pd.Series:
    safe = protect_table(table[["period", "incidents"]], rule=rule, rows="period")
    shown = (safe.status == Status.SHOWN).to_numpy()
    values = table["incidents"].astype(float).where(shown & table["covered"].to_numpy(dtype=bool))
    return values.rolling(12, min_periods=12).mean().round(1)


def protect_kind_months(
    diagnosis: Diagnosis,
    kinds: Sequence[OffenceGroup],
    offences: SafeTable,
    months: SafeTable,
    *,
    rule: DisclosureRule,
) -> SafeTable | None:
    """Protect kind by month; small kinds go into one row until both totals can be shown.

    Only covered months are in the table, and it would tell the number of each: there is none where
    one of them is hidden beside a month with few. A kind whose few other incidents could be worked
    out from its total goes into the common row as well.
    """
    wide = diagnosis.monthly.pivot_table(
        index="offence", columns="period", values="incidents", aggfunc="sum", fill_value=0
    ).loc[[group.label for group in kinds]]
    days = _covered_days(diagnosis)
    covered = wide.loc[
        :, days["covered"].reindex(wide.columns, fill_value=False).to_numpy(dtype=bool)
    ]
    if not _are_shown(months, [pd.Timestamp(month) for month in covered.columns]):
        return None
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
    changes: GroupChanges | Unanswered,
    group_months: SafeTable | None,
    *,
    rule: DisclosureRule,
    apart_months: SafeTable | None = None,
) -> SafeTable | None:
    """Keep the groups whose compared months are all shown: sums of them tell nothing new.

    A kind that is counted apart is kept when it is the only one, so that the months apart are its
    own. P-values adjusted for all comparisons are left out when one of them is.
    """
    if not isinstance(changes, GroupChanges):
        return None
    table = changes.table
    months = [*changes.compared.before_months, *changes.compared.after_months]
    alone = int((~table["counts_as_crime"].astype(bool)).sum()) == 1
    kept = table[
        [
            _are_shown(group_months, months, group=str(row["group"]))
            if row["counts_as_crime"]
            else alone and _are_shown(apart_months, months)
            for row in table.to_dict("records")
        ]
        & (table[["before", "after"]].min(axis=1) >= rule.threshold).to_numpy()
    ]
    if kept.empty:
        return None
    if len(kept) < len(table):
        kept = kept.assign(p_holm=np.nan)
    return protect_table(
        _two_sides(kept),
        rule=rule,
        rows="group",
        columns="side",
        derived=["per_day", *_COMPARED],
        margins=(),
        within={"months": "compared", "kinds": "crime and apart"},
    )


_COMPARED = ("ratio", "low", "high", "p_value", "p_holm", "certainty")


def _two_sides(kept: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each group and side, with as many digits as the counts beside them."""
    rows = pd.DataFrame(
        {
            "group": row["group"],
            "side": side,
            "incidents": int(row[side]),
            "per_day": row[f"{side}_per_day"],
            **{name: row[name] for name in _COMPARED},
        }
        for row in kept.to_dict("records")
        for side in ("before", "after")
    )
    rows["certainty"] = rows["certainty"].map(str)
    rows = shorten_columns(rows, ["p_value", "p_holm"], digits=2)
    return shorten_columns(rows, ["per_day", "ratio", "low", "high"])


def _are_shown(
    safe: SafeTable | None, months: Sequence[pd.Timestamp], *, group: str | None = None
) -> bool:
    """Say whether the numbers of all these months are shown, of one kind or of a one-way table."""
    if safe is None:
        return False
    if group is None:
        return all(
            month in safe.row_labels and safe.cell(month).status is Status.SHOWN for month in months
        )
    return group in safe.row_labels and all(
        month in safe.column_labels and safe.cell(group, month).status is Status.SHOWN
        for month in months
    )


def protect_season(
    diagnosis: Diagnosis, *, rule: DisclosureRule, months: SafeTable | None = None
) -> SafeTable | None:
    """Protect the twelve months of the year against an average month.

    Both the sums over the years and the model tell about each month of the series; nothing is
    shown when the number of one of them is hidden.
    """
    trend = diagnosis.trend
    if not isinstance(trend, Trend) or trend.season is None:
        return None
    if months is not None and not (months.status == Status.SHOWN).all():
        return None
    by_month = trend.table.groupby(trend.table["period"].dt.month)["incidents"].sum()
    table = round_columns(trend.season, {"factor": 2, "low": 2, "high": 2})
    table["incidents"] = by_month.reindex(table["month"]).fillna(0).astype(np.int64).to_numpy()
    return protect_table(table, rule=rule, rows="month", derived=["factor", "low", "high"])
