"""This file knows how computed points come into the series of an objective.

What a person typed, changed or took out stays as they left it. A point counts as computed only as
long as it stands in the plan exactly as it was written there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from forestall.plan.records import Measured, Objective


@dataclass(frozen=True)
class Merged:
    """The series as it should be.

    Attributes
    ----------
    measured
        For the objective, the oldest first.
    written
        By day, which of them are computed; with those that a person took out or typed over, so
        that they stay away the next time.
    """

    measured: tuple[Measured, ...]
    written: Mapping[date, Measured]


def merged_series(
    objective: Objective,
    *,
    computed: Sequence[Measured],
    written: Mapping[date, Measured],
    begins: date,
    linked_anew: bool = False,
) -> Merged:
    """Put computed points into the series of an objective.

    Parameters
    ----------
    objective
        As it stands in the plan.
    computed
        What the source says now.
    written
        What was computed and written before, by day.
    begins
        Points of this day and earlier are not written: the baseline stands there.
    linked_anew
        Whether the source is another one than before; equal numbers then get its name, too.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.records import Measured, Objective
    >>> march, april = date(2025, 3, 31), date(2025, 4, 30)
    >>> typed = Objective(key="a", title={"en": "A"}, measured=(Measured(on=march, value=12.0),))
    >>> found = merged_series(typed, written={}, begins=date(2024, 12, 31),
    ...     computed=[Measured(on=march, value=15.0), Measured(on=april, value=9.0)])
    >>> [one.value for one in found.measured], sorted(found.written) == [april]
    ([12.0, 9.0], True)
    """
    there = {one.on: one for one in objective.measured}
    typed = [one for one in objective.measured if written.get(one.on) != one]
    left = {day for day, one in written.items() if there.get(day) != one}
    taken = {one.on for one in typed} | left
    new = {
        one.on: one if linked_anew else _as_before(one, written.get(one.on))
        for one in computed
        if one.on > begins and one.on not in taken
    }
    return Merged(
        measured=tuple(sorted([*typed, *new.values()], key=lambda one: one.on)),
        written={**{day: written[day] for day in left}, **new},
    )


def _as_before(one: Measured, before: Measured | None) -> Measured:
    """Return the point that stands there where only the day of taking differs."""
    if before is None:
        return one
    same = msgspec.structs.replace(before, source=one.source)
    return before if same == one else one
