"""This file knows how an objective gets on: measurements against the straight line to its target.

The line is what the plan promised, not a forecast. A measurement with an interval is on one side of
it only if its whole interval is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import Message, Number, OwnWords, Sentences, Text, has_words, message
from forestall.plan.dates import measurement_due
from forestall.plan.told_values import exact

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from forestall.plan.records import Measured, Objective


class OnTheWay(StrEnum):
    """Whether an objective is on the way to its target."""

    YES = "on-the-way"
    NO = "not-on-the-way"
    CANNOT_BE_TOLD = "cannot-be-told"
    NOT_MEASURED = "not-measured"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _WORDS[self]


@dataclass(frozen=True, kw_only=True)
class MeasuredAgainstLine:
    """A measurement, and the value that the straight line has on its day; None without a line."""

    measured: Measured
    expected: float | None


@dataclass(frozen=True, eq=False, kw_only=True)
class IndicatorProgress:
    """How an objective gets on.

    Attributes
    ----------
    objective
        What is to be reached.
    series
        The baseline and what was measured up to today, the oldest first.
    reading
        Whether it is on the way, by the latest measurement.
    caveats
        What has to be known with it.
    """

    objective: Objective
    series: tuple[MeasuredAgainstLine, ...]
    reading: OnTheWay
    caveats: tuple[Message, ...]

    @property
    def latest(self) -> MeasuredAgainstLine | None:
        """Return the latest measurement since the baseline; None where there is none."""
        measured = [one for one in self.series if one.measured is not self.objective.baseline]
        return measured[-1] if measured else None

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each measurement: ``on``, ``value``, ``low``, ``high``, ``expected``."""
        import pandas as pd

        rows = [
            (
                one.measured.on,
                one.measured.value,
                one.measured.low,
                one.measured.high,
                one.expected,
            )
            for one in self.series
        ]
        return pd.DataFrame(rows, columns=["on", "value", "low", "high", "expected"])

    def summary(self) -> str:
        """Return in plain sentences how it gets on, and what has to be known with it."""
        return str(self.said)

    @property
    def said(self) -> Sentences:
        """Return the same, to be written in any language."""
        return Sentences((*self._told(), *self.caveats))

    def _told(self) -> tuple[Text, ...]:
        latest = self.latest
        if latest is None:
            return (message("There is no measurement yet since the start."),)
        one, value = latest.measured, self._value(latest.measured)
        said = message("Measured on {day}: {value}.", day=one.on, value=value)
        if one.low is not None and one.high is not None:
            said = message(
                "Measured on {day}: {value}, 95 % interval {low} to {high}.",
                day=one.on,
                value=value,
                low=exact(one.low),
                high=exact(one.high),
            )
        if latest.expected is None:
            return (said, message("Whether it is on the way cannot be told."))
        return (said, _against(self.reading, Number(latest.expected)))

    def _value(self, measured: Measured) -> Text:
        value, indicator = exact(measured.value), self.objective.indicator
        if indicator is None or not has_words(indicator.unit):
            return value
        return message("{value} {unit}", value=value, unit=OwnWords(indicator.unit))


def indicator_progress(objective: Objective, *, today: date) -> IndicatorProgress:
    """Say whether an objective is on the way to its target, in words and with its uncertainty.

    The latest measurement up to today is compared with the straight line from the baseline to the
    target on its deadline. With an interval, the whole interval has to lie on one side.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> found = indicator_progress(example_plan().objectives[0], today=date(2025, 3, 14))
    >>> found.reading.value
    'not-on-the-way'
    >>> print(found.summary())
    Measured on 28 February 2025: 2,282 burglaries. It is not on the way: the straight line to the
    target is at 2,240.6 on that day. The measurement has no interval, so chance is not allowed for.
    """
    measured = tuple(one for one in objective.measured if one.on <= today)
    baseline = () if objective.baseline is None else (objective.baseline,)
    series = tuple(
        MeasuredAgainstLine(measured=one, expected=expected_on(objective, one.on))
        for one in (*baseline, *measured)
    )
    latest = series[-1] if measured else None
    return IndicatorProgress(
        objective=objective,
        series=series,
        reading=_reading(latest, objective),
        caveats=tuple(_caveats(objective, latest, today)),
    )


def expected_on(objective: Objective, day: date) -> float | None:
    """Return the value of the straight line on a day; after the deadline it stays at the target.

    None where baseline, target or deadline is missing, or the deadline is no later day.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> expected_on(example_plan().objectives[0], date(2026, 12, 31))
    1940.0
    """
    start, target, deadline = objective.baseline, objective.target, objective.deadline
    if start is None or target is None or deadline is None or deadline <= start.on:
        return None
    gone = (day - start.on).days / (deadline - start.on).days
    return start.value + (target - start.value) * min(1.0, max(0.0, gone))


def _reading(latest: MeasuredAgainstLine | None, objective: Objective) -> OnTheWay:
    if latest is None:
        return OnTheWay.NOT_MEASURED
    if latest.expected is None or objective.indicator is None:
        return OnTheWay.CANNOT_BE_TOLD
    one = latest.measured
    low = one.value if one.low is None else one.low
    high = one.value if one.high is None else one.high
    if not objective.indicator.fewer_is_better:
        low, high, line = -high, -low, -latest.expected
    else:
        line = latest.expected
    if high <= line:
        return OnTheWay.YES
    return OnTheWay.NO if low > line else OnTheWay.CANNOT_BE_TOLD


def _caveats(
    objective: Objective, latest: MeasuredAgainstLine | None, today: date
) -> list[Message]:
    found = []
    if latest is not None and latest.expected is not None and latest.measured.low is None:
        found.append(message("The measurement has no interval, so chance is not allowed for."))
    if expected_on(objective, today) is None:
        found.append(
            message("Without a first figure, a target and a later day there is no line to compare.")
        )
    due = measurement_due(objective)
    if due is not None and due < today:
        found.append(message("A measurement was due on {day} and is not there.", day=due))
    return found


def _against(reading: OnTheWay, line: Number) -> Message:
    if reading is OnTheWay.YES:
        return message(
            "It is on the way: the straight line to the target is at {line} on that day.", line=line
        )
    if reading is OnTheWay.NO:
        return message(
            "It is not on the way: the straight line to the target is at {line} on that day.",
            line=line,
        )
    return message(
        "Whether it is on the way cannot be told: the straight line to the target is at {line}.",
        line=line,
    )


_WORDS = {
    OnTheWay.YES: message("on the way"),
    OnTheWay.NO: message("not on the way"),
    OnTheWay.CANNOT_BE_TOLD: message("cannot be told"),
    OnTheWay.NOT_MEASURED: message("no measurement yet"),
}
