"""This folder knows effects from weighted comparison places: mixtures, and places matched in sum."""

from forestall.evaluation.synthetic.synthetic_control import (
    SyntheticControl,
    estimate_synthetic_control,
)

__all__ = ["SyntheticControl", "estimate_synthetic_control"]
