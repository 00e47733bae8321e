"""This file knows what a careful evaluator adds: how far a verdict holds, and what turns it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from forestall.diagnosis import Unanswered
from forestall.evaluation.at_variance import headline
from forestall.evaluation.interruptions import month_starts
from forestall.languages import Decimal, Message, Month, Share, message, plural_message
from forestall.results import Certainty

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from forestall.evaluation.design_description import DesignDescription
    from forestall.evaluation.programmes.found import OutcomeFindings
    from forestall.evaluation.programmes.plans import PlanCheck
    from forestall.evaluation.specification import EvaluationSpec
    from forestall.evaluation.specification.parts import Intervention

_TOLD = (Certainty.CLEAR, Certainty.PROBABLE)
_NORMAL_95 = 1.959963984540054


def would_change(spec: EvaluationSpec, primary: OutcomeFindings) -> tuple[Message, ...]:
    """Return what would change the verdict on the primary outcome."""
    found = [
        *_variance(primary),
        *_other_methods(primary),
        *(
            message(_OTHER_CHANGE, what=change.what, month=Month(change.on))
            for change in spec.times.other_changes
        ),
        _RECORDING,
        _LONGER,
    ]
    return tuple(found)


def caveats_of(
    spec: EvaluationSpec,
    plan: PlanCheck,
    design: DesignDescription,
    outcomes: Sequence[OutcomeFindings],
) -> tuple[Message, ...]:
    """Return what is to be known of the whole evaluation, the gravest first."""
    found: list[Message] = []
    if spec.is_placebo:
        found.append(_PLACEBO)
    if spec.is_outside_guidelines:
        found.append(_OUTSIDE)
    if plan.record is None:
        found.append(_NO_PLAN)
    elif plan.is_late:
        found.append(_LATE)
    if plan.changes:
        found.append(plural_message(*_CHANGED, len(plan.changes)))
    if len(outcomes) > 1:
        found.append(plural_message(*_SEVERAL, len(outcomes)))
    complete = _complete_from(spec.intervention)
    if spec.times.after.first < complete:
        found.append(message(_NOT_COMPLETE, month=Month(complete)))
    return (*found, *design.caveats)


def _complete_from(done: Intervention) -> date:
    """Return the first day of the month from which the last stage was fully in place."""
    wait = pd.DateOffset(months=done.lag_months + done.settling_months)
    (begun,) = month_starts([done.since[-1]])
    return (begun + wait).date()


def _variance(primary: OutcomeFindings) -> list[Message]:
    if isinstance(primary.comparison, Unanswered):
        return []
    told = headline(primary.comparison.ratios)
    if told.estimate.certainty not in _TOLD:
        detectable = Share(float(told.detectable))
        return [message(_NOT_SEEN, share=detectable)]
    chance = primary.comparison.ratios[0].estimate
    if not chance.standard_error:
        return []
    most = (chance.effect.number / (_NORMAL_95 * chance.standard_error)) ** 2
    return [message(_MOST_VARIANCE, factor=Decimal(most, 1))]


def _other_methods(primary: OutcomeFindings) -> list[Message]:
    known = [one.found for one in primary.specifications if not isinstance(one.found, Unanswered)]
    if len(known) < 2 or isinstance(primary.comparison, Unanswered):
        return []
    planned, others = known[0], known[1:]
    apart = sum(one.effect.number * planned.effect.number < 0 for one in others)
    if apart:
        return [plural_message(*_APART, apart, all=len(others))]
    return []


_PLACEBO = message(
    "The date is invented: nothing was done then. What is found shows how the method behaves."
)
_OUTSIDE = message(
    "Law enforcement is outside the Guidelines (2002/13, paragraph 3). It is evaluated for "
    "comparison, and not recommended."
)
_NO_PLAN = message(
    "No plan was registered before the measure. Choices may have been made after seeing the counts."
)
_LATE = message("The plan was written after the time after had begun.")
_CHANGED = (
    "{count} point was done otherwise than planned.",
    "{count} points were done otherwise than planned.",
)
_NOT_COMPLETE = (
    "Months before {month} are counted as after, though the measure was not yet fully in place; "
    "that can hide a part of its effect."
)
_SEVERAL = (
    "{count} outcome was looked at. The first was named beforehand as the one that decides.",
    "{count} outcomes were looked at. The first was named as the one that decides; the others are "
    "exploratory.",
)
_NOT_SEEN = "More places or more months: a fall of less than {share} could not have been seen."
_MOST_VARIANCE = (
    "More variable counts: at more than {factor} times the variance of chance, the interval would "
    "hold no change."
)
_APART = (
    "{count} of {all} other ways to estimate the effect points the other way.",
    "{count} of {all} other ways to estimate the effect point the other way.",
)
_OTHER_CHANGE = (
    "Something else: if “{what}” ({month}) touched the treated places alone, the effect may be its "
    "own."
)
_RECORDING = message(
    "Recording: a change in reporting or recording in the treated places alone would look like an "
    "effect."
)
_LONGER = message("Time: an effect can fade or grow after the months that were counted.")
