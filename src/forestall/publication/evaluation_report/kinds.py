"""This file knows what happened to other kinds of incident, other weekdays and other times."""

from __future__ import annotations

from math import inf, log
from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.languages import Ended, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Chart,
    CrossTable,
    Heading,
    Source,
)
from forestall.publication.evaluation_labels import cell_in_words, weekday_in_words
from forestall.publication.pictures import Axis, IntervalRow, IntervalRows
from forestall.publication.report.words import kind_words
from forestall.results import changes_in_words

if TYPE_CHECKING:
    from collections.abc import Hashable

    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.evaluation_report.setting import EvaluationSetting

_MOST_ROWS = 18
_BY = {"offence": "kinds", "weekday": "weekdays", "time_of_day": "times"}


def kinds_blocks(setting: EvaluationSetting) -> list[Block]:
    """Return kinds, weekdays and times of day, each shown or with the reason why not."""
    blocks: list[Block] = []
    for by, name in _BY.items():
        if by not in setting.primary.by_kind:
            continue
        found, safe = setting.primary.by_kind[by], getattr(setting.safe, name)
        blocks.append(Heading(_HEADINGS[by], f"by-{name}"))
        if isinstance(found, Unanswered) or safe is None:
            why = found.reason if isinstance(found, Unanswered) else setting.told.why(by)
            blocks.append(Box(kind=BoxKind.EMPTY, sentences=(Ended(why),)))
        else:
            blocks += [_chart(setting, safe, by), Source((_SAME_ACT, _SEVERAL))]
    return blocks


def _chart(setting: EvaluationSetting, safe: SafeTable, by: str) -> Chart:
    names = kind_words(safe.row_labels)
    if by != "offence":
        names = {label: weekday_in_words(str(label)) for label in safe.row_labels}
    rows = fitting_rows([_row(safe, kind, names[kind], setting) for kind in safe.row_labels])
    return Chart(
        title=_TITLES[by],
        subtitle=message("In the treated places, change against the comparison, 95 % interval"),
        alt=message(
            "Intervals of the change of {count} kinds in the treated places. Table below.",
            count=len(rows),
        ),
        picture=IntervalRows(
            axis=Axis.CHANGE,
            rows=rows,
            low_words=message("fewer"),
            high_words=message("more"),
        ),
        behind=CrossTable(
            title=_BEHIND[by],
            safe=safe,
            row_head=message("Kind"),
            row_words=names,
            column_words={cell: cell_in_words(str(cell)) for cell in safe.column_labels},
            total_row="",
            total_column="",
        ),
        behind_words=message("Table behind the chart"),
        source=(setting.source,),
    )


def fitting_rows(rows: list[IntervalRow]) -> tuple[IntervalRow, ...]:
    """Return what fits on a sheet: what was aimed at, then the surest. The table has them all."""
    if len(rows) <= _MOST_ROWS:
        return tuple(rows)

    def width(place: int) -> tuple[bool, float]:
        row = rows[place]
        if row.low is None or row.high is None or row.low <= -1:
            return not row.style, inf
        return not row.style, log((1 + row.high) / (1 + row.low))

    kept = sorted(range(len(rows)), key=width)[:_MOST_ROWS]
    return tuple(rows[place] for place in sorted(kept))


def _row(safe: SafeTable, kind: Hashable, name: Text, setting: EvaluationSetting) -> IntervalRow:
    frame = safe.frame
    rows = frame[(frame["kind"] == kind) & (frame["cell"] == "treated after")]
    aimed = 1 if str(kind) in setting.primary.outcome.offences else 0
    if rows.empty or rows["ratio"].isna().any():
        return IntervalRow(words=name, shown=message("not shown"), style=aimed)
    ratio, low, high = (float(rows[column].iloc[0]) - 1 for column in ("ratio", "low", "high"))
    return IntervalRow(
        words=name,
        shown=changes_in_words(low, high),
        number=ratio,
        low=low,
        high=high,
        style=aimed,
    )


_HEADINGS = {
    "offence": message("Other kinds of crime"),
    "weekday": message("Other weekdays"),
    "time_of_day": message("Other times of day"),
}
_TITLES = {
    "offence": message("Each kind against its own comparison; bold is what the measure aimed at"),
    "weekday": message("Each weekday against its own comparison"),
    "time_of_day": message("Each part of the day against its own comparison"),
}
_BEHIND = {
    "offence": message("Incidents before and after, by kind"),
    "weekday": message("Incidents before and after, by weekday"),
    "time_of_day": message("Incidents before and after, by time of day"),
}
_SAME_ACT = message(
    "A change of kind can also be one of recording: the same act under another name."
)
_SEVERAL = message(
    "Several kinds were looked at; about one in twenty would look probable by chance alone."
)
