"""This folder knows effects in panels: many places over many periods, some with the measure."""

from forestall.evaluation.panels.panel import Measure, Panel, panel_from_counts, panel_from_frame

__all__ = ["Measure", "Panel", "panel_from_counts", "panel_from_frame"]
