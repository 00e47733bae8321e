"""This file knows how to draw incidents over many months as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.languages import Decimal, write
from forestall.publication.drawing.svg import (
    Drawing,
    Scale,
    polyline,
    round_ticks,
    text_width,
    wrap,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.languages import Text
    from forestall.publication.pictures import MonthLine, MonthMark, SmallLine

_WIDE_FROM = 500
_LABEL_GAP = 17


def draw_month_line(picture: MonthLine, *, width: int) -> Drawing:
    """Draw each month as a thin line and the 12-month average as a thick one."""
    table = covered_rows(picture.safe.frame)
    months = pd.PeriodIndex(table["period"].astype(str), freq="M")
    each = _numbers(table["incidents"])
    average = _numbers(table["average_12"])
    wide = width >= _WIDE_FROM
    height = 330 if wide else 300
    end_label = _end_label(picture, average, each, room=0.3 * width)
    right = text_width(end_label) + 14 if wide else 14
    top = 16 + _LABEL_GAP * (2 * len(picture.marks) if picture.marks else 0)
    ticks = round_ticks(float(np.nanmax(np.concatenate([each, average]), initial=0.0)) or 1.0)
    left = text_width(write(ticks[-1])) + 14
    drawing = Drawing(width, height)
    y = Scale(0, ticks[-1], height - 26, top)
    x = Scale(0, max(len(months) - 1, 1), left, width - right)
    draw_grid(drawing, ticks, y, left, width - right)
    draw_month_axis(drawing, months, x, height - 26)
    for place, mark in enumerate(picture.marks):
        draw_mark(drawing, mark, months, x, base=y(0), place=place)
    positions = [x(k) for k in range(len(months))]
    only = bool(np.isnan(average).all())
    drawing.path(polyline(positions, [y(v) for v in each]), "ln s1" if only else "ln thin s0")
    if not only:
        drawing.path(polyline(positions, [y(v) for v in average]), "ln s1")
    shown = each if only else average
    _label_end(drawing, end_label, positions, y, shown=shown, each=each, wide=wide)
    if not only:
        _label_each(drawing, picture.each_words, positions, each, y)
    return drawing


def draw_small_line(picture: SmallLine) -> Drawing:
    """Draw the months of one group small; the last value is written."""
    table = picture.safe.frame
    rows = covered_rows(
        table[table[picture.safe.rows] == picture.group] if picture.group else table
    )
    months = pd.PeriodIndex(rows["period"].astype(str), freq="M")
    values = _numbers(rows["per_day"])
    width, height = 168.0, 104.0
    drawing = Drawing(width, height)
    y = Scale(0, float(np.nanmax(values, initial=0.0)) or 1.0, 82, 22)
    x = Scale(0, max(len(months) - 1, 1), 4, width - 8)
    drawing.line(0, 82, width, 82, "nil")
    drawing.path(polyline([x(k) for k in range(len(months))], [y(v) for v in values]), "ln fine s1")
    if not len(months):
        return drawing
    drawing.text(2, 97, str(months[0].year))
    drawing.text(width - 2, 97, str(months[-1].year), "end")
    known = np.flatnonzero(~np.isnan(values))
    if known.size:
        last = int(known[-1])
        drawing.circle(x(last), y(values[last]), 3, "f1")
        high = float(np.nanmax(values[max(0, last - max(3, len(values) // 4)) : last + 1]))
        edge = max(x(last) + 6, text_width(write_short(values[last])))
        drawing.text(min(edge, width - 2), y(high) - 7, write_short(values[last]), "end tk")
    return drawing


def covered_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out months that the file covers only in part, where the table tells."""
    return table[table["covered"].astype(bool)] if "covered" in table.columns else table


def write_short(number: float) -> str:
    """Write a small number with one decimal and a large one without.

    Examples
    --------
    >>> write_short(16.84), write_short(72.4)
    ('16.8', '72')
    """
    return str(Decimal(float(number), 1 if abs(number) < 20 else 0))


def _numbers(column: pd.Series) -> NDArray[np.float64]:
    return pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)


