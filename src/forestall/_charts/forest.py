"""This file knows how effects of studies are drawn under each other, with average and new place."""

from __future__ import annotations

import altair as alt
import pandas as pd

from forestall._charts.house import INK, INK_2, PAPER, SERIES, in_house_style, plain_axis

_WIDE = 420
_RATIOS = (0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10)


def forest_chart(
    rows: pd.DataFrame, *, none: float, title: str, width: int = _WIDE
) -> alt.LayerChart:
    """Draw ``low``, ``effect``, ``high`` of each ``study``; ``kind`` is study, average or new.

    ``weight`` (0 to 1, missing for the last two kinds) is the area of the dot. ``none`` is where no
    effect lies: 1 draws ratios on a scale of logarithms, cut at a tenth and tenfold.
    """
    shown, scale, axis = rows, alt.Scale(nice=False, padding=12), alt.Axis(tickCount=5, grid=False)
    if none == 1:
        cut = {name: rows[name].clip(0.1, 10) for name in ("low", "effect", "high")}
        shown, scale = rows.assign(**cut), alt.Scale(type="log", nice=False, padding=12)
        low, high = float(shown["low"].min()) * 0.98, float(shown["high"].max()) * 1.02
        marks = [ratio for ratio in _RATIOS if low <= ratio <= high]
        axis = alt.Axis(values=marks, grid=False, labelOverlap="parity")
    y = alt.Y("study:N", sort=list(rows["study"]), title=None, axis=plain_axis())
    x = alt.X("low:Q", scale=scale, title=title, axis=axis)
    layers = [alt.Chart(pd.DataFrame({"none": [none]})).mark_rule(color=INK).encode(x="none:Q")]
    for kind, colour, thick in (
        ("study", INK_2, 2),
        ("average", SERIES[0], 7),
        ("new", SERIES[3], 4),
    ):
        of_kind = alt.Chart(shown[shown["kind"] == kind])
        if kind in set(shown["kind"]):
            bars = of_kind.mark_rule(color=colour, strokeWidth=thick)
            layers.append(bars.encode(y=y, x=x, x2="high:Q"))
    studies = alt.Chart(shown[shown["kind"] == "study"])
    layers.append(
        studies.mark_point(shape="square", filled=True, color=SERIES[0], opacity=1).encode(
            y=y,
            x=alt.X("effect:Q", scale=scale),
            size=alt.Size("weight:Q", legend=None, scale=alt.Scale(range=[20, 220])),
            tooltip=["study:N", "effect:Q", "low:Q", "high:Q", "weight:Q"],
        )
    )
    average = alt.Chart(shown[shown["kind"] == "average"])
    layers.append(
        average.mark_point(
            shape="diamond", fill=PAPER, stroke=SERIES[0], strokeWidth=2.5, size=110, opacity=1
        ).encode(y=y, x=alt.X("effect:Q", scale=scale))
    )
    return in_house_style(layers, width=width, height=24 * len(rows))


def study_funnel_chart(
    studies: pd.DataFrame, *, average: float, x_title: str, y_title: str, width: int = _WIDE
) -> alt.LayerChart:
    """Draw ``number`` by ``standard_error``, the most precise on top; ``added`` ones are hollow."""
    most = float(studies["standard_error"].max()) * 1.05
    reach = 1.959964 * most
    ends = pd.DataFrame(
        {
            "standard_error": [0.0, most, 0.0, most],
            "number": [average, average - reach, average, average + reach],
            "side": ["low", "low", "high", "high"],
        }
    )
    y = alt.Y("standard_error:Q", title=y_title, scale=alt.Scale(domain=[most, 0], nice=False))
    x = alt.X("number:Q", title=x_title, scale=alt.Scale(zero=False))
    sides = alt.Chart(ends).mark_line(color=INK_2, strokeDash=[4, 3], strokeWidth=1)
    middle = alt.Chart(pd.DataFrame({"number": [average]})).mark_rule(color=INK)
    layers = [sides.encode(x=x, y=y, detail="side:N"), middle.encode(x="number:Q")]
    for added, fill in ((False, SERIES[0]), (True, PAPER)):
        dots = alt.Chart(studies[studies["added"] == added])
        drawn = dots.mark_point(fill=fill, stroke=SERIES[0], size=50, opacity=1)
        layers.append(drawn.encode(x=x, y=y, tooltip=["study:N", "effect:Q"]))
    return in_house_style(layers, width=width, height=320)


def influence_chart(studies: pd.DataFrame, *, title: str, width: int = _WIDE) -> alt.LayerChart:
    """Draw ``deleted_residual`` of each ``study``; those that stand out are full."""
    y = alt.Y("study:N", sort=list(studies["study"]), title=None, axis=plain_axis())
    x = alt.X("deleted_residual:Q", title=title, axis=alt.Axis(grid=False, tickCount=5))
    layers = [alt.Chart(pd.DataFrame({"none": [0.0]})).mark_rule(color=INK).encode(x="none:Q")]
    for stands_out, fill in ((False, PAPER), (True, SERIES[0])):
        dots = alt.Chart(studies[studies["stands_out"] == stands_out])
        drawn = dots.mark_point(fill=fill, stroke=SERIES[0], strokeWidth=2, size=70, opacity=1)
        layers.append(drawn.encode(x=x, y=y, tooltip=["study:N", "cooks_distance:Q", "dffits:Q"]))
    return in_house_style(layers, width=width, height=24 * len(studies))
