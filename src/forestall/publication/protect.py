"""This file knows every table of a diagnosis that leaves, protected under one rule.

Tables that add up to each other are protected together: kinds by month with both totals, map
squares with the totals of the areas that stand out. A number that can be worked out from two
tables would not be protected by hiding it in one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import Concentration, GroupChanges, Hotspots, Rates, Timing, Trend
from forestall.disclosure import (
    DisclosureRule,
    Margin,
    SafeTable,
    Status,
    Treatment,
    protect_count,
    protect_table,
)
from forestall.errors import UnsafeToPublish

if TYPE_CHECKING:
    from forestall.diagnosis import Diagnosis, OffenceGroup
    from forestall.disclosure import SafeCount

REST = "rest"
ELSEWHERE = "elsewhere"
NO_AREA = ""
_LEAST_FOR_CONCENTRATION = 50
_MOST_AREAS_ACROSS = 12
_CURVE_POINTS = 60


@dataclass(frozen=True, eq=False, kw_only=True)
class ProtectedDiagnosis:
    """The tables of a diagnosis as they may be published; None where there is nothing to show.

    Attributes
    ----------
    crimes, apart
        All that counts as crime, and all that is counted apart.
    offences, apart_offences
        Kinds with their ``share``.
    months, apart_months
        ``period`` with ``per_day`` and ``average_12``.
    group_months
        Kind by month with ``per_day``; small kinds together in the row ``REST``.
    changes
        Kind by side ("before", "after") with the comparison.
    season
        ``month`` of the year with ``factor``, ``low``, ``high``.
    week, day
        Weekday by hour; and six parts of the day, where the week has too few in each hour.
    squares
        Place by area that stands out; the column totals are the areas.
    standing_out
        The areas that stand out whose totals can be shown.
    landmarks
        Kinds of place as published.
    concentration, curve
        Kind with its measures; step by kind with both shares.
    areas, area_offences
        Area with its share; kind by area.
    rates
        Area with its rate, interval and limits.
    priorities
        Kind with the criteria and the attention they add up to.
    """

    rule: DisclosureRule
    crimes: SafeCount
    apart: SafeCount
    offences: SafeTable
    apart_offences: SafeTable | None
    months: SafeTable
    apart_months: SafeTable | None
    group_months: SafeTable | None
    changes: SafeTable | None
    season: SafeTable | None
    week: SafeTable | None
    day: SafeTable | None
    squares: SafeTable | None
    standing_out: SafeTable | None
    landmarks: SafeTable | None
    concentration: SafeTable | None
    curve: SafeTable | None
    areas: SafeTable | None
    area_offences: SafeTable | None
    rates: SafeTable | None
    priorities: SafeTable | None

    @property
    def tables(self) -> dict[str, SafeTable]:
        """Return every table by the name of its file."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: table for name, table in found.items() if isinstance(table, SafeTable)}


def protect_diagnosis(diagnosis: Diagnosis, *, rule: DisclosureRule) -> ProtectedDiagnosis:
    """Protect every table of a diagnosis.

    Raises
    ------
    UnsafeToPublish
        If a table that the report needs cannot be protected.
    """
    kinds = [group for group in diagnosis.offences if group.counts_as_crime]
    apart = [group for group in diagnosis.offences if not group.counts_as_crime]
    offences = _offences(kinds, rule=rule)
    months = _months(diagnosis, True, rule=rule)
    group_months = _group_months(diagnosis, kinds, offences, rule=rule)
    squares = _squares(diagnosis, rule=rule)
    areas = _areas(diagnosis, rule=rule)
    return ProtectedDiagnosis(
        rule=rule,
        crimes=protect_count(diagnosis.crimes_total, rule=rule),
        apart=protect_count(diagnosis.apart_total, rule=rule),
        offences=offences,
        apart_offences=_offences(apart, rule=rule) if apart else None,
        months=months,
        apart_months=_months(diagnosis, False, rule=rule) if apart else None,
        group_months=group_months,
        changes=_changes(diagnosis.group_changes, group_months, rule=rule),
        season=_season(diagnosis, rule=rule),
        week=_week(diagnosis.timing, rule=rule),
        day=_day(diagnosis.timing, rule=rule),
        squares=squares,
        standing_out=_standing_out(diagnosis.hotspots, squares, rule=rule),
        landmarks=_landmarks(diagnosis.landmarks, rule=rule),
        concentration=_concentration(diagnosis.concentration, rule=rule),
        curve=_curve(diagnosis.concentration, rule=rule),
        areas=areas,
        area_offences=_area_offences(diagnosis, kinds, areas, rule=rule),
        rates=_rates(diagnosis.rates, areas, rule=rule),
        priorities=_priorities(diagnosis, offences, rule=rule),
    )


