"""This file knows what would have to change so that a scheme can be evaluated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from forestall.evaluation.schemes import Design, Scheme
from forestall.languages import Decimal, Message, Share, message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_MONTHS, MOST_TIMES_PLACES, MOST_TIMES_INCIDENTS = 120, 32, 1000.0


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which fall must be found, and how surely."""

    fall: float
    power: float
    level: float

    def __post_init__(self) -> None:
        if not 0 < self.fall < 1:
            raise ValueError("An expected fall is a share between 0 and 1.")
        if not 0.5 < self.power < 1 or not 0.5 < self.level < 1:
            raise ValueError("Power and level lie between 0.5 and 1.")

    def is_met(self, scheme: Scheme, design: Design) -> bool:
        """Return whether a design finds the fall so surely."""
        return (
            scheme.is_possible(design)
            and scheme.power(design, fall=self.fall, level=self.level) >= self.power
        )


@dataclass(frozen=True, kw_only=True)
class Needed:
    """What one design needs, everything else being as it is; None where no amount will do."""

    design: Design
    months: int | None
    places: int | None
    incidents: float | None


def needed_by(scheme: Scheme, design: Design, wanted: Wanted) -> Needed:
    """Return months after, treated places or monthly incidents that would make a design answer."""

    def longer(months: int) -> Scheme:
        return replace(scheme, months_after=months, months_before=max(months, scheme.months_before))

    def more_places(times: int) -> Scheme:
        return replace(
            scheme,
            treated_places=scheme.treated_places * times,
            comparison_places=scheme.comparison_places * times,
        )

    months = _first(
        range(scheme.months_after, max(MOST_MONTHS, scheme.months_after) + 1),
        lambda number: wanted.is_met(longer(number), design),
    )
    times = _first(
        range(1, MOST_TIMES_PLACES + 1), lambda number: wanted.is_met(more_places(number), design)
    )
    return Needed(
        design=design,
        months=months,
        places=None if times is None else times * scheme.treated_places,
        incidents=_incidents(scheme, design, wanted),
    )


def advice(scheme: Scheme, needs: Sequence[Needed], wanted: Wanted) -> tuple[Message, ...]:
    """Say whether the scheme can be evaluated as it stands, and what could be."""
    telling = [need for need in needs if need.design is not Design.BEFORE_AFTER]
    answering = [need.design for need in telling if wanted.is_met(scheme, need.design)]
    if answering:
        return (message(_CAN, share=Share(wanted.fall), design=answering[-1].words),)
    said = [message(_CANNOT, share=Share(wanted.fall))]
    if len(telling) < len(needs) and wanted.is_met(scheme, Design.BEFORE_AFTER):
        said = [message(_ALONE, share=Share(wanted.fall))]
    longer = [(need.months, need) for need in telling if need.months is not None]
    if longer:
        months, need = min(longer, key=lambda pair: pair[0])
        said.append(message(_LONGER, count=months, design=need.design.words))
    wider = [(need.places, need) for need in telling if need.places is not None]
    if wider:
        places, need = min(wider, key=lambda pair: pair[0])
        said.append(message(_WIDER, count=places, design=need.design.words))
    oftener = [(need.incidents, need) for need in telling if need.incidents is not None]
    if oftener:
        least, need = min(oftener, key=lambda pair: pair[0])
        # Rounded up, or the number shown would not do.
        shown = Decimal(ceil(least), 0) if least >= 10 else Decimal(ceil(least * 10) / 10, 1)
        said.append(message(_OTHER_OUTCOME, number=shown, design=need.design.words))
    if not scheme.comparison_places:
        said.append(message("Comparison places would allow designs that tell more."))
    if len(said) == 1:
        said.append(message(_NOTHING_HELPS))
    return tuple(said)


_CAN = "A fall of {share} can be told with the power asked, most firmly by {design}."
_CANNOT = (
    "A fall of {share} cannot be told with the power asked by any design as the scheme stands."
)
_ALONE = (
    "A fall of {share} would show against the time before alone, which cannot say where it comes "
    "from; no other design finds it."
)
_LONGER = "With {count} months after, and as many before, {design} could tell."
_WIDER = "With {count} treated places, and others in proportion, {design} could tell."
_OTHER_OUTCOME = (
    "With an outcome recorded {number} times a month in each place, such as a wider kind of "
    "offence, {design} could tell."
)
_NOTHING_HELPS = (
    "Neither ten years nor many more places would do; measure something nearer to the measure, "
    "such as what was done and what people noticed."
)


def _first(numbers: range, is_enough: Callable[[int], bool]) -> int | None:
    """Return the first number that is enough, looking in halves: more is never worse."""
    if not is_enough(numbers[-1]):
        return None
    low, high = 0, len(numbers) - 1
    while low < high:
        middle = (low + high) // 2
        if is_enough(numbers[middle]):
            high = middle
        else:
            low = middle + 1
    return numbers[low]


def _incidents(scheme: Scheme, design: Design, wanted: Wanted) -> float | None:
    def is_enough(times: float) -> bool:
        more = replace(scheme, monthly_incidents=scheme.monthly_incidents * times)
        return wanted.is_met(more, design)

    low, high = 1.0, MOST_TIMES_INCIDENTS
    if is_enough(low):
        return scheme.monthly_incidents
    if not is_enough(high):
        return None
    while high / low > 1.001:
        middle = (low * high) ** 0.5
        if is_enough(middle):
            high = middle
        else:
            low = middle
    return scheme.monthly_incidents * high
