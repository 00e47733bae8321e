"""This folder knows what several studies say together, and what a new place may expect of it."""

from forestall._stats.between_studies import Between
from forestall.evidence.synthesis.averages import Average, Heterogeneity, Model, Prediction
from forestall.evidence.synthesis.effect_synthesis import EffectSynthesis, synthesise_effects
from forestall.evidence.synthesis.incident_counts import PooledRates, pool_rate_ratios
from forestall.evidence.synthesis.moderators import MetaRegression, explain_by_moderators
from forestall.evidence.synthesis.natural_terms import NaturalTerms, in_natural_terms
from forestall.evidence.synthesis.one_per_study import OnePerStudy, one_effect_per_study
from forestall.evidence.synthesis.one_study_less import (
    Influence,
    LeaveOneOut,
    leave_one_out,
    measure_influence,
)
from forestall.evidence.synthesis.over_years import Accumulation, accumulate_by_year
from forestall.evidence.synthesis.people_counts import PooledOdds, pool_odds_ratios
from forestall.evidence.synthesis.small_studies import SmallStudies, assess_small_studies
from forestall.evidence.synthesis.subgroups import SubgroupComparison, compare_subgroups

__all__ = [
    "Accumulation",
    "Average",
    "Between",
    "EffectSynthesis",
    "Heterogeneity",
    "Influence",
    "LeaveOneOut",
    "MetaRegression",
    "Model",
    "NaturalTerms",
    "OnePerStudy",
    "PooledOdds",
    "PooledRates",
    "Prediction",
    "SmallStudies",
    "SubgroupComparison",
    "accumulate_by_year",
    "assess_small_studies",
    "compare_subgroups",
    "explain_by_moderators",
    "in_natural_terms",
    "leave_one_out",
    "measure_influence",
    "one_effect_per_study",
    "pool_odds_ratios",
    "pool_rate_ratios",
    "synthesise_effects",
]
