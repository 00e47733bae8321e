"""This file knows what must be said beside a history of places that stand out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forestall.diagnosis.groups import place_words
from forestall.languages import Decimal, Message, message, plural_message, share_in_full

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from forestall.records import Counts

LEAST_STEPS = 10
_FEW_EXPECTED = 5


@dataclass(frozen=True, kw_only=True)
class HistorySettings:
    """How a history is made; see `classify_hotspots`."""

    reference: str
    steps_before: int
    level: float
    adjust: str
    trend_level: float

    @property
    def call(self) -> str:
        """The call with these settings."""
        named = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"classify_hotspots({named})"


def history_caveats(
    counts: Counts,
    cube: NDArray[np.float64],
    neighbours: csr_array,
    used: NDArray[np.bool_],
    settings: HistorySettings,
) -> tuple[Message, ...]:
    """Say what was compared with what, how it was tested, and what was left out."""
    assert counts.places is not None
    assert counts.periods is not None
    unit = place_words(counts.places)
    said = [
        message(FRAMES[settings.reference], places=counts.places.size, unit=unit),
        plural_message(*_SUMS, settings.steps_before)
        if settings.steps_before
        else message("A sum holds a place and its neighbours in one step."),
        message(_TESTED[settings.adjust], level=share_in_full(settings.level), steps=cube.shape[1]),
        message(_TREND, level=share_in_full(settings.trend_level)),
        message(_EXCLUSIVE),
    ]
    if settings.steps_before:
        said.append(message(_OVERLAP))
    left_out = int((~used).sum())
    if left_out:
        said.append(plural_message(*_LEFT_OUT, left_out))
    if counts.outside:
        said.append(plural_message(*_OUTSIDE, counts.outside))
    # Over the frame of a step the totals differ, not the pattern; over the cube they count.
    if counts.periods.unit == "month" and settings.reference == "cube":
        said.append(message(_UNEQUAL_STEPS))
    members = float(np.median(np.diff(neighbours.indptr))) + 1
    expected = members * (settings.steps_before + 1) * float(cube.mean())
    if expected < _FEW_EXPECTED:
        said.append(message(_SPARSE, expected=Decimal(expected, 1)))
    return tuple(said)


FRAMES = {
    "cube": (
        "{places} places studied ({unit}); each sum is compared with all places in all steps, so "
        "a step with more incidents everywhere has more places that stand out."
    ),
    "neighbourhood_step": (
        "{places} places studied ({unit}); each sum is compared with all places in the same "
        "steps, so a rise everywhere does not show."
    ),
    "single_step": (
        "{places} places studied ({unit}); each step is compared with itself alone, so a rise "
        "everywhere does not show."
    ),
}
_SUMS = (
    "A sum holds a place and its neighbours, in a step and in {count} step before it; the first "
    "step has none before.",
    "A sum holds a place and its neighbours, in a step and in {count} steps before it; the first "
    "steps have fewer before.",
)
_TESTED = {
    "bh": (
        "A place stands out in a step when its sum does so beyond chance (Getis-Ord Gi*, "
        "two-sided, false discovery rate {level} over all places and {steps} steps)."
    ),
    "none": (
        "A place stands out in a step when its sum does so beyond chance (Getis-Ord Gi*, "
        "two-sided at {level}, not adjusted for so many places and {steps} steps)."
    ),
}
_TREND = (
    "Rising or falling is the Mann-Kendall test of a place's scores, two-sided at {level}, not "
    "adjusted for so many places."
)
_EXCLUSIVE = (
    "Where two published patterns fit, the last step decides between many and few, and then the "
    "first pattern in the order of the list."
)
_OVERLAP = (
    "Sums of consecutive steps share incidents, so that scores follow each other and rising or "
    "falling is named too easily: at a level of 5 %, in about 15 % of places without a trend with "
    "one step before, and in 25 % with two."
)
_LEFT_OUT = (
    "{count} period that the records do not cover wholly is left out; the step after it follows "
    "the one before it.",
    "{count} periods that the records do not cover wholly are left out; the step after them "
    "follows the one before them.",
)
_OUTSIDE = (
    "{count} located incident lies in no place and is left out.",
    "{count} located incidents lie in no place and are left out.",
)
_UNEQUAL_STEPS = (
    "Months differ in length by up to a tenth, and so do the counts that are compared; weeks do "
    "not."
)
_SPARSE = (
    "A sum holds {expected} incidents on average; with so few, the normal approximation names "
    "too many places with many and hardly any with few."
)
