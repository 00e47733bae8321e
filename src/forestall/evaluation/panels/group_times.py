"""This file knows the effect on each group of places in each period.

Source: Callaway & Sant'Anna (2021), Journal of Econometrics 225. A group are the places that got
the measure in the same period. Each effect comes with its influence function: how far each place
moves it, from which the error of every average of effects follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.doubly_robust import RobustDifference, doubly_robust_difference
from forestall.errors import CannotAnswer
from forestall.languages import message

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.evaluation.panels.panel import Panel

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]


class ComparedWith(StrEnum):
    """The places that a group is compared with."""

    NEVER_TREATED = "places that never had the measure"
    NOT_YET_TREATED = "places that did not have the measure yet"


@dataclass(frozen=True, eq=False, kw_only=True)
class GroupTimes:
    """Effects of groups in periods.

    Attributes
    ----------
    group, period
        Of each effect: positions of the first treated period and of the period.
    effects
        On the scale of the outcome.
    influence
        Matrix of clusters by effects; the square root of a column's sum of squares is its error.
    groups
        Of each place the position of its first treated period; the width of the panel if never.
    membership
        Matrix of clusters by places, 1 where a place belongs to a cluster.
    """

    group: IntArray
    period: IntArray
    effects: FloatArray
    influence: FloatArray
    groups: IntArray
    membership: FloatArray

    @property
    def errors(self) -> FloatArray:
        """Return the standard error of each effect."""
        return np.asarray(np.sqrt(np.square(self.influence).sum(axis=0)))

    @property
    def since(self) -> IntArray:
        """Return of each effect the periods since the start; below 0 before it."""
        return self.period - self.group


def fit_group_times(panel: Panel, *, compared_with: ComparedWith) -> GroupTimes:
    """Estimate the effect on each group in each period; the panel is balanced.

    Before its start a group is looked at from one period to the next; after it, from the period
    before the start. Covariates are as they were in the earlier of the two periods.

    Raises
    ------
    CannotAnswer
        If no effect can be estimated.
    """
    starts, width = panel.starts, len(panel.periods)
    keys, effects, moved = [], [], []
    for group in sorted({int(start) for start in starts if 0 < start < width}):
        for period in range(1, width):
            found, kept = _cell(panel, group, period, compared_with)
            if found is None:
                continue
            column = np.zeros(len(panel.places))
            column[kept] = found.influence
            keys.append((group, period))
            effects.append(found.effect)
            moved.append(column)
    if not any(period >= group for group, period in keys):
        raise CannotAnswer(_NO_FIT)
    clusters = pd.factorize(np.array(panel.clusters, dtype=object))[0]
    membership = (np.unique(clusters)[:, None] == clusters[None, :]).astype(float)
    return GroupTimes(
        group=np.array([group for group, _ in keys]),
        period=np.array([period for _, period in keys]),
        effects=np.array(effects),
        influence=membership @ np.stack(moved, axis=1),
        groups=starts,
        membership=membership,
    )


def _cell(
    panel: Panel, group: int, period: int, compared_with: ComparedWith
) -> tuple[RobustDifference | None, NDArray[np.bool_]]:
    base = group - 1 if period >= group else period - 1
    if compared_with is ComparedWith.NEVER_TREATED:
        others = panel.starts == len(panel.periods)
    else:
        others = panel.starts > max(base, period)
    kept = (panel.starts == group) | (others & (panel.starts != group))
    columns = [np.ones(int(kept.sum()))]
    columns += [matrix[kept, base] for matrix in panel.covariates.values()]
    change = (panel.outcome[:, period] - panel.outcome[:, base])[kept]
    treated = (panel.starts == group)[kept]
    return doubly_robust_difference(change, treated, np.stack(columns, axis=1)), kept


_NO_FIT = message(
    "Effects of groups and periods cannot be estimated from these places; "
    "there may be too few of them to compare with."
)
