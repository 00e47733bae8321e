"""This file knows which steps between two versions a questionnaire can declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Message, message
from forestall.questionnaires.vocabulary import StepKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.questionnaires.records import Questionnaire, Step

_MOST_LETTERS = 60
# How many items of the version before a step takes, and how many of this one it gives.
_COUNTS = {
    StepKind.RENAMED: (1, 1),
    StepKind.REMOVED: (1, 0),
}
_SEVERAL = 2


def faults_of_steps(questionnaire: Questionnaire) -> Iterator[Message]:
    """Yield what the steps from the version before have that none can have.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> list(faults_of_steps(read_definition("2006-20")))
    []
    """
    if questionnaire.steps and questionnaire.version == 1:
        yield message("The first version of a questionnaire has no steps from an earlier one.")
    known = {item.key for item in questionnaire.items}
    taken: set[str] = set()
    given: set[str] = set()
    for at, step in enumerate(questionnaire.steps):
        place = f"steps[{at}]"
        if not _fits(step):
            yield message(
                "The step at {place} takes and gives another number of items than its kind.",
                place=place,
            )
        for key in step.into:
            if key not in known:
                yield message(
                    "The step at {place} gives “{key}”, but the questionnaire has no such item.",
                    place=place,
                    key=key[:_MOST_LETTERS],
                )
        if taken & set(step.items) or given & set(step.into):
            yield message("The step at {place} names an item of another step.", place=place)
        taken |= set(step.items)
        given |= set(step.into)


def _fits(step: Step) -> bool:
    before, after = len(set(step.items)), len(set(step.into))
    if len(step.items) > before or len(step.into) > after:
        return False
    if step.kind is StepKind.SPLIT:
        return before == 1 and after >= _SEVERAL
    if step.kind is StepKind.MERGED:
        return before >= _SEVERAL and after == 1
    return (before, after) == _COUNTS[step.kind]
