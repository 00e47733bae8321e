"""This file knows how a chart looks: lines, bars, intervals, funnels, heat, places and points.

Colours are the light values of the style sheet, written literally: the sheet re-colours them for
dark pages and for print by attribute. Charts carry no title; the page says the finding above them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import altair as alt
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SERIES = ("#004085", "#784e6b", "#279055", "#bf851e")
REST = "#87949a"
INK, INK_2, LINE, PAPER = "#17252d", "#48575f", "#ccd5d8", "#ffffff"
MAP = ("#d5e8ed", "#a9cfd9", "#76b0bf", "#458c9f", "#1d687d", "#073f50")
KINDS = ("#073f50", "#bf851e", "#784e6b", "#76b0bf")
MAP_GROUND = "#f1f1ec"
WIDE, NARROW = 680, 340
MAP_BREAKS = (5, 10, 25, 50, 100, 200)


def month_chart(
    months: pd.DataFrame,
    *,
    month_title: str,
    average_title: str,
    shifts: Sequence[pd.Timestamp] = (),
    width: int = WIDE,
) -> alt.LayerChart:
    """Draw ``period`` and ``incidents`` as a thin line, ``average_12`` as a thick one."""
    base = alt.Chart(months).encode(x=_time_axis("period"))
    thin = base.mark_line(color=REST, strokeWidth=1.2, point={"color": REST, "size": 12}).encode(
        y=_count_axis("incidents"),
        tooltip=[alt.Tooltip("period:T", title=""), alt.Tooltip("incidents:Q", title=month_title)],
    )
    thick = base.mark_line(color=SERIES[0], strokeWidth=2.6).encode(
        y="average_12:Q",
        tooltip=[
            alt.Tooltip("period:T", title=""),
            alt.Tooltip("average_12:Q", title=average_title),
        ],
    )
    marks = alt.Chart(pd.DataFrame({"period": pd.to_datetime(list(shifts))}))
    rules = marks.mark_rule(color=INK_2, strokeDash=[4, 3]).encode(x="period:T")
    return _house([rules, thin, thick], width=width)


def curve_chart(
    curve: pd.DataFrame, *, x_title: str, y_title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``share_of_incidents`` by ``share_of_places`` for each ``group``, labelled directly."""
    groups = list(dict.fromkeys(curve["group"]))
    colour = alt.Color(
        "group:N",
        scale=alt.Scale(domain=groups, range=[SERIES[i % 4] for i in range(len(groups))]),
        legend=alt.Legend(title=None, orient="top"),
    )
    lines = (
        alt.Chart(curve)
        .mark_line(strokeWidth=2.2)
        .encode(
            x=_share_axis("share_of_places", x_title),
            y=_share_axis("share_of_incidents", y_title),
            color=colour,
            strokeDash=alt.StrokeDash("group:N", sort=groups, legend=None),
        )
    )
    half = alt.Chart(pd.DataFrame({"half": [0.5]}))
    rule = half.mark_rule(color=LINE).encode(y="half:Q")
    return _house([rule, lines], width=width)


def bar_chart(
    rows: pd.DataFrame, *, label: str, number: str, number_title: str = "", width: int = WIDE
) -> alt.LayerChart:
    """Draw one bar from zero for each row, in the order given."""
    bars = (
        alt.Chart(rows)
        .mark_bar(color=SERIES[0], height={"band": 0.65})
        .encode(
            y=alt.Y(f"{label}:N", sort=list(rows[label]), title=None, axis=_plain_axis()),
            x=alt.X(f"{number}:Q", title=number_title or None, axis=alt.Axis(tickCount=4)),
        )
    )
    return _house([bars], width=width, height=24 * max(len(rows), 1))


