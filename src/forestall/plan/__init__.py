"""This stage knows what to do: the integrated plan, what it still lacks, and how it goes on."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.plan.actions import (
        Action,
        ExpectedSideEffect,
        Ground,
        Involved,
        Money,
        Risk,
        Staff,
        Step,
    )
    from forestall.plan.budget import BudgetLine, BudgetRow, BudgetSum, PlanBudget, plan_budget
    from forestall.plan.checking.points import PlanPart, PlanPoint
    from forestall.plan.checks import PlanCheck, check_plan, ready_for
    from forestall.plan.differences import Change, PlanChange, PlanDifferences, compare_plans
    from forestall.plan.duties import Duties, Duty, DutyKind, DutyState, duties_due, duties_of
    from forestall.plan.example import example_plan
    from forestall.plan.files import plan_from_json, plan_to_json, read_plan, write_plan
    from forestall.plan.moves import move_plan
    from forestall.plan.progress import (
        IndicatorProgress,
        MeasuredAgainstLine,
        OnTheWay,
        expected_on,
        indicator_progress,
    )
    from forestall.plan.records import (
        ActionPlan,
        Agreement,
        ConsultationRecord,
        Figure,
        Indicator,
        Measured,
        Objective,
        Omission,
        Partner,
        Place,
        PlanProblem,
        Review,
        Voice,
    )
    from forestall.plan.responsibilities import PartInAction, WhoDoesWhat, who_does_what
    from forestall.plan.schema import plan_schema
    from forestall.plan.soundness import check_sound
    from forestall.plan.states import EDITABLE, MOVES, PlanState, check_move
    from forestall.plan.vocabulary import (
        ActorGroup,
        Approach,
        Basis,
        Factor,
        Jurisdiction,
        Part,
        PayerLevel,
        PreventionLevel,
        Sector,
        StepState,
    )

# Where each name is; a file is read when a name of it is asked for.
_PLACES = {
    "Action": "actions",
    "ActionPlan": "records",
    "ActorGroup": "vocabulary",
    "Agreement": "records",
    "Approach": "vocabulary",
    "Basis": "vocabulary",
    "BudgetLine": "budget",
    "BudgetRow": "budget",
    "BudgetSum": "budget",
    "Change": "differences",
    "ConsultationRecord": "records",
    "Duties": "duties",
    "Duty": "duties",
    "DutyKind": "duties",
    "DutyState": "duties",
    "EDITABLE": "states",
    "ExpectedSideEffect": "actions",
    "Factor": "vocabulary",
    "Figure": "records",
    "Ground": "actions",
    "Indicator": "records",
    "IndicatorProgress": "progress",
    "Involved": "actions",
    "Jurisdiction": "vocabulary",
    "MOVES": "states",
    "Measured": "records",
    "MeasuredAgainstLine": "progress",
    "Money": "actions",
    "Objective": "records",
    "Omission": "records",
    "OnTheWay": "progress",
    "Part": "vocabulary",
    "PartInAction": "responsibilities",
    "Partner": "records",
    "PayerLevel": "vocabulary",
    "Place": "records",
    "PlanBudget": "budget",
    "PlanChange": "differences",
    "PlanCheck": "checks",
    "PlanDifferences": "differences",
    "PlanPart": "checking.points",
    "PlanPoint": "checking.points",
    "PlanProblem": "records",
    "PlanState": "states",
    "PreventionLevel": "vocabulary",
    "Review": "records",
    "Risk": "actions",
    "Sector": "vocabulary",
    "Staff": "actions",
    "Step": "actions",
    "StepState": "vocabulary",
    "Voice": "records",
    "WhoDoesWhat": "responsibilities",
    "check_move": "states",
    "check_plan": "checks",
    "check_sound": "soundness",
    "compare_plans": "differences",
    "duties_due": "duties",
    "duties_of": "duties",
    "example_plan": "example",
    "expected_on": "progress",
    "indicator_progress": "progress",
    "move_plan": "moves",
    "plan_budget": "budget",
    "plan_from_json": "files",
    "plan_schema": "schema",
    "plan_to_json": "files",
    "read_plan": "files",
    "ready_for": "checks",
    "who_does_what": "responsibilities",
    "write_plan": "files",
}


if not TYPE_CHECKING:  # so that a wrong name is still an error of types

    def __getattr__(name: str) -> object:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *_PLACES})


__all__ = [
    "EDITABLE",
    "MOVES",
    "Action",
    "ActionPlan",
    "ActorGroup",
    "Agreement",
    "Approach",
    "Basis",
    "BudgetLine",
    "BudgetRow",
    "BudgetSum",
    "Change",
    "ConsultationRecord",
    "Duties",
    "Duty",
    "DutyKind",
    "DutyState",
    "ExpectedSideEffect",
    "Factor",
    "Figure",
    "Ground",
    "Indicator",
    "IndicatorProgress",
    "Involved",
    "Jurisdiction",
    "Measured",
    "MeasuredAgainstLine",
    "Money",
    "Objective",
    "Omission",
    "OnTheWay",
    "Part",
    "PartInAction",
    "Partner",
    "PayerLevel",
    "Place",
    "PlanBudget",
    "PlanChange",
    "PlanCheck",
    "PlanDifferences",
    "PlanPart",
    "PlanPoint",
    "PlanProblem",
    "PlanState",
    "PreventionLevel",
    "Review",
    "Risk",
    "Sector",
    "Staff",
    "Step",
    "StepState",
    "Voice",
    "WhoDoesWhat",
    "check_move",
    "check_plan",
    "check_sound",
    "compare_plans",
    "duties_due",
    "duties_of",
    "example_plan",
    "expected_on",
    "indicator_progress",
    "move_plan",
    "plan_budget",
    "plan_from_json",
    "plan_schema",
    "plan_to_json",
    "read_plan",
    "ready_for",
    "who_does_what",
    "write_plan",
]
