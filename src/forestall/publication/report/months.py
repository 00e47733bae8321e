"""This file knows how the largest kinds are shown month by month, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Decimal, Month, say
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
from forestall.publication.pictures import MonthColumns, SmallLine
from forestall.publication.protected.months import REST
from forestall.publication.report.words import kind_name, kind_words, month_of, month_short

if TYPE_CHECKING:
    import pandas as pd

    from forestall.disclosure import SafeTable
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
    if apart is not None and setting.safe.apart_offences is not None:
        charts.append(_small(setting, apart, str(setting.safe.apart_offences.row_labels[0])))
    return [
        Multiples(
            title=_title(safe, kinds),
            subtitle=say(
                "Recorded a day, {period}; each chart starts at zero and has its own scale",
                period=setting.period,
            ),
            charts=tuple(charts),
            behind=_behind(setting, safe, apart) if few else (),
            behind_words=say("Tables behind the charts"),
            source=(setting.source,),
        ),
        *([] if few else [_all_months()]),
    ]


def _all_months() -> Paragraph:
    return Paragraph(
        (say("Every kind and month:"), Link("group_months.csv", "tables/group_months.csv"))
    )


def _title(safe: SafeTable, kinds: list[str]) -> str:
    """Name the kind that moved most between its months, among those with enough records."""
    if len(kinds) == 1:
        return say("Month by month")
    frame = safe.frame.dropna(subset=["per_day"])
    moved = {}
    for kind in kinds:
        rows = frame[frame["offence"] == kind].set_index("period")["per_day"].astype(float)
        if (safe.margin_row(kind).number or 0) >= _LEAST_FOR_A_TITLE and rows.min() > 0:
            moved[kind] = rows
    if not moved:
        return say("The largest kinds, month by month")
    kind = max(moved, key=lambda name: float(moved[name].max() / moved[name].min()))
    rows = moved[kind]
    return say(
        "{kind} moved most: {low} a day in {low_month}, {high} in {high_month}",
        kind=kind_name(kind),
        low=Decimal(float(rows.min()), 1),
        low_month=month_of(rows.idxmin()),
        high=Decimal(float(rows.max()), 1),
        high_month=month_of(rows.idxmax()),
    )


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


def _alt(kind: str, rows: pd.DataFrame) -> str:
    known = rows.dropna(subset=["per_day"])
    if known.empty:
        return say("{kind}: too few records to show months", kind=kind_name(kind))
    per_day = known["per_day"].astype(float)
    return say(
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
    months = {month: month_short(month) for month in safe.column_labels}
    crossed = CrossTable(
        title=say("Recorded crimes by kind and month, {period}", period=setting.period),
        safe=safe,
        row_head=say("Kind"),
        row_words={**kind_words(safe.row_labels), REST: say("All other kinds")},
        column_words=months,
        total_row=say("All recorded crime"),
        total_column=say("All months"),
    )
    found: list[Table | CrossTable] = [crossed]
    found.append(months_table(setting.safe.months, title=say("All recorded crime by month")))
    if apart is not None:
        found.append(months_table(apart, title=say("Counted apart, by month")))
    return tuple(found)


def months_table(safe: SafeTable, *, title: str) -> Table:
    """Return the table of months: incidents and incidents a day."""
    return Table(
        title=title,
        safe=safe,
        columns=(
            Column(name="period", head=say("Month"), unit=Unit.MONTH),
            Column(name="incidents", head=say("Recorded")),
            Column(name="per_day", head=say("a day"), unit=Unit.DECIMAL, decimals=1),
        ),
        total=say("All months"),
        folds=True,
    )