def _offences(groups: list[OffenceGroup], *, rule: DisclosureRule) -> SafeTable:
    table = pd.DataFrame(
        {
            "offence": [group.label for group in groups],
            "incidents": np.array([group.incidents for group in groups], dtype=np.int64),
        }
    )
    table["share"] = table["incidents"] / max(int(table["incidents"].sum()), 1)
    return protect_table(table, rule=rule, rows="offence", shares=["share"])


def _months(diagnosis: Diagnosis, crime: bool, *, rule: DisclosureRule) -> SafeTable:  # noqa: FBT001
    monthly = diagnosis.monthly
    chosen = monthly[monthly["counts_as_crime"] == crime]
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
    covered = known["covered"].fillna(False).to_numpy(dtype=bool)
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


def _group_months(
    diagnosis: Diagnosis,
    kinds: list[OffenceGroup],
    offences: SafeTable,
    *,
    rule: DisclosureRule,
) -> SafeTable | None:
    """Protect kind by month; small kinds go into one row until both totals can be shown."""
    shown = [g.label for g in kinds if offences.value(g.label) is not None]
    wide = diagnosis.monthly.pivot_table(
        index="offence", columns="period", values="incidents", aggfunc="sum", fill_value=0
    )
    crime_rows, days = wide.loc[[g.label for g in kinds]], _covered_days(diagnosis)
    for kept in range(len(shown), 0, -1):
        rows = crime_rows.loc[shown[:kept]]
        rest = crime_rows.drop(index=shown[:kept])
        if len(rest):
            rows = pd.concat([rows, rest.sum().to_frame(REST).T])
        long = _long(rows)
        long = _per_day(long, days)
        try:
            safe = protect_table(
                long,
                rule=rule,
                rows="offence",
                columns="period",
                derived=["per_day"],
                attributes=["covered"],
            )
        except UnsafeToPublish:
            continue
        if _all_margins_shown(safe):
            return safe
    return None


def _long(wide: pd.DataFrame) -> pd.DataFrame:
    long = wide.rename_axis(index="offence", columns="period").stack().rename("incidents")
    table = long.reset_index()
    table["incidents"] = table["incidents"].astype(np.int64)
    return table


def _all_margins_shown(safe: SafeTable) -> bool:
    cells = [safe.margin_row(row) for row in safe.row_labels]
    cells += [safe.margin_column(column) for column in safe.column_labels]
    return all(cell.status is Status.SHOWN for cell in (*cells, safe.grand_total))


