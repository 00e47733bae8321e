"""This file knows how the largest kinds are shown month by month, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING


from forestall.languages import Decimal, Month, say
from forestall.publication.blocks import Chart, CrossTable, Multiples
from forestall.publication.pictures import MonthColumns, SmallLine
from forestall.publication.protect import REST
from forestall.publication.report.words import kind_name, kind_words

if TYPE_CHECKING:
    import pandas as pd

    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting

_MOST_COLUMNS = 12
_MOST_KINDS = 6


def months_multiples(setting: Setting) -> list[Block]:
    """Show up to six kinds month by month, each on its own scale from zero."""
    safe = setting.safe.group_months
    if safe is None or setting.months < 2 or (setting.only_kind and setting.months > _MOST_COLUMNS):
        return []
    kinds = [str(label) for label in safe.row_labels if label != REST][:_MOST_KINDS]
    frame = safe.frame.rename(columns={"offence": "group"})
    charts = tuple(_small(setting, safe, frame, kind) for kind in kinds)
    few = setting.months <= _MOST_COLUMNS
    return [
        Multiples(
            title=say("The largest kinds, month by month") if len(kinds) > 1 else say("Month by month"),
            subtitle=say(
                "Recorded a day, {period}; each chart starts at zero and has its own scale",
                period=setting.period,
            ),
            charts=charts,
            behind=_behind(setting, safe) if few else None,
            behind_words=say("Table behind the charts"),
            source=(setting.source,),
        )
    ]


def _small(setting: Setting, safe: SafeTable, frame: pd.DataFrame, kind: str) -> Chart:
    rows = frame[frame["group"] == kind].dropna(subset=["per_day"])
    per_day = rows["per_day"].astype(float)
    if len(per_day):
        ends = {
            "first": Month(rows["period"].iloc[0].date()),
            "first_number": Decimal(per_day.iloc[0], 1),
            "last": Month(rows["period"].iloc[-1].date()),
            "last_number": Decimal(per_day.iloc[-1], 1),
        }
        alt = say(
            "{kind}, recorded a day: {first_number} in {first}, {last_number} in {last}",
            kind=kind_name(kind),
            **ends,
        )
    else:
        alt = say("{kind}: too few records to show months", kind=kind_name(kind))
    picture = (
        MonthColumns(safe=safe, group=kind)
        if setting.months <= _MOST_COLUMNS
        else SmallLine(safe=safe, group=kind)
    )
    return Chart(title=kind_name(kind), subtitle="", alt=alt, picture=picture)


def _behind(setting: Setting, safe: SafeTable) -> CrossTable:
    months = {m: str(Month(m.date(), short=True)) for m in safe.column_labels}  # type: ignore[attr-defined]
    return CrossTable(
        title=say("Recorded crimes by kind and month, {period}", period=setting.period),
        safe=safe,
        row_head=say("Kind"),
        row_words={**kind_words(safe.row_labels), REST: say("All other kinds")},
        column_words=months,
        total_row=say("All recorded crime"),
        total_column=say("All months"),
    )
