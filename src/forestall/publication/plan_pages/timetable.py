"""This file knows the section on the timetable: steps by action as pictures, and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Day, LineStart, Period, Sentences, message, plural_message
from forestall.plan.states import PlanState
from forestall.plan.vocabulary import StepState
from forestall.publication.blocks import Box, BoxKind, Chart, Link, Section, WordTable
from forestall.publication.plan_pictures import BarState, Timetable, TimetableBar, TimetableGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.languages import Text
    from forestall.plan.actions import Action, Step
    from forestall.publication.blocks import Block
    from forestall.publication.plan_pages.setting import PlanSetting

_STEPS_A_PICTURE = 22


def timetable_section(setting: PlanSetting) -> Section:
    """Build the timetable; a long one comes in several pictures."""
    groups = [one for one in setting.plan.actions if one.steps]
    if not groups:
        blocks: tuple[Block, ...] = (Box(kind=BoxKind.EMPTY, sentences=(_NO_STEPS,)),)
    else:
        parts = _cut(groups)
        blocks = tuple(
            _chart(part, setting, is_last=at == len(parts)) for at, part in enumerate(parts, 1)
        )
    return Section(
        id="timetable",
        heading=message("Timetable"),
        question=message("What is done when, and how far is it?"),
        blocks=blocks,
    )


_Part = list[tuple["Action", tuple["Step", ...]]]


def _cut(actions: Sequence[Action]) -> list[_Part]:
    """Share the steps among pictures that each stand on one page."""
    parts: list[_Part] = [[]]
    used = 0
    for action in actions:
        for at in range(0, len(action.steps), _STEPS_A_PICTURE):
            steps = action.steps[at : at + _STEPS_A_PICTURE]
            if used and used + len(steps) + 1 > _STEPS_A_PICTURE:
                parts.append([])
                used = 0
            parts[-1].append((action, steps))
            used += len(steps) + 1
    return parts


def _chart(part: _Part, setting: PlanSetting, *, is_last: bool) -> Chart:
    plan = setting.plan
    steps = [step for action in plan.actions for step in action.steps]
    first = min([plan.starts, *(step.starts for step in steps)])
    last = max([plan.ends, *(step.ends for step in steps)])
    count = sum(len(these) for _, these in part)
    shows_today = first <= setting.today <= last and plan.state is not PlanState.CLOSED
    return Chart(
        title=plural_message("{count} step", "{count} steps", count),
        subtitle=Period(first, last),
        alt=message(
            "Timetable of {steps} steps of {actions} actions, {period}. Table below.",
            steps=count,
            actions=len(part),
            period=Period(first, last),
        ),
        picture=Timetable(
            first=first,
            last=last,
            groups=tuple(_group(action, these, setting) for action, these in part),
            today=setting.today if shows_today else None,
            today_words=message("today"),
            reviews_words=message("reviews of the plan"),
            reviews=tuple(sorted(one.on for one in plan.reviews)) if is_last else (),
            has_key=True,
        ),
        behind=_table(part, setting),
        behind_words=message("The timetable as a table"),
    )


def _group(action: Action, steps: Sequence[Step], setting: PlanSetting) -> TimetableGroup:
    return TimetableGroup(
        words=setting.text(action.title),
        bars=tuple(
            TimetableBar(
                words=setting.text(one.title),
                first=one.starts,
                last=one.ends,
                state=BarState.LATE if is_late(one, setting) else BarState(one.state.value),
            )
            for one in steps
        ),
    )


def _table(part: _Part, setting: PlanSetting) -> WordTable:
    rows = tuple(
        (
            setting.text(step.title),
            Link(setting.text(action.title), f"#action-{action.key}"),
            Day(step.starts),
            Day(step.ends),
            setting.partner(setting.responsible(action, step)),
            standing(step, setting),
        )
        for action, steps in part
        for step in steps
    )
    return WordTable(
        heads=(
            message("Step"),
            message("Action"),
            message("From"),
            message("To"),
            message("Who"),
            message("State"),
        ),
        rows=rows,
        labelled=True,
    )


def is_late(step: Step, setting: PlanSetting) -> bool:
    """Say whether a step should be finished and is not."""
    open_states = (StepState.PLANNED, StepState.UNDER_WAY)
    return step.state in open_states and step.ends < setting.today


def standing(step: Step, setting: PlanSetting) -> Text:
    """Return how far a step is, when it was finished, and since when it is late."""
    state = message("{state}.", state=LineStart(step.state.words))
    if step.finished is not None:
        after = message("Finished on {day}.", day=Day(step.finished))
        return Sentences((state, after))
    late = (
        message("Late; it was due by {day}.", day=Day(step.ends)) if is_late(step, setting) else ""
    )
    return Sentences((late, state))


_NO_STEPS = message("No step has been written down yet, so there is no timetable.")
