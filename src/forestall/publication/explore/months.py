"""This file knows the charts of months that a reader can explore: lines, and small ones in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import pandas as pd

from forestall._charts.house import INK_2, PAPER, REST, SERIES
from forestall.languages import Decimal, Month, write
from forestall.publication.drawing.lines import covered_rows
from forestall.publication.drawing.svg import round_ticks, text_width
from forestall.publication.explore.live import (
    HEIGHT,
    SMALL,
    LiveChart,
    Point,
    in_page_style,
    milliseconds,
    name_axis,
    numbers,
    rows_of,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from forestall.disclosure.safe_table import SafeCell
    from forestall.publication.pictures import MonthColumns, MonthLine, MonthMark, SmallLine

_ROW = 18
_ZOOM_FROM_MONTHS = 36
_DATES = {"year": "%Y", "month": "%b"}


def live_month_line(picture: MonthLine, *, alt_text: str) -> LiveChart:
    """Draw each month thin and the average of twelve thick.

    The parameters ``since`` and ``until`` of the specification are the ends of the time axis.
    """
    frame = covered_rows(picture.safe.frame)
    months = pd.PeriodIndex(frame["period"].astype(str), freq="M")
    frame = frame.assign(at=milliseconds(months))
    data = rows_of(frame, {"at": "at", "incidents": "each", "average_12": "average"})
    averages = bool(frame["average_12"].notna().any())
    x, y = _time_axis(), _zero_axis("each", top=round_ticks(_highest(frame["incidents"]))[-1])
    base = alt.Chart(data).encode(x=x)
    thin = {"color": REST, "strokeWidth": 1} if averages else {"color": SERIES[0]}
    layers = [base.mark_line(clip=True, **thin).encode(y=y)]
    if averages:
        thick = base.mark_line(color=SERIES[0], strokeWidth=2.5, clip=True)
        layers.append(thick.encode(y=alt.Y("average:Q")))
    words = [_last(frame, averages=averages), _said(picture, averages=averages)]
    layers += [*_notes(picture.marks), *_end_label(frame, words, averages=averages)]
    ends = (int(frame["at"].iloc[0]), int(frame["at"].iloc[-1])) if len(frame) else (0, 1)
    chart = in_page_style(layers, height=HEIGHT, alt_text=alt_text).add_params(
        alt.param(name="since", value=ends[0]), alt.param(name="until", value=ends[1])
    )
    return LiveChart(
        chart=chart,
        points=_month_points(picture, frame, months),
        room_end=text_width(words) + 14,
        room_top=10 + _ROW * len(picture.marks),
        years=_years(months) if len(months) >= _ZOOM_FROM_MONTHS else (),
    )


def live_columns(picture: MonthColumns, *, title: str, alt_text: str) -> LiveChart:
    """Draw a few months as columns from zero; ``top`` is the end of the axis."""
    frame = _of_group(picture)
    months = [Month(period.date(), short=True) for period in frame["period"]]
    frame = frame.assign(month=[str(month) for month in months])
    data = rows_of(frame, {"month": "month", "per_day": "each"})
    x = name_axis("month", list(frame["month"]))
    bars = alt.Chart(data).mark_bar(color=SERIES[0]).encode(x=x, y=_movable_axis())
    return LiveChart(
        chart=_small([bars, *_hidden(picture, frame, x)], frame, alt_text=alt_text),
        points=_group_points(picture, frame, list(frame["month"]), title=title),
        top=_top(frame),
    )


def live_small_line(picture: SmallLine, *, title: str, alt_text: str) -> LiveChart:
    """Draw many months of one group as a small line from zero; ``top`` is the end of the axis."""
    frame = _of_group(picture)
    at = milliseconds(pd.PeriodIndex(frame["period"].astype(str), freq="M"))
    frame = frame.assign(at=at)
    data = rows_of(frame, {"at": "at", "per_day": "each"})
    x = alt.X(
        "at:T",
        title=None,
        scale=alt.Scale(type="utc", nice=False),
        axis=alt.Axis(grid=False, format=_DATES, tickCount=3, labelFlush=True),
    )
    line = alt.Chart(data).mark_line(color=SERIES[0], strokeWidth=1.5)
    return LiveChart(
        chart=_small([line.encode(x=x, y=_movable_axis())], frame, alt_text=alt_text),
        points=_group_points(picture, frame, at, title=title),
        top=_top(frame),
    )


def _of_group(picture: MonthColumns | SmallLine) -> pd.DataFrame:
    table = picture.safe.frame
    return covered_rows(
        table[table[picture.safe.rows] == picture.group] if picture.group else table
    )


def _small(layers: list[alt.Chart], frame: pd.DataFrame, *, alt_text: str) -> alt.LayerChart:
    chart = in_page_style(layers, height=SMALL, alt_text=alt_text)
    return chart.add_params(alt.param(name="top", value=_top(frame)))


def _hidden(picture: MonthColumns, frame: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    """Write in the place of a hidden month how it is printed, so that it is not read as zero."""
    hidden = frame[frame["per_day"].isna()]
    if hidden.empty:
        return []
    words = [
        {"month": row["month"], "words": _cell(picture, row["period"]).text}
        for row in hidden.to_dict("records")
    ]
    text = alt.Chart(alt.InlineData(values=words)).mark_text(baseline="bottom", dy=-3)
    return [text.encode(x=x, y=alt.value("height"), text="words:N")]


def _cell(picture: MonthColumns | SmallLine, month: Hashable) -> SafeCell:
    return picture.safe.cell(picture.group, month) if picture.group else picture.safe.cell(month)


def _top(frame: pd.DataFrame) -> float:
    return round_ticks(_highest(frame["per_day"]), most=3)[-1]


def _highest(column: pd.Series) -> float:
    return float(np.nanmax(numbers(column), initial=0.0)) or 1.0


def _time_axis() -> alt.X:
    return alt.X(
        "at:T",
        title=None,
        scale=alt.Scale(
            type="utc", nice=False, domainMin=alt.ExprRef("since"), domainMax=alt.ExprRef("until")
        ),
        axis=alt.Axis(grid=False, format=_DATES, tickCount=6, labelOverlap=True),
    )


def _zero_axis(name: str, *, top: float) -> alt.Y:
    return alt.Y(
        f"{name}:Q",
        title=None,
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(tickCount=4, domain=False, ticks=False),
    )


def _movable_axis() -> alt.Y:
    return alt.Y(
        "each:Q",
        title=None,
        scale=alt.Scale(domainMin=0, domainMax=alt.ExprRef("top"), nice=False),
        axis=alt.Axis(tickCount=2, domain=False, ticks=False),
    )


def _notes(marks: tuple[MonthMark, ...]) -> list[alt.Chart]:
    """Draw dated notes as dashed lines; each has a row of its own above the chart."""
    layers: list[alt.Chart] = []
    months = pd.PeriodIndex([mark.month for mark in marks], freq="M")
    for place, (mark, at) in enumerate(zip(marks, milliseconds(months), strict=True)):
        level = -6 - _ROW * (len(marks) - 1 - place)
        base = (
            alt.Chart(alt.InlineData(values=[{"at": at, "words": str(mark.words)}]))
            .transform_filter("datum.at >= since && datum.at <= until")
            .encode(x=alt.X("at:T"))
        )
        late = f"scale('x', {at}) > width / 2"
        layers.append(
            base.mark_rule(color=INK_2, strokeDash=[4, 3]).encode(
                y=alt.value(level), y2=alt.value("height")
            )
        )
        layers.append(
            base.mark_text(
                align=alt.ExprRef(f"{late} ? 'right' : 'left'"),
                dx=alt.ExprRef(f"{late} ? -5 : 5"),
                baseline="middle",
            ).encode(text="words:N", y=alt.value(level))
        )
    return layers


def _end_label(frame: pd.DataFrame, words: list[str], *, averages: bool) -> list[alt.Chart]:
    """Write what the line is at its end: beside it, or above it where the page is narrow."""
    column = "average_12" if averages else "incidents"
    known = frame[frame[column].notna()].tail(1)
    if known.empty:
        return []
    base = alt.Chart(rows_of(known, {"at": "at", column: "level"})).transform_filter(
        "datum.at >= since && datum.at <= until"
    )
    at = base.encode(x=alt.X("at:T"), y=alt.Y("level:Q"))
    text = at.mark_text(
        align=alt.ExprRef("width < 480 ? 'right' : 'left'"),
        dx=alt.ExprRef("width < 480 ? 0 : 10"),
        dy=alt.ExprRef("width < 480 ? -40 : -2"),
        baseline="middle",
        lineHeight=17,
        fontWeight=600,
        color=SERIES[0],
        fill=SERIES[0],
        stroke=PAPER,
        strokeWidth=4,
    ).encode(text=alt.value(words))
    return [at.mark_circle(color=SERIES[0], size=60, opacity=1), text]


def _last(frame: pd.DataFrame, *, averages: bool) -> str:
    known = frame["average_12" if averages else "incidents"].dropna()
    return write(round(float(known.iloc[-1]))) if len(known) else ""


def _said(picture: MonthLine, *, averages: bool) -> str:
    return str(picture.average_words if averages else picture.each_words)


def _month_points(
    picture: MonthLine, frame: pd.DataFrame, months: pd.PeriodIndex
) -> tuple[Point, ...]:
    found = []
    for month, row in zip(months, frame.to_dict("records"), strict=True):
        cell = picture.safe.cell(row["period"])
        rows = [(str(picture.each_words), cell.text)]
        if not pd.isna(row["average_12"]):
            rows.append((str(picture.average_words), write(round(float(row["average_12"])))))
        found.append(
            Point(
                key=str(month),
                name=str(Month(row["period"].date())),
                x=int(row["at"]),
                y=None if cell.number is None else float(cell.number),
                rows=(*rows, *_why(cell)),
            )
        )
    return tuple(found)


def _group_points(
    picture: MonthColumns | SmallLine,
    frame: pd.DataFrame,
    xs: Sequence[int | str],
    *,
    title: str,
) -> tuple[Point, ...]:
    found = []
    for x, row in zip(xs, frame.to_dict("records"), strict=True):
        month = row["period"]
        cell = _cell(picture, month)
        per_day = row["per_day"]
        known = None if pd.isna(per_day) else float(per_day)
        words = cell.text if known is None else str(Decimal(known, 1 if known >= 0.1 else 2))
        found.append(
            Point(
                key=str(month.date()),
                name=str(Month(month.date())),
                x=x,
                y=known,
                rows=((title, words), *_why(cell)),
            )
        )
    return tuple(found)


def _why(cell: SafeCell) -> tuple[tuple[str, str], ...]:
    return (("", str(cell.explanation)),) if cell.explanation is not None else ()


def _years(months: pd.PeriodIndex) -> tuple[tuple[str, int, int], ...]:
    """Return each year with its first and its last month as a browser counts them."""
    at = pd.Series(milliseconds(months), index=[month.year for month in months])
    return tuple(
        (str(year), int(of_year.min()), int(of_year.max())) for year, of_year in at.groupby(level=0)
    )
