"""This file knows how money is drawn: what moves a balance, at which price it tips, who pays."""

from __future__ import annotations

import altair as alt
import pandas as pd

from forestall._charts.house import INK, LINE, SERIES, WIDE, in_house_style, plain_axis

_NUMBERS = alt.Axis(tickCount=5, format=",")


def tornado_chart(
    rows: pd.DataFrame, *, central: float, title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``net_at_low`` to ``net_at_high`` of each ``label``, 0 in ink, the balance thin."""
    base = alt.Chart(rows[["label", "net_at_low", "net_at_high"]])
    bars = base.mark_bar(color=SERIES[0], height={"band": 0.6}).encode(
        y=alt.Y("label:N", sort=list(rows["label"]), title=None, axis=plain_axis()),
        x=alt.X("net_at_low:Q", title=title, axis=_NUMBERS),
        x2="net_at_high:Q",
    )
    zero = alt.Chart(pd.DataFrame({"at": [0.0]})).mark_rule(color=INK).encode(x="at:Q")
    middle = alt.Chart(pd.DataFrame({"at": [central]}))
    line = middle.mark_rule(color=SERIES[3], strokeWidth=2).encode(x="at:Q")
    return in_house_style([bars, zero, line], width=width, height=28 * max(len(rows), 1))


def acceptability_chart(
    curve: pd.DataFrame, *, x_title: str, y_title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``probability`` by ``price`` for each ``outcome``, one half marked."""
    outcomes = list(dict.fromkeys(curve["outcome"]))
    lines = (
        alt.Chart(curve)
        .mark_line(strokeWidth=2.2)
        .encode(
            x=alt.X("price:Q", title=x_title, axis=_NUMBERS),
            y=alt.Y(
                "probability:Q",
                title=y_title,
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format=".0%", tickCount=5),
            ),
            color=alt.Color(
                "outcome:N",
                scale=alt.Scale(
                    domain=outcomes, range=[SERIES[i % 4] for i in range(len(outcomes))]
                ),
                legend=alt.Legend(title=None, orient="top"),
            ),
        )
    )
    half = alt.Chart(pd.DataFrame({"half": [0.5]})).mark_rule(color=LINE).encode(y="half:Q")
    return in_house_style([half, lines], width=width)


def stakeholder_chart(
    rows: pd.DataFrame, *, title: str, pays: str, gains: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw what each ``who`` pays to one side of 0 and gains to the other."""
    long = pd.concat(
        [
            pd.DataFrame({"who": rows["who"], "value": -rows["pays"], "side": pays}),
            pd.DataFrame({"who": rows["who"], "value": rows["gains"], "side": gains}),
        ],
        ignore_index=True,
    )
    bars = (
        alt.Chart(long)
        .mark_bar(height={"band": 0.6})
        .encode(
            y=alt.Y("who:N", sort=list(rows["who"]), title=None, axis=plain_axis()),
            x=alt.X("value:Q", title=title, axis=_NUMBERS),
            color=alt.Color(
                "side:N",
                scale=alt.Scale(domain=[pays, gains], range=[SERIES[3], SERIES[0]]),
                legend=alt.Legend(title=None, orient="top"),
            ),
        )
    )
    zero = alt.Chart(pd.DataFrame({"at": [0.0]})).mark_rule(color=INK).encode(x="at:Q")
    return in_house_style([bars, zero], width=width, height=30 * max(len(rows), 1))
