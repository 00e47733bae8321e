"""Charts for notebooks, drawn by Altair in the colours of the house."""

from forestall._charts.agreements import agreement_chart
from forestall._charts.balances import acceptability_chart, stakeholder_chart, tornado_chart
from forestall._charts.detectable import detectable_chart
from forestall._charts.event_times import comparison_chart, event_time_chart
from forestall._charts.expected import expected_chart
from forestall._charts.forest import forest_chart, influence_chart, study_funnel_chart
from forestall._charts.house import CHANGE, PATTERN_COLOURS
from forestall._charts.lines import (
    band_chart,
    bar_chart,
    choice_chart,
    curve_chart,
    funnel_chart,
    interval_chart,
    month_chart,
    scatter_chart,
)
from forestall._charts.lots import lots_chart
from forestall._charts.maps import (
    class_chart,
    contrast_chart,
    kind_chart,
    place_chart,
    state_chart,
    surface_chart,
)
from forestall._charts.matrices import heat_chart, ratio_chart, register_chart
from forestall._charts.paths import path_chart
from forestall._charts.specifications import specification_chart

__all__ = [
    "CHANGE",
    "PATTERN_COLOURS",
    "acceptability_chart",
    "agreement_chart",
    "band_chart",
    "bar_chart",
    "choice_chart",
    "class_chart",
    "comparison_chart",
    "contrast_chart",
    "curve_chart",
    "detectable_chart",
    "event_time_chart",
    "expected_chart",
    "forest_chart",
    "funnel_chart",
    "heat_chart",
    "influence_chart",
    "interval_chart",
    "kind_chart",
    "lots_chart",
    "month_chart",
    "path_chart",
    "place_chart",
    "ratio_chart",
    "register_chart",
    "scatter_chart",
    "specification_chart",
    "stakeholder_chart",
    "state_chart",
    "study_funnel_chart",
    "surface_chart",
    "tornado_chart",
]
