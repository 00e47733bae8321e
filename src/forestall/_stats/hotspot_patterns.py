"""This file knows the seventeen patterns a place can show over time: eight high, eight low, none.

Source: the definitions published for Emerging Hot Spot Analysis (Esri), made exclusive: the last
step decides between high and low, and the first pattern of the list that fits is the one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PATTERNS = (
    "none",
    "new",
    "consecutive",
    "intensifying",
    "persistent",
    "diminishing",
    "sporadic",
    "oscillating",
    "historical",
)
_NONE, _NEW, _CONSECUTIVE, _INTENSIFYING, _PERSISTENT, _DIMINISHING = range(6)
_SPORADIC, _OSCILLATING, _HISTORICAL = range(6, 9)


def pattern_codes(states: NDArray[np.int8], trend: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return the pattern of each place: its number in ``PATTERNS``, negative for a low one.

    Parameters
    ----------
    states
        1 where a place is high in a step, -1 where it is low, else 0; shape (places, steps).
    trend
        1 where the scores of the place rise over the steps, -1 where they fall, else 0.

    Examples
    --------
    >>> states = np.array([[0, 0, 1], [0, 1, 1], [1, 1, 1], [1, 0, 1], [0, -1, 1], [1, 1, 0]])
    >>> codes = pattern_codes(states.astype(np.int8), np.zeros(6, dtype=np.int8))
    >>> [PATTERNS[code] for code in codes]
    ['new', 'consecutive', 'persistent', 'sporadic', 'new', 'none']
    """
    high = _one_side(states, trend)
    low = _one_side(-states, -trend)
    # What a place is in the last step goes before what it was in nearly all steps before.
    last = states[:, -1]
    codes = np.where(last == 1, high, np.where(last == -1, -low, high - low))
    return codes.astype(np.int8)


def _one_side(states: NDArray[np.int8], trend: NDArray[np.int8]) -> NDArray[np.int64]:
    steps = states.shape[1]
    high = states == 1
    number = high.sum(axis=1)
    last = high[:, -1]
    mostly = 10 * number >= 9 * steps
    return np.select(
        [
            last & (number == 1),
            last & (number == _final_run(high)) & ~mostly,
            last & mostly & (trend > 0),
            last & mostly & (trend == 0),
            last & mostly & (trend < 0),
            last & ~(states == -1).any(axis=1),
            last,
            mostly,
        ],
        [
            _NEW,
            _CONSECUTIVE,
            _INTENSIFYING,
            _PERSISTENT,
            _DIMINISHING,
            _SPORADIC,
            _OSCILLATING,
            _HISTORICAL,
        ],
        _NONE,
    )


def _final_run(high: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how many steps in a row, up to the last, are high."""
    backwards = high[:, ::-1]
    ended = np.argmin(backwards, axis=1)
    return np.asarray(np.where(backwards.all(axis=1), high.shape[1], ended))
