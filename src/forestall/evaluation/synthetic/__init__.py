"""This folder knows effects from weighted comparison places: mixtures, and matched totals."""

from forestall.evaluation.synthetic.control_fit import FitBefore
from forestall.evaluation.synthetic.matched_effects import (
    MatchedEffect,
    estimate_with_matched_places,
)
from forestall.evaluation.synthetic.matched_places import (
    Equality,
    MatchedPlaces,
    match_comparison_places,
)
from forestall.evaluation.synthetic.synthetic_control import (
    SyntheticControl,
    estimate_synthetic_control,
)
from forestall.evaluation.synthetic.synthetic_differences import (
    SyntheticDifferences,
    estimate_synthetic_difference_in_differences,
)

__all__ = [
    "Equality",
    "FitBefore",
    "MatchedEffect",
    "MatchedPlaces",
    "SyntheticControl",
    "SyntheticDifferences",
    "estimate_synthetic_control",
    "estimate_synthetic_difference_in_differences",
    "estimate_with_matched_places",
    "match_comparison_places",
]
