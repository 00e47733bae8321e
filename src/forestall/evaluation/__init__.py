"""This folder knows whether a measure worked: effects with their uncertainty, side effects, money.

Every estimator answers with an `Estimate`; costs, synthesis and reports read nothing else.
"""

from forestall.evaluation.effects import (
    CountDifference,
    Effect,
    HarmDifference,
    LogRatio,
    RateDifference,
)
from forestall.evaluation.estimates import Engine, ErrorKind, Estimate, Sample, Side, Span

__all__ = [
    "CountDifference",
    "Effect",
    "Engine",
    "ErrorKind",
    "Estimate",
    "HarmDifference",
    "LogRatio",
    "RateDifference",
    "Sample",
    "Side",
    "Span",
]
