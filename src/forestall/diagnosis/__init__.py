"""This stage knows what the problem is: what, when, where, how concentrated, and how sure."""

from forestall.diagnosis.autocorrelation import Autocorrelation, assess_autocorrelation
from forestall.diagnosis.clusters_and_outliers import (
    ClustersAndOutliers,
    find_clusters_and_outliers,
)
from forestall.diagnosis.comparisons import ComparedPeriods, Comparison, compare_rates
from forestall.diagnosis.concentration import Concentration, measure_concentration
from forestall.diagnosis.counted import OffenceGroup
from forestall.diagnosis.diagnose import Diagnosis, Unanswered, diagnose
from forestall.diagnosis.group_changes import GroupChanges, compare_groups
from forestall.diagnosis.groups import ALL_CRIME, OTHER_KINDS
from forestall.diagnosis.hotspots import Hotspots, find_hotspots
from forestall.diagnosis.priorities import Priorities, rank_priorities
from forestall.diagnosis.rates import Rates, measure_rates
from forestall.diagnosis.timing import Timing, measure_timing
from forestall.diagnosis.trend import LevelShift, Trend, measure_trend

__all__ = [
    "ALL_CRIME",
    "OTHER_KINDS",
    "Autocorrelation",
    "ClustersAndOutliers",
    "ComparedPeriods",
    "Comparison",
    "Concentration",
    "Diagnosis",
    "GroupChanges",
    "Hotspots",
    "LevelShift",
    "OffenceGroup",
    "Priorities",
    "Rates",
    "Timing",
    "Trend",
    "Unanswered",
    "assess_autocorrelation",
    "compare_groups",
    "compare_rates",
    "diagnose",
    "find_clusters_and_outliers",
    "find_hotspots",
    "measure_concentration",
    "measure_rates",
    "measure_timing",
    "measure_trend",
    "rank_priorities",
]
