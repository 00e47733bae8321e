"""This folder knows whether a measure worked: effects with their uncertainty, side effects, money.

Every estimator answers with an `Estimate`; costs, synthesis and reports read nothing else.
"""

from forestall.evaluation.effects import CountDifference, Effect, LogRatio, RateDifference
from forestall.evaluation.estimates import Engine, ErrorKind, Estimate, Sample, Side, Span
from forestall.evaluation.interrupted_series import (
    InterruptedSeries,
    estimate_interrupted_series,
)
from forestall.evaluation.interruptions import Change, Interruption

__all__ = [
    "Change",
    "CountDifference",
    "Effect",
    "Engine",
    "ErrorKind",
    "Estimate",
    "InterruptedSeries",
    "Interruption",
    "LogRatio",
    "RateDifference",
    "Sample",
    "Side",
    "Span",
    "estimate_interrupted_series",
]
