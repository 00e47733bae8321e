"""This file knows how the largest kinds are shown month by month, side by side."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pandas as pd

from forestall.languages import Decimal, Listing, Month, message
from forestall.publication.blocks import (
    Chart,
    Column,
    CrossTable,
    Link,
    Multiples,
    Paragraph,
    Table,
    Unit,
)
from forestall.publication.drawing.lines import covered_rows
from forestall.publication.pictures import MonthColumns, SmallLine
from forestall.publication.protected.months import REST
from forestall.publication.report.words import (
    kind_inside,
    kind_name,
    kind_words,
    month_of,
    month_short,
)

if TYPE_CHECKING:
    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting

_MOST_COLUMNS = 12
_MOST_KINDS = 6
_LEAST_FOR_A_TITLE = 200


def months_multiples(setting: Setting) -> list[Block]:
    """Show up to six kinds month by month, each on its own scale from zero."""
    safe = setting.safe.group_months
    few = setting.months <= _MOST_COLUMNS
    if safe is None or setting.months < 2 or (setting.only_kind and not few):
        return []
    apart = setting.safe.apart_months
    room = _MOST_KINDS - (apart is not None)
    kinds = [str(label) for label in safe.row_labels if label != REST][:room]
    charts = [_small(setting, safe, kind) for kind in kinds]
    named = setting.safe.apart_offences
    apart_kind = str(named.row_labels[0]) if named is not None else ""
    if apart is not None:
        charts.append(_small(setting, apart, apart_kind))
    return [
        Multiples(
            title=_title(safe, kinds, apart, apart_kind),
            subtitle=message(
                "Recorded a day, {period}; each chart starts at zero and has its own scale",
                period=setting.period,
            ),
            charts=tuple(charts),
            behind=_behind(setting, safe, apart) if few else (),
            behind_words=message("Tables behind the charts"),
            source=(setting.source, *in_part(setting)),
        ),
        *([] if few else [_all_months()]),
    ]


def _all_months() -> Paragraph:
    return Paragraph(
        (message("Every kind and month:"), Link("group_months.csv", "tables/group_months.csv"))
    )


def _title(safe: SafeTable, kinds: list[str], apart: SafeTable | None, apart_kind: str) -> Text:
    """Name the kind that moved most, and among which kinds that is so."""
    drawn = len(kinds) + (apart is not None)
    if drawn == 1:
        return message("Month by month")
    rows = {kind: _per_day(safe, kind) for kind in kinds}
    known = list(itertools.takewhile(lambda kind: rows[kind] is not None, kinds))
    moved = {kind: found for kind in known if (found := rows[kind]) is not None}
    beside = _per_day(apart, "") if apart is not None else None
    if beside is not None and len(moved) == len(kinds):
        moved[apart_kind] = beside
    if len(moved) < 2:
        return message("The largest kinds, month by month")
    kind = max(moved, key=lambda name: float(moved[name].max() / moved[name].min()))
    values = {"count": len(moved), "kind": kind_inside(kind), **_extremes(moved[kind])}
    if len(moved) == drawn:
        return message(
            "Of these {count} kinds, {kind} moved most: {low} a day in {low_month}, {high} in "
            "{high_month}",
            **values,
        )
    return message(
        "Of the first {count} kinds shown here, {kind} moved most: {low} a day in {low_month}, "
        "{high} in {high_month}",
        **values,
    )


def _per_day(safe: SafeTable, kind: str) -> pd.Series | None:
    """Return incidents a day by covered month; None if one is hidden or there are too few."""
    frame = covered_rows(safe.frame)
    rows = frame[frame["offence"] == kind] if kind else frame
    total = pd.to_numeric(rows["incidents"], errors="coerce").sum()
    per_day = pd.to_numeric(rows["per_day"], errors="coerce").astype(float)
    if rows.empty or per_day.isna().any() or total < _LEAST_FOR_A_TITLE or per_day.min() <= 0:
        return None
    return pd.Series(per_day.to_numpy(), index=rows["period"])


def _extremes(rows: pd.Series) -> dict[str, object]:
    return {
        "low": Decimal(float(rows.min()), 1),
        "low_month": month_of(rows.idxmin()),
        "high": Decimal(float(rows.max()), 1),
        "high_month": month_of(rows.idxmax()),
    }


def _small(setting: Setting, safe: SafeTable, kind: str) -> Chart:
    group = kind if safe.rows == "offence" else ""
    frame = safe.frame
    rows = frame[frame["offence"] == kind] if group else frame
    picture = (
        MonthColumns(safe=safe, group=group)
        if setting.months <= _MOST_COLUMNS
        else SmallLine(safe=safe, group=group)
    )
    return Chart(title=kind_name(kind), subtitle="", alt=_alt(kind, rows), picture=picture)


def _alt(kind: str, rows: pd.DataFrame) -> Text:
    known = rows.dropna(subset=["per_day"])
    if known.empty:
        return message("{kind}: too few records to show months", kind=kind_name(kind))
    per_day = known["per_day"].astype(float)
    return message(
        "{kind}, recorded a day: {first_number} in {first}, {last_number} in {last}",
        kind=kind_name(kind),
        first=Month(known["period"].iloc[0].date()),
        first_number=Decimal(per_day.iloc[0], 1),
        last=Month(known["period"].iloc[-1].date()),
        last_number=Decimal(per_day.iloc[-1], 1),
    )


def _behind(
    setting: Setting, safe: SafeTable, apart: SafeTable | None
) -> tuple[Table | CrossTable, ...]:
    months = {month: _short_head(setting, month) for month in safe.column_labels}
    crossed = CrossTable(
        title=message("Recorded crimes by kind and month, {period}", period=setting.period),
        safe=safe,
        row_head=message("Kind"),
        row_words={**kind_words(safe.row_labels), REST: message("All other kinds")},
        column_words=months,
        total_row=message("All recorded crime"),
        total_column=message("All months"),
    )
    found: list[Table | CrossTable] = [crossed]
    found.append(
        months_table(setting, setting.safe.months, title=message("All recorded crime by month"))
    )
    if apart is not None:
        found.append(months_table(setting, apart, title=message("Counted apart, by month")))
    return tuple(found)


def months_table(setting: Setting, safe: SafeTable, *, title: Text) -> Table:
    """Return the table of months: incidents and incidents a day."""
    return Table(
        title=title,
        safe=safe,
        columns=(
            Column(name="period", head=message("Month"), unit=Unit.MONTH),
            Column(name="incidents", head=message("Recorded")),
            Column(name="per_day", head=message("a day"), unit=Unit.DECIMAL, decimals=1),
        ),
        row_words={
            month: message("{month} (in part)", month=month_of(month))
            for month in safe.row_labels
            if month_of(month).day in setting.months_in_part
        },
        total=message("All months"),
        folds=True,
    )


def in_part(setting: Setting) -> tuple[Text, ...]:
    """Say which months are covered in part, and which are so little that nothing is compared."""
    frame = setting.safe.months.frame
    uncovered = frame.loc[~frame["covered"].astype(bool), "period"]
    little = {month_of(period).day for period in uncovered}
    some = [Month(month) for month in setting.months_in_part if month not in little]
    hardly = [Month(month) for month in setting.months_in_part if month in little]
    found = [message("Covered in part: {months}.", months=Listing(some))] if some else []
    if hardly:
        found.append(
            message(
                "Covered in part, and in no average or comparison: {months}.",
                months=Listing(hardly),
            )
        )
    return tuple(found)


def _short_head(setting: Setting, month: object) -> Text:
    if month_of(month).day in setting.months_in_part:
        return message("{month} (in part)", month=month_short(month))
    return month_short(month)
