"""This file knows how to draw a series beside what was expected without a measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.languages import write
from forestall.publication.drawing.lines import draw_grid, draw_mark, draw_month_axis
from forestall.publication.drawing.svg import (
    LINE,
    Drawing,
    Scale,
    polyline,
    round_ticks,
    short,
    text_width,
)
from forestall.publication.pictures import MonthMark

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.publication.pictures import ExpectedLine

_TOP, _FOOT = 40.0, 26.0


def draw_expected_line(picture: ExpectedLine, *, width: int) -> Drawing:
    """Draw what was recorded, what was expected with its band, and when the measure came."""
    table = picture.safe.frame
    months = pd.PeriodIndex(table["period"].astype(str), freq="M")
    recorded, expected, low, high = (
        _numbers(table[name]) for name in ("incidents", "expected", "low", "high")
    )
    keys = _keys(picture)
    base = 300.0 if width >= 500 else 270.0
    drawing = Drawing(width, base + _FOOT + LINE * len(keys) + 8)
    together = np.concatenate([recorded, expected, high])
    ticks = round_ticks(float(np.nanmax(together, initial=0.0)) or 1.0)
    y = Scale(0, ticks[-1], base, _TOP)
    x = Scale(0, max(len(months) - 1, 1), text_width(write(ticks[-1])) + 14, width - 14)
    at = [x(k) for k in range(len(months))]
    _band(drawing, at, [y(v) for v in low], [y(v) for v in high])
    draw_grid(drawing, ticks, y, x.start, x.end)
    draw_month_axis(drawing, months, x, base)
    draw_mark(
        drawing,
        MonthMark(picture.since, picture.since_words),
        months,
        x,
        base=base,
        place=0,
    )
    drawing.path(polyline(at, [y(v) for v in expected]), "ln s2 dash")
    drawing.path(polyline(at, [y(v) for v in recorded]), "ln s1")
    for k, (across, words, css) in enumerate(keys):
        level = base + _FOOT + LINE * (k + 1)
        drawing.line(across, level - 4, across + 20, level - 4, css)
        drawing.text(across + 26, level, words)
    return drawing


def _keys(picture: ExpectedLine) -> list[tuple[float, str, str]]:
    return [
        (2.0, str(picture.recorded_words), "ln s1"),
        (2.0, str(picture.expected_words), "ln s2 dash"),
    ]


def _band(drawing: Drawing, at: list[float], low: list[float], high: list[float]) -> None:
    known = [k for k in range(len(at)) if not (np.isnan(low[k]) or np.isnan(high[k]))]
    if len(known) < 2:
        return
    there = [f"{short(at[k])} {short(high[k])}" for k in known]
    back = [f"{short(at[k])} {short(low[k])}" for k in reversed(known)]
    drawing.path(f"M{'L'.join((*there, *back))}Z", "fb")


def _numbers(column: pd.Series) -> NDArray[np.float64]:
    return pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
