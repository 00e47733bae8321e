"""This folder knows effects in panels: many places over many periods, some with the measure."""

from forestall.evaluation.panels.by_lots import PanelByLots, assess_panel_by_lots
from forestall.evaluation.panels.decomposition import (
    Comparison,
    Decomposition,
    decompose_differences,
)
from forestall.evaluation.panels.differences import (
    DifferenceInDifferences,
    estimate_difference_in_differences,
)
from forestall.evaluation.panels.event_study import EventStudy, estimate_event_study
from forestall.evaluation.panels.fixed_effects import Model
from forestall.evaluation.panels.group_times import ComparedWith
from forestall.evaluation.panels.panel import (
    Measure,
    Panel,
    panel_from_counts,
    panel_from_frame,
)
from forestall.evaluation.panels.staggered import (
    StaggeredAdoption,
    estimate_staggered_adoption,
)
from forestall.evaluation.panels.violated_trends import (
    ViolatedTrends,
    Violation,
    assess_violated_trends,
)

__all__ = [
    "ComparedWith",
    "Comparison",
    "Decomposition",
    "DifferenceInDifferences",
    "EventStudy",
    "Measure",
    "Model",
    "Panel",
    "PanelByLots",
    "StaggeredAdoption",
    "ViolatedTrends",
    "Violation",
    "assess_panel_by_lots",
    "assess_violated_trends",
    "decompose_differences",
    "estimate_difference_in_differences",
    "estimate_event_study",
    "estimate_staggered_adoption",
    "panel_from_counts",
    "panel_from_frame",
]
