"""This stage knows what the problem is: what, when, where, how concentrated, and how sure."""

from forestall.diagnosis.autocorrelation import Autocorrelation, assess_autocorrelation
from forestall.diagnosis.bandwidth import BandwidthChoice, choose_bandwidth
from forestall.diagnosis.clusters_and_outliers import (
    ClustersAndOutliers,
    find_clusters_and_outliers,
)
from forestall.diagnosis.comparisons import ComparedPeriods, Comparison, compare_rates
from forestall.diagnosis.concentration import Concentration, measure_concentration
from forestall.diagnosis.concentration_over_time import (
    ConcentrationOverTime,
    measure_concentration_over_time,
)
from forestall.diagnosis.counted import OffenceGroup
from forestall.diagnosis.density import Density, estimate_density
from forestall.diagnosis.density_comparison import DensityComparison, compare_densities
from forestall.diagnosis.diagnose import Diagnosis, Unanswered, diagnose
from forestall.diagnosis.emerging_hotspots import HotspotHistory, classify_hotspots
from forestall.diagnosis.group_changes import GroupChanges, compare_groups
from forestall.diagnosis.groups import ALL_CRIME, OTHER_KINDS
from forestall.diagnosis.hotspots import Hotspots, find_hotspots
from forestall.diagnosis.near_repeat_chains import (
    NearRepeatChains,
    NearRepeatPairs,
    find_near_repeat_chains,
    find_near_repeat_pairs,
)
from forestall.diagnosis.near_repeats import NearRepeats, assess_near_repeats
from forestall.diagnosis.pattern_change import PatternChange, assess_pattern_change
from forestall.diagnosis.priorities import Priorities, rank_priorities
from forestall.diagnosis.rates import Rates, measure_rates
from forestall.diagnosis.recurrence import NearRepeatsByKind
from forestall.diagnosis.timing import Timing, measure_timing
from forestall.diagnosis.trend import LevelShift, Trend, measure_trend

__all__ = [
    "ALL_CRIME",
    "OTHER_KINDS",
    "Autocorrelation",
    "BandwidthChoice",
    "ClustersAndOutliers",
    "ComparedPeriods",
    "Comparison",
    "Concentration",
    "ConcentrationOverTime",
    "Density",
    "DensityComparison",
    "Diagnosis",
    "GroupChanges",
    "HotspotHistory",
    "Hotspots",
    "LevelShift",
    "NearRepeatChains",
    "NearRepeatPairs",
    "NearRepeats",
    "NearRepeatsByKind",
    "OffenceGroup",
    "PatternChange",
    "Priorities",
    "Rates",
    "Timing",
    "Trend",
    "Unanswered",
    "assess_autocorrelation",
    "assess_near_repeats",
    "assess_pattern_change",
    "choose_bandwidth",
    "classify_hotspots",
    "compare_densities",
    "compare_groups",
    "compare_rates",
    "diagnose",
    "estimate_density",
    "find_clusters_and_outliers",
    "find_hotspots",
    "find_near_repeat_chains",
    "find_near_repeat_pairs",
    "measure_concentration",
    "measure_concentration_over_time",
    "measure_rates",
    "measure_timing",
    "measure_trend",
    "rank_priorities",
]