def _end_label(
    picture: MonthLine,
    average: NDArray[np.float64],
    each: NDArray[np.float64],
    *,
    room: float,
) -> list[Text]:
    shown = each if np.isnan(average).all() else average
    known = shown[~np.isnan(shown)]
    words = picture.each_words if np.isnan(average).all() else picture.average_words
    return [write(round(float(known[-1]))) if known.size else "", *wrap(words, max(room, 150))]


def draw_grid(drawing: Drawing, ticks: list[float], y: Scale, left: float, right: float) -> None:
    """Draw a line and a number for each tick."""
    for tick in ticks:
        drawing.line(left, y(tick), right, y(tick), "nil" if tick == 0 else "gr")
        drawing.text(left - 6, y(tick) + 4.5, write(tick), "end")


def draw_month_axis(drawing: Drawing, months: pd.PeriodIndex, x: Scale, base: float) -> None:
    """Draw a stroke at each January, and its year where there is room."""
    januaries = [k for k, month in enumerate(months) if month.month == 1]
    room = (x.end - x.start) / max(len(months) - 1, 1) * 12
    every = next((n for n in (1, 2, 4, 5, 10, 20) if room * n >= 52), 50)
    for k in januaries:
        if months[k].year % every:
            continue
        drawing.line(x(k), base, x(k), base + 5, "ax")
        half = text_width("2000") / 2
        place = "end" if x(k) + half > drawing.width else "mid"
        drawing.text(
            min(x(k), drawing.width - 2) if place == "end" else x(k),
            base + 20,
            str(months[k].year),
            place,
        )


def draw_mark(
    drawing: Drawing,
    mark: MonthMark,
    months: pd.PeriodIndex,
    x: Scale,
    *,
    base: float,
    place: int,
) -> None:
    """Draw a dated note above the line and a dashed stroke under it."""
    at = x(int(months.get_indexer(pd.PeriodIndex([mark.month], freq="M"))[0]))
    row = 14 + place * 2 * _LABEL_GAP
    drawing.line(at, row + 4, at, base, "ax dash")
    half = text_width(mark.words) / 2
    if at - half < 0:
        drawing.text(2, row, mark.words)
    elif at + half > drawing.width:
        drawing.text(drawing.width - 2, row, mark.words, "end")
    else:
        drawing.text(at, row, mark.words, "mid")


def _label_end(
    drawing: Drawing,
    words: list[Text],
    positions: list[float],
    y: Scale,
    *,
    shown: NDArray[np.float64],
    each: NDArray[np.float64],
    wide: bool,
) -> None:
    known = np.flatnonzero(~np.isnan(shown))
    if not known.size:
        return
    at, level = positions[int(known[-1])], y(float(shown[known[-1]]))
    drawing.circle(at, level, 4, "f1")
    if wide:
        css = "t1" if known[-1] == len(shown) - 1 else "t1 halo"
        for k, line in enumerate(words):
            drawing.text(at + 10, level - 2 + k * _LABEL_GAP, line, css)
        return
    edge = min(drawing.width - 4, max(at + 14, text_width(words) + 4))
    reach = edge - text_width(words)
    under = [y(v) for x, v in zip(positions, each, strict=True) if x >= reach and not np.isnan(v)]
    base = _room_for_label([*under, level], lines=len(words), bottom=drawing.height - 34)
    for k, line in enumerate(words):
        drawing.text(edge, base + k * _LABEL_GAP, line, "end t1 halo")


def _room_for_label(levels: list[float], *, lines: int, bottom: float) -> float:
    """Return the height of the first line of a label: under the curves, or above where it fits."""
    under, taken = max(levels) + 20, _LABEL_GAP * (lines - 1)
    return under if under + taken < bottom else max(14.0, min(levels) - 14 - taken)


def _label_each(
    drawing: Drawing, words: Text, positions: list[float], each: NDArray[np.float64], y: Scale
) -> None:
    """Write what the thin line is, under its first stretch, where the page has room."""
    if np.isnan(each).all():
        return
    reach = max(3, int(np.searchsorted(positions, positions[0] + text_width(words))))
    near = each[:reach]
    lowest = y(float(np.nanmin(near if not np.isnan(near).all() else each)))
    level = lowest + 20
    if level < y(0) - 4:
        drawing.text(positions[0] + 8, level, words, "halo")
