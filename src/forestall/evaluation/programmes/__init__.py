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
from forestall.evaluation.programmes.power import power_of
from forestall.evaluation.programmes.records import (
    ReadEvaluation,
    evaluation_record,
    evaluation_schema,
    read_evaluation_record,
)

__all__ = [
    "Method",
    "OutcomeFindings",
    "PlanChange",
    "PlanCheck",
    "PlanRecord",
    "ProgrammeEvaluation",
    "ReadEvaluation",
    "Specification",
    "check_plan",
    "evaluate_programme",
    "evaluation_record",
    "evaluation_schema",
    "plan_of",
    "power_of",
    "read_evaluation_record",
    "read_plan",
]
