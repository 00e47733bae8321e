"""This file knows how estimates of one effect are drawn under each other with their choices."""

from __future__ import annotations

import altair as alt
import pandas as pd

from forestall._charts.house import INK, INK_2, PAPER, SERIES, in_house_style, plain_axis

_WIDE = 420
_RATIOS = (0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 5, 10)


def specification_chart(
    rows: pd.DataFrame, *, none: float, title: str, width: int = _WIDE
) -> alt.LayerChart:
    """Draw ``low``, ``effect``, ``high`` of each ``name``, with its ``choices`` beside it.

    ``none`` is where no effect lies: 1 draws ratios on a scale of logarithms, cut at a tenth and
    tenfold; 0 draws differences.
    """
    numbers = ["low", "effect", "high"]
    shown, scale = rows, alt.Scale(nice=False, padding=12)
    axis = alt.Axis(tickCount=5, grid=False)
    if none == 1:
        shown = rows.assign(**{name: rows[name].clip(0.1, 10) for name in numbers})
        scale = alt.Scale(type="log", nice=False, padding=12)
        low, high = float(shown["low"].min()) * 0.98, float(shown["high"].max()) * 1.02
        marks = [ratio for ratio in _RATIOS if low <= ratio <= high]
        axis = alt.Axis(values=marks, grid=False, labelOverlap="parity")
    base = alt.Chart(shown).encode(
        y=alt.Y("name:N", sort=list(rows["name"]), title=None, axis=plain_axis())
    )
    bars = base.mark_rule(color=SERIES[0], strokeWidth=5).encode(
        x=alt.X("low:Q", scale=scale, title=title, axis=axis),
        x2="high:Q",
    )
    dots = base.mark_point(
        fill=PAPER, stroke=SERIES[0], strokeWidth=2.5, size=70, opacity=1
    ).encode(x=alt.X("effect:Q", scale=scale))
    words = base.mark_text(align="left", color=INK_2, fontSize=12).encode(
        x=alt.value(width + 12), text="choices:N"
    )
    line = alt.Chart(pd.DataFrame({"none": [none]})).mark_rule(color=INK).encode(x="none:Q")
    return in_house_style([line, bars, dots, words], width=width, height=30 * len(rows))
