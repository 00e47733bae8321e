"""This file knows how agreement between two appraisers is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from forestall._charts.house import INK, PAPER, SERIES, WIDE, in_house_style, plain_axis

if TYPE_CHECKING:
    from collections.abc import Sequence


def agreement_chart(
    rows: pd.DataFrame, *, label: str, title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``kappa`` of each row with ``low`` and ``high``, against agreement by chance at 0."""
    columns: Sequence[str] = (label, "low", "kappa", "high")
    scale = alt.Scale(domain=[-1, 1], nice=False)
    base = alt.Chart(rows[list(columns)]).encode(
        y=alt.Y(f"{label}:N", sort=list(rows[label]), title=None, axis=plain_axis())
    )
    bars = base.mark_rule(color=SERIES[0], strokeWidth=5).encode(
        x=alt.X("low:Q", scale=scale, title=title, axis=alt.Axis(tickCount=5)), x2="high:Q"
    )
    dots = base.mark_point(
        fill=PAPER, stroke=SERIES[0], strokeWidth=2.5, size=70, opacity=1
    ).encode(x=alt.X("kappa:Q", scale=scale))
    chance = alt.Chart(pd.DataFrame({"chance": [0.0]})).mark_rule(color=INK).encode(x="chance:Q")
    return in_house_style([chance, bars, dots], width=width, height=26 * max(len(rows), 1))
