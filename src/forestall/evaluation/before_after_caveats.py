"""This file knows what must be said beside a comparison of before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evaluation.place_choice import PlaceChoice
from forestall.languages import Decimal, Message, message

if TYPE_CHECKING:
    from forestall.evaluation.cells import Cells
    from forestall.evaluation.extra_variance import ExtraVariance

_FEW = 5
_UNLIKE_SIZE = 1.5
_SAME_LENGTH = 0.02


def caveats_of(
    cells: Cells, *, chosen: PlaceChoice, repeated: ExtraVariance | None
) -> list[Message]:
    """Return the caveats that hold for a difference and a ratio of the four counts."""
    found = [_PARALLEL]
    times = _times_as_large(cells)
    if times >= _UNLIKE_SIZE:
        found.append(message(_UNLIKE, times=Decimal(times, 1)))
    if _lengths_differ(cells):
        found.append(_SEASONS)
    if 0 in cells.counts()[:4]:
        found.append(_ZERO)
    if cells.buffer is not None and cells.buffer_comparison is None:
        found.append(_BUFFER_LEFT_OUT)
    return [*found, *caveats_of_counts(cells, chosen=chosen, repeated=repeated)]


def caveats_of_counts(
    cells: Cells, *, chosen: PlaceChoice, repeated: ExtraVariance | None
) -> list[Message]:
    """Return the caveats that hold for every measure of such counts."""
    few = 0 < min(cells.counts()) < _FEW
    return [
        *([_FEW_INCIDENTS] if few else []),
        _NOT_REPEATED if repeated is None else _LONG_WAVES,
        *_about_choice(chosen),
    ]


def _about_choice(chosen: PlaceChoice) -> list[Message]:
    if chosen is PlaceChoice.RECENT_COUNTS:
        return [_CHOSEN_FOR_MANY]
    if chosen is PlaceChoice.UNKNOWN:
        return [_CHOICE_UNKNOWN]
    if chosen is PlaceChoice.ALL:
        return [_COMPARISON_ELSEWHERE]
    return []


def _times_as_large(cells: Cells) -> float:
    """Return by how much the levels before differ once lengths and sizes are allowed for."""
    levels = [
        max(group.before, 0.5) / group.before_days / group.size
        for group in (cells.treated, cells.comparison)
    ]
    return max(levels) / min(levels)


def _lengths_differ(cells: Cells) -> bool:
    return any(
        abs(group.after_days / group.before_days - 1) > _SAME_LENGTH for group in cells.compared
    )


_PARALLEL = message(
    "The difference supposes that, without the measure, both would have changed by as many "
    "incidents; the ratio, by the same share."
)
_UNLIKE = (
    "Before, one had {times} times as many incidents as the other; where all crime rises or falls "
    "by a share, only the ratio is fair."
)
_SEASONS = message(
    "The periods before and after are not equally long; counts are compared per day, and seasons "
    "only cancel if both places share them."
)
_ZERO = message(
    "One of the four counts is zero; half an incident was added to each of them for the ratio."
)
_FEW_INCIDENTS = message("One of the counts is below five, so that the intervals are rough.")
_BUFFER_LEFT_OUT = message(
    "The surroundings have no comparison of their own and are left out of the difference."
)
_NOT_REPEATED = message(
    "Two counts for each place do not show how much they vary beyond chance; variances of 1, 2 and "
    "4 times chance are shown."
)
_LONG_WAVES = message(
    "The variance is estimated from period to period; good and bad years of a single place are not "
    "in it."
)
_CHOSEN_FOR_MANY = message(
    "The places were chosen for many recent incidents; such counts fall by themselves afterwards, "
    "which looks like an effect."
)
_CHOICE_UNKNOWN = message(
    "How the places were chosen is not stated; if it was for many recent incidents, part of a fall "
    "would have come by itself."
)
_COMPARISON_ELSEWHERE = message(
    "All places had the measure, so that the comparison lies elsewhere; whatever else changed "
    "there or here is in the result."
)
