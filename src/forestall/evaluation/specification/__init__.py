"""This folder knows what is said of a measure before it is evaluated, and the plan it binds."""

from forestall.evaluation.specification.parts import (
    Approach,
    CostPart,
    EvaluationSpec,
    HarmWeights,
    Intervention,
    Outcome,
    PlanReference,
    Times,
    TreatedPlaces,
)
from forestall.evaluation.specification.reading import read_specification

__all__ = [
    "Approach",
    "CostPart",
    "EvaluationSpec",
    "HarmWeights",
    "Intervention",
    "Outcome",
    "PlanReference",
    "Times",
    "TreatedPlaces",
    "read_specification",
]
