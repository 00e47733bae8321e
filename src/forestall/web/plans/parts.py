"""This file knows the parts of a plan, where each stands in the document, and what it is called.

An address such as ``actions/gates/steps/2`` names a list, an item, a list inside it, and an item.
Items with a key are found by it; others by their place, counted from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from forestall.errors import InvalidPlan
from forestall.languages import Message, message
from forestall.plan.actions import (
    Action,
    ExpectedSideEffect,
    Involved,
    Money,
    Risk,
    Staff,
    Step,
)
from forestall.plan.records import (
    ActionPlan,
    ConsultationRecord,
    Figure,
    Measured,
    Objective,
    Omission,
    Partner,
    PlanProblem,
    Review,
    Voice,
)
from forestall.safeguards.assessment import RightsAssessment, RightTouched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from msgspec import Struct

Record = TypeVar("Record", bound="Struct")


@dataclass(frozen=True)
class Part:
    """A list of records in a plan, or inside a record of a plan.

    Attributes
    ----------
    record
        What its items are.
    many, one
        What the list and an item are called.
    follow_up
        Whether it goes on changing when the plan is adopted.
    single
        Whether it is one record (or none) rather than a list.
    """

    record: type[Struct]
    many: Message
    one: Message
    follow_up: bool = False
    single: bool = False


_ROOT: dict[str, Part] = {
    "partners": Part(Partner, message("Partners"), message("Partner")),
    "problems": Part(PlanProblem, message("Problems"), message("Problem")),
    "objectives": Part(Objective, message("Objectives"), message("Objective")),
    "actions": Part(Action, message("Actions"), message("Action")),
    "omissions": Part(Omission, message("Left out, with the reason"), message("What is left out")),
    "reviews": Part(Review, message("Reviews"), message("Review"), follow_up=True),
    "consultations": Part(
        ConsultationRecord, message("Consultations"), message("Consultation"), follow_up=True
    ),
}

PARTS: dict[type[Struct], dict[str, Part]] = {
    ActionPlan: _ROOT,
    PlanProblem: {"figures": Part(Figure, message("Figures"), message("Figure"))},
    Objective: {
        "measured": Part(Measured, message("Measurements"), message("Measurement"), follow_up=True)
    },
    Action: {
        "involved": Part(Involved, message("Others who take part"), message("Taking part")),
        "steps": Part(Step, message("Steps"), message("Step"), follow_up=True),
        "money": Part(Money, message("Money and gifts in kind"), message("Money"), follow_up=True),
        "staff": Part(Staff, message("People"), message("People")),
        "risks": Part(Risk, message("Risks"), message("Risk")),
        "side_effects": Part(ExpectedSideEffect, message("Side effects"), message("Side effect")),
        "assessment": Part(
            RightsAssessment,
            message("Rights assessment"),
            message("Rights assessment"),
            single=True,
        ),
    },
    RightsAssessment: {
        "touches": Part(RightTouched, message("Rights it touches"), message("Right"))
    },
    ConsultationRecord: {
        "voices": Part(Voice, message("What was said"), message("What was said"), follow_up=True)
    },
}


def part_at(where: str) -> Part:
    """Return the part to which an address leads.

    Raises
    ------
    InvalidPlan
        If there is no such part.

    Examples
    --------
    >>> part_at("actions/gates/steps/2").record.__name__, part_at("actions").record.__name__
    ('Step', 'Action')
    """
    record: type[Struct] = ActionPlan
    found: Part | None = None
    names = where.split("/")
    while names:
        found = PARTS.get(record, {}).get(names.pop(0))
        if found is None:
            raise _no_such_part()
        record = found.record
        if names and not found.single:
            names.pop(0)
    if found is None:
        raise _no_such_part()
    return found


def item_at(plan: ActionPlan, where: str) -> Struct:
    """Return the record at an address.

    Raises
    ------
    InvalidPlan
        If there is nothing at the address.
    """
    return cast("Struct", _walk(plan, where.split("/")))


def with_item(plan: ActionPlan, where: str, item: Struct) -> ActionPlan:
    """Return the plan with another record at an address, or with one more for a list.

    An address that ends in a list adds the record at its end; one that ends in an item replaces it.
    """
    return _changed(plan, where.split("/"), lambda _: item)


def without_item(plan: ActionPlan, where: str) -> ActionPlan:
    """Return the plan without the record at an address."""
    return _changed(plan, where.split("/"), lambda _: None)


def place_of(items: Sequence[Struct], name: str) -> int:
    """Return the place of an item by its key, or by its number for what has no key.

    Raises
    ------
    InvalidPlan
        If there is no such item.
    """
    for place, item in enumerate(items):
        if getattr(item, "key", None) == name:
            return place
    # A number of thousands of digits, or a raised one, is none that counts items.
    place = int(name) if name.isdecimal() and len(name) <= 6 else len(items)
    if place < len(items) and not hasattr(items[place], "key"):
        return place
    raise _no_such_part()


def _walk(record: Any, names: list[str]) -> Any:
    for place, name in enumerate(names):
        if isinstance(record, tuple):
            record = record[place_of(record, name)]
        elif name in PARTS.get(type(record), {}):
            record = getattr(record, name)
        else:
            raise _no_such_part()
        if record is None and place < len(names) - 1:
            raise _no_such_part()
    return record


def _changed(
    record: Record, names: list[str], change: Callable[[Struct | None], Struct | None]
) -> Record:
    """Return a record in which what is at the address is changed, added or taken away."""
    name, rest = names[0], names[1:]
    part = PARTS.get(type(record), {}).get(name)
    if part is None:
        raise _no_such_part()
    held = getattr(record, name)
    new: Any
    if part.single:
        new = _changed(_there(held), rest, change) if rest else change(held)
    elif not rest:
        added = change(None)
        new = (*held, added) if added is not None else held
    else:
        new = _with_one_changed(held, rest, change)
    return msgspec.structs.replace(record, **{name: new})


def _with_one_changed(
    items: tuple[Struct, ...],
    names: list[str],
    change: Callable[[Struct | None], Struct | None],
) -> tuple[Struct, ...]:
    place = place_of(items, names[0])
    one = items[place]
    changed = _changed(one, names[1:], change) if len(names) > 1 else change(one)
    kept = () if changed is None else (changed,)
    return (*items[:place], *kept, *items[place + 1 :])


def _there(record: Struct | None) -> Struct:
    if record is None:
        raise _no_such_part()
    return record


def _no_such_part() -> InvalidPlan:
    return InvalidPlan(message("The plan has no such part; somebody may have taken it out."))
