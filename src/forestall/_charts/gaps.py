"""This file knows how a gap map is drawn: a circle in each cell in which something is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from forestall._charts.house import INK, LINE, MAP, WIDE, in_house_style

if TYPE_CHECKING:
    import pandas as pd


def gap_chart(cells: pd.DataFrame, *, width: int = WIDE) -> alt.LayerChart:
    """Draw ``texts`` by ``intervention`` and ``outcome``, coloured by ``certainty``.

    Cells without a text stay visible as empty squares, so that a harm nobody measured is seen.

    Examples
    --------
    >>> import pandas as pd
    >>> one = pd.DataFrame({"intervention": ["lighting"], "outcome": ["crime"], "texts": [2],
    ...     "certainty": ["low"]})
    >>> type(gap_chart(one)).__name__
    'LayerChart'
    """
    base = alt.Chart(cells).encode(
        x=alt.X(
            "outcome:N",
            sort=list(dict.fromkeys(cells["outcome"])),
            title=None,
            axis=alt.Axis(orient="top", labelAngle=0, labelLimit=90),
        ),
        y=alt.Y(
            "intervention:N",
            sort=list(dict.fromkeys(cells["intervention"])),
            title=None,
            axis=alt.Axis(labelLimit=280),
        ),
    )
    squares = base.mark_rect(fillOpacity=0, stroke=LINE)
    levels = [one for one in dict.fromkeys(cells["certainty"]) if one]
    circles = base.transform_filter("datum.texts > 0").mark_circle(opacity=1, stroke=INK)
    coloured = circles.encode(
        size=alt.Size("texts:Q", legend=None, scale=alt.Scale(range=[40, 300])),
        color=alt.Color(
            "certainty:N",
            scale=alt.Scale(domain=levels, range=list(MAP[1:])[: max(len(levels), 1)]),
            legend=alt.Legend(title=None, orient="bottom"),
        ),
    )
    height = 22 * cells["intervention"].nunique()
    return in_house_style([squares, coloured], width=width, height=height)
