"""This file knows how far from nothing an effect must lie to be rare among placebos.

Source: Firpo & Possebom (2018), Journal of Causal Inference 6(2), for intervals that turn a test by
placebos around; Besag & Clifford (1989), Biometrika 76, for counting the real one too.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.special import stdtrit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

LEVELS = (0.80, 0.95, 0.99)
_SLACK = 1e-9


class AmongPlacebos(NamedTuple):
    """Where an effect stands among placebos, in units of its own scale.

    ``halves`` are half-widths of intervals at `LEVELS`; ``by_rank`` says which of them come from
    the ranks of the placebos, and not from their spread.
    """

    p_value: float
    spread: float
    halves: tuple[float, ...]
    by_rank: tuple[bool, ...]


def rank_among_placebos(own: float, placebos: FloatArray) -> AmongPlacebos:
    """Rank a standardised effect among those of placebos, two-sided.

    A level for which there are too few placebos takes Student's t with as many degrees of freedom
    as placebos, times their root mean square: exact for bell-shaped placebos around 0. A higher
    level is never narrower.

    Examples
    --------
    >>> placebos = np.linspace(-1.9, 1.9, 39)
    >>> found = rank_among_placebos(2.5, placebos)
    >>> found.p_value, found.by_rank, [round(half, 2) for half in found.halves]
    (0.025, (True, True, False), [1.6, 1.9, 3.05])
    """
    count = len(placebos)
    sizes = np.sort(np.abs(placebos))
    spread = float(np.sqrt((sizes**2).mean()))
    farther = int((sizes >= abs(own) - _SLACK * max(1.0, abs(own))).sum())
    halves: list[float] = []
    by_rank: list[bool] = []
    for level in LEVELS:
        rank = ceil(round(level * (count + 1), 9))
        by_rank.append(rank <= count)
        half = sizes[rank - 1] if rank <= count else stdtrit(count, 0.5 + level / 2) * spread
        halves.append(max([float(half), *halves]))
    return AmongPlacebos((1 + farther) / (count + 1), spread, tuple(halves), tuple(by_rank))
