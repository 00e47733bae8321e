"""This folder knows how a whole measure is evaluated, from its specification to its verdict."""

from forestall.evaluation.programmes.evaluate import evaluate_programme
from forestall.evaluation.programmes.found import (
    Method,
    OutcomeFindings,
    ProgrammeEvaluation,
    Specification,
)
from forestall.evaluation.programmes.plans import (
    PlanChange,
    PlanCheck,
    PlanRecord,
    check_plan,
    plan_of,
    read_plan,
)

__all__ = [
    "Method",
    "OutcomeFindings",
    "PlanChange",
    "PlanCheck",
    "PlanRecord",
    "ProgrammeEvaluation",
    "Specification",
    "check_plan",
    "evaluate_programme",
    "plan_of",
    "read_plan",
]
