"""This folder knows the interventions that reviews have studied: what is done, by whom, when.

Facts follow the packaged texts; where a text is silent, only what everybody knows of the measure
is said. Law enforcement is out of scope (2002/13 ¶3): it is kept for comparison, and marked.
"""

from forestall.evidence.interventions.catalogue import intervention_named, interventions
from forestall.evidence.interventions.conditions import Condition
from forestall.evidence.interventions.mechanisms import Mechanism
from forestall.evidence.interventions.records import Intervention, Role
from forestall.evidence.interventions.tasks import Partner, PartnerTask, Task

__all__ = [
    "Condition",
    "Intervention",
    "Mechanism",
    "Partner",
    "PartnerTask",
    "Role",
    "Task",
    "intervention_named",
    "interventions",
]
