"""This file knows how one number is drawn among those that other lots would have given."""

from __future__ import annotations

import altair as alt
import pandas as pd

from forestall._charts.house import INK, REST, WIDE, count_axis, in_house_style


def lots_chart(
    bins: pd.DataFrame, *, drawn: float, x_title: str, y_title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``lots`` from ``low`` to ``high`` as bars, and a line at the drawn one."""
    bars = (
        alt.Chart(bins)
        .mark_rect(color=REST, stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X("low:Q", title=x_title, axis=alt.Axis(tickCount=7, grid=False)),
            x2="high:Q",
            y=count_axis("lots", y_title),
            y2=alt.datum(0),
        )
    )
    line = alt.Chart(pd.DataFrame({"drawn": [drawn]})).mark_rule(color=INK, strokeWidth=2.5)
    return in_house_style([bars, line.encode(x="drawn:Q")], width=width)
