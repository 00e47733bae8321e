"""This folder knows whether a measure worked: effects with their uncertainty, side effects, money.

Every estimator answers with an `Estimate`; costs, synthesis and reports read nothing else.
"""

from forestall.estimates.effects import (
    CountDifference,
    Effect,
    HarmDifference,
    LogRatio,
    RateDifference,
    ScoreDifference,
    ShareDifference,
)
from forestall.estimates.estimates import Engine, ErrorKind, Estimate, Sample, Side, Span
from forestall.evaluation.at_variance import AtVariance
from forestall.evaluation.before_after import BeforeAfterComparison, compare_before_after
from forestall.evaluation.cells import BeforeAfter, Cells
from forestall.evaluation.count_changes import CountChange, assess_count_change
from forestall.evaluation.design_concerns import Concern, DesignWarning
from forestall.evaluation.design_description import (
    DesignDescription,
    EstimatorAdvice,
    describe_design,
)
from forestall.evaluation.design_facts import Arrival, DesignFacts, OtherChange, Reach
from forestall.evaluation.displacement import Displacement, assess_displacement
from forestall.evaluation.displacement_by_kind import (
    DisplacementByKind,
    assess_displacement_by_kind,
)
from forestall.evaluation.displacement_quotients import (
    DisplacementQuotients,
    Quotient,
    measure_displacement_quotients,
)
from forestall.evaluation.effects_register import (
    Found,
    Looked,
    NotFound,
    NotLookedFor,
    RegisterEntry,
    UnintendedEffects,
    unintended_effects,
)
from forestall.evaluation.effects_to_look_for import Direction, EffectToLookFor, UnintendedEffect
from forestall.evaluation.evaluation_plan import EvaluationPlan, plan_evaluation
from forestall.evaluation.extra_variance import (
    ExtraVariance,
    VarianceSource,
    estimate_extra_variance,
)
from forestall.evaluation.group_burdens import Burden, BurdenGap
from forestall.evaluation.group_counts import cells_with_surroundings
from forestall.evaluation.group_effects import (
    AreaGroup,
    GroupComparison,
    GroupEffects,
    compare_effects_by_group,
)
from forestall.evaluation.group_equality import EqualityTest
from forestall.evaluation.harm import HarmComparison, compare_harm_before_after
from forestall.evaluation.interrupted_series import InterruptedSeries, estimate_interrupted_series
from forestall.evaluation.interruptions import Change, Interruption
from forestall.evaluation.panels import (
    ComparedWith,
    Comparison,
    Decomposition,
    DifferenceInDifferences,
    EventStudy,
    Measure,
    Model,
    Panel,
    PanelByLots,
    StaggeredAdoption,
    ViolatedTrends,
    Violation,
    assess_panel_by_lots,
    assess_violated_trends,
    decompose_differences,
    estimate_difference_in_differences,
    estimate_event_study,
    estimate_staggered_adoption,
    panel_from_counts,
    panel_from_frame,
)
from forestall.evaluation.place_choice import PlaceChoice
from forestall.evaluation.place_permutation import PlacePermutation, permute_places
from forestall.evaluation.randomised_places import RandomisedPlaces, randomise_places
from forestall.evaluation.ring_counts import count_in_rings
from forestall.evaluation.rings import Rings, draw_rings
from forestall.evaluation.schemes import Design, Scheme
from forestall.evaluation.simulated_power import scheme_from_history
from forestall.evaluation.specification_set import SpecificationSet, compare_specifications
from forestall.evaluation.survey_comparison import SurveyComparison, compare_surveys_before_after
from forestall.evaluation.survey_waves import Overlap, SurveyWave
from forestall.evaluation.synthetic import (
    Equality,
    FitBefore,
    MatchedEffect,
    MatchedPlaces,
    SyntheticControl,
    SyntheticDifferences,
    estimate_synthetic_control,
    estimate_synthetic_difference_in_differences,
    estimate_with_matched_places,
    match_comparison_places,
)
from forestall.evaluation.total_net_effect import TotalNetEffect, estimate_total_net_effect
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
    "AreaGroup",
    "Arrival",
    "AtVariance",
    "Balance",
    "BeforeAfter",
    "BeforeAfterComparison",
    "Blocked",
    "Burden",
    "BurdenGap",
    "Cells",
    "Change",
    "ComparedWith",
    "Comparison",
    "Concern",
    "CountChange",
    "CountDifference",
    "Decomposition",
    "Design",
    "DesignDescription",
    "DesignFacts",
    "DesignWarning",
    "DifferenceInDifferences",
    "Direction",
    "Displacement",
    "DisplacementByKind",
    "DisplacementQuotients",
    "Effect",
    "EffectToLookFor",
    "Engine",
    "Equality",
    "EqualityTest",
    "ErrorKind",
    "Estimate",
    "EstimatorAdvice",
    "EvaluationPlan",
    "EventStudy",
    "ExtraVariance",
    "FitBefore",
    "Found",
    "GroupComparison",
    "GroupEffects",
    "HarmComparison",
    "HarmDifference",
    "InterruptedSeries",
    "Interruption",
    "LogRatio",
    "Looked",
    "MatchedEffect",
    "MatchedPairs",
    "MatchedPlaces",
    "Measure",
    "Model",
    "NotFound",
    "NotLookedFor",
    "OtherChange",
    "Overlap",
    "Panel",
    "PanelByLots",
    "PlaceChoice",
    "PlacePermutation",
    "Quotient",
    "RandomisedPlaces",
    "RateDifference",
    "Reach",
    "RegisterEntry",
    "Rings",
    "Sample",
    "Scheme",
    "ScoreDifference",
    "ShareDifference",
    "Side",
    "Simple",
    "Span",
    "SpecificationSet",
    "StaggeredAdoption",
    "SteppedWedge",
    "SurveyComparison",
    "SurveyWave",
    "SyntheticControl",
    "SyntheticDifferences",
    "TotalNetEffect",
    "TrialAnalysis",
    "TrialDesign",
    "UnintendedEffect",
    "UnintendedEffects",
    "VarianceSource",
    "ViolatedTrends",
    "Violation",
    "analyse_trial",
    "assess_count_change",
    "assess_displacement",
    "assess_displacement_by_kind",
    "assess_panel_by_lots",
    "assess_violated_trends",
    "cells_with_surroundings",
    "compare_before_after",
    "compare_effects_by_group",
    "compare_harm_before_after",
    "compare_specifications",
    "compare_surveys_before_after",
    "count_in_rings",
    "decompose_differences",
    "describe_design",
    "draw_rings",
    "estimate_difference_in_differences",
    "estimate_event_study",
    "estimate_extra_variance",
    "estimate_interrupted_series",
    "estimate_staggered_adoption",
    "estimate_synthetic_control",
    "estimate_synthetic_difference_in_differences",
    "estimate_total_net_effect",
    "estimate_with_matched_places",
    "match_comparison_places",
    "measure_displacement_quotients",
    "panel_from_counts",
    "panel_from_frame",
    "permute_places",
    "plan_evaluation",
    "randomise_places",
    "scheme_from_history",
    "unintended_effects",
]
