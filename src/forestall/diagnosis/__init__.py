"""This stage knows what the problem is: what, when, where, how concentrated, and how sure."""

from forestall.diagnosis.concentration import Concentration
from forestall.diagnosis.diagnose import Diagnosis, OffenceGroup, Unanswered
from forestall.diagnosis.group_changes import GroupChanges
from forestall.diagnosis.hotspots import Hotspots
from forestall.diagnosis.priorities import Priorities
from forestall.diagnosis.rates import Rates
from forestall.diagnosis.timing import Timing
from forestall.diagnosis.trend import LevelShift, Trend

__all__ = [
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
]
