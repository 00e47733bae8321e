"""This file knows who owes what by when: steps, reviews, measurements and agreements of a plan.

Duties belong to partners, never to persons, and are told with their days, not counted up to a
score (2002/13 ¶10, 20(b)).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import Message, Sentences, in_language, message, plural_message
from forestall.plan.dates import measurement_due
from forestall.plan.vocabulary import StepState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import pandas as pd

    from forestall.languages import Texts
    from forestall.plan.actions import Action, Step
    from forestall.plan.records import ActionPlan, Review


class DutyKind(StrEnum):
    """What is owed."""

    STEP = "step"
    REVIEW = "review"
    MEASUREMENT = "measurement"
    AGREEMENT = "agreement"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _KINDS[self]


class DutyState(StrEnum):
    """How it stands with a duty on a day."""

    LATE = "late"
    OPEN = "open"
    DONE_IN_TIME = "done-in-time"
    DONE_LATE = "done-late"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _STATES[self]

    @property
    def is_open(self) -> bool:
        """Say whether something is still owed."""
        return self in (DutyState.LATE, DutyState.OPEN)


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One thing that a partner owes.

    Attributes
    ----------
    kind, of, key
        What it is; the key of the action, objective or partner that it belongs to ("" for the
        plan); and for a step its own key.
    title, belongs_to
        What it is called, and the title of what it belongs to; a review has neither.
    due, finished
        The day by which it is owed, and on which it was finished.
    accountable, responsible
        Keys of the partner that answers for it and of the one that carries it out; "" where the
        plan names none.
    state
        How it stands.
    said
        What the partner noted: progress, why it is late, or what a review found.
    """

    kind: DutyKind
    due: date
    state: DutyState
    of: str = ""
    key: str = ""
    title: Texts = field(default_factory=dict)
    belongs_to: Texts = field(default_factory=dict)
    finished: date | None = None
    accountable: str = ""
    responsible: str = ""
    said: Texts = field(default_factory=dict)


