"""This file knows the section on objectives: what is to be reached, how it is measured, how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Clauses, Day, LineStart, message, plural_message
from forestall.plan.told_values import exact
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Chart,
    Fact,
    Facts,
    Heading,
    Section,
    WordTable,
)
from forestall.publication.plan_pages.setting import NOTHING
from forestall.publication.plan_pages.words import day_or_dash, in_unit, with_interval
from forestall.publication.plan_pictures import IndicatorPath, PathPoint

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.plan.records import Indicator, Measured, Objective
    from forestall.publication.blocks import Block
    from forestall.publication.plan_pages.setting import PlanSetting


def objectives_section(setting: PlanSetting) -> Section:
    """Build the section with each objective, its measure, and the way to the target."""
    blocks: list[Block] = []
    if not setting.plan.objectives:
        blocks.append(Box(kind=BoxKind.EMPTY, sentences=(_NONE, _FIRST)))
    for objective in setting.plan.objectives:
        blocks += _objective(objective, setting)
    return Section(
        id="objectives",
        heading=message("Objectives"),
        question=message("What is to be reached, by when, and how will it be seen?"),
        blocks=tuple(blocks),
    )


def _objective(objective: Objective, setting: PlanSetting) -> list[Block]:
    blocks: list[Block] = [
        Heading(setting.text(objective.title), id=f"objective-{objective.key}"),
        Facts(tuple(_facts(objective, setting))),
    ]
    if objective.indicator is not None and points_of(objective):
        blocks.append(_chart(objective, objective.indicator, setting))
    return blocks


def _facts(objective: Objective, setting: PlanSetting) -> list[Fact]:
    facts = []
    answers = [
        setting.text(setting.problems[key].title)
        for key in objective.problems
        if key in setting.problems
    ]
    if answers:
        facts.append(Fact(message("Answers"), Clauses(answers)))
    measure = objective.indicator
    if measure is None:
        facts.append(Fact(message("Indicator"), message("Not told yet.")))
    else:
        facts += _measure(measure, setting)
    facts.append(Fact(message("Baseline"), _baseline(objective, setting)))
    facts.append(Fact(message("Target"), LineStart(target_in_words(objective, setting))))
    return facts


def _measure(measure: Indicator, setting: PlanSetting) -> list[Fact]:
    better = _LOWER if measure.fewer_is_better else _HIGHER
    return [
        Fact(message("Indicator"), setting.text(measure.name)),
        Fact(message("Unit"), setting.told(measure.unit)),
        Fact(message("Source of the indicator"), setting.told(measure.source)),
        Fact(
            message("Measured"),
            plural_message("Every month.", "Every {count} months.", measure.every_months),
        ),
        Fact(message("Direction"), better),
    ]


def _baseline(objective: Objective, setting: PlanSetting) -> Text:
    one = objective.baseline
    if one is None:
        because = setting.text(objective.no_baseline_because)
        return because or message("No figure yet, and no reason given.")
    return message("{number} on {day}", number=_value(one, objective, setting), day=Day(one.on))


def _value(one: Measured, objective: Objective, setting: PlanSetting) -> Text:
    number = with_interval(one)
    if objective.indicator is None:
        return number
    return in_unit(number, setting.text(objective.indicator.unit))


def target_in_words(objective: Objective, setting: PlanSetting) -> Text:
    """Return the target with its day, or what of it is still open."""
    target, deadline = objective.target, objective.deadline
    if target is None:
        return _NO_TARGET if deadline is None else _NO_NUMBER.filled(day=Day(deadline))
    number: Text = exact(target)
    if objective.indicator is not None:
        number = in_unit(number, setting.text(objective.indicator.unit))
    if deadline is None:
        return message("{number}; no day is set yet", number=number)
    return message("{number} by {day}", number=number, day=Day(deadline))


def points_of(objective: Objective) -> tuple[Measured, ...]:
    """Return the baseline, where there is one, and what was measured since."""
    first = (objective.baseline,) if objective.baseline is not None else ()
    return (*first, *objective.measured)


def _chart(objective: Objective, measure: Indicator, setting: PlanSetting) -> Chart:
    points = points_of(objective)
    last, name = points[-1], setting.text(measure.name)
    target = _target_point(objective)
    words = message("{name}: {number} on {day}", name=name, number=exact(last.value), day=last.on)
    alt = message(
        "Line of {name}: {first} on {first_day}, {last} on {last_day}. Table below.",
        name=name,
        first=exact(points[0].value),
        first_day=points[0].on,
        last=exact(last.value),
        last_day=last.on,
    )
    return Chart(
        title=words,
        subtitle=_subtitle(measure, setting, has_target=target is not None),
        alt=alt,
        picture=IndicatorPath(
            points=tuple(_point(one) for one in points),
            target=target,
            target_words=message("target"),
        ),
        behind=_series(objective, setting),
        behind_words=message("The series as a table"),
        source=(setting.text(measure.source),),
    )


def _subtitle(measure: Indicator, setting: PlanSetting, *, has_target: bool) -> Text:
    unit = setting.text(measure.unit) or NOTHING
    if has_target:
        return message("In {unit}; dashed: the straight way from baseline to target", unit=unit)
    return message("In {unit}", unit=unit)


def _point(one: Measured) -> PathPoint:
    return PathPoint(on=one.on, value=one.value, shown=exact(one.value), low=one.low, high=one.high)


def _target_point(objective: Objective) -> PathPoint | None:
    target, day = objective.target, objective.deadline
    if target is None or day is None or objective.baseline is None:
        return None
    return PathPoint(on=day, value=target, shown=exact(target))


def _series(objective: Objective, setting: PlanSetting) -> WordTable:
    rows = tuple(
        (day_or_dash(one.on), with_interval(one), setting.told(one.source))
        for one in points_of(objective)
    )
    return WordTable(
        heads=(message("Day"), message("Number"), message("Source")), rows=rows, labelled=True
    )


_NONE = message("This plan names no objective yet.")
_FIRST = message("An objective says what is to be reached, and by when (1995/9 ¶3(a)(ii)).")
_NO_TARGET = message("no target is set yet")
_NO_NUMBER = message("by {day}; no number is set yet")
_LOWER = message("Lower is better.")
_HIGHER = message("Higher is better.")
