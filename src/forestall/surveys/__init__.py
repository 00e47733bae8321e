"""This folder knows what people say happened to them, and what a sample says of a population.

Groups are chosen within the design, never before it; series are counted by a named rule.
"""

from forestall.surveys.design import SurveyDesign, survey_design
from forestall.surveys.estimates import (
    SurveyEstimates,
    estimate_answers,
    estimate_incidence,
    estimate_prevalence,
)
from forestall.surveys.items import Better, Item, ItemKind, Topic
from forestall.surveys.reliability import RELIABLE, Reliability
from forestall.surveys.series_rules import (
    CSEW_5,
    NCVS_10,
    UNCAPPED,
    SeriesRule,
    Victimizations,
    count_victimizations,
)

__all__ = [
    "CSEW_5",
    "NCVS_10",
    "RELIABLE",
    "UNCAPPED",
    "Better",
    "Item",
    "ItemKind",
    "Reliability",
    "SeriesRule",
    "SurveyDesign",
    "SurveyEstimates",
    "Topic",
    "Victimizations",
    "count_victimizations",
    "estimate_answers",
    "estimate_incidence",
    "estimate_prevalence",
    "survey_design",
]
