"""This folder knows effects in panels: many places over many periods, some with the measure."""

from forestall.evaluation.panels.by_lots import PanelByLots, assess_panel_by_lots
from forestall.evaluation.panels.differences import (
    DifferenceInDifferences,
    estimate_difference_in_differences,
)
from forestall.evaluation.panels.fixed_effects import Model
from forestall.evaluation.panels.panel import (
    Measure,
    Panel,
    panel_from_counts,
    panel_from_frame,
)

__all__ = [
    "DifferenceInDifferences",
    "Measure",
    "Model",
    "Panel",
    "PanelByLots",
    "assess_panel_by_lots",
    "estimate_difference_in_differences",
    "panel_from_counts",
    "panel_from_frame",
]