def interval_chart(
    rows: pd.DataFrame, *, label: str, limit: float, title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``low``, ``ratio``, ``high`` of each row as change against no change.

    ``limit`` is the end of the symmetrical scale (0.6 draws −60 % to +60 %); what lies beyond is
    drawn to the edge.
    """
    change = rows.assign(
        **{name: (rows[name] - 1).clip(-limit, limit) for name in ("low", "ratio", "high")}
    )
    scale = alt.Scale(domain=[-limit, limit], nice=False)
    base = alt.Chart(change).encode(
        y=alt.Y(f"{label}:N", sort=list(rows[label]), title=None, axis=_plain_axis())
    )
    ends = alt.X(
        "low:Q",
        scale=scale,
        title=title,
        axis=alt.Axis(format="+.0%", labelExpr="datum.value == 0 ? '0' : datum.label", tickCount=5),
    )
    bars = base.mark_rule(color=SERIES[0], strokeWidth=5).encode(x=ends, x2="high:Q")
    dots = base.mark_point(
        fill=PAPER, stroke=SERIES[0], strokeWidth=2.5, size=70, opacity=1
    ).encode(x=alt.X("ratio:Q", scale=scale))
    zero = alt.Chart(pd.DataFrame({"none": [0.0]})).mark_rule(color=INK).encode(x="none:Q")
    return _house([zero, bars, dots], width=width, height=26 * max(len(rows), 1))


def heat_chart(
    hours: pd.DataFrame, *, weekdays: Sequence[str], title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``incidents`` by ``hour`` and ``weekday`` (0 = Monday) in five classes."""
    named = hours.assign(day=[weekdays[number] for number in hours["weekday"]])
    cells = (
        alt.Chart(named)
        .mark_rect(stroke=PAPER)
        .encode(
            x=alt.X("hour:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("day:N", sort=list(weekdays), title=None),
            color=alt.Color(
                "incidents:Q",
                scale=alt.Scale(type="quantize", range=list(MAP[:5]), zero=True),
                legend=alt.Legend(title=title, orient="top"),
            ),
        )
    )
    return _house([cells], width=width, height=7 * 24)


def funnel_chart(
    areas: pd.DataFrame,
    limits: pd.DataFrame,
    *,
    overall: float,
    x_title: str,
    y_title: str,
    width: int = WIDE,
) -> alt.LayerChart:
    """Draw ``rate`` by ``population``, limits of chance dashed, widened limits as a band."""
    x = alt.X("population:Q", title=x_title, axis=alt.Axis(tickCount=5))
    band = alt.Chart(limits).mark_area(color=LINE, opacity=0.5)
    wide = band.encode(x=x, y=alt.Y("low_998:Q", title=y_title), y2="high_998:Q")
    dashed = alt.Chart(limits).mark_line(color=INK_2, strokeDash=[4, 3], strokeWidth=1)
    low = dashed.encode(x=x, y="chance_low_998:Q")
    high = dashed.encode(x=x, y="chance_high_998:Q")
    level = alt.Chart(pd.DataFrame({"rate": [overall]})).mark_rule(color=INK).encode(y="rate:Q")
    dots = alt.Chart(areas.dropna(subset=["rate"])).mark_circle(color=SERIES[0], size=45, opacity=1)
    drawn = dots.encode(x=x, y="rate:Q", tooltip=["name:N", "rate:Q", "low:Q", "high:Q"])
    return _house([wide, low, high, level, drawn], width=width, height=320)


def place_chart(
    places: pd.DataFrame, areas: pd.DataFrame, *, size_m: float, title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw places with incidents as squares, those that stand out outlined, areas by letter."""
    half = size_m / 2
    some = places[places["incidents"] > 0]
    boxes = some.assign(
        x0=some["x"] - half, x1=some["x"] + half, y0=some["y"] - half, y1=some["y"] + half
    )
    colour = alt.Color(
        "incidents:Q",
        scale=alt.Scale(type="threshold", domain=list(MAP_BREAKS[1:]), range=list(MAP)),
        legend=alt.Legend(title=title, orient="right"),
    )
    spans = [places["x"].max() - places["x"].min(), places["y"].max() - places["y"].min()]
    scale = alt.Scale(zero=False, nice=False)
    base = alt.Chart(boxes).encode(
        x=alt.X("x0:Q", scale=scale, axis=None),
        x2="x1:Q",
        y=alt.Y("y0:Q", scale=scale, axis=None),
        y2="y1:Q",
    )
    squares = base.mark_rect().encode(color=colour)
    high = base.transform_filter("datum.state == 'high'").mark_rect(fillOpacity=0, stroke=INK)
    letters = alt.Chart(areas).encode(
        x=alt.X("x:Q", scale=scale), y=alt.Y("y:Q", scale=scale), text="area:N"
    )
    halo = letters.mark_text(fontWeight=700, fontSize=15, stroke=PAPER, strokeWidth=5)
    labels = letters.mark_text(fontWeight=700, fontSize=15, color=INK)
    height = max(120, round(width * (spans[1] + size_m) / (spans[0] + size_m)))
    return _house([squares, high, halo, labels], width=width, height=min(height, 2 * width))


def kind_chart(
    places: pd.DataFrame, *, size_m: float, kinds: Mapping[str, str], width: int = WIDE
) -> alt.LayerChart:
    """Draw places as squares by ``state``: four kinds in colour with their names, others grey."""
    half = size_m / 2
    known = places[["x", "y", "state"]]
    boxes = known.assign(
        x0=known["x"] - half, x1=known["x"] + half, y0=known["y"] - half, y1=known["y"] + half
    )
    named = boxes.assign(kind=boxes["state"].map(dict(kinds)))
    scale = alt.Scale(zero=False, nice=False)
    x = alt.X("x0:Q", scale=scale, axis=None)
    y = alt.Y("y0:Q", scale=scale, axis=None)
    ground = alt.Chart(boxes).mark_rect(color=LINE).encode(x=x, x2="x1:Q", y=y, y2="y1:Q")
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=list(kinds.values()), range=list(KINDS)),
        legend=alt.Legend(title=None, orient="right"),
    )
    standing = alt.Chart(named.dropna(subset=["kind"])).mark_rect()
    drawn = standing.encode(x=x, x2="x1:Q", y=y, y2="y1:Q", color=colour)
    spans = [places["x"].max() - places["x"].min(), places["y"].max() - places["y"].min()]
    height = max(120, round(width * (spans[1] + size_m) / (spans[0] + size_m)))
    return _house([ground, drawn], width=width, height=min(height, 2 * width))


def scatter_chart(
    points: pd.DataFrame,
    *,
    x: str,
    y: str,
    x_title: str,
    y_title: str,
    middle: float,
    width: int = WIDE,
) -> alt.LayerChart:
    """Draw points with one line across and one up at the middle of both axes."""
    dots = (
        alt.Chart(points[[x, y]])
        .mark_circle(color=SERIES[0], size=24, opacity=0.6)
        .encode(
            x=alt.X(f"{x}:Q", title=x_title, axis=alt.Axis(tickCount=5)),
            y=alt.Y(f"{y}:Q", title=y_title, axis=alt.Axis(tickCount=5)),
        )
    )
    mean = alt.Chart(pd.DataFrame({"mean": [middle]}))
    lines = [mean.mark_rule(color=INK_2).encode(x="mean:Q")]
    lines.append(mean.mark_rule(color=INK_2).encode(y="mean:Q"))
    return _house([*lines, dots], width=width, height=320)


def _time_axis(name: str) -> alt.X:
    return alt.X(f"{name}:T", title=None, axis=alt.Axis(grid=False, tickCount=6))


def _count_axis(name: str, title: str = "") -> alt.Y:
    return alt.Y(
        f"{name}:Q", title=title or None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=4)
    )


def _share_axis(name: str, title: str) -> alt.X:
    kind = alt.X if name == "share_of_places" else alt.Y
    return kind(  # type: ignore[return-value]
        f"{name}:Q",
        title=title,
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(format=".0%", tickCount=5, grid=kind is alt.Y),
    )


def _plain_axis() -> alt.Axis:
    return alt.Axis(labelLimit=240, ticks=False, domain=False)


def _house(layers: list[alt.Chart], *, width: int, height: int = 260) -> alt.LayerChart:
    styled = (
        alt.LayerChart(layer=layers)
        .properties(width=width, height=height)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK_2,
            titleColor=INK_2,
            gridColor=LINE,
            domainColor=LINE,
            tickColor=LINE,
            labelFontSize=13,
            titleFontSize=13,
            titleFontWeight="normal",
            labelFont="system-ui, sans-serif",
            titleFont="system-ui, sans-serif",
        )
        .configure_legend(
            labelFontSize=13,
            titleFontSize=13,
            titleFontWeight="normal",
            labelColor=INK_2,
            labelLimit=320,
        )
    )
    return cast("alt.LayerChart", styled)
