"""This folder knows what several studies say together, and what a new place may expect of it."""

from forestall._stats.between_studies import Between
from forestall.evidence.synthesis.averages import Average, Heterogeneity, Model, Prediction
from forestall.evidence.synthesis.effect_synthesis import EffectSynthesis, synthesise_effects

__all__ = [
    "Average",
    "Between",
    "EffectSynthesis",
    "Heterogeneity",
    "Model",
    "Prediction",
    "synthesise_effects",
]
