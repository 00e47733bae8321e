"""This file knows what an interactive chart is: a specification, and points that can be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from forestall._charts.house import INK_2, in_house_style

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import altair as alt
    from numpy.typing import NDArray

HEIGHT, SMALL = 340, 130
LAST = "last"


class Control(StrEnum):
    """How a reader goes from point to point without a mouse."""

    SLIDER = "slider"
    LIST = "list"


@dataclass(frozen=True, kw_only=True)
class Point:
    """One point of a chart, with what it says.

    Attributes
    ----------
    key
        What points of several charts have in common when they are read together.
    name
        What the point is called: a month, an area.
    x, y
        Where it lies by the scales of the chart; ``y`` is None where the number is hidden.
    rows
        Terms and their protected numbers, in the language in force.
    """

    key: Hashable
    name: str
    x: float | str
    y: float | None
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class LiveChart:
    """A chart as an Altair specification, and its points in their order.

    Attributes
    ----------
    room_end, room_top
        Pixels beside and above the chart for labels that stand outside its frame.
    years
        Year with its first and last moment, where the reader may choose from when to when.
    first
        Key of the point that is read when the page opens: by default the last; None for none.
    top
        End of the axis by which the chart is drawn, where charts side by side may share one.
    """

    chart: alt.LayerChart
    points: tuple[Point, ...]
    control: Control = Control.SLIDER
    room_end: float = 12
    room_top: float = 8
    years: tuple[tuple[str, int, int], ...] = ()
    top: float | None = None
    first: Hashable = LAST

    def specification(self) -> dict[str, Any]:
        """Return the Vega-Lite specification."""
        spec: dict[str, Any] = self.chart.to_dict()
        return spec


def in_page_style(layers: Sequence[alt.Chart], *, height: int, alt_text: str) -> alt.LayerChart:
    """Put layers together: as wide as the page, no background, silent for screen readers.

    The page says in words what the chart shows; its marks would only be read one by one.
    """
    import altair as alt

    chart = in_house_style(list(layers), width=680, height=height)
    styled = (
        chart.properties(
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
            background="transparent",
            description=alt_text,
        )
        .configure_mark(aria=False)
        .configure_text(font="system-ui, sans-serif", fontSize=13, fill=INK_2)
    )
    return cast("alt.LayerChart", styled)


def name_axis(name: str, names: Sequence[str]) -> alt.X:
    """Return an axis of names, also of those without a number; some are left out for room."""
    import altair as alt

    return alt.X(
        f"{name}:N",
        sort=None,
        title=None,
        axis=alt.Axis(labelAngle=0, labelOverlap=True, labelSeparation=3, ticks=False),
        scale=alt.Scale(domain=list(names), paddingInner=0.2, paddingOuter=0.1),
    )


def rows_of(frame: pd.DataFrame, names: Mapping[str, str]) -> alt.InlineData:
    """Return columns of a protected table as data of a chart; a hidden number is missing.

    Parameters
    ----------
    names
        Column of the table to its name in the chart.
    """
    import altair as alt

    records = [
        {name: _plain(value) for name, value in zip(names.values(), row, strict=True)}
        for row in frame[list(names)].itertuples(index=False, name=None)
    ]
    return alt.InlineData(values=records)


def milliseconds(months: pd.PeriodIndex) -> list[int]:
    """Return the first moment of months as a browser counts it, the same in every time zone.

    Examples
    --------
    >>> milliseconds(pd.PeriodIndex(["1970-02"], freq="M"))
    [2678400000]
    """
    starts = months.to_timestamp().to_numpy().astype("datetime64[ms]")
    return [int(start) for start in starts.astype(np.int64)]


def numbers(column: pd.Series) -> NDArray[np.float64]:
    """Return a column as numbers; a hidden one is not a number."""
    return pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)


def _plain(value: object) -> object:
    if value is None or bool(pd.isna(value)):  # type: ignore[call-overload]
        return None
    return value.item() if hasattr(value, "item") else value
