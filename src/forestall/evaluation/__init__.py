"""This folder knows whether a measure worked: effects with their uncertainty, side effects, money.

Every estimator answers with an `Estimate`; costs, synthesis and reports read nothing else.
"""

from forestall.evaluation.effects import CountDifference, Effect, LogRatio, RateDifference
from forestall.evaluation.estimates import Engine, ErrorKind, Estimate, Sample, Side, Span
from forestall.evaluation.evaluation_plan import EvaluationPlan, plan_evaluation
from forestall.evaluation.interrupted_series import (
    InterruptedSeries,
    estimate_interrupted_series,
)
from forestall.evaluation.interruptions import Change, Interruption
from forestall.evaluation.randomised_places import RandomisedPlaces, randomise_places
from forestall.evaluation.schemes import Design, Scheme
from forestall.evaluation.simulated_power import scheme_from_history
from forestall.evaluation.trial_analysis import TrialAnalysis, analyse_trial
from forestall.evaluation.trial_designs import (
    Balance,
    Blocked,
    MatchedPairs,
    Simple,
    SteppedWedge,
    TrialDesign,
)

__all__ = [
    "Balance",
    "Blocked",
    "Change",
    "CountDifference",
    "Design",
    "Effect",
    "Engine",
    "ErrorKind",
    "Estimate",
    "EvaluationPlan",
    "InterruptedSeries",
    "Interruption",
    "LogRatio",
    "MatchedPairs",
    "RandomisedPlaces",
    "RateDifference",
    "Sample",
    "Scheme",
    "Side",
    "Simple",
    "Span",
    "SteppedWedge",
    "TrialAnalysis",
    "TrialDesign",
    "analyse_trial",
    "estimate_interrupted_series",
    "plan_evaluation",
    "randomise_places",
    "scheme_from_history",
]