def _changes(
    changes: object, group_months: SafeTable | None, *, rule: DisclosureRule
) -> SafeTable | None:
    """Keep the groups whose compared months are all shown: sums of them tell nothing new."""
    if not isinstance(changes, GroupChanges):
        return None
    table = changes.table
    months = [*changes.compared.before_months, *changes.compared.after_months]
    kept = [
        row
        for row in table.to_dict("records")
        if _months_are_shown(group_months, str(row["group"]), months, bool(row["counts_as_crime"]))
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


def _months_are_shown(
    group_months: SafeTable | None, group: str, months: list[pd.Timestamp], crime: bool  # noqa: FBT001
) -> bool:
    if not crime:
        return True
    if group_months is None or group not in group_months.row_labels:
        return False
    return all(group_months.value(group, month) is not None for month in months)


def _season(diagnosis: Diagnosis, *, rule: DisclosureRule) -> SafeTable | None:
    trend = diagnosis.trend
    if not isinstance(trend, Trend) or trend.season is None:
        return None
    by_month = trend.table.groupby(trend.table["period"].dt.month)["incidents"].sum()
    table = trend.season.copy()
    table["incidents"] = by_month.reindex(table["month"]).fillna(0).astype(np.int64).to_numpy()
    return protect_table(table, rule=rule, rows="month", derived=["factor", "low", "high"])


def _week(timing: object, *, rule: DisclosureRule) -> SafeTable | None:
    """Protect the hours of the week, unless most of them hold too few to be shown."""
    if not isinstance(timing, Timing):
        return None
    table = timing.table[["weekday", "hour", "incidents"]].copy()
    table["incidents"] = table["incidents"].round().astype(np.int64)
    if (table["incidents"].between(1, rule.threshold - 1)).mean() > 0.4:
        return None
    return protect_table(table, rule=rule, rows="weekday", columns="hour", margins=())


def _day(timing: object, *, rule: DisclosureRule) -> SafeTable | None:
    if not isinstance(timing, Timing):
        return None
    part = timing.table["hour"] // 4 * 4
    table = timing.table.groupby(part)["incidents"].sum().round().astype(np.int64).reset_index()
    table["share"] = table["incidents"] / max(int(table["incidents"].sum()), 1)
    return protect_table(table, rule=rule, rows="hour", shares=["share"])


def _squares(diagnosis: Diagnosis, *, rule: DisclosureRule) -> SafeTable | None:
    if diagnosis.places is None:
        return None
    if isinstance(diagnosis.hotspots, Hotspots):
        table = diagnosis.hotspots.table[["place", "incidents", "area"]]
        table = table.rename(columns={"area": "letter"})
    else:
        counts = diagnosis.counts.crimes().per_place()
        table = pd.DataFrame({"place": diagnosis.places.codes, "incidents": counts})
        table["letter"] = NO_AREA
    table = table[table["incidents"] > 0].astype({"incidents": np.int64})
    if table.empty:
        return None
    return protect_table(
        table,
        rule=rule,
        rows="place",
        columns="letter",
        margins=[Margin.COLUMNS, Margin.TOTAL],
    )


def _standing_out(
    hotspots: object, squares: SafeTable | None, *, rule: DisclosureRule
) -> SafeTable | None:
    """Give the areas the totals that were protected together with their squares."""
    if not isinstance(hotspots, Hotspots) or squares is None or hotspots.areas.empty:
        return None
    shown = [
        str(letter) in squares.column_labels and squares.margin_column(letter).number is not None
        for letter in hotspots.areas["area"]
    ]
    table = hotspots.areas.loc[shown, ["area", "squares", "incidents"]].reset_index(drop=True)
    table = table.rename(columns={"area": "letter"})
    if table.empty:
        return None
    table["incidents"] = table["incidents"].astype(np.int64)
    table["part"] = table["incidents"] / max(squares.total or 0, 1)
    return protect_table(
        table, rule=rule, rows="letter", derived=["part"], attributes=["squares"]
    )


def _landmarks(landmarks: pd.DataFrame, *, rule: DisclosureRule) -> SafeTable | None:
    if landmarks.empty:
        return None
    table = landmarks[["context", "incidents"]].astype({"incidents": np.int64})
    table = table.sort_values("incidents", ascending=False, kind="stable").reset_index(drop=True)
    return protect_table(table, rule=rule, rows="context", margins=())


def _concentration(found: object, *, rule: DisclosureRule) -> SafeTable | None:
    if not isinstance(found, Concentration):
        return None
    table = found.table[found.table["incidents"] >= _LEAST_FOR_CONCENTRATION]
    if table.empty:
        return None
    table = table.drop(columns="counts_as_crime").reset_index(drop=True)
    derived = [name for name in table.columns if name not in _NOT_DERIVED]
    return protect_table(
        table, rule=rule, rows="group", derived=derived, attributes=["places"], margins=()
    )


_NOT_DERIVED = ("group", "incidents", "places")


def _curve(found: object, *, rule: DisclosureRule) -> SafeTable | None:
    """Protect the curves at steps that each hold enough incidents to hide single places."""
    if not isinstance(found, Concentration):
        return None
    totals = found.table.set_index("group")["incidents"]
    parts = [
        _curve_of(rows, int(totals[group]), rule=rule)
        for group, rows in found.curve.groupby("group", sort=False)
        if totals[group] >= _LEAST_FOR_CONCENTRATION
    ]
    if not parts:
        return None
    table = pd.concat(parts, ignore_index=True)
    derived = ["share_of_places", "share_of_incidents"]
    return protect_table(
        table, rule=rule, rows="step", columns="group", derived=derived, margins=()
    )


def _curve_of(rows: pd.DataFrame, total: int, *, rule: DisclosureRule) -> pd.DataFrame:
    across = rows["share_of_places"].to_numpy(float)
    held = np.rint(rows["share_of_incidents"].to_numpy(float) * total).astype(np.int64)
    fine = np.linspace(0, 1, _CURVE_POINTS + 1) ** 1.7
    wanted = np.unique(np.searchsorted(across, fine).clip(max=len(across) - 1))
    corner = int(np.argmax(held >= held[-1]))  # from here on the curve is flat
    kept = [0]
    for at in [*(int(at) for at in wanted if 0 < at < corner), corner]:
        if held[at] - held[kept[-1]] >= rule.threshold:
            kept.append(at)
    kept = sorted({0, *(kept if kept[-1] == corner else [*kept[:-1], corner]), len(across) - 1})
    return pd.DataFrame(
        {
            "step": range(len(kept)),
            "group": rows["group"].iloc[0],
            "incidents": held[kept],
            "share_of_places": np.round(across[kept], 4),
            "share_of_incidents": np.round(held[kept] / max(total, 1), 4),
        }
    )


def _areas(diagnosis: Diagnosis, *, rule: DisclosureRule) -> SafeTable | None:
    counts = diagnosis.by_area
    if counts is None or counts.places is None:
        return None
    crimes = counts.crimes()
    inside = crimes.per_place()
    outside = diagnosis.crimes_total - int(inside.sum())
    table = pd.DataFrame(
        {
            "area": [*map(str, counts.places.codes), ELSEWHERE],
            "name": [*map(str, counts.places.names), ""],
            "incidents": np.array([*inside, outside], dtype=np.int64),
        }
    )
    table["share"] = table["incidents"] / max(diagnosis.crimes_total, 1)
    return protect_table(table, rule=rule, rows="area", shares=["share"], attributes=["name"])


def _area_offences(
    diagnosis: Diagnosis,
    kinds: list[OffenceGroup],
    areas: SafeTable | None,
    *,
    rule: DisclosureRule,
) -> SafeTable | None:
    """Protect kind by area; where exact numbers would give too much away, round them."""
    counts = diagnosis.by_area
    few = counts is not None and counts.places is not None
    if areas is None or not few or len(areas.row_labels) - 1 > _MOST_AREAS_ACROSS or len(kinds) < 2:
        return None
    assert counts is not None
    assert counts.places is not None
    codes = [str(code) for code in counts.places.codes]
    first = kinds[:7]
    wide = pd.DataFrame(
        {group.label: counts.per_place(offence=group.label) for group in first}, index=codes
    ).T
    if len(kinds) > len(first):
        wide.loc[REST] = counts.crimes().per_place() - wide.sum().to_numpy()
    long = wide.rename_axis(index="offence", columns="area").stack().rename("incidents")
    table = long.reset_index().astype({"incidents": np.int64})
    base = max(5, rule.threshold)
    rounding = DisclosureRule(
        threshold=rule.threshold, treatment=Treatment.ROUND, rounding_base=base
    )
    return protect_table(table, rule=rounding, rows="offence", columns="area")


def _rates(found: object, areas: SafeTable | None, *, rule: DisclosureRule) -> SafeTable | None:
    if not isinstance(found, Rates):
        return None
    table = found.table.copy()
    table["place"] = table["place"].astype(str)
    if areas is not None:
        hidden = {label for label in areas.row_labels if areas.value(label) is None}
        table = table[~table["place"].isin(hidden)].reset_index(drop=True)
    derived = [name for name in table.columns if name not in _KNOWN_OF_AREAS]
    return protect_table(
        table,
        rule=rule,
        rows="place",
        derived=derived,
        attributes=["name", "population"],
        margins=(),
    )


_KNOWN_OF_AREAS = ("place", "name", "population", "incidents")


def _priorities(
    diagnosis: Diagnosis, offences: SafeTable, *, rule: DisclosureRule
) -> SafeTable | None:
    table = getattr(diagnosis.priorities, "table", None)
    if table is None:
        return None
    shown = [label for label in offences.row_labels if offences.value(label) is not None]
    table = table[table["group"].isin(shown)].reset_index(drop=True)
    derived = [name for name in table.columns if name not in ("group", "incidents")]
    return protect_table(table, rule=rule, rows="group", derived=derived, margins=())
