"""This folder knows effects in panels: many places over many periods, some with the measure."""

from forestall.evaluation.panels.differences import (
    DifferenceInDifferences,
    estimate_difference_in_differences,
)
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

__all__ = [
    "ComparedWith",
    "DifferenceInDifferences",
    "Measure",
    "Model",
    "Panel",
    "StaggeredAdoption",
    "estimate_difference_in_differences",
    "estimate_staggered_adoption",
    "panel_from_counts",
    "panel_from_frame",
]
