"""This file knows the averages of effects of groups in periods, each with its error.

Source: Callaway & Sant'Anna (2021), section 3. The shares of groups are estimated as well; what
that adds to the error of an average is part of its influence function.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from forestall.evaluation.panels.group_times import GroupTimes

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

_DRAWS = 50_000
_SEED = 20210101


@dataclass(frozen=True, eq=False)
class Average:
    """A number and how far each cluster moves it."""

    number: float
    influence: FloatArray

    @property
    def error(self) -> float:
        """Return its standard error."""
        return float(np.sqrt(np.square(self.influence).sum()))


def average_by_size(found: GroupTimes, chosen: BoolArray) -> Average:
    """Average effects by the number of places in their groups."""
    places = np.flatnonzero(chosen)
    parts = [Average(float(found.effects[one]), found.influence[:, one]) for one in places]
    return average_groups(found, parts, found.group[chosen].tolist())


def average_plainly(parts: Sequence[Average]) -> Average:
    """Average numbers that weigh the same."""
    return Average(
        float(np.mean([part.number for part in parts])),
        np.mean([part.influence for part in parts], axis=0),
    )


def average_groups(found: GroupTimes, parts: Sequence[Average], groups: Sequence[int]) -> Average:
    """Average numbers that belong to groups by the number of places in these.

    The shares of groups are those of a sample; how far each place moves them is allowed for. (R did
    2.1.2 takes the first group for all where it averages groups, which moves that error slightly.)
    """
    members = found.groups[:, None] == np.array(groups)[None, :]
    shares = members.mean(axis=0)
    total = shares.sum()
    moved = members - shares
    moved = moved / total - moved.sum(axis=1, keepdims=True) * shares / total**2
    numbers = np.array([part.number for part in parts])
    weights = shares / total
    influence = np.stack([part.influence for part in parts], axis=1) @ weights
    of_shares = found.membership @ (moved @ numbers) / found.groups.size
    return Average(float(weights @ numbers), influence + of_shares)


def joint_reach(parts: Sequence[Average], *, level: float = 0.95) -> float:
    """Return how many errors wide a band is that holds all numbers at once (sup-t)."""
    influence = np.stack([part.influence for part in parts], axis=1)
    return largest_of_normals(influence.T @ influence, level=level)


def largest_of_normals(covariance: FloatArray, *, level: float = 0.95) -> float:
    """Return the quantile of the largest of normal numbers, each by its error.

    Drawn with a fixed seed (Montiel Olea & Plagborg-Møller 2019, Journal of Applied Econometrics
    34); 0 where nothing varies.
    """
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    known = errors > 0
    if not known.any():
        return 0.0
    spread = covariance[np.ix_(known, known)] / np.outer(errors[known], errors[known])
    values, vectors = np.linalg.eigh(spread)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    draws = np.random.default_rng(_SEED).standard_normal((_DRAWS, int(known.sum())))
    return float(np.quantile(np.abs(draws @ root.T).max(axis=1), level))
