"""This file knows how to draw rates against population with the limits of chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.languages import write
from forestall.publication.drawing.svg import (
    LINE,
    Drawing,
    Scale,
    polyline,
    round_ticks,
    text_width,
    wrap,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.publication.pictures import Funnel

_LIMITS = ("low_95", "high_95", "low_998", "high_998")


def draw_funnel(picture: Funnel, *, width: int) -> Drawing:
    """Draw one dot a place, the rate of all as a line, chance limits dashed."""
    table = picture.safe.frame.sort_values("population")
    population = _numbers(table["population"])
    rate = _numbers(table["rate"])
    limits = {name: _numbers(table[f"funnel_{name}"]) for name in _LIMITS}
    title = wrap(picture.population_words, width - 8)
    base = 354 if width >= 500 else 314
    drawing = Drawing(width, base + 46 + LINE * (len(title) - 1))
    shown = np.concatenate([rate, np.minimum(limits["high_998"], np.nanmax(rate) * 1.15)])
    ticks = round_ticks(float(np.nanmax(shown)))
    across = round_ticks(float(np.nanmax(population)), most=4 if width < 500 else 5)
    left = text_width(write(ticks[-1])) + 14
    x = Scale(0, across[-1], left, width - 18)
    y = Scale(0, ticks[-1], base, 14)
    _axes(drawing, x, y, ticks=ticks, across=across)
    drawing.axis_title((x.start + x.end) / 2, title)
    known = ~np.isnan(population)
    for name in _LIMITS:
        inside = np.clip(limits[name], 0, ticks[-1])
        style = "ax dash" if name.endswith("95") else "ax"
        drawing.path(
            polyline([x(v) for v in population[known]], [y(v) for v in inside[known]]), style
        )
    drawing.line(x(0), y(picture.rate_all), x.end, y(picture.rate_all), "nil")
    _dots(drawing, table, x, y)
    drawing.text(x.end, y(picture.rate_all) - 6, picture.rate_words, "end halo")
    return drawing


def _axes(
    drawing: Drawing,
    x: Scale,
    y: Scale,
    *,
    ticks: list[float],
    across: list[float],
) -> None:
    for tick in ticks:
        drawing.line(x.start, y(tick), x.end, y(tick), "nil" if tick == 0 else "gr")
        drawing.text(x.start - 6, y(tick) + 4.5, write(tick), "end")
    for tick in across:
        label = write(tick)
        drawing.line(x(tick), y(0), x(tick), y(0) + 5, "ax")
        last = x(tick) + text_width(label) / 2 > drawing.width
        drawing.text(
            drawing.width - 2 if last else x(tick), y(0) + 20, label, "end" if last else "mid"
        )


def _dots(
    drawing: Drawing,
    table: pd.DataFrame,
    x: Scale,
    y: Scale,
) -> None:
    population, rate = _numbers(table["population"]), _numbers(table["rate"])
    for k in range(len(table)):
        if np.isnan(rate[k]) or np.isnan(population[k]):
            continue
        differs = str(table["state"].iloc[k]) in {"higher", "lower"}
        drawing.circle(
            x(population[k]), y(rate[k]), 4.5 if differs else 3.5, "f1" if differs else "f0"
        )


def _numbers(column: pd.Series) -> NDArray[np.float64]:
    return pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
