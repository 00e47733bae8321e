"""This file knows what a page with an interactive chart holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.languages import say
from forestall.publication.blocks import Chart, Multiples, Table
from forestall.publication.explore.compiled import chart_locale, compile_chart
from forestall.publication.explore.curves import live_curves
from forestall.publication.explore.funnel import live_funnel
from forestall.publication.explore.live import LAST, Control, LiveChart
from forestall.publication.explore.months import live_columns, live_month_line, live_small_line
from forestall.publication.explore.season import live_season
from forestall.publication.pictures import (
    ConcentrationCurves,
    Funnel,
    MonthColumns,
    MonthLine,
    SeasonColumns,
    SmallLine,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable


def live_chart(chart: Chart) -> LiveChart:
    """Return the interactive form of a chart of a document.

    Every number in it stands in the table that the picture of the document draws.
    """
    picture, alt_text = chart.picture, str(chart.alt)
    match picture:
        case MonthLine():
            return live_month_line(picture, alt_text=alt_text)
        case MonthColumns():
            return live_columns(picture, title=str(chart.title), alt_text=alt_text)
        case SmallLine():
            return live_small_line(picture, title=str(chart.title), alt_text=alt_text)
        case SeasonColumns():
            return live_season(picture, alt_text=alt_text)
        case ConcentrationCurves():
            return live_curves(picture, alt_text=alt_text)
        case Funnel():
            names = chart.behind.row_words if isinstance(chart.behind, Table) else {}
            return live_funnel(
                picture,
                names={label: str(words) for label, words in names.items()},
                alt_text=alt_text,
            )
    raise TypeError(f"No page draws {type(picture).__name__} anew.")


def charts_of(block: Chart | Multiples) -> tuple[Chart, ...]:
    """Return the charts of a block: one, or several side by side."""
    return block.charts if isinstance(block, Multiples) else (block,)


def page_data(charts: tuple[LiveChart, ...]) -> dict[str, Any]:
    """Return what the script of a chart page reads.

    ``stops`` are what a reader goes through: a month of all charts, an area, a step of a curve.
    """
    stops = _stops(charts)
    at = {key: place for place, key in enumerate(stops)}
    return {
        "locale": chart_locale(),
        "stops": list(stops.values()),
        "charts": [
            {
                "spec": compile_chart(chart),
                "points": [[at[p.key], p.x, p.y, p.rows] for p in chart.points],
                "roomEnd": chart.room_end,
                "roomTop": chart.room_top,
                "top": chart.top,
            }
            for chart in charts
        ],
        "first": len(stops) - 1 if charts[0].first == LAST else at.get(charts[0].first, -1),
        "byName": charts[0].control is Control.LIST,
    }


def _stops(charts: Iterable[LiveChart]) -> dict[Hashable, str]:
    found: dict[Hashable, str] = {}
    for chart in charts:
        found |= {point.key: point.name for point in chart.points}
    if all(chart.control is Control.LIST for chart in charts):
        return found
    return {key: found[key] for key in sorted(found, key=_order)}


def _order(key: Hashable) -> tuple[float, str]:
    return (float(key), "") if isinstance(key, int | float) else (0.0, str(key))


def stop_words(charts: tuple[Chart, ...]) -> str:
    """Return what the stops of a chart are called."""
    picture = charts[0].picture
    if isinstance(picture, Funnel):
        return say("Area")
    return str(picture.axis_words) if isinstance(picture, ConcentrationCurves) else say("Month")
