"""This file knows how to draw a few months as columns from zero."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.languages import Month, MonthInitial, Share
from forestall.publication.drawing.lines import covered_rows, write_short
from forestall.publication.drawing.svg import Drawing, Scale, short, text_width

if TYPE_CHECKING:
    from forestall.publication.pictures import MonthColumns, SeasonColumns

_BASE, _TOP = 82.0, 24.0
_GAP = 4.0


def draw_month_columns(picture: MonthColumns) -> Drawing:
    """Draw the months of one group; the first and the last carry their number."""
    table = picture.safe.frame
    rows = covered_rows(
        table[table[picture.safe.rows] == picture.group] if picture.group else table
    )
    months = pd.PeriodIndex(rows["period"].astype(str), freq="M")
    values = pd.to_numeric(rows["per_day"], errors="coerce").to_numpy(float, na_value=np.nan)
    width = 168.0
    drawing = Drawing(width, 104)
    y = Scale(0, float(np.nanmax(values, initial=0.0)) or 1.0, _BASE, _TOP + 4)
    drawing.line(0, _BASE, width, _BASE, "nil")
    step = width / max(len(months), 1)
    column = min(26.0, step * 0.8)
    ends = {0, len(months) - 1}
    names = [str(Month(month.to_timestamp().date(), short=True)) for month in months]
    for k in _written(names, step, width):
        drawing.label(step * (k + 0.5), 97, names[k])
    for k, value in enumerate(values):
        middle = step * (k + 0.5)
        if np.isnan(value):
            _hidden(drawing, middle, column)
            continue
        drawing.rectangle(
            x=middle - column / 2,
            y=y(value),
            width=column,
            height=_BASE - y(value),
            css_class="f1" if k in ends else "f0",
        )
        if k in ends:
            drawing.label(middle, y(value) - 5, write_short(value), "tk")
    return drawing


def draw_season(picture: SeasonColumns, *, width: int) -> Drawing:
    """Draw how far each month of the year lies above or below the average month."""
    table = picture.safe.frame.sort_values("month")
    factor, low, high = (
        pd.to_numeric(table[name], errors="coerce").to_numpy(float) - 1
        for name in ("factor", "low", "high")
    )
    reach = max(0.1, float(np.ceil(np.nanmax(np.abs(np.concatenate([low, high]))) * 10) / 10))
    height = 250.0
    left = text_width(str(Share(-reach, signed=True))) + 10
    drawing = Drawing(width, height)
    y = Scale(-reach, reach, height - 28, 12)
    for level in (-reach, -reach / 2, 0.0, reach / 2, reach):
        drawing.line(left, y(level), width - 4, y(level), "nil" if level == 0 else "gr")
        decimals = 0 if abs(level * 100 - round(level * 100)) < 1e-9 else 1
        label = str(Share(level, decimals=decimals, signed=True)) if level else "0"
        drawing.text(left - 6, y(level) + 4.5, label, "end")
    step = (width - 4 - left) / 12
    days = [date(2001, int(month), 1) for month in table["month"]]
    names = [str(Month(day, short=True)) for day in days]
    if text_width(names) > step - _GAP:
        names = [str(MonthInitial(day.month)) for day in days]
    for k in range(len(factor)):
        at = left + step * (k + 0.5)
        drawing.text(at, height - 8, names[k], "mid")
        drawing.line(at, y(low[k]), at, y(high[k]), "iv")
        drawing.circle(at, y(factor[k]), 5, "ivp")
    return drawing


def _written(names: list[str], step: float, width: float) -> list[int]:
    """Return which names have room: all, or every second and so on, and the last if it has."""
    boxes = []
    for k, name in enumerate(names):
        wide = text_width(name)
        start = min(max(step * (k + 0.5) - wide / 2, 0), width - wide)
        boxes.append((start, start + wide))
    for every in range(1, len(names) + 1):
        chosen = list(range(0, len(names), every))
        if all(boxes[a][1] + _GAP <= boxes[b][0] for a, b in itertools.pairwise(chosen)):
            last = len(names) - 1
            more = boxes[chosen[-1]][1] + _GAP <= boxes[last][0]
            return [*chosen, last] if more else chosen
    return []


def _hidden(drawing: Drawing, middle: float, column: float) -> None:
    """Mark a hidden month with strokes, so that it is not read as zero."""
    left, right = middle - column / 2, middle + column / 2
    for k in range(3):
        base = _BASE - 2 - 5 * k
        drawing.path(f"M{short(left)} {short(base)}L{short(right)} {short(base - 5)}", "hatch")
