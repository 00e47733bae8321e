"""This file knows how the hours of the week are shown, where the file knows them."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import pandas as pd

from forestall.diagnosis import Timing
from forestall.disclosure import protect_count
from forestall.languages import Clauses, Hour, Share, Span, message, plural_message
from forestall.publication.blocks import (
    BarTable,
    Box,
    BoxKind,
    Column,
    Heading,
    HeatTable,
    Paragraph,
    Source,
    Unit,
)
from forestall.publication.report.untold import without_counts

if TYPE_CHECKING:
    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting

_EVEN = 1 / 6
# Above what the largest of six parts of the day reaches by chance in one case of a hundred.
_CLEARLY_MORE = 2.9
_REASONS = {
    "time known to the day or month only": "{rows} incidents have no time of day",
    "ends before it starts": "{rows} end before they start",
    "no end": "{rows} have no end",
    "longer than a week": "{rows} lie somewhere in more than a week",
}


def hours_blocks(setting: Setting) -> list[Block]:
    """Show hour and weekday, or say why not."""
    timing = setting.diagnosis.timing
    head = Heading(message("Hours and weekdays"), "hours")
    if not isinstance(timing, Timing):
        return [
            head,
            Box(kind=BoxKind.EMPTY, title=message("Not answered"), sentences=(timing.reason,)),
        ]
    day = setting.safe.day
    assert day is not None
    blocks: list[Block] = [head]
    sentence = busiest_hours(day)
    if sentence:
        blocks.append(Paragraph((sentence,)))
    week = setting.safe.week
    blocks.append(
        _heat(setting, week, day)
        if week is not None and _mostly_shown(week)
        else _parts_of_the_day(day)
    )
    blocks.append(Source(_source(setting, timing)))
    return blocks


def busiest_hours(day: SafeTable) -> Text:
    """Say which part of the day has the most; nothing where one of them is hidden."""
    shares = _shares(day)
    if shares is None:
        return ""
    hour = int(str(shares.idxmax()))
    if not _clearly_uneven(day, float(shares[hour])):
        return message("No part of the day clearly has more than the others.")
    return message(
        "Of six parts of the day, {start} to {end} has the most: {share}, where an even day "
        "would have {even}.",
        start=Hour(hour),
        end=Hour(hour + 4),
        share=Share(shares[hour]),
        even=Share(_EVEN),
    )


def _shares(day: SafeTable) -> pd.Series | None:
    """Return the share of each part of the day, or None unless all are shown."""
    shares = pd.to_numeric(day.frame.set_index("hour")["share"], errors="coerce").astype(float)
    return None if shares.empty or shares.isna().any() else shares


def _mostly_shown(week: SafeTable) -> bool:
    """Say whether more of the hours with records are shown than hidden."""
    values = pd.to_numeric(week.frame["incidents"], errors="coerce").astype(float)
    return bool((values > 0).sum() > values.isna().sum())


def _clearly_uneven(day: SafeTable, largest: float) -> bool:
    total = day.total or 0
    deviation = math.sqrt(max(total * _EVEN * (1 - _EVEN), 1.0))
    return bool((largest - _EVEN) * total / deviation >= _CLEARLY_MORE)


def _heat(setting: Setting, week: SafeTable, day: SafeTable) -> HeatTable:
    values = pd.to_numeric(week.frame["incidents"], errors="coerce").dropna().astype(float)
    breaks = hour_breaks(values, threshold=setting.safe.rule.threshold)
    words: list[Text] = [message("under {number}", number=breaks[0])]
    words += [Span(low, high - 1) for low, high in itertools.pairwise(breaks)]
    words.append(message("{number} or more", number=breaks[-1]))
    return HeatTable(
        title=_heat_title(day),
        subtitle=message("Incidents in each hour of the week, {period}", period=setting.period),
        safe=week,
        breaks=tuple(float(b) for b in breaks),
        legend=tuple(words),
    )


def _heat_title(day: SafeTable) -> Text:
    shares = _shares(day)
    if shares is None or not _clearly_uneven(day, float(shares.max())):
        return message("When in the week it was recorded")
    most, least = int(str(shares.idxmax())), int(str(shares.idxmin()))
    return message(
        "Of six parts of the day, {start} to {end} has the most, {low_start} to {low_end} the "
        "least",
        start=Hour(most),
        end=Hour(most + 4),
        low_start=Hour(least),
        low_end=Hour(least + 4),
    )


def hour_breaks(values: pd.Series, *, threshold: int) -> list[int]:
    """Return up to four round and rising breaks at about a fifth of the hours each.

    None is below the smallest number that may be shown, and none above the largest number.

    Examples
    --------
    >>> hour_breaks(pd.Series(range(100)), threshold=5)
    [20, 40, 60, 80]
    >>> hour_breaks(pd.Series([0, 0, 0, 5, 6, 7]), threshold=5)
    [5, 6, 7]
    """
    largest = float(values.max()) if len(values) else 0.0
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 500, 1000, 10**9) if largest / s <= 50)
    found: list[int] = []
    for share in (0.2, 0.4, 0.6, 0.8):
        at = round(float(values.quantile(share)) / step) * step if len(values) else 0
        found.append(max(at, threshold, found[-1] + step if found else step))
    return [at for at in found if at <= largest] or found[:1]


def _parts_of_the_day(day: SafeTable) -> BarTable:
    return BarTable(
        title=message("Incidents by part of the day"),
        safe=day,
        columns=(
            Column(name="hour", head=message("Hours"), unit=Unit.WORDS),
            Column(name="incidents", head=message("Incidents")),
            Column(name="share", head=message("Share"), unit=Unit.SHARE, decimals=1),
        ),
        row_words={
            hour: message("{start} to {end}", start=Hour(int(hour)), end=Hour(int(hour) + 4))
            for hour in day.frame["hour"]
        },
        total=message("All with a known time"),
        total_cells={"share": Share(1.0)},
    )


def _source(setting: Setting, timing: Timing) -> tuple[Text, ...]:
    lines: list[Text] = [setting.source]
    left_out = {
        reason: protect_count(rows, rule=setting.safe.rule)
        for reason, rows in timing.rows_left_out.items()
        if rows
    }
    # With the total at hand, it would tell how many are left out.
    if all(rows.cell.number is not None for rows in left_out.values()):
        lines.append(
            plural_message(
                "{count} incident is counted.", "{count} incidents are counted.", timing.rows_used
            )
        )
    if timing.rows_longer_than_ten_hours:
        lines.append(
            message(
                "For {share} of them the time is known only to within more than ten hours; their "
                "hours are blurred.",
                share=Share(timing.rows_longer_than_ten_hours / max(timing.rows_used, 1)),
            )
        )
    lines += without_counts(list(timing.caveats))
    if timing.rows_start_only:
        lines.append(
            message(
                "Counted in the hour of their start, for want of an end: {rows} incidents.",
                rows=protect_count(timing.rows_start_only, rule=setting.safe.rule),
            )
        )
    if left_out:
        reasons = [
            message(_REASONS.get(reason, "{rows} could not be used"), rows=rows)
            for reason, rows in left_out.items()
        ]
        lines.append(message("Left out: {reasons}.", reasons=Clauses(reasons)))
    return tuple(lines)
