"""This stage knows what the problem is: what, when, where, how concentrated, and how sure."""

from forestall.diagnosis.bandwidth import BandwidthChoice, choose_bandwidth
from forestall.diagnosis.comparisons import ComparedPeriods, Comparison, compare_rates
from forestall.diagnosis.concentration import Concentration, measure_concentration
from forestall.diagnosis.counted import OffenceGroup
from forestall.diagnosis.density import Density, estimate_density
from forestall.diagnosis.density_comparison import DensityComparison, compare_densities
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
    "BandwidthChoice",
    "ComparedPeriods",
    "Comparison",
    "Concentration",
    "Density",
    "DensityComparison",
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
    "choose_bandwidth",
    "compare_densities",
    "compare_groups",
    "compare_rates",
    "diagnose",
    "estimate_density",
    "find_hotspots",
    "measure_concentration",
    "measure_rates",
    "measure_timing",
    "measure_trend",
    "rank_priorities",
]