@dataclass(frozen=True, eq=False, kw_only=True)
class Duties:
    """What partners owe, by the day on which it is due.

    Attributes
    ----------
    duties
        The earliest first.
    names
        From the key of a partner to its name.
    """

    duties: tuple[Duty, ...]
    today: date
    names: dict[str, Texts]

    @property
    def late(self) -> tuple[Duty, ...]:
        """Return what is late."""
        return tuple(one for one in self.duties if one.state is DutyState.LATE)

    def of(self, partner: str) -> tuple[Duty, ...]:
        """Return what a partner answers for or carries out, by its key."""
        return tuple(one for one in self.duties if partner in (one.accountable, one.responsible))

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each duty, in the language in force.

        Columns: ``kind``, ``of``, ``key``, ``title``, ``due``, ``finished``, ``state``,
        ``accountable``, ``responsible`` (names of partners).
        """
        import pandas as pd

        columns = ["kind", "of", "key", "title", "due", "finished", "state"]
        columns += ["accountable", "responsible"]
        rows = [
            (
                one.kind.value,
                one.of,
                one.key,
                in_language(one.title),
                one.due,
                one.finished,
                one.state.value,
                in_language(self.names.get(one.accountable, {})),
                in_language(self.names.get(one.responsible, {})),
            )
            for one in self.duties
        ]
        return pd.DataFrame(rows, columns=columns)

    def summary(self) -> str:
        """Return in plain sentences how much is late and how much is still to come."""
        coming = sum(one.state is DutyState.OPEN for one in self.duties)
        said = []
        if self.late:
            said.append(
                plural_message("{count} duty is late.", "{count} duties are late.", len(self.late))
            )
        if coming:
            said.append(
                plural_message("{count} duty is to come.", "{count} duties are to come.", coming)
            )
        return str(Sentences(tuple(said) or (message("Nothing is due."),)))


def duties_of(plan: ActionPlan, *, today: date) -> Duties:
    """Return everything that partners owe or owed: finished in time, late, or still to come.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> found = duties_of(example_plan(), today=date(2025, 6, 10))
    >>> [(one.key, one.responsible) for one in found.late if one.key]
    [('train', 'victim-support'), ('agree', 'residents-council')]
    """
    found = [
        *_steps(plan, today),
        *(_review(one, plan, today) for one in plan.reviews),
        *_measurements(plan, today),
        *_agreements(plan, today),
    ]
    return Duties(
        duties=tuple(sorted(found, key=lambda one: one.due)),
        today=today,
        names={one.key: one.name for one in plan.partners},
    )


def duties_due(plan: ActionPlan, *, today: date, within_days: int) -> Duties:
    """Return what is late, and what is due within some days.

    Parameters
    ----------
    within_days
        Days from today, which counts as day 0.

    Raises
    ------
    ValueError
        If the number of days is negative.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> found = duties_due(example_plan(), today=date(2025, 4, 14), within_days=30)
    >>> [(one.kind.value, one.key, str(one.due)) for one in found.duties]
    [('measurement', '', '2025-03-31'), ('step', 'train', '2025-05-09')]
    """
    if within_days < 0:
        raise ValueError("Days ahead are counted from 0.")
    found = duties_of(plan, today=today)
    until = today + timedelta(days=within_days)
    near = tuple(one for one in found.duties if one.state.is_open and one.due <= until)
    return Duties(duties=near, today=today, names=found.names)


def _steps(plan: ActionPlan, today: date) -> Iterator[Duty]:
    for action in plan.actions:
        for step in action.steps:
            yield _step(step, action, today)


def _step(step: Step, action: Action, today: date) -> Duty:
    return Duty(
        kind=DutyKind.STEP,
        of=action.key,
        key=step.key,
        title=step.title,
        belongs_to=action.title,
        due=step.ends,
        finished=step.finished,
        accountable=action.accountable,
        responsible=step.responsible or action.accountable,
        state=_state_of_step(step, today),
        said=step.progress,
    )


def _state_of_step(step: Step, today: date) -> DutyState:
    if step.state is StepState.DROPPED:
        return DutyState.DROPPED
    if step.state is StepState.DONE:
        return _finished(step.ends, step.finished)
    return DutyState.LATE if step.ends < today else DutyState.OPEN


def _finished(due: date, finished: date | None) -> DutyState:
    if finished is None:
        return DutyState.DONE
    return DutyState.DONE_IN_TIME if finished <= due else DutyState.DONE_LATE


def _review(review: Review, plan: ActionPlan, today: date) -> Duty:
    waiting = DutyState.LATE if review.on < today else DutyState.OPEN
    return Duty(
        kind=DutyKind.REVIEW,
        due=review.on,
        finished=review.held,
        accountable=plan.accountable,
        responsible=plan.accountable,
        state=waiting if review.held is None else _finished(review.on, review.held),
        said=review.found,
    )


def _measurements(plan: ActionPlan, today: date) -> Iterator[Duty]:
    for objective in plan.objectives:
        due = measurement_due(objective)
        if due is not None and objective.indicator is not None:
            yield Duty(
                kind=DutyKind.MEASUREMENT,
                of=objective.key,
                title=objective.indicator.name,
                belongs_to=objective.title,
                due=due,
                accountable=plan.accountable,
                responsible=plan.accountable,
                state=DutyState.LATE if due < today else DutyState.OPEN,
            )


def _agreements(plan: ActionPlan, today: date) -> Iterator[Duty]:
    for partner in plan.partners:
        agreement = partner.agreement
        if agreement is not None and agreement.until is not None:
            yield Duty(
                kind=DutyKind.AGREEMENT,
                of=partner.key,
                title=agreement.about,
                belongs_to=partner.name,
                due=agreement.until,
                accountable=plan.accountable,
                responsible=partner.key,
                state=DutyState.LATE if agreement.until < today else DutyState.OPEN,
            )


_KINDS = {
    DutyKind.STEP: message("step"),
    DutyKind.REVIEW: message("review of the plan"),
    DutyKind.MEASUREMENT: message("measurement"),
    DutyKind.AGREEMENT: message("agreement that ends"),
}

_STATES = {
    DutyState.LATE: message("late"),
    DutyState.OPEN: message("to come"),
    DutyState.DONE_IN_TIME: message("finished in time"),
    DutyState.DONE_LATE: message("finished late"),
    DutyState.DONE: message("finished, the day is not noted"),
    DutyState.DROPPED: message("dropped"),
}
